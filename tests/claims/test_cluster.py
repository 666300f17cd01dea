"""Events in months of the year: worked cases, planted duplicates, and a small simulation."""

import numpy as np
import pytest
from pydantic import ValidationError

from bench_verdicts_counts import STUDIES, count_verdicts
from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Verdict
from pactwatch.claims.kinds.cluster import Parameters, alternatives
from pactwatch.claims.kinds.cluster import test as run_cluster
from pactwatch.claims.kinds.shape import Effort
from pactwatch.claims.methods.statistics import unconditional_p
from pactwatch.claims.question import Selection
from worlds_counts import assemble, plant_duplicates

STUDY = next(study for study in STUDIES if study.kind.name == "cluster")
ANY = Selection()


def signed(*days: str, precision: str = "day", partner: str = "PHL") -> Evidence:
    told = np.array(days, dtype="datetime64[ns]")
    flags, precisions = np.zeros(len(days), dtype=bool), np.array([precision] * len(days))
    return assemble([frozenset({"JPN", partner})] * len(days), told, flags, precisions, "agreement")


def test_one_event_in_march_of_a_common_year_has_the_chance_of_its_days() -> None:
    finding = run_cluster(signed("2023-03-10"), Parameters(selection=ANY, months=(3,)), Effort())
    assert finding.estimate == 1
    assert finding.no_effect == pytest.approx(31 / 365)
    assert finding.p == pytest.approx(31 / 365)


def test_a_year_under_way_counts_only_the_days_it_has_had() -> None:
    finding = run_cluster(signed("2026-01-10"), Parameters(selection=ANY, months=(3,)), Effort())
    assert finding.no_effect == pytest.approx(31 / 90)  # the edition ends on 31 March 2026


def test_a_month_told_counts_for_its_month_and_a_year_told_cannot_speak() -> None:
    parameters = Parameters(selection=ANY, months=(3,))
    assert run_cluster(signed("2023-03-10", "2022-03-01", precision="month"), parameters, Effort()).n == 2
    vague = run_cluster(signed("2023-03-10", precision="year"), parameters, Effort())
    assert (vague.n, vague.estimate, vague.p) == (0, None, None)
    assert "1 rows without a month told" in vague.caveats[0]


def test_stops_of_one_journey_count_as_one_draw() -> None:
    alone = signed("2023-03-10", "2023-03-11")
    apart = signed("2023-03-10", "2023-03-20")
    parameters = Parameters(selection=ANY, months=(3,))
    assert run_cluster(alone, parameters, Effort()).p == pytest.approx(31 / 365)
    assert run_cluster(apart, parameters, Effort()).p == pytest.approx((31 / 365) ** 2)


def test_reference_replaces_the_days() -> None:
    """Ten relief drills, four in March, beside ten others of which five were: two shares compared, not days."""
    days = [f"{year}-{month:02d}-15" for month, years in ((3, 9), (9, 11)) for year in range(2005, 2005 + years)]
    is_asked = np.array([year < 4 for year in range(9)] + [year < 6 for year in range(11)])
    parties, told = [frozenset({"JPN", "PHL"})] * 20, np.array(days, dtype="datetime64[ns]")
    evidence = assemble(parties, told, is_asked, np.array(["day"] * 20), "exercise")
    parameters = Parameters(selection=Selection(hadr=True), months=(3,), reference=ANY)
    finding = run_cluster(evidence, parameters, Effort())
    assert (finding.estimate, finding.no_effect, finding.n) == (0.4, 0.5, 10)
    assert finding.p == pytest.approx(unconditional_p((4, 10), (5, 10)))
    assert len(finding.records) == 20


def test_duplicates_of_records_change_nothing() -> None:
    rng = np.random.default_rng(3)
    evidence = STUDY.make(rng, 60, True)
    plain = STUDY.kind.test(evidence, STUDY.parameters, Effort())
    planted = STUDY.kind.test(plant_duplicates(rng, evidence), STUDY.parameters, Effort())
    assert (planted.estimate, planted.p, planted.p_refute, planted.n) == (
        plain.estimate,
        plain.p,
        plain.p_refute,
        plain.n,
    )


@pytest.mark.parametrize("months", [[], [0], [13], [3, 3], list(range(1, 13))])
def test_impossible_months_are_refused(months: list[int]) -> None:
    with pytest.raises(ValidationError):
        Parameters.model_validate({"selection": {}, "months": months})


def test_every_alternative_differs_and_can_be_tested() -> None:
    evidence = STUDY.make(np.random.default_rng(4), 30, False)
    parameters = Parameters(selection=Selection(types=("agreement",)), months=(3,))  # type: ignore[arg-type]
    others = alternatives(parameters)
    assert len({words for words, _ in others}) == len(others) >= 4
    for _, other in others:
        assert isinstance(other, Parameters)
        assert other != parameters
        assert run_cluster(evidence, other, Effort(draws=100)).n > 0


@pytest.mark.parametrize(
    ("size", "has_effect", "verdict", "least", "most"),
    [
        (150, False, Verdict.SUPPORTED, 0, 6),  # of 40 at 5 %: more than 6 once in 300 runs
        (150, True, Verdict.SUPPORTED, 26, 40),  # of 40 at 80 %: fewer than 26 once in 120
        (10, True, Verdict.NOT_ENOUGH_EVIDENCE, 21, 40),
    ],
)
def test_verdicts_where_the_truth_is_known(
    size: int, has_effect: bool, verdict: Verdict, least: int, most: int
) -> None:
    assert least <= count_verdicts(STUDY, size, has_effect, 40)[verdict] <= most
