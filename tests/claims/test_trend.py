"""Growth by year: worked cases, the span of years, growing coverage, and a small simulation."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bench_verdicts_counts import STUDIES, count_verdicts
from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Verdict
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.kinds.trend import Parameters, alternatives
from pactwatch.claims.kinds.trend import test as run_trend
from pactwatch.claims.question import Selection
from worlds_counts import assemble, plant_duplicates

STUDY = next(study for study in STUDIES if study.kind.name == "trend")
ALONE = Parameters(selection=Selection(with_any=("partners",)))
BESIDE = Parameters(selection=Selection(with_any=("partners",)), baseline=Selection(with_any=("baseline",)))


def by_year(partners: list[int], baseline: list[int], first_year: int = 2010, as_of: str = "") -> Evidence:
    """So many records a year, each on a day of its own; the edition ends with the last year."""
    parties, days = [], []
    for code, counts in (("PHL", partners), ("USA", baseline)):
        for i, count in enumerate(counts):
            parties += [frozenset({"JPN", code})] * count
            days += [f"{first_year + i}-{1 + k // 28:02d}-{1 + k % 28:02d}" for k in range(count)]
    told, flags = np.array(days, dtype="datetime64[ns]"), np.zeros(len(days), dtype=bool)
    evidence = assemble(parties, told, flags, np.array(["day"] * len(days)), "exercise")
    return replace(evidence, as_of=pd.Timestamp(as_of or f"{first_year + len(partners) - 1}-12-31"))


def test_doubling_beside_a_level_baseline() -> None:
    finding = run_trend(by_year([2, 4, 8, 16, 32, 64], [20] * 6), BESIDE, Effort())
    assert finding.estimate == pytest.approx(2, abs=0.1)
    assert finding.no_effect == 1
    assert finding.smallest_effect == 1.05
    assert finding.p is not None
    assert finding.p < 0.005
    assert finding.n == 126
    assert [row["events"] for row in finding.table] == [2, 4, 8, 16, 32, 64]


def test_growth_shared_with_the_baseline_is_no_growth() -> None:
    growing = [4, 6, 9, 13, 20, 30, 45, 67]
    alone, beside = (run_trend(by_year(growing, growing), asked, Effort()) for asked in (ALONE, BESIDE))
    assert alone.estimate == pytest.approx(1.5, abs=0.03)
    assert any("news coverage" in caveat for caveat in alone.caveats)
    assert beside.estimate == pytest.approx(1)
    assert beside.p == pytest.approx(0.5)


def test_a_fall_is_a_rise_turned_round() -> None:
    risen, fallen = [5, 6, 9, 11, 16, 20], [20, 16, 11, 9, 6, 5]
    rises = run_trend(by_year(risen, [12] * 6), BESIDE, Effort())
    falls = run_trend(by_year(fallen, [12] * 6), BESIDE.model_copy(update={"direction": "falls"}), Effort())
    assert falls.p == pytest.approx(rises.p)
    assert falls.p_refute == pytest.approx(rises.p_refute)
    assert falls.estimate == pytest.approx(1 / (rises.estimate or 1))
    assert falls.detectable == pytest.approx(1 / (rises.detectable or 1))


def test_the_year_under_way_is_not_counted() -> None:
    evidence = by_year([5] * 8, [5] * 8, first_year=2019, as_of="2026-12-30")
    assert [row["year"] for row in run_trend(evidence, BESIDE, Effort()).table] == list(range(2019, 2026))


def test_years_start_where_both_sides_do() -> None:
    finding = run_trend(by_year([5] * 10, [0, 0, 0, 4, 4, 4, 4, 4, 4, 4]), BESIDE, Effort())
    assert finding.table[0]["year"] == 2013


@pytest.mark.parametrize(
    ("partners", "baseline"),
    [([1, 1, 1, 1, 1, 1], [9] * 6), ([9] * 6, [1, 0, 0, 1, 0, 1]), ([9] * 4, [9] * 4), ([], []), ([9] * 6, [])],
)
def test_too_little_is_said_and_not_tested(partners: list[int], baseline: list[int]) -> None:
    finding = run_trend(by_year(partners, baseline), BESIDE, Effort())
    assert (finding.estimate, finding.p) == (None, None)
    assert "a trend takes 8 on each side" in finding.sentence


def test_duplicates_of_records_change_nothing() -> None:
    evidence = by_year([3, 5, 4, 8, 9, 12], [5] * 6)
    planted = plant_duplicates(np.random.default_rng(3), evidence, share=0.4)
    plain, other = (run_trend(world, BESIDE, Effort()) for world in (evidence, planted))
    assert (other.estimate, other.p, other.n) == (plain.estimate, plain.p, plain.n)


def test_alternatives_move_the_span_as_they_say() -> None:
    evidence = by_year([5] * 14, [5] * 14)
    years = {words: STUDY.kind.test(evidence, other, Effort()).table for words, other in alternatives(BESIDE)}
    assert years["from two years later"][0]["year"] == 2012
    assert years["from four years later"][0]["year"] == 2014
    assert years["to one year earlier"][-1]["year"] == 2022
    assert "baseline events" not in years["without the baseline"][0]


@pytest.mark.parametrize(
    ("size", "has_effect", "verdict", "least", "most"),
    [
        (30, False, Verdict.SUPPORTED, 0, 6),  # of 40 at 5 %: more than 6 once in 300 runs
        (30, True, Verdict.SUPPORTED, 26, 40),  # of 40 at 80 %: fewer than 26 once in 120
        (1, True, Verdict.NOT_ENOUGH_EVIDENCE, 21, 40),
    ],
)
def test_verdicts_where_the_truth_is_known(
    size: int, has_effect: bool, verdict: Verdict, least: int, most: int
) -> None:
    assert least <= count_verdicts(STUDY, size, has_effect, 40)[verdict] <= most
