"""A fixed basket of typical cases asked on every day on which a rule changed: how much was allowed, when?

The basket's cases tell every fact, so what changes between two days is the rules alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pactwatch.casebook.sheets import FaultList
from pactwatch.law.case import Case, read_values
from pactwatch.law.checking import Court
from pactwatch.law.rules import Outcome


@dataclass(frozen=True, slots=True)
class BasketCase:
    """A case of the basket with its name and title."""

    id: str
    title: str
    case: Case


@dataclass(frozen=True, slots=True)
class BasketDay:
    """The outcomes from a day on, by the id of the case, and the rules that began on it."""

    day: date
    outcomes: Mapping[str, Outcome]
    rules: tuple[str, ...]

    def count(self, outcome: Outcome) -> int:
        """How many cases have an outcome."""
        return Counter(self.outcomes.values())[outcome]


def read_basket(court: Court) -> tuple[BasketCase, ...]:
    """The basket of the casebook."""
    cases = []
    for raw in court.lawbook.basket:
        values: dict[str, Any] = {key: value for key, value in raw.items() if key not in ("id", "title")}
        case = read_values(values, court.deriver.actors, FaultList("basket.toml"))
        cases.append(BasketCase(str(raw["id"]), str(raw["title"]), case))
    return tuple(cases)


def follow_basket(court: Court) -> tuple[BasketDay, ...]:
    """The basket on every day on which its outcomes change, from the first day to the edition's last."""
    basket = read_basket(court)
    found: list[BasketDay] = []
    for day in court.lawbook.starts if basket else ():
        if day > court.as_of:
            break
        outcomes = {one.id: court.outcome(one.case, day) for one in basket}
        if not found or outcomes != found[-1].outcomes:
            began = tuple(rule.id for rule in court.lawbook.rules if rule.head.valid_from == day)
            found.append(BasketDay(day, outcomes, began))
    return tuple(found)


def tabulate(days: tuple[BasketDay, ...]) -> list[dict[str, Any]]:
    """One row for each day of change: the day, the count of each outcome, cases gained and lost, the rules that
    began, and the outcome of each case."""
    rows: list[dict[str, Any]] = []
    for place, one in enumerate(days):
        before = days[place - 1].outcomes if place else {}
        rows.append(
            {
                "date": one.day,
                **{str(outcome): one.count(outcome) for outcome in Outcome},
                "gained": [
                    name for name, outcome in one.outcomes.items() if before and _rank(outcome) > _rank(before[name])
                ],
                "lost": [
                    name for name, outcome in one.outcomes.items() if before and _rank(outcome) < _rank(before[name])
                ],
                "rules": list(one.rules),
                "outcomes": {name: str(outcome) for name, outcome in one.outcomes.items()},
            }
        )
    return rows


def _rank(outcome: Outcome) -> int:
    """How far an outcome is from being barred; what is unknown counts as not allowed."""
    return {Outcome.ALLOWED: 2, Outcome.CONDITIONAL: 1}.get(outcome, 0)
