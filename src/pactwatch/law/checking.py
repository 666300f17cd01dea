"""Asking a case: :class:`Court` holds a casebook's law beside an edition's records and answers for any day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from pactwatch.law.answer import Answer, Found, Status, Step, ToMeet
from pactwatch.law.case import Case
from pactwatch.law.changes import Timeline
from pactwatch.law.conditions import facts_of, say_value
from pactwatch.law.deriving import Deriver, Known
from pactwatch.law.evaluating import decide
from pactwatch.law.explaining import explain
from pactwatch.law.lawbook import FIRST_DAY, Law, Lawbook
from pactwatch.law.missing import list_missing
from pactwatch.law.reading import actors_of, lawbook_of
from pactwatch.law.register import build_register
from pactwatch.law.rules import Outcome
from pactwatch.law.stepping import list_decisive, walk_rules
from pactwatch.model.dates import FuzzyDate
from pactwatch.model.errors import PactwatchError

if TYPE_CHECKING:
    from pactwatch.edition import Edition


class DayError(PactwatchError):
    """A day that the rules do not cover, or none at all."""


def say_day(day: date) -> str:
    """A day in words."""
    return str(FuzzyDate(day.year, day.month, day.day))


@dataclass(frozen=True)
class Court:
    """What answers cases: the law, what is known of actors, and the edition both come from."""

    lawbook: Lawbook
    deriver: Deriver
    edition: str
    as_of: date
    last_day: date

    def require_day(self, day: date | None) -> date:
        """The day itself where it is covered; raises :class:`DayError` saying what is."""
        covered = f"the rules cover {say_day(FIRST_DAY)} to {say_day(self.last_day)}"
        if day is None:
            raise DayError(f"the case has no date: write `date = 2024-03-26` in it or give --on; {covered}")
        if not FIRST_DAY <= day <= self.last_day:
            raise DayError(f"{day.isoformat()} lies outside what can be asked: {covered}")
        return day

    def outcome(self, case: Case, day: date) -> Outcome:
        """The outcome alone."""
        return decide(self.lawbook.law_on(day), self.deriver.derive(case, day).facts)

    def outcomes(self, cases: Iterable[tuple[Case, date]]) -> Iterator[Outcome]:
        """The outcomes of many cases, each on its day."""
        return (self.outcome(case, day) for case, day in cases)

    def check(self, case: Case, on: date | None = None) -> Answer:
        """The whole answer to a case on a day (its own where none is given)."""
        day = self.require_day(on or case.day)
        law, known = self.lawbook.law_on(day), self.deriver.derive(case, day)
        outcome = decide(law, known.facts)
        conditions = list_conditions(self.lawbook, law, known, outcome)
        missing = list_missing(law, self.deriver, case, day)
        timeline = self.timeline(case)
        steps = walk_rules(self.lawbook, law, known)
        return Answer(
            edition=self.edition,
            date=day,
            case=_show_case(case),
            outcome=outcome,
            explanation=explain(say_day(day), outcome, law, known, (conditions, missing)),
            conditions=conditions,
            missing=missing,
            steps=steps,
            looked_up=_list_found(known, steps),
            doubts=_list_doubts(law, known),
            remarks=(*known.remarks, *self._tell_age(day)),
            last_change=timeline.last_change(day),
            next_change=timeline.next_change(day),
        )

    def timeline(self, case: Case) -> Timeline:
        """The answers to a case over all days."""
        return Timeline(self.lawbook, self.deriver, case, self.last_day)

    def _tell_age(self, day: date) -> tuple[str, ...]:
        if day <= self.as_of:
            return ()
        return (f"Records were gathered up to {say_day(self.as_of)}; what changed after it is not known here.",)

    @cached_property
    def focus(self) -> str:
        """The casebook's focus actor."""
        return self.deriver.focus


def open_court(edition: Edition, today: date | None = None) -> Court:
    """The court of an edition; ``today`` is the last day that may be asked for where it is after the edition's own."""
    lawbook, settings = lawbook_of(edition), edition.settings
    deriver = Deriver(
        focus=settings.focus,
        actors=actors_of(edition),
        register=build_register(lawbook.standing, edition),
        programmes=lawbook.programmes,
        vocabulary=lawbook.vocabulary,
    )
    as_of = date.fromisoformat(settings.as_of)
    return Court(lawbook, deriver, edition.id, as_of, max(as_of, today or as_of))


def list_conditions(lawbook: Lawbook, law: Law, known: Known, outcome: Outcome) -> tuple[ToMeet, ...]:
    """What is still to be met, each once, with the rule that asks for it first.

    What is denied has no conditions. A requirement of which it is not known whether it applies is one only where the
    outcome rests on it.
    """
    wanted = {Outcome.CONDITIONAL: (Status.REQUIRES, Status.MAY_REQUIRE), Outcome.UNKNOWN: (Status.REQUIRES,)}
    found: dict[str, ToMeet] = {}
    for one, status in list_decisive(law, known):
        clause = one.clause
        if status in wanted.get(outcome, ()) and clause.condition not in found:
            facts = tuple(dict.fromkeys(facts_of(lawbook.expand(clause.met))))
            found[clause.condition] = ToMeet(
                condition=clause.condition, rule=one.rule.id, clause=clause.id, facts=facts
            )
    return tuple(found.values())


def _list_doubts(law: Law, known: Known) -> tuple[str, ...]:
    """What is doubtful in the rules and the records that the outcome rests on."""
    doubts: dict[str, None] = {}
    used: set[str] = set()
    for one, _ in list_decisive(law, known):
        head, clause = one.rule.head, one.clause
        used |= set(facts_of(clause.when)) | set(facts_of(clause.met))
        for words in head.doubts:
            doubts[f"{head.id}: {words}"] = None
        if head.certainty != "checked":
            doubts[f"{head.id}: {_SAY[head.certainty]}"] = None
        elif clause.certainty != "checked":
            doubts[f"{head.id} ({clause.id}): {_SAY[clause.certainty]}"] = None
    for name, answer in known.found.items():
        if answer.is_doubtful and name in used:
            doubts[f"{name}: {answer.words}"] = None
    return tuple(doubts)


_SAY = {
    "recalled": "No page was opened for it; it is known from background knowledge.",
    "doubtful": "It is doubtful: sources differ, or the official text was not seen.",
}


def _list_found(known: Known, steps: tuple[Step, ...]) -> tuple[Found, ...]:
    """What records answered, as far as a rule that bears on the case asks for it."""
    silent = (Status.SILENT, Status.NOTES)
    asked = {fact.fact for step in steps if step.result not in silent for one in step.clauses for fact in one.facts}
    return tuple(
        Found(
            fact=name,
            value=say_value(answer.value if name != "recipient_type" else known.facts.get(name)),
            record=answer.record_id,
            words=answer.words,
            is_doubtful=answer.is_doubtful,
        )
        for name, answer in known.found.items()
        if name in asked
    )


def _show_case(case: Case) -> dict[str, object]:
    """The facts told, nested as a case file writes them."""
    shown: dict[str, object] = {}
    for name, value in case.told.items():
        plain = sorted(value) if isinstance(value, frozenset) else value
        table, _, key = name.rpartition(".")
        if not table:
            shown[key] = plain
            continue
        inner = shown.setdefault(table, {})
        if isinstance(inner, dict):
            inner[key] = plain
    return shown
