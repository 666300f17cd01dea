"""The shipped claims, tested whole: every part a verdict needs, every record resolved, the same answer twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch import flow
from pactwatch.claims.evidence import gather_evidence
from pactwatch.claims.family import ClaimError, read_parameters, test_family
from pactwatch.claims.finding import ClaimResult, Verdict
from pactwatch.claims.kinds import KINDS
from pactwatch.claims.question import Claim, Selection
from pactwatch.claims.reading import claims_of
from pactwatch.edition import Edition
from pactwatch.model.codes import RecordType, Stage

test_family.__test__ = False  # type: ignore[attr-defined]  # a verb of the pipeline, not a test


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return flow.open_edition(home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def results(edition: Edition) -> list[ClaimResult]:
    return flow.test_claims(edition)


def test_there_are_enough_claims_and_every_kind_is_used(results: list[ClaimResult]) -> None:
    assert len(results) >= 18
    assert {result.kind for result in results} == {*KINDS, "none"}


def test_every_part_of_a_verdict_is_there(results: list[ClaimResult], edition: Edition) -> None:
    known = set(edition.arrow("records")["record_id"].to_pylist())
    for result in results:
        assert result.why and result.sentence and result.reading
        assert set(result.records) <= known
        if result.verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
            of_law = result.kind in ("loosening", "opened")  # these stand on rules, which their table names
            assert result.table if of_law else result.records, f"{result.id} is sharp without a record"
        if result.p is not None:
            assert result.p_adjusted is not None and result.p_adjusted >= result.p - 1e-12
            assert 0 <= result.p <= 1
        if result.interval is not None and result.estimate is not None:
            assert result.interval[0] <= result.estimate <= result.interval[1], result.id
        assert result.id == "shifts-balance-of-power" or result.verdict is not Verdict.NOT_TESTABLE


def test_a_sharp_tested_verdict_survives_its_grid(results: list[ClaimResult]) -> None:
    for result in results:
        if result.verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
            ways = [variant.agrees for variant in result.robustness if variant.agrees is not None]
            assert ways.count(False) <= 0.25 * len(ways), result.id


def test_the_same_edition_gives_the_same_answer(edition: Edition, results: list[ClaimResult]) -> None:
    again = test_family(claims_of(edition), gather_evidence(edition, flow.basket(edition)))
    assert [one.model_dump_json() for one in again] == [one.model_dump_json() for one in results]


def test_a_bad_parameter_is_named() -> None:
    claim = Claim(id="x", text="t", said_by="s", reading="r", kind="cluster", parameters={"months": [13]})
    with pytest.raises(ClaimError, match="months"):
        read_parameters(claim)
    with pytest.raises(ClaimError, match="unknown; the kinds are"):
        read_parameters(claim.model_copy(update={"kind": "cloister"}))


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(types=(RecordType.EXERCISE,), with_all=("PHL",)), {"exercise"}),
        (Selection(types=(RecordType.AGREEMENT,), stages=(Stage.PROPOSED,)), {"agreement"}),
    ],
)
def test_a_selection_asks_every_condition(edition: Edition, selection: Selection, expected: set[str]) -> None:
    rows = gather_evidence(edition).select(selection)
    assert set(rows["record_type"]) == expected
    assert not rows["record_id"].duplicated().any()
    assert all("JPN" in parties for parties in rows["parties"])
    assert all(set(selection.with_all) <= parties for parties in rows["parties"])
    if not selection.stages:
        assert not rows["is_tentative"].any()


def test_planned_exercises_and_deployments_are_never_counted_as_exercises_held(edition: Edition) -> None:
    evidence = gather_evidence(edition)
    rows = evidence.select(Selection(types=(RecordType.EXERCISE,)))
    planned = evidence.milestones[evidence.milestones["stage"] == "planned"]
    held = evidence.milestones[evidence.milestones["stage"] == "held"]
    only_planned = set(planned["record_id"]) - set(held["record_id"])
    assert only_planned
    assert not only_planned & set(rows["record_id"])


def test_python_face(edition: Edition, tmp_path: Path) -> None:
    import pactwatch as pw

    result = pw.claim("deals-cluster-in-march", edition)
    assert result.kind == "cluster"
    assert pw.measure("timing", edition).to_pyarrow().num_rows > 0
    assert pw.open_edition(home=tmp_path).id == edition.id
