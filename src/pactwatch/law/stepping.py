"""The rules of a day gone through in order: what each clause came to, on which facts."""

from __future__ import annotations

from collections.abc import Iterator

from pactwatch.law.answer import BEARING, ClauseStep, FactUsed, Status, Step
from pactwatch.law.conditions import Truth, facts_of, interpret, say_value
from pactwatch.law.deriving import Known
from pactwatch.law.facts import Facts
from pactwatch.law.lawbook import Applied, Law, Lawbook
from pactwatch.law.rules import Effect, Rule

_BINDING: dict[tuple[Truth, Truth], Status] = {
    (True, True): Status.MET,
    (True, None): Status.SILENT,
    (None, True): Status.REQUIRES,
    (None, None): Status.MAY_REQUIRE,
    (False, True): Status.FORBIDS,
    (False, None): Status.OPEN,
}
"""By whether the requirement is met (of what forbids: never) and whether the clause applies."""

_PASSING = {Effect.PERMIT: (Status.PERMITS, Status.MAY_PERMIT), Effect.NOTE: (Status.NOTES, Status.NOTES)}


def walk_rules(lawbook: Lawbook, law: Law, known: Known) -> tuple[Step, ...]:
    """Every rule version in force that may apply to the case, in order of its first day."""
    by_rule: dict[str, list[Applied]] = {}
    for one in law.applied:
        by_rule.setdefault(one.rule.id, []).append(one)
    steps = (_step(lawbook, rule, by_rule.get(rule.id, []), known) for rule in law.rules)
    return tuple(step for step in steps if step is not None)


def _step(lawbook: Lawbook, rule: Rule, clauses: list[Applied], known: Known) -> Step | None:
    told = tuple(_tell(lawbook, one, known) for one in clauses)
    bearing = [one for one in told if one.status is not Status.SILENT]
    if not bearing and not _concerns(lawbook, rule, known):
        return None
    result = min((one.status for one in bearing), key=BEARING.index, default=Status.SILENT)
    used = {fact.fact: fact for one in bearing for fact in one.facts}
    head = rule.head
    return Step(
        rule=rule.id,
        title=head.title,
        jurisdiction=head.jurisdiction,
        valid_from=head.valid_from,
        valid_to=head.valid_to,
        result=result,
        facts=tuple(used.values()),
        clauses=told,
        source={"publisher": head.source.publisher, "title": head.source.title, "url": head.source.url},
        certainty=head.certainty,
        doubts=head.doubts,
    )


def _concerns(lawbook: Lawbook, rule: Rule, known: Known) -> bool:
    """Whether a rule could be about the case at all."""
    return interpret(lawbook.expand(rule.applies), known.facts) is not False


def _tell(lawbook: Lawbook, one: Applied, known: Known) -> ClauseStep:
    clause = one.clause
    condition = lawbook.whole(one.rule, clause.when)
    names = dict.fromkeys([*facts_of(condition), *facts_of(lawbook.expand(clause.met))])
    return ClauseStep(
        clause=clause.id,
        effect=clause.effect,
        words=clause.words,
        status=judge(one, known.facts),
        lifted_by=one.lifters if one.lifted is not None and one.lifted(known.facts) is True else (),
        facts=tuple(_use(name, known) for name in names),
        certainty=clause.certainty,
    )


def judge(one: Applied, facts: Facts) -> Status:
    """What a clause comes to on some facts."""
    holds, effect = one.holds(facts), one.clause.effect
    if effect in _PASSING:
        return Status.SILENT if holds is False else _PASSING[effect][holds is None]
    value = one.applies(facts)
    if value is False:
        return Status.LIFTED if holds else Status.SILENT
    return _BINDING[effect is Effect.REQUIRE and one.met(facts), value]


def _use(name: str, known: Known) -> FactUsed:
    found = known.found.get(name)
    if name not in known.facts:
        origin = f"record {found.record_id} leaves it open" if found else "not known"
    elif found is not None:
        origin = f"{found.record_id}: {found.words}"
    else:
        origin = "case"
    return FactUsed(fact=name, value=say_value(known.facts.get(name)), origin=origin)


def list_decisive(law: Law, known: Known) -> Iterator[tuple[Applied, Status]]:
    """The clauses on which the outcome rests, each with what it came to; permits only where they lift something."""
    lifting: set[str] = set()
    for one in law.binding:
        status = judge(one, known.facts)
        if status is not Status.SILENT:
            yield one, status
        if one.holds(known.facts) is not False and one.lifted is not None:
            lifting |= set(one.lifters)
    for one in law.applied:
        if one.clause.effect is Effect.PERMIT and f"{one.rule.id}:{one.clause.id}" in lifting:
            status = judge(one, known.facts)
            if status is not Status.SILENT:
                yield one, status
