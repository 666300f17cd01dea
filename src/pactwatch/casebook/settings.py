"""What ``casebook.toml`` and ``expect.toml`` say, checked."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pactwatch.model.codes import RecordType


class Strict(BaseModel):
    """Unknown keys are refused; values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TieSettings(Strict):
    """How a completed record adds to a tie: its weight by type, and the years after which it weighs half."""

    half_life_years: float = Field(gt=0, le=100)
    weights: dict[RecordType, float]

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
    """The head of a casebook. ``as_of`` is the last day up to which records were gathered."""

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    as_of: date
    focus: str
    partners: tuple[str, ...] = Field(min_length=1)
    baseline: tuple[str, ...] = ()
    fiscal_year_start: int = Field(ge=1, le=12)
    editors: tuple[str, ...] = Field(min_length=1)
    licence: str
    tie: TieSettings


class Expectation(Strict):
    """A minimum or maximum a build must meet. Below a minimum the build is refused; above a maximum it warns."""

    what: Literal["records", "milestones", "sources", "perceptions", "claims", "verified_share", "cited_share"]
    partner: str | None = None
    type: RecordType | None = None
    at_least: float | None = None
    at_most: float | None = None


class Expectations(Strict):
    """Everything ``expect.toml`` holds."""

    expect: tuple[Expectation, ...] = ()
