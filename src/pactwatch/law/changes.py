"""The answers to a case over time: where they change, and why."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pactwatch.law.answer import Change, Period, Status
from pactwatch.law.case import Case
from pactwatch.law.conditions import say_value
from pactwatch.law.deriving import Deriver, Known
from pactwatch.law.evaluating import decide
from pactwatch.law.lawbook import Law, Lawbook
from pactwatch.law.rules import Outcome
from pactwatch.law.stepping import list_decisive

DAY = timedelta(days=1)

ASKING = (Status.REQUIRES, Status.MAY_REQUIRE)
"""What a clause comes to that a conditional outcome waits for."""


@dataclass(frozen=True)
class Moment:
    """The state of a case from a day on: its answer in short, and the clauses on which it rests."""

    day: date
    outcome: Outcome
    conditions: tuple[str, ...]
    decisive: frozenset[tuple[str, str, str]]
    known: Known

    @property
    def short(self) -> tuple[Outcome, tuple[str, ...]]:
        """What must differ for the answer to count as another."""
        return self.outcome, self.conditions


@dataclass(frozen=True)
class Timeline:
    """A case over all days from the first that can be asked for to ``last_day``."""

    lawbook: Lawbook
    deriver: Deriver
    case: Case
    last_day: date

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which the answer may change, in order: rules begin or end, or what records tell changes."""
        starts = self.lawbook.starts
        asked = self.deriver.register.days({*self.deriver.partners(self.case)})
        return tuple(
            sorted({*starts, *(day for day in asked if starts[0] < day)} - _after(self.last_day, starts, asked))
        )

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """The moments at which the answer changes, the first day among them."""
        found: list[Moment] = []
        for day in self.days:
            moment = self._look(day)
            if not found or moment.short != found[-1].short:
                found.append(moment)
        return tuple(found)

    def periods(self) -> tuple[Period, ...]:
        """Stretches of one answer each, and why each began."""
        ends = [*(moment.day - DAY for moment in self.moments[1:]), self.last_day]
        return tuple(
            Period(
                first=moment.day,
                last=end,
                outcome=moment.outcome,
                conditions=moment.conditions,
                why=self._why(moment) if place else "the first day that can be asked for",
            )
            for place, (moment, end) in enumerate(zip(self.moments, ends, strict=True))
        )

    def last_change(self, day: date) -> Change | None:
        """The day on which the answer of ``day`` began, with the outcome before it."""
        place = bisect_right([moment.day for moment in self.moments], day) - 1
        if place < 1:
            return None
        before, now = self.moments[place - 1], self.moments[place]
        return Change(date=now.day, outcome=before.outcome, conditions=before.conditions, why=self._why(now))

    def next_change(self, day: date) -> Change | None:
        """The first day after ``day`` with another answer."""
        place = bisect_right([moment.day for moment in self.moments], day)
        if place >= len(self.moments):
            return None
        after = self.moments[place]
        return Change(date=after.day, outcome=after.outcome, conditions=after.conditions, why=self._why(after))

    def _look(self, day: date) -> Moment:
        law, known = self.lawbook.law_on(day), self.deriver.derive(self.case, day)
        outcome = decide(law, known.facts)
        decisive = list(list_decisive(law, known))
        conditions = [one.clause.condition for one, status in decisive if status in ASKING]
        shown = tuple(dict.fromkeys(conditions)) if outcome is Outcome.CONDITIONAL else ()
        names = frozenset((one.rule.id, one.clause.id, str(status)) for one, status in decisive)
        return Moment(day, outcome, shown, names, known)

    def _why(self, now: Moment) -> str:
        """What began and ended between the day before a moment and the moment."""
        before = self._look(now.day - DAY)
        law, old = self.lawbook.law_on(now.day), self.lawbook.law_on(now.day - DAY)
        began = _name_rules(law, old, now.decisive - before.decisive)
        ended = _name_rules(old, law, before.decisive - now.decisive)
        parts = [f"{name} applies from this day" for name in began]
        parts += [f"{name} applied until the day before" for name in ended]
        parts += _tell_records(before.known, now.known)
        if not parts:
            fresh = [rule for rule in law.rules if rule not in old.rules and rule.head.governs]
            parts = [f"{rule.id} ({rule.head.title}) applies from this day" for rule in fresh]
        return "; ".join(parts) or "other rule versions apply from this day"


def _name_rules(law: Law, other: Law, decisive: frozenset[tuple[str, str, str]]) -> list[str]:
    """Rules of one law that the other lacks and that bear on the case, each with the clauses that do."""
    names: dict[str, list[str]] = {}
    there = {rule.id for rule in other.rules}
    for rule, clause, _ in sorted(decisive):
        if rule not in there:
            names.setdefault(rule, []).append(clause)
    titles = {rule.id: rule.head.title for rule in law.rules}
    return [f"{rule} ({titles.get(rule, rule)}: {', '.join(clauses)})" for rule, clauses in names.items()]


def _tell_records(before: Known, now: Known) -> list[str]:
    """Facts that a record answers otherwise than the day before."""
    changed = [
        name
        for name, answer in now.found.items()
        if name in before.found and before.found[name].value != answer.value and name != "recipient_type"
    ]
    if "activity.agreement_in_force" in changed:  # the fact it stands on says the same
        changed = [name for name in changed if not name.startswith(("access.", "acsa."))]
    return [
        f"{name} becomes {say_value(now.found[name].value)} ({now.found[name].record_id}: {now.found[name].words})"
        for name in changed
    ]


def _after(last: date, *groups: object) -> set[date]:
    return {day for group in groups for day in group if day > last}  # type: ignore[attr-defined]
