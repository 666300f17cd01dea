"""What records and registers answer about an actor on a day, each answer with what it stands on.

Agreements come from the edition: a milestone ``in_force`` answers from its latest possible day; where only a signature
is on record the agreement counts as in force a year after it, and until then as unknown. Other standing facts come
from ``rules/standing.csv``, in which ``*`` speaks of every actor without a row of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pactwatch.law.rules import Standing
from pactwatch.law.sheets import BEGINNING, END, EVERY_ACTOR

if TYPE_CHECKING:
    from pactwatch.edition import Edition

WAIT = timedelta(days=365)
"""How long after its signature an agreement without a recorded entry into force is not taken to be in force."""

AGREEMENTS: dict[str, tuple[str, ...]] = {
    "recipient_status.transfer_agreement": ("DETTA",),
    "acsa.in_force": ("ACSA",),
    "access.in_force": ("RAA", "VFA"),
}
"""Instruments that answer each fact about an agreement."""

SIGNED = {"acsa.in_force": "acsa.signed", "access.in_force": "access.signed"}
"""Facts that ask whether the agreement is at least signed."""

NO_RECORD = "no record"
"""What an answer stands on that stands on the absence of a record."""

DAY = timedelta(days=1)

COOPERATION = ("agreement", "transfer", "exercise", "training", "dialogue")
"""Types of records that show cooperation in security once a step of theirs is completed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A value from a day to a day, and what it stands on: a record's id, or a register's row."""

    value: bool | None
    first: date
    last: date
    record_id: str
    words: str
    is_doubtful: bool = False


@dataclass
class Register:
    """Answers by fact and actor; the first that covers a day speaks."""

    answers: dict[tuple[str, str], list[Answer]] = field(default_factory=lambda: defaultdict(list))

    def add(self, fact: str, actor: str, answer: Answer) -> None:
        """Add an answer; earlier ones go before it."""
        self.answers[fact, actor].append(answer)

    def find(self, fact: str, actor: str, day: date) -> Answer | None:
        """The answer for an actor on a day; ``None`` where nothing is on record."""
        for name in (actor, EVERY_ACTOR):
            for answer in self.answers.get((fact, name), ()):
                if answer.first <= day <= answer.last:
                    return answer
        return None

    def days(self, actors: Iterable[str]) -> set[date]:
        """The days on which an answer about some actors may change."""
        wanted = {*actors, EVERY_ACTOR}
        found = [one for (_, actor), answers in self.answers.items() if actor in wanted for one in answers]
        return {one.first for one in found} | {one.last + DAY for one in found if one.last < END}


def build_register(standing: Sequence[Standing], edition: Edition | None) -> Register:
    """The register of a casebook: its rows first, which a person wrote, then what the edition's records tell."""
    register = Register()
    for row in standing:
        words = f"{row.note or row.fact} ({row.publisher})"
        doubtful = row.certainty != "checked"
        name = "standing.csv"
        register.add(row.fact, row.actor, Answer(row.value, row.first, row.last, name, words, doubtful))
    if edition is not None:
        _add_records(register, edition)
    return register


@dataclass(frozen=True, slots=True)
class _Step:
    """A completed milestone of a record with the focus actor; ``day`` is the latest it may have been."""

    record_id: str
    title: str
    kind: str
    instrument: str
    stage: str
    earliest: date
    day: date
    told: str
    is_verified: bool


def _add_records(register: Register, edition: Edition) -> None:
    steps: dict[str, list[_Step]] = defaultdict(list)
    for partner, step in _read_steps(edition):
        steps[partner].append(step)
    for partner, own in steps.items():
        for fact, instruments in AGREEMENTS.items():
            _add_agreement(register, partner, fact, [one for one in own if one.instrument in instruments])
        _add_cooperation(register, partner, own)
    words = f"no such agreement with it is on record in the edition {edition.id}"
    for fact in (*AGREEMENTS, *SIGNED.values()):
        register.add(fact, EVERY_ACTOR, Answer(False, BEGINNING, END, NO_RECORD, words, True))


def _read_steps(edition: Edition) -> list[tuple[str, _Step]]:
    """Completed steps by the other party, for records of the focus actor with at most six parties."""
    focus = edition.settings.focus
    records = {row["record_id"]: row for row in edition.arrow("records").to_pylist()}
    columns = ["record_id", "stage", "is_done", "earliest_date", "latest_date", "date_edtf", "is_verified"]
    found = []
    for row in edition.arrow("milestones").select(columns).to_pylist():
        record = records[row["record_id"]]
        parties = record["party_codes"].split(";")
        if not (row["is_done"] or row["stage"] == "ended") or focus not in parties:
            continue
        step = _Step(
            row["record_id"],
            record["title"],
            record["record_type"],
            record["instrument"] or "",
            row["stage"],
            row["earliest_date"],
            row["latest_date"],
            row["date_edtf"],
            row["is_verified"],
        )
        found += [(party, step) for party in parties if party != focus]
    return sorted(found, key=lambda one: (one[0], one[1].day, one[1].record_id))


def _add_agreement(register: Register, partner: str, fact: str, steps: Sequence[_Step]) -> None:
    """When the first agreement of its kind came into force, as far as records tell.

    An agreement that replaced an earlier one does not interrupt it; an end on record does.
    """
    ended = min((one.day for one in steps if one.stage == "ended"), default=END)
    forces = [one for one in steps if one.stage == "in_force"]
    signed = [one for one in steps if one.stage == "signed"]
    if signed and fact in SIGNED:
        answer = Answer(True, signed[0].day, ended, signed[0].record_id, _tell(signed[0], "signed"))
        register.add(SIGNED[fact], partner, answer)
    if forces:
        first, words = forces[0], _tell(forces[0], "in force")
        register.add(fact, partner, Answer(True, first.day, ended, first.record_id, words, _is_unsure(first)))
        if first.earliest < first.day:
            register.add(fact, partner, Answer(None, first.earliest, first.day - DAY, first.record_id, words, True))
    elif signed:
        first, words = signed[0], _tell(signed[0], "signed")
        waiting = f"{words}; no entry into force is on record"
        register.add(fact, partner, Answer(None, first.day, first.day + WAIT - DAY, first.record_id, waiting, True))
        taken = f"{waiting}, and it is taken to be in force a year after"
        register.add(fact, partner, Answer(True, first.day + WAIT, ended, first.record_id, taken, True))


def _add_cooperation(register: Register, partner: str, steps: Sequence[_Step]) -> None:
    done = next((one for one in steps if one.kind in COOPERATION and one.stage != "ended"), None)
    if done is not None:
        fact = "recipient_status.security_partner"
        register.add(
            fact, partner, Answer(True, done.day, END, done.record_id, _tell(done, done.stage), _is_unsure(done))
        )


def _tell(step: _Step, what: str) -> str:
    return f"{step.title}: {what.replace('_', ' ')} {step.told}"


def _is_unsure(step: _Step) -> bool:
    return not step.is_verified or step.told.endswith("?") or len(step.told) < len("2024-07-08")
