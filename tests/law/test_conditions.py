"""The condition language: three values, six words, compiled and interpreted alike, and monotone in the facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.law.conditions import (
    All,
    AnyOf,
    Condition,
    In,
    Known,
    Not,
    Truth,
    compile_condition,
    facts_of,
    interpret,
    say_condition,
)
from pactwatch.law.facts import Value

T: Condition = In("item.weapon", (True,))
U: Condition = In("transfer.surplus", (True,))
TABLE: list[tuple[Condition, dict[str, Value], Truth]] = [
    (T, {}, None),
    (T, {"item.weapon": True}, True),
    (T, {"item.weapon": False}, False),
    (Not(T), {}, None),
    (All((T, U)), {"item.weapon": False}, False),
    (All((T, U)), {"item.weapon": True}, None),
    (AnyOf((T, U)), {"item.weapon": True}, True),
    (AnyOf((T, U)), {"item.weapon": False}, None),
    (Known("item.weapon"), {}, None),
    (Known("item.weapon"), {"item.weapon": False}, True),
    (In("purpose", ("military",)), {"purpose": frozenset({"civil"})}, False),
    (In("purpose", ("military", "civil")), {"purpose": frozenset({"civil"})}, True),
    (In("approval", ("nsc",)), {"approval": frozenset({"cabinet"})}, None),  # an approval may still come
    (In("approval", ("nsc",)), {"approval": frozenset({"nsc"})}, True),
    (All(()), {}, True),
]


@pytest.mark.parametrize(("condition", "facts", "expected"), TABLE)
def test_three_values(condition: Condition, facts: dict[str, Value], expected: Truth) -> None:
    assert compile_condition(condition)(facts) is expected
    assert interpret(condition, facts) is expected


NAMES = ("item.weapon", "transfer.surplus", "undertakings.consent")
LEAVES = st.builds(In, st.sampled_from(NAMES), st.sampled_from([(True,), (False,), (True, False)])) | st.builds(
    Known, st.sampled_from(NAMES)
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.lists(inner, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=8,
)
FACTS = st.dictionaries(st.sampled_from(NAMES), st.booleans())


@given(CONDITIONS, FACTS, FACTS)
def test_a_further_fact_never_reverses_a_condition(
    condition: Condition, known: dict[str, Value], more: dict[str, Value]
) -> None:
    test = compile_condition(condition)
    before, after = test(known), test(more | known)
    assert before is None or after is before
    assert before is interpret(condition, known)


@given(CONDITIONS)
def test_words_name_every_fact(condition: Condition) -> None:
    assert all(name in say_condition(condition) for name in facts_of(condition))
