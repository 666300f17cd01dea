"""From findings to verdicts: adjusted p values, both hypotheses, and the grid that tempers a sharp answer."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.claims.family import Family
from pactwatch.claims.finding import Fact, Finding, Verdict
from pactwatch.claims.grid import Cell
from pactwatch.claims.verdict import adjust_p_values, effect_size, points_same_way, reach_verdict


def finding(
    p: float | None = 0.5,
    p_refute: float | None = 0.5,
    *,
    estimate: float = 0.3,
    n: int = 50,
    fact: Fact | None = None,
    falls: bool = False,
) -> Finding:
    return Finding(
        estimate=estimate,
        unit="share",
        no_effect=0.25,
        smallest_effect=0.15 if falls else 0.35,
        p=p,
        p_refute=p_refute,
        n=n,
        n_unit="records",
        fact=fact,
        sentence="",
    )


@pytest.mark.parametrize(
    ("p_values", "expected"),
    [
        ([0.01, 0.02, 0.03, 0.04], [0.04, 0.04, 0.04, 0.04]),
        ([0.04, 0.01, 0.03, 0.02], [0.04, 0.04, 0.04, 0.04]),
        ([0.005, 0.5, None, 0.04], [0.015, 0.5, None, 0.06]),
        ([], []),
        ([None], [None]),
    ],
)
def test_adjusts_by_benjamini_and_hochberg(p_values: list[float | None], expected: list[float | None]) -> None:
    assert adjust_p_values(p_values) == pytest.approx(expected)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusting_never_lowers_a_p_value_and_keeps_the_order(p_values: list[float]) -> None:
    adjusted = adjust_p_values(p_values)
    assert None not in adjusted
    pairs = sorted((before, after or 0.0) for before, after in zip(p_values, adjusted, strict=True))
    assert all(before - 1e-12 <= after <= 1 for before, after in pairs)
    assert all(first[1] <= second[1] + 1e-12 for first, second in pairwise(pairs))


@pytest.mark.parametrize(
    ("p", "p_refute", "verdict"),
    [
        (0.01, 0.50, Verdict.SUPPORTED),
        (0.50, 0.01, Verdict.CONTRADICTED),
        (0.01, 0.01, Verdict.MIXED),
        (0.50, 0.50, Verdict.NOT_ENOUGH_EVIDENCE),
        (0.04, 0.05, Verdict.SUPPORTED),
        (None, None, Verdict.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_both_hypotheses_decide(p: float | None, p_refute: float | None, verdict: Verdict) -> None:
    assert reach_verdict(finding(p, p_refute), p, p_refute, ()).verdict is verdict


def test_where_nothing_could_refute_a_claim_a_quiet_result_leaves_it_open() -> None:
    assert reach_verdict(finding(0.5, None), 0.5, None, ()).verdict is Verdict.NOT_ENOUGH_EVIDENCE
    assert reach_verdict(finding(0.01, None), 0.01, None, ()).verdict is Verdict.SUPPORTED


def test_an_effect_that_would_stand_alone_is_not_called_contradicted() -> None:
    assert reach_verdict(finding(0.02, 0.004), 0.12, 0.02, ()).verdict is Verdict.MIXED
    assert reach_verdict(finding(0.20, 0.004), 0.40, 0.02, ()).verdict is Verdict.CONTRADICTED


def test_few_observations_decide_nothing() -> None:
    judged = reach_verdict(finding(0.001, 0.9, n=7), 0.001, 0.9, ())
    assert judged.verdict is Verdict.NOT_ENOUGH_EVIDENCE
    assert "7 records" in judged.why


@pytest.mark.parametrize(
    ("fact", "verdict"),
    [
        (Fact.HOLDS, Verdict.SUPPORTED),
        (Fact.FAILS, Verdict.CONTRADICTED),
        (Fact.PARTLY, Verdict.MIXED),
        (Fact.UNKNOWN, Verdict.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_facts_need_no_p_value(fact: Fact, verdict: Verdict) -> None:
    assert reach_verdict(finding(None, None, n=1, fact=fact), None, None, ()).verdict is verdict


def test_a_grid_that_points_the_other_way_makes_it_mixed_and_names_the_choices() -> None:
    with_it, against = Cell("kept", finding(0.02, 0.9)), Cell("without the busiest", finding(0.6, 0.3, estimate=0.2))
    sharp = reach_verdict(finding(0.001, 0.9), 0.001, 0.9, [with_it, with_it, with_it, with_it, against])
    assert sharp.verdict is Verdict.SUPPORTED
    tempered = reach_verdict(finding(0.001, 0.9), 0.001, 0.9, [with_it, against])
    assert tempered.verdict is Verdict.MIXED
    assert tempered.leaning is Verdict.SUPPORTED
    assert "without the busiest" in tempered.why


def cell(p: float | None = 0.5, p_refute: float | None = 0.5, **fields: Any) -> Cell:
    return Cell("another choice", finding(p, p_refute, **fields))


def test_what_a_variant_says_depends_on_the_verdict_it_is_set_beside() -> None:
    main, small = finding(0.3, 0.01), cell(0.4, 0.2, estimate=0.28)
    assert points_same_way(Verdict.CONTRADICTED, main, small) is True
    assert points_same_way(Verdict.CONTRADICTED, main, cell(0.2, 0.6, estimate=0.36)) is False
    assert points_same_way(Verdict.CONTRADICTED, main, cell(0.03, 0.04, estimate=0.3)) is False
    assert points_same_way(Verdict.NOT_ENOUGH_EVIDENCE, main, small) is True
    assert points_same_way(Verdict.NOT_ENOUGH_EVIDENCE, main, cell(0.01, 0.9)) is False
    assert points_same_way(Verdict.SUPPORTED, main, cell(n=5)) is None


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 0.6), st.lists(st.floats(0, 1), max_size=20))
def test_a_choice_that_changes_nothing_agrees(p: float, p_refute: float, estimate: float, others: list[float]) -> None:
    """Within any family: the cell is adjusted as the main test is, and judged by the same rule."""
    main = finding(p if estimate > 0.25 else 0.5 + p / 2, p_refute if estimate < 0.35 else 1.0, estimate=estimate)
    family = Family(("main", *map(str, range(len(others)))), (main.p, *others), (main.p_refute, *others))
    adjusted = family.adjust("main", main)
    judged = reach_verdict(main, *adjusted, [Cell("the same", main, *adjusted)])
    assert judged.verdict is judged.leaning
    assert points_same_way(judged.leaning, main, Cell("the same", main, *adjusted)) is not False


def test_the_claimed_direction_may_be_down() -> None:
    assert effect_size(finding(estimate=0.15, falls=True)) == pytest.approx(1)
    assert effect_size(finding(estimate=0.30, falls=True)) < 0
