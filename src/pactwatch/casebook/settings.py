"""What ``casebook.toml`` and ``expect.toml`` say, checked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from pactwatch.casebook.sheets import has_control
from pactwatch.model.codes import RecordType


def _check_line(text: str) -> str:
    if not text.strip():
        raise ValueError("a value that is not empty")
    if has_control(text):
        raise ValueError("one line of text without control characters")
    return text


Line = Annotated[str, AfterValidator(_check_line)]
"""One line of text with something in it."""

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A finite number; neither true nor "4" passes for one."""


class Strict(BaseModel):
    """Unknown keys are refused; values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TieSettings(Strict):
    """How a completed record adds to a tie: its weight by type, and the years after which it weighs half."""

    half_life_years: Number = Field(gt=0, le=100)
    weights: dict[RecordType, Number]

    @field_validator("weights")
    @classmethod
    def _cover_all_types(cls, weights: dict[RecordType, float]) -> dict[RecordType, float]:
        missing = [type_.value for type_ in RecordType if type_ not in weights]
        if missing:
            raise ValueError(f"weights for every record type; missing: {', '.join(missing)}")
        if any(weight < 0 for weight in weights.values()):
            raise ValueError("weights of zero or more")
        return weights


class CasebookSettings(Strict):
    """The head of a casebook. ``as_of`` is the last day up to which records were gathered.

    With ``second_pair_of_eyes`` a reviewer's correction holds when another reviewer has accepted it.
    """

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: Line
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    as_of: date = Field(strict=True)
    focus: Line
    partners: tuple[Line, ...] = Field(min_length=1)
    baseline: tuple[Line, ...] = ()
    fiscal_year_start: int = Field(ge=1, le=12, strict=True)
    editors: tuple[Line, ...] = Field(min_length=1)
    licence: Line
    tie: TieSettings
    second_pair_of_eyes: bool = Field(default=False, strict=True)


class Expectation(Strict):
    """A minimum or maximum a build must meet. Below a minimum the build is refused; above a maximum it warns."""

    what: Literal["records", "milestones", "sources", "perceptions", "claims", "verified_share", "cited_share"]
    partner: str | None = None
    type: RecordType | None = None
    at_least: Number | None = None
    at_most: Number | None = None

    @model_validator(mode="after")
    def _check_bounds(self) -> Expectation:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a bound: at_least, at_most or both")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("at_least not above at_most")
        return self


class Expectations(Strict):
    """Everything ``expect.toml`` holds."""

    expect: tuple[Expectation, ...] = ()
