"""Concentration over partners in two windows: worked cases, shared records, and a small simulation."""

import numpy as np
import pytest
from pydantic import ValidationError

from bench_verdicts_counts import STUDIES, count_verdicts
from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Verdict
from pactwatch.claims.kinds.concentration import Parameters, alternatives
from pactwatch.claims.kinds.concentration import test as run_concentration
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.question import Selection
from worlds_counts import assemble, plant_duplicates

STUDY = next(study for study in STUDIES if study.kind.name == "concentration")
QUESTION = Parameters(selection=Selection(), early=(2010, 2014), late=(2015, 2019))


def windows(early: list[str], late: list[str]) -> Evidence:
    """A record a week from each window's first day; ``PHL VNM`` is one with both."""
    parties = [frozenset({"JPN", *codes.split()}) for codes in early + late]
    days = [np.datetime64("2010-01-01", "D") + 7 * i for i in range(len(early))]
    days += [np.datetime64("2015-01-01", "D") + 7 * i for i in range(len(late))]
    told, flags = np.array(days, dtype="datetime64[ns]"), np.zeros(len(days), dtype=bool)
    return assemble(parties, told, flags, np.array(["day"] * len(days)), "exercise")


def test_from_one_partner_to_two() -> None:
    finding = run_concentration(windows(["PHL"] * 10, ["PHL"] * 5 + ["VNM"] * 5), QUESTION, Effort(draws=2000))
    late = (10 * 0.5 - 1) / 9
    assert finding.estimate == pytest.approx(late - 1)
    assert finding.p is not None
    assert finding.p < 0.05
    assert finding.smallest_effect == -0.05
    assert (finding.no_effect, finding.n) == (0.0, 20)


def test_a_record_of_two_partners_is_shared_between_them() -> None:
    finding = run_concentration(windows(["PHL VNM"] * 8, ["PHL"] * 8), QUESTION, Effort(draws=200))
    assert finding.table[-1] == {"partner": "VNM", "2010-2014": 4.0, "2015-2019": 0.0}
    assert finding.estimate == pytest.approx(0.5)  # two such records overlap by a half


def test_the_same_spread_over_other_partners_is_no_change() -> None:
    evidence = windows(["PHL"] * 9 + ["VNM"] * 3, ["IDN"] * 9 + ["THA"] * 3)
    finding = run_concentration(evidence, QUESTION, Effort(draws=2000))
    assert finding.estimate == pytest.approx(0)
    assert finding.p is not None
    assert finding.p > 0.3


def test_other_parties_are_left_out_and_told() -> None:
    finding = run_concentration(windows(["PHL"] * 9 + ["USA"] * 2, ["VNM"] * 9), QUESTION, Effort(draws=200))
    assert finding.n == 18
    assert any("2 rows of the windows name none" in caveat for caveat in finding.caveats)


@pytest.mark.parametrize("late", [[], ["PHL"] * 7])
def test_a_small_or_empty_window_is_not_tested(late: list[str]) -> None:
    finding = run_concentration(windows(["PHL"] * 9, late), QUESTION, Effort(draws=200))
    assert (finding.estimate, finding.p) == (None, None)
    assert "takes 8 in each window" in finding.sentence


def test_one_partner_throughout_gives_numbers_and_no_warning() -> None:
    finding = run_concentration(windows(["PHL"] * 9, ["PHL"] * 9), QUESTION, Effort(draws=200))
    assert finding.estimate == 0
    assert finding.p == 1


def test_same_seed_same_finding() -> None:
    evidence = STUDY.make(np.random.default_rng(2), 40, False)
    one, two = (STUDY.kind.test(evidence, STUDY.parameters, Effort(draws=300)) for _ in range(2))
    assert one == two


def test_duplicates_of_records_change_nothing() -> None:
    evidence = windows(["PHL"] * 9 + ["VNM"] * 3, ["PHL"] * 5 + ["VNM"] * 5)
    planted = plant_duplicates(np.random.default_rng(3), evidence, share=0.4)
    plain, other = (run_concentration(world, QUESTION, Effort(draws=300)) for world in (evidence, planted))
    assert (other.estimate, other.p, other.interval) == (plain.estimate, plain.p, plain.interval)


def test_overlapping_windows_are_refused_and_alternatives_never_overlap() -> None:
    with pytest.raises(ValidationError, match="one after the other"):
        Parameters(selection=Selection(), early=(2010, 2015), late=(2015, 2019))
    for _, other in alternatives(QUESTION):
        assert isinstance(other, Parameters)
        assert other.early[1] < other.late[0]


@pytest.mark.parametrize(
    ("size", "has_effect", "verdict", "least", "most"),
    [
        (250, False, Verdict.SUPPORTED, 0, 6),  # of 40 at 5 %: more than 6 once in 300 runs
        (250, True, Verdict.SUPPORTED, 26, 40),  # of 40 at 80 %: fewer than 26 once in 120
        (12, True, Verdict.NOT_ENOUGH_EVIDENCE, 21, 40),
    ],
)
def test_verdicts_where_the_truth_is_known(
    size: int, has_effect: bool, verdict: Verdict, least: int, most: int
) -> None:
    assert least <= count_verdicts(STUDY, size, has_effect, 40)[verdict] <= most
