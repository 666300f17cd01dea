"""A share against a threshold: worked cases, both directions, mixed events, and a small simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import binom

from bench_verdicts_counts import STUDIES, Study, count_verdicts, judge
from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import NEAR, Verdict
from pactwatch.claims.grid import find_busiest_partner
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.kinds.share import Parameters, judge_share
from pactwatch.claims.kinds.share import test as run_share
from pactwatch.claims.question import Selection
from worlds_counts import assemble, plant_duplicates

STUDY, NEAR_STUDY = (study for study in STUDIES if study.kind.name == "share")
RELIEF, ANY = Selection(hadr=True), Selection()


def drills(*flags: bool, same_day: bool = False) -> Evidence:
    days = [f"{2000 if same_day else 2000 + i}-05-04" for i in range(len(flags))]
    told, precision = np.array(days, dtype="datetime64[ns]"), np.array(["day"] * len(flags))
    return assemble([frozenset({"JPN", "IDN"})] * len(flags), told, np.array(flags), precision, "exercise")


def test_eight_of_ten_against_one_half() -> None:
    finding = run_share(drills(*[True] * 8, False, False), Parameters(selection=RELIEF, among=ANY), Effort())
    assert (finding.estimate, finding.n, finding.n_unit) == (0.8, 10, "records")
    assert finding.p == pytest.approx(56 / 1024)
    assert finding.interval == pytest.approx((0.4439, 0.9748), abs=1e-4)
    assert "80 %" in finding.sentence


def test_below_is_above_for_the_others() -> None:
    below = Parameters(selection=RELIEF, among=ANY, threshold=0.3, direction="below")
    above = Parameters(selection=RELIEF, among=ANY, threshold=0.7)
    one, two = judge_share(3, 20, below), judge_share(17, 20, above)
    assert one[:2] == pytest.approx(two[:2])
    assert one[2] is not None
    assert two[2] is not None
    assert one[2] == pytest.approx(1 - two[2])


def test_an_event_whose_records_differ_counts_in_part() -> None:
    finding = run_share(drills(True, False, same_day=True), Parameters(selection=RELIEF, among=ANY), Effort())
    assert (finding.estimate, finding.n, finding.n_unit) == (0.5, 1, "events")
    assert "2 rows make 1 event" in finding.caveats[0]


def test_records_outside_the_group_do_not_count() -> None:
    evidence = drills(True, True, False)
    finding = run_share(evidence, Parameters(selection=RELIEF, among=Selection(until=2001)), Effort())
    assert (finding.estimate, finding.n, len(finding.records)) == (1.0, 2, 2)


def test_nothing_selected_is_said() -> None:
    finding = run_share(drills(True), Parameters(selection=RELIEF, among=Selection(since=2050)), Effort())
    assert (finding.estimate, finding.p, finding.n) == (None, None, 0)
    assert finding.sentence


def test_a_threshold_too_near_to_one_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"1\.05"):
        Parameters(selection=RELIEF, among=ANY, threshold=0.95)


def test_duplicates_of_records_change_nothing_where_events_are_alike() -> None:
    rng = np.random.default_rng(3)
    evidence = STUDY.make(rng, 60, True)
    by_day = evidence.narrowed(evidence.milestones["precision"] == "day")
    plain = STUDY.kind.test(by_day, STUDY.parameters, Effort())
    planted = STUDY.kind.test(plant_duplicates(rng, by_day), STUDY.parameters, Effort())
    assert planted.p == pytest.approx(plain.p, rel=0.01)
    assert planted.n == plain.n


@given(st.integers(1, 60), st.data())
def test_more_successes_never_speak_less_for_the_claim(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials - 1))
    parameters = Parameters(selection=RELIEF, among=ANY)
    fewer, more = judge_share(successes, trials, parameters), judge_share(successes + 1, trials, parameters)
    assert more[0] <= fewer[0]
    assert more[1] >= fewer[1]


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


@given(st.permutations(["THA", "VNM", "IDN", "SGP"]))
def test_of_several_busiest_partners_the_first_by_code_is_left_out(codes: list[str]) -> None:
    """Whatever the order in which a set gives its members, which differs from one process to the next."""
    days, flags = np.array(["2001-05-04"] * 4, dtype="datetime64[ns]"), np.array([True] * 4)
    evidence = assemble([frozenset({"JPN", code}) for code in codes], days, flags, np.array(["day"] * 4), "exercise")
    assert (
        find_busiest_partner(evidence, run_share(evidence, Parameters(selection=RELIEF, among=ANY), Effort())) == "IDN"
    )


NEAR_HALF = Parameters(selection=RELIEF, among=ANY, threshold=0.5, direction="near")


def test_near_is_two_tests_at_once() -> None:
    p, p_refute, detectable = judge_share(50, 100, NEAR_HALF)
    assert p == pytest.approx(binom.cdf(50, 100, 0.6))
    assert (p_refute, detectable) == (1.0, None)
    assert judge_share(30, 100, NEAR_HALF)[1] == pytest.approx(2 * binom.cdf(30, 100, 0.4))


@pytest.mark.parametrize("n", [20, 70, 150])
@pytest.mark.parametrize("told", [0.2, 0.5, 0.75])
def test_what_is_not_near_is_rarely_found_near_and_the_other_way_round(n: int, told: float) -> None:
    near = Parameters(selection=RELIEF, among=ANY, threshold=told, direction="near")
    judged = [judge_share(k, n, near)[:2] for k in range(n + 1)]
    for edge in (told - 0.1, told + 0.1):
        chances = binom.pmf(np.arange(n + 1), n, edge)
        for which in (0, 1):
            assert sum(chance for chance, ps in zip(chances, judged, strict=True) if ps[which] <= 0.05) <= 0.05
    assert not any(p <= 0.05 and p_refute <= 0.05 for p, p_refute in judged)


@given(st.integers(1, 80), st.integers(0, 80), st.sampled_from([0.25, 0.4, 0.5]))
def test_near_is_the_same_from_the_other_side(trials: int, successes: int, told: float) -> None:
    successes = min(successes, trials)
    one = Parameters(selection=RELIEF, among=ANY, threshold=told, direction="near")
    two = Parameters(selection=RELIEF, among=ANY, threshold=1 - told, direction="near")
    assert judge_share(successes, trials, one)[:2] == pytest.approx(judge_share(trials - successes, trials, two)[:2])


@pytest.mark.parametrize(("having", "edge"), [(8, 0.6), (2, 0.4)])
def test_a_finding_names_the_first_share_on_its_side_that_is_no_longer_near(having: int, edge: float) -> None:
    flags = [True] * having + [False] * (10 - having)
    finding = run_share(drills(*flags), NEAR_HALF, Effort())
    assert finding.no_effect == pytest.approx(edge)
    assert finding.smallest_effect == 0.5
    assert finding.unit.endswith(NEAR)
    assert "(between 40 % and 60 %" in finding.sentence.replace("\u2009", " ").replace("\xa0", " ")


def test_near_leaves_room_on_either_side() -> None:
    with pytest.raises(ValidationError, match=r"give 1\.00"):
        Parameters(selection=RELIEF, among=ANY, threshold=0.9, direction="near")


@pytest.mark.parametrize(
    ("has_effect", "verdict", "least", "most"),
    [
        (False, Verdict.SUPPORTED, 0, 6),  # of 40 at 5 %
        (True, Verdict.SUPPORTED, 26, 40),  # of 40 at 80 %
        (True, Verdict.CONTRADICTED, 0, 6),
    ],
)
def test_verdicts_on_nearness_where_the_truth_is_known(
    has_effect: bool, verdict: Verdict, least: int, most: int
) -> None:
    assert least <= count_verdicts(NEAR_STUDY, 250, has_effect, 40)[verdict] <= most


@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.name)
def test_worlds_hold_what_the_grid_asks(study: Study) -> None:
    """The verdicts of a whole study go through the grid, which looks at more of the records than the tests do."""
    world = study.make(np.random.default_rng(1), study.sizes[0], True)
    assert judge(study, world, draws=50).finding.n > 0
