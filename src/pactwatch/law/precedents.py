"""Precedents asked again: does each come out as it was decided?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pactwatch.casebook.sheets import FaultList
from pactwatch.law.case import Case, read_flat
from pactwatch.law.checking import Court
from pactwatch.law.reading import split_facts
from pactwatch.law.rules import Outcome, Precedent
from pactwatch.model.dates import parse_date


@dataclass(frozen=True, slots=True)
class Tried:
    """A precedent with what the rules of its day say; ``outcome`` is missing where it cannot be asked."""

    precedent: Precedent
    day: date
    outcome: Outcome | None

    @property
    def agrees(self) -> bool | None:
        """Whether it comes out as decided; ``None`` where it cannot be asked."""
        return None if self.outcome is None else self.outcome is self.precedent.outcome


def case_of(court: Court, precedent: Precedent) -> Case:
    """The facts of a precedent as a case."""
    return read_flat(split_facts(precedent.facts), court.deriver.actors, FaultList("cases.csv"))


def day_of(court: Court, precedent: Precedent) -> date:
    """The day a precedent is asked for: the last that its date may mean, so that what was decided is in force."""
    return min(parse_date(precedent.date).latest, court.last_day)


def try_precedents(court: Court) -> list[Tried]:
    """Every precedent of the casebook, in its order."""
    tried = []
    for one in court.lawbook.precedents:
        day = day_of(court, one)
        tried.append(Tried(one, day, court.outcome(case_of(court, one), day) if one.facts else None))
    return tried
