"""The statistics the kinds share: against worked values, against scipy's own, and what must hold for any numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import barnard_exact, binom, binomtest

from pactwatch.claims.methods.events import label_events
from pactwatch.claims.methods.growth import fit_growth, fit_relative_growth
from pactwatch.claims.methods.herfindahl import judge_change, measure_concentration
from pactwatch.claims.methods.statistics import (
    detectable_difference,
    detectable_share,
    exact_interval,
    lower_tail,
    newcombe_interval,
    spread_of_sum,
    unconditional_p,
    upper_tail,
)
from worlds_counts import assemble


@pytest.mark.parametrize(("successes", "trials", "share"), [(0, 8, 0.3), (5, 8, 0.3), (8, 8, 0.3), (31, 108, 0.25)])
def test_tails_and_interval_are_the_exact_binomial(successes: int, trials: int, share: float) -> None:
    expected = binomtest(successes, trials, share)
    interval = expected.proportion_ci(method="exact")
    assert exact_interval(successes, trials) == pytest.approx((interval.low, interval.high))
    assert upper_tail(successes, trials, share) == pytest.approx(binom.sf(successes - 1, trials, share))
    assert lower_tail(successes, trials, share) == pytest.approx(binom.cdf(successes, trials, share))


@pytest.mark.parametrize(
    ("first", "second", "bounds"),
    [((56, 70), (48, 80), (0.0524, 0.3339)), ((9, 10), (3, 10), (0.1705, 0.8090)), ((10, 10), (0, 10), (0.6075, 1.0))],
)
def test_newcombe_interval_gives_the_published_bounds(
    first: tuple[int, int], second: tuple[int, int], bounds: tuple[float, float]
) -> None:
    assert newcombe_interval(first, second) == pytest.approx(bounds, abs=1e-4)


def test_unconditional_p_agrees_with_barnard_where_the_orders_agree() -> None:
    table = [[9, 3], [1, 7]]  # columns are the groups: 9 of 10 against 3 of 10
    assert unconditional_p((9, 10), (3, 10)) == pytest.approx(barnard_exact(table, "greater").pvalue, abs=1e-3)


@given(st.integers(3, 25), st.integers(3, 25), st.floats(0.02, 0.98))
def test_unconditional_test_keeps_its_level_at_any_common_share(first: int, second: int, share: float) -> None:
    chances = np.outer(binom.pmf(np.arange(first + 1), first, share), binom.pmf(np.arange(second + 1), second, share))
    rejected = np.zeros_like(chances)
    for one in (0, first // 3, first // 2, 2 * first // 3, first):
        for two in (0, second // 4, second // 2):
            if unconditional_p((one, first), (two, second)) <= 0.05:
                rejected[one, two] = 1
    assert (chances * rejected).sum() <= 0.05 + 1e-3


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
def test_the_two_sides_of_a_comparison_exclude_each_other(k1: int, n1: int, k2: int, n2: int) -> None:
    one, two = (min(k1, n1), n1), (min(k2, n2), n2)
    assert unconditional_p(one, two) + unconditional_p(two, one) >= 1 - 1e-9


def test_detectable_values_have_the_power_they_claim() -> None:
    share = detectable_share(40, 0.25)
    assert share is not None
    critical = next(k for k in range(41) if upper_tail(k, 40, 0.25) <= 0.05)
    assert upper_tail(critical, 40, share) == pytest.approx(0.8)
    assert detectable_share(1, 0.5) is None
    assert detectable_difference(2, 2, 0.9) is None


def test_spread_of_a_sum_is_the_binomial_when_all_are_alike() -> None:
    assert spread_of_sum([(1, 3, 0.2), (1, 4, 0.2)]) == pytest.approx(binom.pmf(np.arange(8), 7, 0.2))


@given(st.lists(st.integers(1, 400), min_size=6, max_size=15), st.floats(0.8, 1.3))
def test_relative_growth_ignores_what_multiplies_both_sides(counts: list[int], factor: float) -> None:
    years = list(range(2000, 2000 + len(counts)))
    growing = [count * factor**i for i, count in enumerate(counts)]
    assert fit_relative_growth(years, growing, growing).slope == pytest.approx(0, abs=1e-6)


def test_growth_stays_finite_when_one_side_ends_where_the_other_begins() -> None:
    growth = fit_relative_growth(list(range(8)), [0, 0, 0, 0, 9, 9, 9, 9], [9, 9, 9, 9, 0, 0, 0, 0])
    assert 0 < growth.slope < 20
    assert np.isfinite(growth.error)


def test_uneven_years_widen_the_error() -> None:
    even, uneven = fit_growth(range(8), [50] * 8), fit_growth(range(8), [90, 10, 85, 15, 95, 5, 88, 12])
    assert even.dispersion == 1
    assert uneven.dispersion == pytest.approx(41, abs=1)  # X2 = 247 over 6 degrees of freedom


def test_concentration_is_unbiased_where_the_plain_index_is_not() -> None:
    rng = np.random.default_rng(5)
    values = measure_concentration(np.eye(4), rng.multinomial(6, [0.25] * 4, size=4000))
    assert values.mean() == pytest.approx(0.25, abs=4 * values.std() / 4000**0.5)


def test_equal_periods_show_no_change() -> None:
    periods = (np.array([20, 10, 10]), np.array([20, 10, 10]))
    change = judge_change(np.eye(3), periods, -0.2, np.random.default_rng(1), 1000)
    assert change.before == change.after
    assert change.p > 0.3
    assert change.p_refute < 0.05


@pytest.mark.parametrize(
    ("what", "days", "precision", "parties", "events"),
    [
        ("one day, one partner", ("2024-07-08", "2024-07-08"), "day", ("PHL", "PHL"), 1),
        ("one day, two partners", ("2024-07-08", "2024-07-08"), "day", ("PHL", "VNM"), 2),
        ("one day, a partner in common", ("2024-07-08", "2024-07-08"), "day", ("PHL;USA", "PHL"), 1),
        ("two days, one partner", ("2024-07-08", "2024-07-09"), "day", ("PHL", "PHL"), 2),
        ("one month told, one partner", ("2024-07-08", "2024-07-20"), "month", ("PHL", "PHL"), 1),
        ("the focus actor alone", ("2024-07-08", "2024-07-08"), "day", ("", ""), 1),
    ],
)
def test_what_is_one_event(
    what: str, days: tuple[str, str], precision: str, parties: tuple[str, str], events: int
) -> None:
    evidence = assemble(
        [frozenset({"JPN", *filter(None, names.split(";"))}) for names in parties],
        np.array(days, dtype="datetime64[ns]"),
        np.zeros(2, dtype=bool),
        np.array([precision] * 2),
        "exercise",
    )
    assert len(set(label_events(evidence.milestones, "JPN").tolist())) == events, what
