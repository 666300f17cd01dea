"""How often each verdict comes out in worlds where the truth is known: ``python bench/bench_verdicts_counts.py
--worlds 200``.

A row is one kind in one sort of world at one size. ``able`` is the share of worlds whose detectable effect is within
the smallest one worth speaking of, and ``supported if able`` what share of those came out supported.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding, Verdict
from pactwatch.claims.grid import run_grid
from pactwatch.claims.kinds import cluster, compare, concentration, share, trend
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.verdict import reach_verdict
from worlds_counts import (
    BASELINE,
    FIRST_YEAR,
    LAST_YEAR,
    PARTNERS,
    Happenings,
    add_tours,
    draw_days,
    draw_growing_days,
    draw_partners,
    grow_coverage,
    make_evidence,
    plant_duplicates,
)

Maker = Callable[[np.random.Generator, int, bool], Evidence]
"""Makes a world of a size, with the smallest effect or with none."""

WITH_PARTNERS, WITH_BASELINE = Selection(with_any=("partners",)), Selection(with_any=("baseline",))
RELIEF = Selection(hadr=True)


@dataclass(frozen=True)
class Study:
    """One kind with its question, its worlds and the sizes they come in (small, middling, large)."""

    kind: Kind[Any]
    parameters: Question
    make: Maker
    sizes: tuple[int, int, int]
    question: str = ""

    @property
    def name(self) -> str:
        """Its kind, and what is asked where the kind can ask more than one thing."""
        return f"{self.kind.name} {self.question}".rstrip()


@dataclass(frozen=True)
class Outcome:
    """What came out of one world."""

    verdict: Verdict
    finding: Finding

    @property
    def is_able(self) -> bool:
        """Whether the smallest effect could have been seen."""
        finding = self.finding
        if finding.detectable is None or finding.no_effect is None or finding.smallest_effect is None:
            return False
        return abs(finding.detectable - finding.no_effect) <= abs(finding.smallest_effect - finding.no_effect)


def cluster_world(rng: np.random.Generator, n: int, has_effect: bool) -> Evidence:
    """Signatures, in March by 10 points more than even, or evenly spread."""
    days = draw_days(rng, n, (3,), 0.10 if has_effect else 0.0)
    return make_evidence(
        rng, add_tours(rng, Happenings(days, draw_partners(rng, n), np.zeros(n, dtype=bool))), "agreement"
    )


def share_world(rng: np.random.Generator, n: int, has_effect: bool) -> Evidence:
    """Exercises, 60 or 50 of 100 with disaster relief."""
    features = rng.random(n) < (0.6 if has_effect else 0.5)
    return make_evidence(rng, Happenings(draw_days(rng, n), draw_partners(rng, n), features))


def near_world(rng: np.random.Generator, n: int, has_effect: bool) -> Evidence:
    """Exercises, 50 or 60 of 100 with disaster relief: as many as is told, or the first share that is not near it."""
    return share_world(rng, n, not has_effect)


def compare_world(rng: np.random.Generator, n: int, has_effect: bool) -> Evidence:
    """Exercises with partners (45 or 30 of 100 with disaster relief) and with the baseline (30 of 100), n each."""
    first = Happenings(draw_days(rng, n), draw_partners(rng, n), rng.random(n) < (0.45 if has_effect else 0.30))
    second = Happenings(draw_days(rng, n), draw_partners(rng, n, BASELINE), rng.random(n) < 0.30)
    return make_evidence(rng, first.joined(second))


def trend_world(rng: np.random.Generator, yearly: int, has_effect: bool) -> Evidence:
    """Both sides grow by 6 % a year with uneven years; partners by 5 % a year more where there is an effect."""
    sides = []
    for codes, growth in ((PARTNERS, 1.05 if has_effect else 1.0), (BASELINE, 1.0)):
        days = draw_growing_days(rng, yearly, 1.06 * growth, 0.02)
        sides.append(Happenings(days, draw_partners(rng, len(days), codes), np.zeros(len(days), dtype=bool)))
    return make_evidence(rng, sides[0].joined(sides[1]))


def concentration_world(rng: np.random.Generator, n: int, has_effect: bool) -> Evidence:
    """Happenings by partner, n in each window; the index falls from 0.16 to 0.11, or stays while the first partner
    changes.
    """
    middle = np.datetime64(f"{(FIRST_YEAR + LAST_YEAR + 1) // 2}-01-01")
    days = draw_days(rng, 8 * n)
    early, late = days[days < middle][:n], days[days >= middle][:n]
    before = lead_share(0.16)
    after = lead_share(0.11) if has_effect else np.roll(before, int(rng.integers(0, 2)))
    codes = np.concatenate([draw_partners(rng, n, shares=list(before)), draw_partners(rng, n, shares=list(after))])
    return make_evidence(rng, Happenings(np.concatenate([early, late]), codes, np.zeros(2 * n, dtype=bool)))


def lead_share(index: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Shares of the partners, all alike but the first, with that Herfindahl-Hirschman index."""
    k = len(PARTNERS)
    first = 1 / k + np.sqrt((index - 1 / k) * (k - 1) / k)
    return np.array([first] + [(1 - first) / (k - 1)] * (k - 1))


