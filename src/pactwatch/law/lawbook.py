"""All rules of a casebook, ready to be asked: which versions are the law on a day, compiled once for each stretch of
days on which the law stays the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from pactwatch.law.conditions import (
    All,
    AnyOf,
    Condition,
    In,
    Known,
    Not,
    Test,
    Truth,
    compile_condition,
    disjoin,
    facts_of,
)
from pactwatch.law.facts import Facts
from pactwatch.law.rules import Clause, Definition, Effect, Precedent, Programme, Rule, Standing, Vocabulary

FIRST_DAY = date(1947, 1, 1)
"""The first day that can be asked for."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A clause of a rule in force, compiled.

    ``holds``: whether its condition holds; ``met``: whether its requirement is met; ``lifted``: whether an exception
    holds; ``applies``: whether it holds and nothing lifts it.
    """

    rule: Rule
    clause: Clause
    holds: Test
    met: Test
    lifted: Test | None
    lifters: tuple[str, ...]
    applies: Test


@dataclass(frozen=True)
class Law:
    """The law from one day to another."""

    first: date
    last: date | None
    rules: tuple[Rule, ...]
    applied: tuple[Applied, ...]
    covers: Test
    facts: frozenset[str]

    @cached_property
    def binding(self) -> tuple[Applied, ...]:
        """Clauses that forbid or require; permits work by what they lift."""
        return tuple(one for one in self.applied if one.clause.effect in (Effect.FORBID, Effect.REQUIRE))

    @cached_property
    def decisive(self) -> tuple[tuple[bool, Test, Test], ...]:
        """The binding clauses as bare functions: whether it forbids, applies, met."""
        return tuple((one.clause.effect is Effect.FORBID, one.applies, one.met) for one in self.binding)


@dataclass(frozen=True)
class Lawbook:
    """The rules of a casebook with what goes with them."""

    rules: tuple[Rule, ...]
    definitions: dict[str, Definition]
    vocabulary: Vocabulary
    standing: tuple[Standing, ...] = ()
    programmes: tuple[Programme, ...] = ()
    precedents: tuple[Precedent, ...] = ()
    outcomes: dict[str, tuple[str, str]] = field(default_factory=dict)
    basket: tuple[dict[str, object], ...] = ()

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """The days on which the law changes, the first day included, in order."""
        days = {FIRST_DAY}
        for rule in self.rules:
            days.add(max(FIRST_DAY, rule.head.valid_from))
            if rule.head.valid_to is not None:
                days.add(max(FIRST_DAY, rule.head.valid_to + timedelta(days=1)))
        return tuple(sorted(days))

    @cached_property
    def laws(self) -> tuple[Law, ...]:
        """The law of each stretch."""
        ends = [*(start - timedelta(days=1) for start in self.starts[1:]), None]
        return tuple(self._compile(start, end) for start, end in zip(self.starts, ends, strict=True))

    def law_on(self, day: date) -> Law:
        """The law of a day from :data:`FIRST_DAY` on."""
        return self.laws[bisect_right(self.starts, day) - 1]

    def expand(self, condition: Condition) -> Condition:
        """A condition with the casebook's own definitions put in the place of their names."""
        match condition:
            case All(parts):
                return All(tuple(self.expand(part) for part in parts))
            case AnyOf(parts):
                return AnyOf(tuple(self.expand(part) for part in parts))
            case Not(part):
                return Not(self.expand(part))
            case In(fact, values) if fact in self.definitions:
                inner = self.expand(self.definitions[fact].when)
                return AnyOf(tuple(inner if value else Not(inner) for value in values))
            case Known(fact) if fact in self.definitions:
                inner = self.expand(self.definitions[fact].when)
                return AnyOf((inner, Not(inner)))
        return condition

    def _compile(self, first: date, last: date | None) -> Law:
        rules = tuple(rule for rule in self.rules if rule.is_in_force(first))
        pairs = [(rule, clause, self.whole(rule, clause.when)) for rule in rules for clause in rule.clauses]
        lifting: dict[str, list[tuple[str, Test]]] = {}
        for rule, clause, whole in pairs:
            for name in clause.lifts:
                lifting.setdefault(name, []).append((f"{rule.id}:{clause.id}", compile_condition(whole)))
        applied = tuple(self._apply(pair, lifting.get(pair[1].id, [])) for pair in pairs)
        governing = tuple(compile_condition(self.expand(rule.applies)) for rule in rules if rule.head.governs)
        conditions = [whole for _, _, whole in pairs] + [self.expand(clause.met) for _, clause, _ in pairs]
        return Law(first, last, rules, applied, disjoin(governing), _list_facts(conditions))

    def _apply(self, pair: tuple[Rule, Clause, Condition], lifting: Sequence[tuple[str, Test]]) -> Applied:
        rule, clause, whole = pair
        holds, lifted = compile_condition(whole), disjoin(tuple(test for _, test in lifting)) if lifting else None
        return Applied(
            rule=rule,
            clause=clause,
            holds=holds,
            met=compile_condition(self.expand(clause.met)),
            lifted=lifted,
            lifters=tuple(name for name, _ in lifting),
            applies=holds if lifted is None else _except(holds, lifted),
        )

    def whole(self, rule: Rule, when: Condition) -> Condition:
        """A clause's condition together with that of its rule, definitions put in."""
        return All((self.expand(rule.applies), self.expand(when)))


def _except(holds: Test, lifted: Test) -> Test:
    """Whether a clause holds and no exception does."""

    def test(facts: Facts) -> Truth:
        value = holds(facts)
        if value is False:
            return False
        exception = lifted(facts)
        if exception is True:
            return False
        return value if exception is False else None

    return test


def resolve(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], list[tuple[Rule, str]]]:
    """The rules with the clauses of what they build on, in order of their first day; and what could not be resolved.

    A clause of the new version replaces the older one of the same id.
    """
    found: dict[str, Rule] = {}
    problems: list[tuple[Rule, str]] = []
    for rule in sorted(rules, key=lambda one: (one.head.valid_from, one.id)):
        name = rule.head.builds_on
        if name and name not in found:
            problems.append((rule, name))
        earlier = found[name].clauses if name in found else ()
        own = {clause.id for clause in rule.clauses}
        unknown = [one for one in rule.head.drops if one not in {clause.id for clause in earlier}]
        problems += [(rule, one) for one in unknown]
        kept = tuple(one for one in earlier if one.id not in own and one.id not in rule.head.drops)
        found[rule.id] = rule.model_copy(update={"clauses": (*kept, *rule.clauses)})
    return tuple(found.values()), problems


def _list_facts(conditions: Sequence[Condition]) -> frozenset[str]:
    return frozenset(name for condition in conditions for name in facts_of(condition))
