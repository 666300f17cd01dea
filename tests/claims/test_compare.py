"""Two groups and one feature: worked cases, overlap, direction, and a small simulation."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bench_verdicts_counts import STUDIES, count_verdicts
from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Verdict
from pactwatch.claims.kinds.compare import Parameters
from pactwatch.claims.kinds.compare import test as run_compare
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.methods.statistics import newcombe_interval, unconditional_p
from pactwatch.claims.question import Selection
from worlds_counts import assemble, plant_duplicates

STUDY = next(study for study in STUDIES if study.kind.name == "compare")
QUESTION = Parameters(
    selection=Selection(with_any=("PHL",)), against=Selection(with_any=("VNM",)), feature=Selection(hadr=True)
)


def drills(first: tuple[int, int], second: tuple[int, int], both: int = 0) -> Evidence:
    """Drills with PHL, with VNM and with both: (with relief, all) each."""
    parties = [frozenset({"JPN", "PHL"})] * first[1] + [frozenset({"JPN", "VNM"})] * second[1]
    parties += [frozenset({"JPN", "PHL", "VNM"})] * both
    flags = [i < first[0] for i in range(first[1])] + [i < second[0] for i in range(second[1])] + [True] * both
    days = np.arange("2010-01-01", "2020-01-01", 7, dtype="datetime64[D]")[: len(parties)].astype("datetime64[ns]")
    return assemble(parties, days, np.array(flags), np.array(["day"] * len(parties)), "exercise")


def test_nine_of_twelve_against_three_of_ten() -> None:
    finding = run_compare(drills((9, 12), (3, 10)), QUESTION, Effort())
    assert finding.estimate == pytest.approx(0.45)
    assert finding.interval == pytest.approx(newcombe_interval((9, 12), (3, 10)))
    assert finding.p == pytest.approx(unconditional_p((9, 12), (3, 10)))
    assert finding.p_refute == pytest.approx(unconditional_p((3, 10), (9, 12), -0.15))
    assert finding.n == 22
    assert "75 % of 12" in finding.sentence


def test_less_is_more_seen_from_the_other_group() -> None:
    evidence = drills((3, 10), (9, 12))
    less = run_compare(evidence, QUESTION.model_copy(update={"direction": "less"}), Effort())
    swapped = {"selection": QUESTION.against, "against": QUESTION.selection}
    more = run_compare(evidence, QUESTION.model_copy(update=swapped), Effort())
    assert (less.p, less.p_refute) == (more.p, more.p_refute)
    assert less.estimate == pytest.approx(-(more.estimate or 0))
    assert less.smallest_effect == -0.15
    assert less.detectable == pytest.approx(-(more.detectable or 0))


def test_records_of_both_groups_are_left_out_and_told() -> None:
    finding = run_compare(drills((5, 10), (5, 10), both=7), QUESTION, Effort())
    assert (finding.estimate, finding.n) == (0.0, 20)
    assert any(caveat == "7 records of both groups left out." for caveat in finding.caveats)


def test_a_record_with_milestones_in_both_groups_counts_where_the_first_falls() -> None:
    evidence = drills((9, 12), (3, 10))
    rows = evidence.milestones
    vietnam = pd.Series([frozenset({"JPN", "VNM"})] * len(rows), index=rows.index, dtype=object)
    again = rows.assign(milestone_id=rows["milestone_id"] + "-2", parties=vietnam)
    again["earliest"] = again["latest"] = again["earliest"] + np.timedelta64(1, "D")
    twice = replace(evidence, milestones=pd.concat([rows, again], ignore_index=True))
    plain, other = (run_compare(world, QUESTION, Effort()) for world in (evidence, twice))
    assert (other.estimate, other.n, other.table) == (plain.estimate, plain.n, plain.table)
    assert not any("both groups" in caveat for caveat in other.caveats)


@pytest.mark.parametrize(("first", "second", "estimate"), [((3, 4), (2, 20), 0.65), ((0, 0), (2, 20), None)])
def test_a_small_or_empty_group_is_described_not_tested(
    first: tuple[int, int], second: tuple[int, int], estimate: float | None
) -> None:
    finding = run_compare(drills(first, second), QUESTION, Effort())
    assert finding.p is None
    assert finding.estimate == (None if estimate is None else pytest.approx(estimate))
    assert "takes 8 in each" in finding.sentence


def test_duplicates_of_records_change_nothing_where_events_are_alike() -> None:
    evidence = drills((9, 12), (3, 10))
    planted = plant_duplicates(np.random.default_rng(3), evidence, share=0.5)
    plain, other = (run_compare(world, QUESTION, Effort()) for world in (evidence, planted))
    assert (other.estimate, other.p, other.n) == (plain.estimate, plain.p, plain.n)


@pytest.mark.parametrize(
    ("size", "has_effect", "verdict", "least", "most"),
    [
        (200, False, Verdict.SUPPORTED, 0, 6),  # of 40 at 5 %: more than 6 once in 300 runs
        (200, True, Verdict.SUPPORTED, 26, 40),  # of 40 at 80 %: fewer than 26 once in 120
        (10, True, Verdict.NOT_ENOUGH_EVIDENCE, 21, 40),
    ],
)
def test_verdicts_where_the_truth_is_known(
    size: int, has_effect: bool, verdict: Verdict, least: int, most: int
) -> None:
    assert least <= count_verdicts(STUDY, size, has_effect, 40)[verdict] <= most
