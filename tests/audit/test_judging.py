"""How sure a verdict is of the sentence it stands beside, and that a doubtful one is not sharp."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.audit.answering import list_claims
from pactwatch.audit.auditing import Auditor
from pactwatch.audit.entries.kinds import TESTED
from pactwatch.audit.judging import BY_KIND, BY_MARK, LEAST_SURE, SHIFT, SLOPE, Answered, judge, temper
from pactwatch.audit.reading import Reading, SentenceClass, Stance
from pactwatch.audit.reading.frame import Frame
from pactwatch.claims.evidence import gather_evidence
from pactwatch.claims.finding import Verdict
from pactwatch.coder.linear import logistic
from pactwatch.edition import Edition
from tests.audit.reading_tools import read, tools

TEXT = "Japan has held exercises with the Philippines."
DRILLS = Frame(focus="JPN", partners=("PHL",), types=("exercise",), told=frozenset({"focus", "partners", "types"}))


@pytest.fixture(scope="module")
def auditor(edition: Edition) -> Auditor:
    return Auditor(edition, tools()[0])


def answer(
    auditor: Auditor, frame: Frame, kind: str = "exists", *, sure: float = 1.0, is_denied: bool = False
) -> Answered:
    seen, _ = read(TEXT, published=date(2026, 7, 1))
    stance = Stance.DENIED if is_denied else Stance.ASSERTED
    reading = Reading(SentenceClass.CLAIM, stance, kind, frame, is_denied, sure=sure)
    asked = list_claims(seen, [reading], auditor.setting_of(seen.document))
    return judge(asked, gather_evidence(auditor.edition))[1]


@pytest.mark.parametrize("is_denied", [False, True])
def test_what_is_read_for_sure_gets_the_verdict_of_its_test(auditor: Auditor, is_denied: bool) -> None:
    answered = answer(auditor, DRILLS, is_denied=is_denied)
    assert answered.result.verdict is (Verdict.CONTRADICTED if is_denied else Verdict.SUPPORTED)
    assert answered.sure == 1.0


def test_a_doubtful_class_or_kind_gets_no_sharp_verdict(auditor: Auditor) -> None:
    at_the_bound = logistic((math.log(LEAST_SURE / (1.0 - LEAST_SURE)) - SHIFT - BY_KIND["exists"]) / SLOPE)
    assert answer(auditor, DRILLS, sure=at_the_bound + 0.01).result.verdict is Verdict.SUPPORTED
    answered = answer(auditor, DRILLS, sure=at_the_bound - 0.01)
    assert answered.result.verdict is Verdict.MIXED
    assert "meant otherwise" in answered.result.why


def test_another_meaning_counts_only_where_it_gets_another_answer(auditor: Auditor) -> None:
    same = replace(DRILLS, near=(("partners", ("partners",), 0.4),))
    other = replace(DRILLS, near=(("partners", ("LAO",), 0.5), ("types", ("training",), 0.1)))
    assert answer(auditor, same).sure == 1.0
    doubted = answer(auditor, other)
    assert doubted.sure is not None
    assert doubted.sure <= 0.6
    assert doubted.result.verdict is Verdict.MIXED


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.sampled_from([*BY_KIND, "depth"]))
def test_tempering_keeps_the_order_and_what_is_certain(one: float, other: float, kind: str) -> None:
    assert 0.0 <= temper(one, kind) <= 1.0
    assert temper(min(one, other), kind) <= temper(max(one, other), kind)
    assert (temper(0.0, kind), temper(1.0, kind)) == (0.0, 1.0)


@pytest.mark.parametrize("mark", sorted(BY_MARK))
def test_a_mark_makes_a_reading_less_sure(mark: str) -> None:
    assert temper(0.5, "trend", [mark]) == pytest.approx(logistic(SHIFT + BY_KIND.get("trend", 0.0) + BY_MARK[mark]))
    assert temper(0.5, "trend", [mark]) < temper(0.5, "trend")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Exercises with Vietnam have multiplied since 2019.", ()),
        ("Although few took notice, exercises with Vietnam have multiplied since 2019.", ("excepts",)),
        ("Exercises with Vietnam are regular. They have multiplied since 2019.", ("untold",)),
        ("Exercises with Vietnam are regular. They have multiplied, but not in winter.", ("excepts", "untold")),
    ],
)
def test_what_takes_something_back_or_up_is_marked(auditor: Auditor, text: str, marks: tuple[str, ...]) -> None:
    seen, readings = read(text)
    claims = list_claims(seen, readings, auditor.setting_of(seen.document))
    assert claims[len(seen.sentences)].marks == marks


def test_even_chances_become_what_the_shift_says() -> None:
    assert temper(0.5, "depth") == pytest.approx(logistic(SHIFT))
    assert temper(logistic(1.0), "depth") == pytest.approx(logistic(SHIFT + SLOPE))
    assert temper(0.5, "cluster") == pytest.approx(logistic(SHIFT + BY_KIND["cluster"]))
    assert temper(0.9, "depth") < 0.9, "what has learnt from articles is too sure of others"


def test_what_is_added_is_for_kinds_that_are_tested() -> None:
    assert BY_KIND.keys() <= TESTED


def test_what_decides_nothing_stays_as_it_is(auditor: Auditor) -> None:
    pact = replace(DRILLS, types=("agreement",), instruments=("RAA",))
    nothing = replace(pact, partners=("LAO",), near=(("partners", ("PHL",), 0.45),))
    answered = answer(auditor, nothing)
    assert answered.result.verdict is Verdict.NOT_ENOUGH_EVIDENCE
    assert answered.sure == pytest.approx(temper(0.55, "exists"))


@pytest.mark.parametrize(
    ("kind", "frame"),
    [
        ("precedes", replace(DRILLS, earlier="activity", later="agreement")),
        ("share", replace(DRILLS, feature="exercise")),
        ("shift", replace(DRILLS, feature="exercise")),
    ],
)
def test_what_adds_up_to_nothing_a_test_could_count_is_not_tested(auditor: Auditor, kind: str, frame: Frame) -> None:
    answered = answer(auditor, frame, kind)
    assert answered.result.verdict is Verdict.NOT_TESTABLE
    assert answered.sure is None
    assert "could count" in answered.claim.reading
