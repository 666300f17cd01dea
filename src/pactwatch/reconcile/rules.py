"""The written rules by which a record is made of mentions that disagree. Data: ``docs/reconciling.md`` prints them.

For each field the values told are ranked by the tests of :data:`PREFERENCE`, the first that tells them apart deciding;
the best is the record's, the others stand beside it as conflicts with who told them. Nothing is averaged. A date within
the preferred one that tells more (the day of its month) takes its place: both are right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pactwatch.model.codes import STAGES, Modality, Precision, RecordType, SourceGrade, Stage
from pactwatch.model.judgements import Decision
from pactwatch.reconcile.items import Told

PRECISE = (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR, Precision.NONE)
"""Precisions, best first."""

GRADES = tuple(SourceGrade)
"""Reliability of sources, best first."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A mention with what ranks it: the grade of its document's publisher, and how many reports tell the same value."""

    told: Told
    grade: SourceGrade
    reports: int = 1


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a rule: smaller ranks are preferred."""

    words: str
    rank: Callable[[Voice], float]


def _never() -> date:
    return date.min


BY_PERSON = Test(
    "a mention a person accepted or corrected before one nobody did",
    lambda voice: 0 if voice.told.decision in (Decision.ACCEPT, Decision.CORRECT) else 1,
)
BY_GRADE = Test(
    "the better graded source (A before F)",
    lambda voice: GRADES.index(voice.grade),
)
BY_PRECISION = Test(
    "the more precise date",
    lambda voice: PRECISE.index(voice.told.mention.precision),
)
BY_REPORTS = Test(
    "the value that more reports tell, copies counting once",
    lambda voice: -voice.reports,
)
BY_DAY = Test(
    "the later report",
    lambda voice: -(voice.told.published or _never()).toordinal(),
)
BY_SURETY = Test(
    "the mention the coder was surer of",
    lambda voice: -voice.told.mention.confidence,
)
BY_FULLNESS = Test(
    "the one that names more parties",
    lambda voice: -len(voice.told.mention.parties),
)

PREFERENCE: Mapping[str, tuple[Test, ...]] = {
    "date": (BY_PERSON, BY_GRADE, BY_PRECISION, BY_REPORTS, BY_DAY, BY_SURETY),
    "money": (BY_PERSON, BY_GRADE, BY_REPORTS, BY_DAY, BY_SURETY),
    "items": (BY_PERSON, BY_GRADE, BY_REPORTS, BY_DAY, BY_SURETY),
    "parties": (BY_PERSON, BY_GRADE, BY_REPORTS, BY_FULLNESS, BY_DAY, BY_SURETY),
    "level": (BY_PERSON, BY_GRADE, BY_REPORTS, BY_DAY, BY_SURETY),
    "type": (BY_PERSON, BY_REPORTS, BY_GRADE, BY_DAY, BY_SURETY),
    "instrument": (BY_PERSON, BY_GRADE, BY_REPORTS, BY_DAY, BY_SURETY),
    "name": (BY_PERSON, BY_REPORTS, BY_GRADE, BY_DAY, BY_SURETY),
    "direction": (BY_PERSON, BY_GRADE, BY_REPORTS, BY_DAY, BY_SURETY),
}
"""For each field the tests in order. Ties that remain go to the least mention id."""

_DEALS = (RecordType.AGREEMENT, RecordType.TRANSFER, RecordType.POLICY)
_TALKS = frozenset({Stage.PROPOSED, Stage.REQUESTED, Stage.NEGOTIATING, Stage.PLANNED})


def stage_told(type_: RecordType, stage: Stage, modality: Modality) -> Stage | None:
    """The stage a mention is a milestone of; ``None`` where it is none.

    ======== ============================ =====================================================================
    modality type                         milestone
    ======== ============================ =====================================================================
    actual   any                          the stage told
    planned  exercise, training,          ``planned``
             dialogue, deployment
    planned  agreement, transfer, policy  the stage told where it is one of intent, else ``proposed``: a step that
                                          is only planned never counts as done
    possible agreement, transfer, policy  ``proposed``
    possible exercise and the like        none; kept as evidence of the record
    denied   any                          none; kept beside the milestone it denies
    ======== ============================ =====================================================================
    """
    if modality is Modality.ACTUAL:
        return stage
    if modality is Modality.DENIED or stage is Stage.CANCELLED:
        return None
    if type_ not in _DEALS:
        return Stage.PLANNED if modality is Modality.PLANNED else None
    if modality is Modality.PLANNED and stage in _TALKS:
        return stage
    return Stage.PROPOSED


ONCE = frozenset(
    {
        *(Stage.SIGNED, Stage.IN_FORCE, Stage.ENDED, Stage.HELD, Stage.PLANNED, Stage.CANCELLED),
        *(Stage.DECIDED, Stage.PUBLISHED, Stage.ENACTED, Stage.REPEALED),
    }
)
"""Stages an item reaches once: all that tell them tell one milestone, and other dates stand beside it."""

APART_DAYS = 10
"""Days by which two dates of a stage that comes more than once (deliveries) may differ and be one milestone."""

STAGE_IN: Mapping[tuple[RecordType, Stage], Stage] = {
    (RecordType.TRANSFER, Stage.SIGNED): Stage.CONTRACTED,
    (RecordType.TRANSFER, Stage.NEGOTIATING): Stage.PROPOSED,
    (RecordType.TRANSFER, Stage.APPROVED): Stage.AGREED,
    (RecordType.TRANSFER, Stage.ENDED): Stage.CANCELLED,
    (RecordType.AGREEMENT, Stage.CONTRACTED): Stage.SIGNED,
    (RecordType.AGREEMENT, Stage.REQUESTED): Stage.PROPOSED,
}
"""What a stage is called in a record of another type, where a mention was coded as that type."""


def stage_in(type_: RecordType, stage: Stage) -> Stage | None:
    """A stage as a record of a type may have it; ``None`` where it cannot."""
    return stage if stage in STAGES[type_] else STAGE_IN.get((type_, stage))


def prefer(field: str, voices: list[Voice]) -> Voice:
    """The voice whose value a field takes."""
    tests = PREFERENCE[field]
    return min(voices, key=lambda voice: (*(test.rank(voice) for test in tests), voice.told.id))
