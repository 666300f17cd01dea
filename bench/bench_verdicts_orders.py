"""How often each verdict comes out where the truth is known: ``python bench/bench_verdicts_orders.py --worlds 200``.

A row is one kind in one sort of world at one size. ``able`` is the share of worlds whose detectable effect is within
the smallest one worth speaking of, and ``supported if able`` what share of those came out supported.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding, Verdict
from pactwatch.claims.kinds import depth, network, precedes, series, shift
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.verdict import reach_verdict
from pactwatch.model.codes import RecordType
from worlds_orders import (
    CUT,
    FOCUS,
    LADDER,
    Size,
    depth_world,
    ladder_world,
    nearness_world,
    network_world,
    order_world,
    plant_duplicates,
    series_world,
    shift_world,
)

Maker = Callable[[np.random.Generator, Size, float], Evidence]
Favour = Callable[[pd.DataFrame], "pd.Series[bool]"]
"""Rows that would help the claim if they were told again."""

GROWTH = 1.15
AGREEMENTS, TRANSFERS = Selection(types=(RecordType.AGREEMENT,)), Selection(types=(RecordType.TRANSFER,))
TRAININGS = Selection(types=(RecordType.TRAINING,))


@dataclass(frozen=True)
class Study:
    """One kind with its question, its worlds, their sizes, and the rows whose copies would help the claim."""

    name: str
    kind: Kind[Any]
    parameters: Question
    make: Maker
    sizes: tuple[int, ...]
    favour: Favour | None


@dataclass(frozen=True)
class Sort:
    """A sort of world."""

    name: str
    effect: float = 0.0
    growth: float = 1.0
    is_doubled: bool = False


SORTS = (
    Sort("no effect"),
    Sort("no effect, growing", growth=GROWTH),
    Sort("no effect, duplicates", is_doubled=True),
    Sort("smallest effect", 1.0),
    Sort("smallest, growing", 1.0, GROWTH),
    Sort("smallest, duplicates", 1.0, is_doubled=True),
)

STUDIES = (
    Study(
        "shift",
        shift.KIND,
        shift.Parameters(selection=Selection(), feature=Selection(hadr=True), cut=CUT),
        shift_world,
        (30, 300, 1600),
        lambda rows: rows["is_hadr"] & (rows["year"] >= CUT),
    ),
    Study(
        "shift gradual",
        shift.KIND,
        shift.Parameters(selection=Selection(), feature=Selection(hadr=True), cut=CUT, gradual=True),
        shift_world,
        (300,),
        lambda rows: rows["is_hadr"] & (rows["year"] >= CUT),
    ),
    Study(
        "depth",
        depth.KIND,
        depth.Parameters(selection=Selection()),
        depth_world,
        (20, 120, 400),
        lambda rows: (rows["year"] >= CUT) & (rows["level_rank"] >= 3),
    ),
    Study(
        "precedes first",
        precedes.KIND,
        precedes.Parameters(earlier=AGREEMENTS, later=TRANSFERS),
        order_world,
        (10, 25, 60),
        lambda rows: rows["record_type"] == "agreement",
    ),
    Study(
        "precedes ladder",
        precedes.KIND,
        precedes.Parameters(ladder=LADDER),
        ladder_world,
        (5, 12, 40),
        lambda rows: rows["instrument"] == str(LADDER[0]),
    ),
    Study(
        "precedes near",
        precedes.KIND,
        precedes.Parameters(earlier=TRANSFERS, later=TRAININGS, within_months=6),
        nearness_world,
        (20, 80, 200),
        lambda rows: (rows["record_type"] == "training") | (rows["year"] >= CUT),
    ),
    Study(
        "network",
        network.KIND,
        network.Parameters(cut=CUT),
        network_world,
        (60, 600, 2000),
        lambda rows: (rows["year"] >= CUT) & rows["parties"].map(lambda parties: FOCUS in parties).astype(bool),
    ),
    Study("series", series.KIND, series.Parameters(series="trust"), series_world, (6, 10, 18), None),
)


@dataclass(frozen=True)
class Outcome:
    """What came out of one world."""

    verdict: Verdict
    finding: Finding

    @property
    def is_able(self) -> bool:
        """Whether the smallest effect could have been seen."""
        found = self.finding
        if found.detectable is None or found.no_effect is None or found.smallest_effect is None:
            return False
        return abs(found.detectable - found.no_effect) <= abs(found.smallest_effect - found.no_effect)


def try_world(study: Study, sort: Sort, n: int, seed: int, draws: int) -> Outcome:
    """Make one world and reach its verdict, as the only claim of its family and without a grid."""
    rng = np.random.default_rng([seed, n])
    evidence = study.make(rng, Size(n, sort.growth), sort.effect)
    if sort.is_doubled and study.favour is not None:
        evidence = plant_duplicates(evidence, study.favour(evidence.milestones))
    finding = study.kind.test(evidence, study.parameters, Effort(draws=draws))
    return Outcome(reach_verdict(finding, finding.p, finding.p_refute, ()).verdict, finding)


def try_worlds(study: Study, sort: Sort, n: int, worlds: int, draws: int) -> list[Outcome]:
    """So many worlds of one sort; the same seeds for every sort, so that duplicates can be told from luck."""
    return [try_world(study, sort, n, seed, draws) for seed in range(worlds)]


def sum_up(outcomes: list[Outcome]) -> dict[str, float | None]:
    """Shares of the verdicts, mean distance of the estimate from no effect, and what the able worlds gave."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    able = [outcome for outcome in outcomes if outcome.is_able]
    shifts = [
        outcome.finding.estimate - outcome.finding.no_effect
        for outcome in outcomes
        if outcome.finding.estimate is not None and outcome.finding.no_effect is not None
    ]
    return {
        **{
            verdict.value: counts[verdict] / len(outcomes) for verdict in Verdict if verdict is not Verdict.NOT_TESTABLE
        },
        "mean effect": sum(shifts) / len(shifts) if shifts else None,
        "able": len(able) / len(outcomes),
        "supported if able": sum(o.verdict is Verdict.SUPPORTED for o in able) / len(able) if able else None,
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--draws", type=int, default=1_000)
    parser.add_argument("--only", default="", help="the studies whose name begins so")
    options = parser.parse_args()
    print(
        "study            world                  size  supp.  contr. mixed  not en. effect  able   supp.|able  flipped"
    )
    for study in STUDIES:
        if not study.name.startswith(options.only):
            continue
        for n in study.sizes:
            plain: dict[float, list[Outcome]] = {}
            for sort in SORTS:
                if sort.is_doubled and study.favour is None:
                    continue
                outcomes = try_worlds(study, sort, n, options.worlds, options.draws)
                flipped = ""
                if sort.growth == 1.0 and not sort.is_doubled:
                    plain[sort.effect] = outcomes
                if sort.is_doubled:
                    pairs = zip(plain[sort.effect], outcomes, strict=True)
                    flipped = f"{sum(one.verdict is not two.verdict for one, two in pairs) / len(outcomes):.1%}"
                values = sum_up(outcomes)
                cells = [
                    f"{value:.1%}" if value is not None else "-"
                    for name, value in values.items()
                    if name != "mean effect"
                ]
                mean = values["mean effect"]
                cells.insert(4, f"{mean:+.3f}" if mean is not None else "-")
                print(
                    f"{study.name:16} {sort.name:22} {n:5} "
                    + " ".join(f"{cell:>6}" for cell in cells)
                    + f"   {flipped:>6}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
