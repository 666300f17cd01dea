"""The answer to a case, as values: outcome, conditions, missing facts, every step, the nearest changes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from pactwatch.law.rules import Outcome

NOTICE = "This is research, not legal advice."
"""Stands under every answer."""


class Plain(BaseModel):
    """Base of what an answer is made of."""

    model_config = ConfigDict(frozen=True)


class Status(StrEnum):
    """What a clause came to."""

    FORBIDS = "forbids"
    OPEN = "cannot tell"
    REQUIRES = "still to be met"
    MAY_REQUIRE = "perhaps to be met"
    MET = "requirement met"
    LIFTED = "lifted by an exception"
    PERMITS = "permits"
    MAY_PERMIT = "may permit"
    NOTES = "noted"
    SILENT = "does not bear on it"


BEARING = (
    Status.FORBIDS,
    Status.OPEN,
    Status.REQUIRES,
    Status.MAY_REQUIRE,
    Status.PERMITS,
    Status.LIFTED,
    Status.MET,
    Status.MAY_PERMIT,
    Status.NOTES,
)
"""From the weightiest on; a rule's result is the weightiest of its clauses."""


class FactUsed(Plain):
    """A fact a clause asks for: its value in words, and where it comes from (the case, a record, or what follows)."""

    fact: str
    value: str
    origin: str


class ClauseStep(Plain):
    """A clause with what it came to."""

    clause: str
    effect: str
    words: str
    status: Status
    lifted_by: tuple[str, ...] = ()
    facts: tuple[FactUsed, ...] = ()
    certainty: str


class Step(Plain):
    """A rule version that was considered."""

    rule: str
    title: str
    jurisdiction: str
    valid_from: date
    valid_to: date | None
    result: Status
    facts: tuple[FactUsed, ...]
    clauses: tuple[ClauseStep, ...]
    source: dict[str, str]
    certainty: str
    doubts: tuple[str, ...]


class ToMeet(Plain):
    """A condition still to be met, and the rule that asks for it."""

    condition: str
    rule: str
    clause: str
    facts: tuple[str, ...]


class Missing(Plain):
    """A fact that is not known, with the outcome each of its values would bring."""

    fact: str
    meaning: str
    outcomes: dict[str, Outcome]


class Found(Plain):
    """A fact that a record or a register answered instead of the case."""

    fact: str
    value: str
    record: str
    words: str
    is_doubtful: bool


class Change(Plain):
    """The nearest day on which the answer differs, the outcome on the far side of it, and why."""

    date: date
    outcome: Outcome
    conditions: tuple[str, ...]
    why: str


class Period(Plain):
    """A stretch of days with one answer, both days included."""

    first: date
    last: date
    outcome: Outcome
    conditions: tuple[str, ...]
    why: str


class Answer(Plain):
    """Everything that can be said of a case on a day."""

    edition: str
    date: date
    case: dict[str, Any]
    outcome: Outcome
    explanation: str
    conditions: tuple[ToMeet, ...]
    missing: tuple[Missing, ...]
    steps: tuple[Step, ...]
    looked_up: tuple[Found, ...]
    doubts: tuple[str, ...]
    remarks: tuple[str, ...]
    last_change: Change | None
    next_change: Change | None
    notice: str = NOTICE
