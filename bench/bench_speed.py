"""Speed and memory of what a user waits for, each against a named alternative in the same run.

Run with ``python bench/bench_speed.py``. Prints seconds (median of several runs), the alternative's seconds, and the
ratio.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from pactwatch import flow
from pactwatch.casebook import find_casebook, load_casebook
from pactwatch.claims.evidence import gather_evidence
from pactwatch.claims.family import test_family
from pactwatch.claims.kinds import KINDS
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.reading import claims_of
from pactwatch.edition import Edition

DRAWS = 10_000


def clock(work: Callable[[], object], runs: int = 3) -> float:
    """Median seconds of several runs."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def report(name: str, ours: float, alternative: str, theirs: float) -> None:
    """One line: what, seconds, against what, ratio."""
    print(f"{name:44} {ours:8.3f} s   {alternative:44} {theirs:8.3f} s   ratio {theirs / ours:6.2f}")


def bench_help() -> None:
    """Help on the command line, against a bare import of pandas."""
    program = [sys.executable, "-m", "pactwatch", "--help"]
    ours = clock(lambda: subprocess.run(program, check=True, capture_output=True), 5)
    bare = [sys.executable, "-c", "import pandas"]
    report("pactwatch --help", ours, "python -c 'import pandas'", clock(lambda: subprocess.run(bare, check=True), 5))


def bench_loading(folder: Path) -> None:
    """Strict loading of the default casebook, against reading its CSV files unchecked."""
    ours = clock(lambda: load_casebook(folder))
    theirs = clock(lambda: [pd.read_csv(file) for file in sorted(folder.glob("*.csv"))])
    report("load the casebook, every cell checked", ours, "pandas.read_csv of its files, unchecked", theirs)


def bench_cluster(edition: Edition) -> None:
    """One timing claim with 10,000 draws, against scipy's permutation test of the same share."""
    claim = next(one for one in claims_of(edition) if one.kind == "cluster")
    kind, evidence = KINDS["cluster"], gather_evidence(edition)
    parameters = kind.parameters.model_validate(claim.parameters)
    ours = clock(lambda: kind.test(evidence, parameters, Effort(DRAWS)))
    rows = evidence.select(parameters.selection)
    months = rows["month"].dropna().to_numpy(dtype=int)
    days = np.random.default_rng(1).integers(1, 13, months.size)

    def share(sample: np.ndarray, calendar: np.ndarray, axis: int = -1) -> np.ndarray:
        asked = parameters.months
        found: np.ndarray = np.isin(sample, asked).mean(axis) - np.isin(calendar, asked).mean(axis)
        return found

    chance = np.random.default_rng(2)
    theirs = clock(
        lambda: stats.permutation_test((months, days), share, n_resamples=DRAWS, vectorized=True, rng=chance)
    )
    report("one cluster claim, clusters and interval", ours, "scipy permutation_test, p value only", theirs)


def bench_family(edition: Edition) -> None:
    """All claims with 10,000 draws and their grids, against the same without grids."""
    evidence, claims = gather_evidence(edition), claims_of(edition)
    ours = clock(lambda: test_family(claims, evidence, Effort(DRAWS)), 1)
    kinds = [(KINDS[one.kind], one.parameters) for one in claims if one.kind in KINDS]
    bare = clock(
        lambda: [kind.test(evidence, kind.parameters.model_validate(asked), Effort(DRAWS)) for kind, asked in kinds], 1
    )
    report(f"{len(claims)} claims, {DRAWS} draws, with grids", ours, "the same without robustness grids", bare)


def bench_demo() -> None:
    """The whole demo in a process of its own: seconds and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        program = [sys.executable, "-m", "pactwatch", "demo", "--out", folder]
        seconds = clock(lambda: subprocess.run(program, check=True, capture_output=True), 1)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    aims = "aims: under 30 s, under 1,500 MB"
    print(f"{'pactwatch demo, whole':44} {seconds:8.3f} s   peak memory {peak:.0f} MB ({aims})")


def main() -> None:
    """Run every benchmark on the default casebook."""
    with tempfile.TemporaryDirectory() as home:
        edition = flow.open_edition(home=home)
        bench_help()
        bench_loading(find_casebook(flow.DEFAULT_CASEBOOK))
        bench_cluster(edition)
        bench_family(edition)
    bench_demo()


if __name__ == "__main__":
    main()
