"""Conditions over facts: a closed language of six words, evaluated in three values.

``all``, ``any``, ``not``, ``equals``, ``in`` and ``known`` are everything there is. A condition is true, false or
unknown by Kleene's strong logic (Kleene 1952, Introduction to Metamathematics, section 64): what is unknown stays so
unless the other parts settle the whole. Therefore a further fact may settle a condition and never reverses it;
``known`` is true of a known fact and unknown, not false, of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pactwatch.law.facts import Facts

Truth: TypeAlias = bool | None
"""True, false, or ``None`` for unknown."""

Test: TypeAlias = Callable[[Facts], Truth]


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is; false when one is false."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when one part is; false when every one is false."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary; unknown stays unknown."""

    part: Condition


@dataclass(frozen=True, slots=True)
class In:
    """Whether a fact is one of some values; a set of words is, when it holds one of them."""

    fact: str
    values: tuple[bool | str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a fact is known at all."""

    fact: str


Condition: TypeAlias = All | AnyOf | Not | In | Known

ALWAYS = All(())
"""The condition that is always true."""

OPEN_SETS = frozenset({"approval"})
"""Sets of words that never are complete: what is not in them may still come."""


def conjoin(parts: tuple[Test, ...]) -> Test:
    """Kleene's conjunction.

    >>> conjoin((lambda _: None, lambda _: False))({}), conjoin((lambda _: None, lambda _: True))({})
    (False, None)
    """
    return _join_tests(parts, decisive=False)


def disjoin(parts: tuple[Test, ...]) -> Test:
    """Kleene's disjunction.

    >>> disjoin((lambda _: None, lambda _: True))({}), disjoin((lambda _: None, lambda _: False))({})
    (True, None)
    """
    return _join_tests(parts, decisive=True)


def _join_tests(parts: tuple[Test, ...], *, decisive: bool) -> Test:
    """One part of the decisive value settles the whole; else what is unknown leaves it so."""
    if len(parts) == 1:
        return parts[0]

    def test(facts: Facts) -> Truth:
        outcome: Truth = not decisive
        for part in parts:
            value = part(facts)
            if value is decisive:
                return decisive
            if value is None:
                outcome = None
        return outcome

    return test


def negate(value: Truth) -> Truth:
    """Kleene's negation."""
    return None if value is None else not value


def compile_condition(condition: Condition) -> Test:
    """A condition as a function of the facts; compiled once, it is asked many times."""
    match condition:
        case All(parts):
            return conjoin(tuple(compile_condition(part) for part in parts))
        case AnyOf(parts):
            return disjoin(tuple(compile_condition(part) for part in parts))
        case Not(part):
            inner = compile_condition(part)
            return lambda facts: negate(inner(facts))
        case In(fact, values):
            return _compile_in(fact, values)
        case Known(fact):
            return lambda facts: True if fact in facts else None


def _compile_in(name: str, values: tuple[bool | str, ...]) -> Test:
    wanted = frozenset(values)
    absent: Truth = None if name in OPEN_SETS else False

    def test(facts: Facts) -> Truth:
        value = facts.get(name)
        if value is None:
            return None
        if value.__class__ is frozenset:
            return True if value & wanted else absent
        return value in wanted

    return test


def interpret(condition: Condition, facts: Facts) -> Truth:
    """The value of a condition by walking its tree; slower than the compiled one, and the same."""
    match condition:
        case All(parts) | AnyOf(parts):
            decisive = isinstance(condition, AnyOf)
            values = [interpret(part, facts) for part in parts]
            if decisive in values:
                return decisive
            return None if None in values else not decisive
        case Not(part):
            return negate(interpret(part, facts))
        case In(fact, values):
            return _compile_in(fact, values)(facts)
        case Known(fact):
            return True if fact in facts else None


def facts_of(condition: Condition) -> Iterator[str]:
    """The names of the facts a condition speaks of, in its order, perhaps repeated."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from facts_of(part)
        case Not(part):
            yield from facts_of(part)
        case In(fact, _) | Known(fact):
            yield fact


def say_condition(condition: Condition) -> str:
    """A condition in words, as pages and the command line print it.

    >>> say_condition(All((In("item.weapon", (True,)), Not(In("transfer.mode", ("oda", "osa"))))))
    'item.weapon is yes and not (transfer.mode is oda or osa)'
    """
    match condition:
        case All(parts):
            return _join(parts, " and ") or "always"
        case AnyOf(parts):
            return _join(parts, " or ")
        case Not(part):
            return f"not ({say_condition(part)})"
        case In(fact, values):
            return f"{fact} is {' or '.join(say_value(value) for value in values)}"
        case Known(fact):
            return f"{fact} is known"


def _join(parts: tuple[Condition, ...], word: str) -> str:
    return word.join(f"({say_condition(part)})" if _is_joined(part) else say_condition(part) for part in parts)


def _is_joined(part: Condition) -> bool:
    return isinstance(part, All | AnyOf) and len(part.parts) > 1


def say_value(value: object) -> str:
    """A fact's value in words.

    >>> say_value(True), say_value(None), say_value(frozenset({"nsc", "cabinet"}))
    ('yes', 'unknown', 'cabinet, nsc')
    """
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    return str(value)
