"""A claim as the casebook writes it, and the selection of records it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pactwatch.model.codes import Domain, Instrument, ItemCategory, Level, RecordType, Stage


class Question(BaseModel):
    """Base of everything written in ``claims.toml``: unknown keys are refused, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Selection(Question):
    """Which milestones a claim counts. Every condition given must hold; one left out asks nothing."""

    types: tuple[RecordType, ...] = Field(default=(), description="record types")
    stages: tuple[Stage, ...] = Field(
        default=(), description="stages; left out: steps completed, neither intentions nor ends"
    )
    instruments: tuple[Instrument, ...] = Field(default=(), description="instruments")
    names: tuple[str, ...] = Field(default=(), description="proper names, as in the column `name` of records.csv")
    record_ids: tuple[str, ...] = Field(default=(), description="only these records")
    categories: tuple[ItemCategory, ...] = Field(default=(), description="item categories, any of them")
    levels: tuple[Level, ...] = Field(default=(), description="exercise levels")
    domains: tuple[Domain, ...] = Field(default=(), description="domains")
    sides: tuple[Literal["hard", "soft", "unclassed"], ...] = Field(
        default=(), description="as the balance measure classes records"
    )
    hadr: bool | None = Field(default=None, description="whether disaster relief or humanitarian aid is part of it")
    multilateral: bool | None = Field(default=None, description="true: three or more parties; false: two")
    with_any: tuple[str, ...] = Field(
        default=(), description="any of these is a party: actor codes, or the groups `partners` and `baseline`"
    )
    with_all: tuple[str, ...] = Field(default=(), description="all of these are parties: codes or groups, as above")
    supplier: str | None = Field(default=None, description="who gives")
    recipient: str | None = Field(default=None, description="who receives")
    months: tuple[int, ...] = Field(
        default=(), description="calendar months, 1 to 12; dates not told to the month fall out"
    )
    since: int | None = Field(default=None, description="first year, included")
    until: int | None = Field(default=None, description="last year, included")
    focus: bool = Field(default=True, description="whether the focus actor must be a party")
    unit: Literal["milestone", "record"] = Field(
        default="record", description="record: one row per record, at its first selected milestone"
    )

    @model_validator(mode="after")
    def _check_bounds(self) -> Selection:
        if not all(1 <= month <= 12 for month in self.months):
            raise ValueError("months from 1 to 12")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError("since not after until")
        return self


class Otherwise(Question):
    """Another reading of the same words: the parameters that differ, laid over the claim's own table by table."""

    words: str = Field(min_length=1, description="how it is read otherwise")
    parameters: dict[str, Any] = Field(min_length=1, description="the parameters that differ")


class Claim(Question):
    """One published claim bound to the test that would support or contradict it.

    The smallest effect worth speaking of belongs to the claim's parameters because it is a judgement of substance, and
    it is shown with the verdict.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="small letters, digits and hyphens; permanent")
    text: str = Field(min_length=1, description="the claim as it is made")
    said_by: str = Field(min_length=1, description="who makes the claim, in general words")
    reading: str = Field(min_length=1, description="how the claim is read, in plain words")
    kind: str = Field(description="a kind below, or `none` for what no data could test; the reading then says why")
    parameters: dict[str, Any] = Field(default_factory=dict, description="what the kind asks")
    caveats: tuple[str, ...] = Field(default=(), description="what a reader must bear in mind")
    denies: bool = Field(
        default=False, description="the claim says that this is not so: `supported` and `contradicted` change places"
    )
    otherwise: tuple[Otherwise, ...] = Field(
        default=(), description="other readings of vague words; a sharp verdict stands only if none points another way"
    )


def lay_over(parameters: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters with others laid over them, tables within tables.

    >>> lay_over({"cut": 2020, "selection": {"since": 2014}}, {"selection": {"since": 2010}})
    {'cut': 2020, 'selection': {'since': 2010}}
    """
    merged = dict(parameters)
    for key, value in other.items():
        inner = merged.get(key)
        is_table = isinstance(value, Mapping) and isinstance(inner, Mapping)
        merged[key] = lay_over(inner, value) if is_table and isinstance(inner, Mapping) else value
    return merged
