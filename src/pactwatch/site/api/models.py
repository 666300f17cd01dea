"""The shapes of the API's answers, from the model's own vocabularies."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pactwatch.claims.finding import ClaimResult, Verdict
from pactwatch.model.codes import (
    Doubt,
    Instrument,
    ItemCategory,
    Level,
    Precision,
    RecordType,
    ReviewStatus,
    SourceGrade,
    Stage,
)

Day = date
"""A day; fields are named ``date`` too."""


class Shape(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(extra="forbid")


class Fault(Shape):
    """A parameter that is wrong, and why."""

    parameter: str
    problem: str


class Problem(Shape):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    faults: list[Fault] = []


class Item(Shape):
    """A thing named in a milestone."""

    category: ItemCategory
    name: str
    quantity_low: int | None
    quantity_high: int | None
    is_approximate: bool


class Money(Shape):
    """An amount in units of its currency."""

    amount: float
    currency: str | None


class Source(Shape):
    """A page or paper that records stand on."""

    id: str
    publisher: str
    title: str
    url: str | None
    published: str | None = Field(description="EDTF")
    source_grade: SourceGrade
    item_grade: Literal["1", "2", "3", "4", "5", "6"]
    is_seen: bool
    note: str | None


class Conflict(Shape):
    """A value that another source gives."""

    field: str | None
    value: str | None
    told_by: str | None


class Milestone(Shape):
    """A stage of a record with its date, what happened, and what it stands on."""

    id: str
    stage: Stage
    date: str = Field(description="EDTF, to the precision told; ? where inferred")
    precision: Precision
    earliest: Day
    latest: Day
    is_done: bool
    is_tentative: bool
    is_verified: bool
    what: str | None
    items: list[Item]
    money: Money | None
    level: Level | None
    is_hadr: bool
    domain: str
    place: str | None
    legal_basis: str | None
    doubts: list[Doubt]
    note: str | None
    sources: list[str] = Field(description="ids of sources")
    conflicts: list[Conflict]


class RecordHead(Shape):
    """A record in a list, at the milestone that dates it."""

    id: str
    type: RecordType
    title: str
    instrument: Instrument | None
    parties: list[str]
    stage: Stage
    date: str = Field(description="EDTF")
    earliest: Day
    latest: Day
    is_verified: bool
    review: ReviewStatus
    best_source_grade: SourceGrade | None
    source_count: int
    url: str = Field(description="its page in this edition")
    api: str


class Record(RecordHead):
    """A record in full."""

    proper_name: str | None
    supplier: str | None
    recipient: str | None
    milestones: list[Milestone]
    sources: list[Source]
    claims: list[str] = Field(description="ids of the claims that use it")


class Listed(Shape):
    """Base of lists: the edition, how many there are in all, and where the next ones stand."""

    edition: str
    total: int
    next: str | None = Field(description="address of the next part; null at the end")


class RecordList(Listed):
    """A part of the records a search finds."""

    records: list[RecordHead]


class SourceList(Listed):
    """A part of the sources."""

    sources: list[Source]


class Actor(Shape):
    """A state or a body."""

    code: str
    name: str
    kind: str
    group: str = Field(description="focus, partner, baseline or other")
    records: int
    url: str | None


class ActorList(Shape):
    """All actors of an edition."""

    edition: str
    actors: list[Actor]


class ClaimHead(Shape):
    """A claim in a list."""

    id: str
    text: str
    kind: str
    verdict: Verdict
    estimate: float | None
    unit: str
    n: int
    sentence: str
    url: str
    api: str


class ClaimList(Shape):
    """All tested claims of an edition."""

    edition: str
    claims: list[ClaimHead]


class ClaimAnswer(Shape):
    """A claim with everything its test gave."""

    edition: str
    url: str
    claim: ClaimResult


class MeasureHead(Shape):
    """A measure."""

    name: str
    title: str
    definition: str
    unit: str
    cannot_show: str
    url: str
    api: str


class MeasureList(Shape):
    """All measures."""

    edition: str
    measures: list[MeasureHead]


class MeasureAnswer(Shape):
    """A measure's table; every row has the same names."""

    edition: str
    measure: MeasureHead
    total: int
    rows: list[dict[str, Any]]


class FacetValue(Shape):
    """A value that may be chosen, and how many records are found with it."""

    value: str
    words: str
    count: int


class FacetList(Shape):
    """What may be chosen under a search."""

    edition: str
    total: int
    facets: dict[str, list[FacetValue]]


class EditionHead(Shape):
    """An edition."""

    id: str
    title: str
    as_of: Day
    licence: str
    software: str
    rows: dict[str, int]
    is_latest: bool
    url: str


class EditionList(Shape):
    """The editions there are, oldest first."""

    latest: str
    editions: list[EditionHead]


class BulkFile(Shape):
    """A file that holds everything of its kind."""

    path: str
    description: str
    media_type: str
    url: str


class BulkList(Shape):
    """Files to take everything at once: better than paging through lists."""

    edition: str
    files: list[BulkFile]


class Cited(Shape):
    """How something is cited."""

    edition: str
    apa: str
    bibtex: str
    csl: dict[str, Any]


class Changed(Shape):
    """A record that an edition added, changed or withdrew."""

    edition: str
    record: str
    kind: Literal["new", "changed", "withdrawn"]
    title: str
    what: list[str] = Field(description="columns that differ, with the table they stand in")
    url: str


class ChangeList(Listed):
    """Changes, latest edition first."""

    changes: list[Changed]


class Welcome(Shape):
    """Where to start."""

    title: str
    edition: str
    as_of: Day
    licence: str
    bulk: str
    openapi: str
    addresses: dict[str, str]
