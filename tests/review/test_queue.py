"""What is asked, and in which order: most useful first, the same whatever order things came in."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.model.judgements import Decision, RecordRef
from pactwatch.reconcile.items import Item
from pactwatch.review import RefusedDecisionError, judge, line_up
from pactwatch.review.usefulness import doubt_of, weigh
from tests.review.made import WATCH, decide, link, matter, mention, told


def test_uncertain_and_consequential_come_first() -> None:
    unsure, sure = told(confidence=0.5), told(confidence=0.99, date="2024-07-07")
    tentative = told(stage="proposed", modality="possible", confidence=0.5)
    light = told(type="dialogue", stage="held", confidence=0.5, instrument=None)
    elsewhere = told(parties=("DEU", "FRA"), confidence=0.5)
    expected = [unsure, tentative, light, sure, elsewhere]
    for many in permutations(expected):
        questions = line_up(matter(many), WATCH)
        ids = [question.id for question in questions]
        assert ids.index(unsure.id) == 0 and ids.index(tentative.id) == 1 and ids.index(light.id) == 2
        assert set(ids[3:]) == {sure.id, elsewhere.id}
    assert questions[0].usefulness.value == 1.0


def test_the_only_report_of_an_item_is_asked_before_one_of_several() -> None:
    alone = told(confidence=0.5)
    many = [told(confidence=0.5, date=f"2023-0{n}-01", report=f"d{n}") for n in range(1, 4)]
    joined = Item("PW-X", tuple(sorted(one.id for one in many)), (), None, many[0].id)
    own = Item("PW-Y", (alone.id,), (), None, alone.id)
    first, *rest = line_up(matter([*many, alone], items=(joined, own)), WATCH)
    assert first.id == alone.id
    assert {round(one.usefulness.value, 3) for one in rest} == {round(1 / 3, 3)}
    assert "one of 3 reports" in rest[0].usefulness.reasons


def test_copies_of_one_report_do_not_make_it_less_useful() -> None:
    many = [told(confidence=0.5, date=f"2023-0{n}-01", report="d1") for n in range(1, 4)]
    joined = Item("PW-X", tuple(sorted(one.id for one in many)), (), None, many[0].id)
    assert {one.usefulness.value for one in line_up(matter(many, items=(joined,)), WATCH)} == {1.0}


def test_what_was_decided_is_asked_no_more_unless_a_link_is_open() -> None:
    accepted, other = told(Decision.ACCEPT), told(date="2024-07-01", confidence=0.9)
    assert [one.id for one in line_up(matter([accepted, other]), WATCH)] == [other.id]
    doubtful = link(accepted.id, other.id, 0.5)
    questions = {one.id: one for one in line_up(matter([accepted, other], near=[doubtful]), WATCH)}
    assert set(questions) == {accepted.id, other.id}
    assert not questions[accepted.id].is_coding_open
    (candidate,) = questions[accepted.id].candidates
    assert (candidate.key, candidate.is_own) == (f"PW-{other.id[:6]}", False)
    same = decide(7, "ana", accepted, Decision.SAME, other=candidate.other)
    decided = line_up(matter([accepted, other], near=[doubtful], judgements=[same]), WATCH)
    assert [one.id for one in decided] == [other.id]
    assert decided[0].candidates[0].decided is Decision.SAME


def test_a_record_of_the_casebook_is_named_by_its_own_id() -> None:
    one = told()
    item = Item("PHL-RAA", (one.id,), (link("PHL-RAA-1", one.id, 0.97),), "PHL-RAA", one.id)
    titles, owners = {"PHL-RAA": "Reciprocal access agreement"}, {"PHL-RAA-1": "PHL-RAA"}
    (question,) = line_up(matter([one], items=(item,), titles=titles, owners=owners), WATCH)
    (candidate,) = question.candidates
    assert candidate.other == RecordRef(record_id="PHL-RAA")
    assert (candidate.title, candidate.is_own) == ("Reciprocal access agreement", True)
    judgement = judge(question, Decision.DIFFERENT, "ana", reason="another pact")
    assert judgement.about == question.ref and judgement.other == candidate.other


def test_a_pair_without_a_second_side_is_refused() -> None:
    (question,) = line_up(matter([told()]), WATCH)
    for decision in (Decision.SAME, Decision.DIFFERENT):
        try:
            judge(question, decision, "ana")
        except RefusedDecisionError as refused:
            assert "no other record is shown" in str(refused)
        else:
            raise AssertionError("it was taken")


@given(st.floats(0, 1), st.floats(0, 1))
def test_doubt_is_greatest_in_the_middle(p: float, q: float) -> None:
    assert 0 <= doubt_of(p) <= 1
    if abs(p - 0.5) < abs(q - 0.5):
        assert doubt_of(p) >= doubt_of(q)


@given(st.floats(0, 1), st.lists(st.floats(0, 1), max_size=4), st.integers(0, 50))
def test_usefulness_is_a_share(confidence: float, chances: list[float], reports: int) -> None:
    useful = weigh(mention(confidence=confidence), chances, reports, WATCH, is_coding_open=True)
    assert 0 <= useful.value <= 1
    more = weigh(mention(confidence=confidence), chances, reports + 1, WATCH, is_coding_open=True)
    assert more.value <= useful.value
