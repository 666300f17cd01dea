"""How honest the verdicts on imported data are: simulated worlds without an effect, and with the smallest worth
speaking of.

Yearly figures carry over from year to year (lag-1 correlation 0.3), counts are overdispersed, actors differ.
Promised: at most 5 % supported without an effect; at least 80 % with one, in worlds whose sample could show it.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from pactwatch.claims.evidence import Joined
from pactwatch.claims.finding import Finding, Verdict
from pactwatch.claims.kinds import imported_change, imported_trend
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.verdict import reach_verdict
from worlds_orders import PARTNERS, make_evidence

CARRY = 0.3
TREND = imported_trend.Parameters(measure="arms_trade", column="tiv", direction="rises", smallest_change=2.0)
COUNT = imported_trend.Parameters(
    measure="exercise_partners", column="exercises", direction="rises", scale="count", smallest_change=0.08
)
CHANGE = imported_change.Parameters(
    measure="dependence", column="hhi", direction="falls", smallest_change=0.1, spans_back=1
)


def verdict_of(finding: Finding) -> Verdict:
    """The verdict of a claim that stands alone, without a grid."""
    return reach_verdict(finding, finding.p, finding.p_refute, ()).verdict


def _test(kind: Any, parameters: Any, rows: list[dict[str, Any]], draws: int = 500) -> Finding:
    joined = {parameters.measure: Joined(pd.DataFrame(rows), vintages="simulated")}
    found: Finding = kind.test(replace(make_evidence([]), joined=joined), parameters, Effort(draws=draws))
    return found


def trend_world(effect: float, years: int, seed: int) -> Finding:
    """Yearly amounts about a line, each leaning on the one before."""
    chance = np.random.default_rng(seed)
    noise = np.zeros(years)
    for year in range(years):
        noise[year] = (CARRY * noise[year - 1] if year else 0.0) + chance.normal(0, 10)
    values = 200 + effect * TREND.smallest_change * np.arange(years) + noise
    return _test(imported_trend, TREND, [{"year": 2000 + n, "tiv": float(value)} for n, value in enumerate(values)])


def count_world(effect: float, years: int, seed: int) -> Finding:
    """Yearly counts, more uneven than chance."""
    chance = np.random.default_rng(seed)
    means = 12 * (1 + effect * COUNT.smallest_change) ** np.arange(years) * chance.gamma(20, 1 / 20, years)
    rows = [{"year": 1990 + n, "exercises": int(value)} for n, value in enumerate(chance.poisson(means))]
    return _test(imported_trend, COUNT, rows)


def change_world(effect: float, actors: int, seed: int) -> Finding:
    """Concentration of each actor in two spans, about its own level."""
    chance = np.random.default_rng(seed)
    rows = []
    for code in (PARTNERS * 3)[: min(actors, len(PARTNERS))]:
        level = chance.uniform(0.4, 0.8)
        for year, shift in ((2018, 0.0), (2023, -effect * CHANGE.smallest_change)):
            rows.append(
                {"recipient_code": code, "last_year": year, "hhi": float(level + shift + chance.normal(0, 0.07))}
            )
    return _test(imported_change, CHANGE, rows)


def main() -> None:
    """Print the share of each verdict by kind and world."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=400)
    worlds = parser.parse_args().worlds
    print(f"{'kind':14} {'effect':>6} {'supported':>10} {'contradicted':>13} {'able':>6} {'supported if able':>18}")
    for name, world, size in (("trend", trend_world, 24), ("count", count_world, 21), ("change", change_world, 10)):
        for effect in (0.0, 1.0):
            findings = [world(effect, size, seed) for seed in range(worlds)]
            verdicts = [verdict_of(one) for one in findings]
            able = [one for one in findings if one.detectable is not None and _reaches(one)]
            seen = [verdict_of(one) is Verdict.SUPPORTED for one in able]
            share = f"{sum(seen) / len(seen):.1%}" if seen else "-"
            told = [verdicts.count(one) / worlds for one in (Verdict.SUPPORTED, Verdict.CONTRADICTED)]
            print(f"{name:14} {effect:6.0f} {told[0]:10.1%} {told[1]:13.1%} {len(able) / worlds:6.1%} {share:>18}")


def _reaches(finding: Finding) -> bool:
    """Whether the sample could have shown the smallest effect."""
    assert finding.detectable is not None and finding.smallest_effect is not None
    return abs(finding.detectable) <= abs(finding.smallest_effect)


if __name__ == "__main__":
    main()
