"""shift: shares before and after, with the noise that years have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, t

from bench_verdicts_orders import STUDIES, Sort, try_worlds
from pactwatch.claims.finding import Verdict
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.kinds.shift import KIND, Parameters
from pactwatch.claims.methods.proportions import Years, fit_step, fit_trend
from pactwatch.claims.question import Selection
from worlds_orders import make_evidence, plant_duplicates

ASKED = Parameters(selection=Selection(), feature=Selection(hadr=True), cut=2018)


def years_of(having: list[float], events: list[float], late: list[bool]) -> Years:
    return Years(np.arange(2016, 2016 + len(events)), np.array(events), np.array(having), np.array(late))


def events(year: int, having: int, without: int) -> list[dict[str, Any]]:
    partners = ["PHL", "VNM", "IDN", "MYS", "THA", "SGP", "BRN", "KHM", "LAO", "MMR"]
    return [
        {
            "day": np.datetime64(f"{year}-{1 + i // 10:02d}-10"),
            "parties": frozenset({"JPN", partners[i % 10]}),
            "is_hadr": i < having,
        }
        for i in range(having + without)
    ]


FOUR_YEARS = [*events(2016, 2, 8), *events(2017, 3, 7), *events(2018, 6, 4), *events(2019, 7, 3)]


def test_the_step_by_hand() -> None:
    change = fit_step(years_of([2, 3, 6, 7], [10, 10, 10, 10], [False, False, True, True]))
    assert change.estimate == pytest.approx(0.4)
    assert change.null_error == pytest.approx((0.45 * 0.55 / 10) ** 0.5)
    assert (change.dispersion, change.freedom) == (1.0, 2)


def test_a_share_near_its_bound_cannot_be_held_against_the_claim() -> None:
    high = [*events(2016, 10, 0), *events(2017, 9, 1), *events(2018, 9, 1), *events(2019, 10, 0)]
    finding = KIND.test(make_evidence(high), ASKED, Effort(draws=100))
    assert finding.p is not None and finding.p_refute is None
    assert any("a rise of 10 points is not possible" in caveat for caveat in finding.caveats)
    middle = KIND.test(make_evidence(FOUR_YEARS), ASKED, Effort(draws=100))
    assert middle.p_refute is not None


def test_years_that_differ_more_than_chance_widen_the_error() -> None:
    change = fit_step(years_of([0, 10, 5, 5], [10, 10, 10, 10], [False, False, True, True]))
    # X2 = 2 x 5^2 / (10 x 0.25) = 20 on 2 degrees of freedom
    assert change.dispersion == pytest.approx(10.0)
    assert change.null_error == pytest.approx((10 * 0.25 * 2 / 20) ** 0.5)


def test_the_trend_by_hand() -> None:
    # Shares 0.2, 0.3, 0.6, 0.7 with equal weights: slope 0.18 a year, mean years two apart.
    change = fit_trend(years_of([2, 3, 6, 7], [10, 10, 10, 10], [False, False, True, True]))
    assert change.estimate == pytest.approx(0.36)


def test_finding() -> None:
    found = KIND.test(make_evidence(FOUR_YEARS), ASKED, Effort())
    assert [found.n, found.estimate] == pytest.approx([40, 0.4])
    assert found.p == pytest.approx(t.sf(0.4 / (0.45 * 0.55 / 10) ** 0.5, 2))
    assert found.interval is not None and found.interval[0] < 0.4 < found.interval[1]
    assert [row["share"] for row in found.table] == [0.2, 0.3, 0.6, 0.7]


def test_a_falling_share_claimed_is_the_mirror_of_a_rising_one() -> None:
    mirrored = [row | {"is_hadr": not row["is_hadr"]} for row in FOUR_YEARS]
    rises = KIND.test(make_evidence(FOUR_YEARS), ASKED, Effort())
    falls = KIND.test(make_evidence(mirrored), ASKED.model_copy(update={"direction": "falls"}), Effort())
    assert [falls.p, falls.p_refute] == pytest.approx([rises.p, rises.p_refute])
    assert falls.smallest_effect == -0.10


@pytest.mark.parametrize("rows", [[], events(2016, 3, 4), [*events(2016, 1, 1), *events(2019, 1, 1)]])
def test_too_few_years_give_no_test(rows: list[dict[str, Any]]) -> None:
    found = KIND.test(make_evidence(rows), ASKED, Effort())
    assert (found.p, found.p_refute, found.interval) == (None, None, None)
    assert "no change can be tested" in found.sentence


def test_a_feature_nobody_has_gives_a_doubtful_answer_not_a_sure_one() -> None:
    rows = [row | {"is_hadr": False} for row in FOUR_YEARS]
    found = KIND.test(make_evidence(rows), ASKED, Effort())
    assert (found.estimate, found.p) == (0.0, 0.5)


def test_duplicates_change_nothing() -> None:
    evidence = make_evidence(FOUR_YEARS)
    doubled = plant_duplicates(evidence, evidence.milestones["is_hadr"] & (evidence.milestones["year"] >= 2018))
    one, two = (KIND.test(world, ASKED, Effort()) for world in (evidence, doubled))
    assert [one.n, one.estimate, one.p] == pytest.approx([two.n, two.estimate, two.p])


def test_worlds_without_a_shift_are_seldom_called_one() -> None:
    study = next(study for study in STUDIES if study.name == "shift")
    outcomes = try_worlds(study, Sort("no effect, growing", growth=1.15), 200, 60, 0)
    wrong = sum(outcome.verdict is Verdict.SUPPORTED for outcome in outcomes)
    assert wrong <= binom.ppf(0.999, 60, 0.05)


def test_worlds_with_a_shift_large_enough_are_called_one() -> None:
    study = next(study for study in STUDIES if study.name == "shift")
    outcomes = try_worlds(study, Sort("smallest", 1.0), 1200, 40, 0)
    able = [outcome for outcome in outcomes if outcome.is_able]
    right = sum(outcome.verdict is Verdict.SUPPORTED for outcome in able)
    assert len(able) >= 10 and right >= binom.ppf(0.001, len(able), 0.8)