STUDIES = (
    Study(cluster.KIND, cluster.Parameters(selection=WITH_PARTNERS, months=(3,)), cluster_world, (12, 50, 160)),
    Study(share.KIND, share.Parameters(selection=RELIEF, among=WITH_PARTNERS), share_world, (12, 60, 250)),
    Study(
        share.KIND,
        share.Parameters(selection=RELIEF, among=WITH_PARTNERS, direction="near"),
        near_world,
        (12, 60, 250),
        "near",
    ),
    Study(
        compare.KIND,
        compare.Parameters(selection=WITH_PARTNERS, against=WITH_BASELINE, feature=RELIEF),
        compare_world,
        (12, 60, 200),
    ),
    Study(trend.KIND, trend.Parameters(selection=WITH_PARTNERS, baseline=WITH_BASELINE), trend_world, (1, 6, 30)),
    Study(
        concentration.KIND,
        concentration.Parameters(selection=WITH_PARTNERS, early=(2008, 2016), late=(2017, 2025)),
        concentration_world,
        (12, 50, 250),
    ),
)


def judge(study: Study, evidence: Evidence, draws: int = 2_000) -> Outcome:
    """Test, grid and verdict of a claim standing alone."""
    finding = study.kind.test(evidence, study.parameters, Effort(draws=draws))
    grid = run_grid(study.kind, evidence, study.parameters, finding)
    return Outcome(reach_verdict(finding, finding.p, finding.p_refute, grid).verdict, finding)


def count_verdicts(study: Study, size: int, has_effect: bool, worlds: int) -> Counter[Verdict]:
    """Verdicts of so many worlds as they are, without the grid (which can only blunt them): short, for the tests."""
    verdicts: Counter[Verdict] = Counter()
    for seed in range(worlds):
        evidence = study.make(np.random.default_rng([seed, size, has_effect]), size, has_effect)
        finding = study.kind.test(evidence, study.parameters, Effort(draws=500))
        verdicts[reach_verdict(finding, finding.p, finding.p_refute, ()).verdict] += 1
    return verdicts


def run_study(study: Study, size: int, has_effect: bool, worlds: int) -> dict[str, list[Outcome]]:
    """Outcomes of the same worlds as they are, with planted duplicates and seen by a growing press."""
    outcomes: dict[str, list[Outcome]] = {"as they are": [], "duplicates planted": [], "coverage growing": []}
    for seed in range(worlds):
        rng = np.random.default_rng([seed, size, has_effect])
        evidence = study.make(rng, size, has_effect)
        outcomes["as they are"].append(judge(study, evidence))
        outcomes["duplicates planted"].append(judge(study, plant_duplicates(rng, evidence)))
        outcomes["coverage growing"].append(judge(study, grow_coverage(rng, evidence)))
    return outcomes


def describe(outcomes: list[Outcome], plain: list[Outcome]) -> str:
    """One line of the table; ``flips`` are sharp verdicts turned into their opposite."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    able = [outcome for outcome in outcomes if outcome.is_able]
    sharp = {Verdict.SUPPORTED, Verdict.CONTRADICTED}
    changed = sum(one.verdict != two.verdict for one, two in zip(outcomes, plain, strict=True))
    flips = sum(
        one.verdict != two.verdict and {one.verdict, two.verdict} == sharp
        for one, two in zip(outcomes, plain, strict=True)
    )
    parts = [f"{100 * counts[verdict] / len(outcomes):6.1f}" for verdict in list(Verdict)[:4]]
    found = 100 * sum(outcome.verdict == Verdict.SUPPORTED for outcome in able) / len(able) if able else float("nan")
    n = np.median([outcome.finding.n for outcome in outcomes])
    return (
        f"{n:6.0f}  {'  '.join(parts)}  {100 * len(able) / len(outcomes):6.1f}  {found:6.1f}  {changed:5d}  {flips:5d}"
    )


def print_table(worlds: int, names: list[str]) -> Iterator[str]:
    """The lines of the whole table, as they become known."""
    yield (
        f"{'kind':14} {'effect':9} {'worlds':19} {'n':>6}  support  contra   mixed  not en    able  "
        "sup|able changed  flips"
    )
    for study in STUDIES:
        if names and study.kind.name not in names:
            continue
        for has_effect in (False, True):
            for size in study.sizes:
                outcomes = run_study(study, size, has_effect, worlds)
                for sort, found in outcomes.items():
                    effect = "smallest" if has_effect else "none"
                    yield f"{study.name:14} {effect:9} {sort:19} {describe(found, outcomes['as they are'])}"


def main() -> None:
    """Read the options and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--kinds", nargs="*", default=[])
    options = parser.parse_args()
    for line in print_table(options.worlds, options.kinds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
