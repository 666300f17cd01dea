"""Actors, sources, records and survey figures as every room above sees them: frozen and checked."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from pactwatch.model.amounts import Item, Money
from pactwatch.model.codes import (
    TENTATIVE_STAGES,
    ActorKind,
    Domain,
    Doubt,
    Instrument,
    ItemGrade,
    Level,
    Office,
    RecordType,
    ReviewStatus,
    SourceGrade,
    Stage,
)
from pactwatch.model.dates import FuzzyDate


class Frozen(BaseModel):
    """Base of every value: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Actor(Frozen):
    """A state or a body, with the words by which a text may name it."""

    code: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str = ""
    latitude: float | None = None
    longitude: float | None = None
    forces: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    region: str


class OfficeHolder(Frozen):
    """A person who speaks for a state while in office. ``certainty`` is ``checked``, ``recalled`` or ``doubtful``."""

    actor: str
    office: Office
    name: str
    aliases: tuple[str, ...] = ()
    from_date: FuzzyDate
    to_date: FuzzyDate | None = None
    certainty: str
    note: str = ""


class Source(Frozen):
    """A page or paper, graded on the Admiralty scale for itself and for what it tells."""

    source_id: str
    publisher: str
    title: str
    url: str
    published: FuzzyDate | None = None
    grade: SourceGrade
    item_grade: ItemGrade
    is_seen: bool
    note: str = ""


class Conflict(Frozen):
    """Another value that some source gives for a field; kept beside the preferred one, never averaged."""

    field: str
    value: str
    told_by: str


class Milestone(Frozen):
    """One stage of a record with its date, and the sources it stands on."""

    milestone_id: str
    stage: Stage
    date: FuzzyDate
    what: str = ""
    items: tuple[Item, ...] = ()
    money: Money | None = None
    level: Level | None = None
    is_hadr: bool = False
    places: tuple[str, ...] = ()
    domain: Domain
    legal_basis: str = ""
    source_ids: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    doubts: frozenset[Doubt] = frozenset()
    note: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether a page behind it was opened and read; what a machine coded and nobody accepted was not."""
        return not self.doubts & {Doubt.UNVERIFIED, Doubt.UNREVIEWED}

    @property
    def is_reviewed(self) -> bool:
        """Whether a person answers for it: an editor entered it, or a reviewer accepted what it stands on."""
        return Doubt.UNREVIEWED not in self.doubts

    @property
    def is_tentative(self) -> bool:
        """Whether it tells an intention rather than something done."""
        return self.stage in TENTATIVE_STAGES


class Record(Frozen):
    """One real-world item with all its milestones, in order of date."""

    record_id: str
    type: RecordType
    title: str
    name: str = ""
    instrument: Instrument | None = None
    parties: tuple[str, ...]
    supplier: str | None = None
    recipient: str | None = None
    milestones: tuple[Milestone, ...]
    review_status: ReviewStatus = ReviewStatus.CURATED

    @cached_property
    def first_day(self) -> date:
        """The earliest day of the earliest milestone."""
        return min(milestone.date.earliest for milestone in self.milestones)


class Perception(Frozen):
    """One survey figure. Only figures of one ``series`` may be compared; ``basis`` keeps restated figures apart."""

    figure_id: str
    series: str
    year: int
    survey: str
    population: str
    question: str
    measure: str
    value: float | None
    unit: str
    basis: str
    source_id: str
    is_seen: bool
    note: str = ""
