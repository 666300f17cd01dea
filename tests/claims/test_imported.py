"""Claims on imported data: what is missing is named; trends, changes and levels by hand and in simulated worlds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from bench_verdicts_imported import change_world, count_world, trend_world, verdict_of
from pactwatch.claims.evidence import Evidence, Joined
from pactwatch.claims.finding import Fact, Finding, Verdict
from pactwatch.claims.grid import list_choices
from pactwatch.claims.kinds import imported_change, imported_level, imported_trend
from pactwatch.claims.kinds.shape import Effort
from worlds_orders import make_evidence

TREND = imported_trend.Parameters(
    measure="arms_trade", column="tiv", where={"direction": "import"}, direction="falls", smallest_change=1.0
)
CHANGE = imported_change.Parameters(measure="dependence", column="hhi", smallest_change=0.1, spans_back=1)
LEVEL = imported_level.Parameters(
    measure="spending",
    column="gdp_share",
    where={"actor_code": "focus"},
    level=0.02,
    since=2022,
    by=2027,
    rounded_to=5e-4,
)


def evidence(measure: str, rows: list[dict[str, Any]]) -> Evidence:
    joined = Joined(pd.DataFrame(rows), vintages="a register, 2024-03-18")
    return replace(make_evidence([]), joined={measure: joined})


def yearly(values: list[float]) -> Evidence:
    rows = [
        {"direction": "import", "year": 2000 + n, "tiv": value, "estimate_share": 0.8} for n, value in enumerate(values)
    ]
    return evidence("arms_trade", [*rows, {"direction": "export", "year": 2003, "tiv": 1e6}])


@pytest.mark.parametrize("kind", [imported_trend, imported_change, imported_level])
def test_without_its_import_a_claim_names_it_and_has_no_grid(kind: Any) -> None:
    asked = {imported_trend: TREND, imported_change: CHANGE, imported_level: LEVEL}[kind]
    missing = Joined(pd.DataFrame(), "the register is not imported: `pactwatch import sipri-register FILE`")
    without = replace(make_evidence([]), joined={asked.measure: missing})
    finding: Finding = kind.KIND.test(without, asked, Effort())
    assert (finding.fact, finding.n, finding.p) == (Fact.MISSING, 0, None)
    assert "pactwatch import sipri-register FILE" in finding.sentence
    assert verdict_of(finding) is Verdict.NOT_ENOUGH_EVIDENCE
    assert list_choices(kind.KIND, without, asked, finding) == []


def test_a_falling_line_is_seen_and_its_data_are_told() -> None:
    noise = (0.5, -0.7, 0.2, 0.6, -0.4, -0.6, 0.3, 0.1, -0.2, 0.4, -0.3, 0.1)
    finding = imported_trend.test(yearly([100 - 5 * n + noise[n] for n in range(12)]), TREND, Effort(draws=2_000))
    assert finding.estimate == pytest.approx(-5, abs=0.2)
    assert (finding.n, finding.unit) == (12, "million TIV a year")
    assert finding.smallest_effect == -1.0
    assert verdict_of(finding) is Verdict.SUPPORTED
    assert "a register, 2024-03-18" in finding.caveats[0]
    assert "80% of each volume is marked uncertain" in finding.caveats[1]


def test_a_line_that_rises_contradicts_a_fall() -> None:
    noise = np.random.default_rng(3).normal(0, 1, 15)
    finding = imported_trend.test(yearly([50 + 5 * n + float(noise[n]) for n in range(15)]), TREND, Effort(draws=2_000))
    assert verdict_of(finding) is Verdict.CONTRADICTED


def test_few_years_and_level_years_decide_nothing() -> None:
    assert imported_trend.test(yearly([3.0, 2.0, 1.0]), TREND, Effort()).p is None
    assert imported_trend.test(yearly([3.0] * 12), TREND, Effort()).p is None


def test_counts_grow_by_a_factor() -> None:
    asked = imported_trend.Parameters(
        measure="exercise_partners", column="exercises", scale="count", smallest_change=0.05, since=2001
    )
    rows = [{"year": 2000 + n, "exercises": round(4 * 1.2**n)} for n in range(13)]
    finding = imported_trend.test(evidence("exercise_partners", rows), asked, Effort())
    assert finding.estimate == pytest.approx(0.2, abs=0.02)
    assert finding.smallest_effect == pytest.approx(0.05)
    assert finding.n == 12
    assert verdict_of(finding) is Verdict.SUPPORTED


def test_changes_by_actor_are_paired_by_span() -> None:
    rows = [
        {"recipient_code": code, "last_year": year, "hhi": value}
        for code, before, after in (("PHL", 0.9, 0.4), ("VNM", 0.8, 0.5), ("IDN", 0.5, 0.3), ("MYS", 0.7, None))
        for year, value in ((2018, before), (2023, after))
        if value is not None
    ]
    finding = imported_change.test(evidence("dependence", rows), CHANGE, Effort())
    assert finding.estimate == pytest.approx(-(0.5 + 0.3 + 0.2) / 3)
    assert (finding.n, len(finding.table)) == (3, 3)
    assert finding.p == pytest.approx(max(1 / 8, float(finding.p or 0)))
    assert "lower in 3" in finding.sentence
    assert imported_change.test(evidence("dependence", rows[:1]), CHANGE, Effort()).p is None


@pytest.mark.parametrize(
    ("years", "fact"),
    [
        ({2021: 0.03, 2023: 0.012}, Fact.UNKNOWN),
        ({2023: 0.012, 2026: 0.0196}, Fact.HOLDS),
        ({2023: 0.012, 2027: 0.0194}, Fact.FAILS),
        ({2010: 0.01}, Fact.UNKNOWN),
    ],
)
def test_a_level_is_reached_missed_or_not_yet_known(years: dict[int, float], fact: Fact) -> None:
    rows = [{"actor_code": "JPN", "year": year, "gdp_share": value} for year, value in years.items()]
    finding = imported_level.test(evidence("spending", rows), LEVEL, Effort())
    assert finding.fact is fact


def test_a_claim_must_ask_a_measure_that_joins_data_sets() -> None:
    with pytest.raises(ValidationError, match="one of dependence"):
        imported_trend.Parameters(measure="ties", column="tie", smallest_change=1)


@pytest.mark.parametrize("world", [trend_world, count_world, change_world])
def test_no_effect_is_seldom_supported(world: Any) -> None:
    verdicts = [verdict_of(world(0.0, 20, seed)) for seed in range(120)]
    assert verdicts.count(Verdict.SUPPORTED) / len(verdicts) <= 0.1  # 5 % promised; 120 worlds tell no finer
