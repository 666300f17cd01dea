"""depth: Kendall's tau-b, and rows that go together."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, kendalltau

from bench_verdicts_orders import STUDIES, Sort, try_worlds
from pactwatch.claims.finding import Verdict
from pactwatch.claims.kinds.depth import KIND, Parameters, measure_order, measure_tau
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.question import Selection
from worlds_orders import make_evidence, plant_duplicates

ASKED = Parameters(selection=Selection())
LEVELS = ("port_call", "goodwill", "tabletop", "field", "combined")
CODES = st.lists(st.tuples(st.integers(2010, 2020), st.integers(0, 4)), min_size=3, max_size=25).filter(
    lambda rows: len({year for year, _ in rows}) > 1 and len({level for _, level in rows}) > 1
)


def exercise(year: int, level: str | None, **told: Any) -> dict[str, Any]:
    return {"day": np.datetime64(f"{year}-05-20"), "parties": frozenset({"JPN", "PHL"}), "level": level} | told


CLIMB = [exercise(2008 + i, LEVELS[min(4, i // 3)]) for i in range(15)]


def test_tau_by_hand() -> None:
    tau, influence = measure_tau(np.array([1.0, 2.0, 3.0]), np.array([0.0, 2.0, 1.0]), np.ones(3))
    assert tau == pytest.approx(1 / 3)
    assert influence.sum() == pytest.approx(0.0)


@given(CODES)
def test_tau_is_scipys_and_copies_by_weight_are_copies_by_rows(rows: list[tuple[int, int]]) -> None:
    years, levels = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    tau, influence = measure_tau(years, levels, np.ones(len(rows)))
    assert tau == pytest.approx(kendalltau(years, levels).statistic)
    assert influence.sum() == pytest.approx(0.0, abs=1e-9)
    weights = np.ones(len(rows))
    weights[0] = 2.0
    again = measure_tau(np.append(years, years[0]), np.append(levels, levels[0]), np.ones(len(rows) + 1))[0]
    assert measure_tau(years, levels, weights)[0] == pytest.approx(again)


@pytest.mark.parametrize("unit", ["record", "milestone"])
def test_sentence_and_unit_agree(unit: Literal["record", "milestone"]) -> None:
    found = KIND.test(make_evidence(CLIMB), Parameters(selection=Selection(unit=unit)), Effort())
    assert found.n_unit == f"{unit}s" and f"Over 15 {unit}s from" in found.sentence


def test_a_series_that_keeps_its_level_is_not_fresh_evidence_each_year() -> None:
    years, levels = np.arange(2000.0, 2020.0), np.repeat([0.0, 1.0, 0.0, 1.0], 5)
    alone, together = np.arange(20), np.repeat(np.arange(4), 5)
    single = measure_order(years, levels, np.ones(20), (alone, years.astype(np.int64), alone))
    grouped = measure_order(years, levels, np.ones(20), (together, years.astype(np.int64), alone))
    assert grouped.tau == single.tau
    assert grouped.error > 1.5 * single.error and grouped.freedom < single.freedom


def test_a_climb_is_seen_and_untold_levels_are_counted() -> None:
    found = KIND.test(make_evidence([*CLIMB, exercise(2015, None)]), ASKED, Effort())
    assert found.n == 15 and found.estimate is not None and found.estimate > 0.8
    assert found.p is not None and found.p < 0.01
    assert any("No level told, and so left out: 1 exercise of 16" in caveat for caveat in found.caveats)
    assert found.interval is not None and 0 < found.interval[0] < found.interval[1] <= 1


def test_the_other_direction_mirrors() -> None:
    mirrored = [row | {"level": LEVELS[4 - LEVELS.index(row["level"])]} for row in CLIMB]
    one = KIND.test(make_evidence(CLIMB), ASKED, Effort())
    other = KIND.test(make_evidence(mirrored), ASKED.model_copy(update={"direction": "flattens"}), Effort())
    assert [other.p, other.p_refute] == pytest.approx([one.p, one.p_refute])


@pytest.mark.parametrize("rows", [[], CLIMB[:5], [exercise(2010 + i, "field") for i in range(12)]])
def test_too_little_gives_no_test(rows: list[dict[str, Any]]) -> None:
    found = KIND.test(make_evidence(rows), ASKED, Effort())
    assert (found.estimate, found.p, found.p_refute) == (None, None, None)
    assert "too few" in found.sentence


def test_duplicates_change_nothing() -> None:
    evidence = make_evidence(CLIMB)
    doubled = plant_duplicates(evidence, evidence.milestones["level_rank"] >= 3)
    one, two = (KIND.test(world, ASKED, Effort()) for world in (evidence, doubled))
    assert [one.n, one.estimate, one.p] == pytest.approx([two.n, two.estimate, two.p])


@pytest.mark.parametrize(("sort", "is_right"), [(Sort("no effect", growth=1.15), False), (Sort("smallest", 1.0), True)])
def test_worlds(sort: Sort, is_right: bool) -> None:
    study = next(study for study in STUDIES if study.name == "depth")
    outcomes = try_worlds(study, sort, 400 if is_right else 120, 40, 0)
    counted = [outcome for outcome in outcomes if outcome.is_able] if is_right else outcomes
    supported = sum(outcome.verdict is Verdict.SUPPORTED for outcome in counted)
    if is_right:
        assert len(counted) >= 10 and supported >= binom.ppf(0.001, len(counted), 0.8)
    else:
        assert supported <= binom.ppf(0.999, len(counted), 0.05)
