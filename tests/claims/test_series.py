"""series: one survey figure over the years."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import binom

from bench_verdicts_orders import STUDIES, Sort, try_worlds
from pactwatch.claims.finding import Finding, Verdict
from pactwatch.claims.kinds.series import KIND, LEAST_CARRY, Parameters, fit_line, list_orders, order_p
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.verdict import reach_verdict
from worlds_orders import make_evidence, make_figures

ASKED = Parameters(series="trust")
NOISE = np.array([0.3, -0.4, 0.1, 0.5, -0.2, -0.5, 0.4, 0.0, -0.3, 0.2])


def find(figures: pd.DataFrame, asked: Parameters = ASKED) -> Finding:
    return KIND.test(make_evidence([], perceptions=figures), asked, Effort(draws=2_000))


def rising(n: int, slope: float = 1.0) -> pd.DataFrame:
    return make_figures(np.arange(2015, 2015 + n), 60 + slope * np.arange(n) + NOISE[:n])


def test_the_line_by_hand() -> None:
    line = fit_line(np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 4.0]))
    assert line.slope == pytest.approx(1.5)
    assert line.error == pytest.approx((1.3 / 0.7 / 12) ** 0.5)
    assert line.carry == LEAST_CARRY


def test_figures_that_lean_on_the_year_before_widen_the_doubt() -> None:
    years = np.arange(12.0)
    wave, zigzag = np.sin(years / 2), np.where(years % 2, 1.0, -1.0)
    assert fit_line(years, wave).carry > 0.5
    assert fit_line(years, zigzag).carry == LEAST_CARRY


@pytest.mark.parametrize(
    ("values", "p"),
    [
        ([1, 2, 3, 4], 1 / 24),
        ([4, 3, 2, 1], 1.0),
        ([1, 2, 4, 3], 4 / 24),  # its slope of 0.8 is that of 2, 1, 3, 4 and 1, 3, 2, 4 too; 1, 2, 3, 4 is steeper
    ],
)
def test_exact_orders(values: list[float], p: float) -> None:
    assert order_p(np.arange(4.0), np.array(values, dtype=float), list_orders(4, 0, 0)) == pytest.approx(p)


def test_a_rise_is_seen_from_eight_figures_and_not_decided_from_fewer() -> None:
    enough, few = find(rising(9)), find(rising(6))
    assert enough.estimate == pytest.approx(1.0, abs=0.1)
    assert reach_verdict(enough, enough.p, enough.p_refute, ()).verdict is Verdict.SUPPORTED
    assert few.p is not None and reach_verdict(few, few.p, few.p_refute, ()).verdict is Verdict.NOT_ENOUGH_EVIDENCE


def test_a_flat_line_is_contradicted_and_a_fall_mirrors_a_rise() -> None:
    flat = find(rising(10, 0.0))
    assert reach_verdict(flat, flat.p, flat.p_refute, ()).verdict is Verdict.CONTRADICTED
    mirrored = rising(8).assign(figure_value=lambda figures: -figures["figure_value"])
    one, other = find(rising(8)), find(mirrored, ASKED.model_copy(update={"direction": "falls"}))
    assert [one.p, one.p_refute] == pytest.approx([other.p, other.p_refute])


def test_figures_all_equal_refute_nothing() -> None:
    found = find(make_figures(np.arange(2010, 2019), np.full(9, 60.0)))
    assert (found.estimate, found.p, found.p_refute, found.interval) == (0.0, 1.0, None, None)


def test_bases_are_never_mixed() -> None:
    figures = rising(10)
    figures.loc[3:, "basis"] = "restated"
    found = find(figures)
    assert (found.estimate, found.p) == (None, None) and "different bases" in found.sentence
    with pytest.raises(ValidationError):
        Parameters.model_validate({"series": ["trust", "other"]})


def test_other_series_stand_beside_it_and_do_not_change_it() -> None:
    figures = pd.concat(
        [rising(9), rising(9, -2.0).assign(series_id="china", figure_id=lambda rows: rows["figure_id"] + "c")]
    )
    alone, beside = find(rising(9)), find(figures, ASKED.model_copy(update={"against": ("china",)}))
    assert (alone.estimate, alone.p) == (beside.estimate, beside.p)
    assert "Beside it: china -2.0" in beside.sentence


@pytest.mark.parametrize("n", [0, 1, 3])
def test_too_few_figures_give_no_slope(n: int) -> None:
    found = find(rising(n))
    assert (found.estimate, found.p, found.n) == (None, None, n)


def test_a_line_without_scatter_is_finite() -> None:
    found = find(make_figures(np.arange(2010, 2019), np.arange(9.0)))
    assert found.p is not None and 0 < found.p < 0.01 and found.p_refute == pytest.approx(1.0)


@given(st.lists(st.floats(0, 100), min_size=4, max_size=8), st.floats(-5, 5), st.floats(0.1, 10))
def test_moving_and_stretching_the_figures_leaves_the_carry(values: list[float], move: float, stretch: float) -> None:
    years, figures = np.arange(float(len(values))), np.array(values)
    one, other = fit_line(years, figures), fit_line(years, move + stretch * figures)
    assert other.slope == pytest.approx(stretch * one.slope, abs=1e-6)
    assert other.error == pytest.approx(stretch * one.error, rel=1e-3, abs=1e-3)


def test_worlds() -> None:
    study = next(study for study in STUDIES if study.name == "series")
    without = try_worlds(study, Sort("no effect"), 12, 60, 300)
    assert sum(outcome.verdict is Verdict.SUPPORTED for outcome in without) <= binom.ppf(0.999, 60, 0.05)
    able = [outcome for outcome in try_worlds(study, Sort("smallest", 1.0), 18, 40, 300) if outcome.is_able]
    assert len(able) >= 10
    assert sum(outcome.verdict is Verdict.SUPPORTED for outcome in able) >= binom.ppf(0.001, len(able), 0.8)
