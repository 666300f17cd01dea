"""A second pair of eyes: nobody's correction holds by their own word."""

from __future__ import annotations

import pytest

from pactwatch.model.judgements import Decision
from pactwatch.review import RefusedDecisionError, judge, line_up, settle
from tests.review.made import WATCH, Entry, decide, matter, told

ONE = told()
CORRECT = {"correction": {"stage": "agreed"}}


def entries(*told_by: tuple[str, Decision]) -> list[Entry]:
    return [
        decide(seq, author, ONE, decision, **(CORRECT if decision is Decision.CORRECT else {}))
        for seq, (author, decision) in enumerate(told_by, 1)
    ]


A, C, R = Decision.ACCEPT, Decision.CORRECT, Decision.REJECT
CASES: list[tuple[list[tuple[str, Decision]], list[int], list[int]]] = [
    ([("ana", C)], [], [1]),
    ([("ana", C), ("ben", A)], [1], []),
    ([("ana", C), ("ana", A)], [2], [1]),
    ([("ana", C), ("ben", C)], [], [2]),
    ([("ana", C), ("ben", C), ("ana", A)], [2], []),
    ([("ana", C), ("ben", R)], [2], []),
    ([("ben", A), ("ana", C)], [1], [2]),
    ([("ana", A)], [1], []),
    ([("ana", R)], [1], []),
]


@pytest.mark.parametrize(("told_by", "holding", "waiting"), CASES)
def test_what_holds_and_what_waits(told_by: list[tuple[str, Decision]], holding: list[int], waiting: list[int]) -> None:
    held, pending = settle(entries(*told_by), is_asked=True)
    assert [one.seq for one in held] == holding
    assert [one.seq for one in pending] == waiting
    everything, nothing = settle(entries(*told_by), is_asked=False)
    assert (len(everything), nothing) == (len(told_by), [])


def test_another_is_asked_about_a_correction_and_its_author_is_not() -> None:
    _, pending = settle(entries(("ana", C)), is_asked=True)
    facts = matter([ONE], pending=pending)
    assert line_up(facts, WATCH, "ana") == []
    (question,) = line_up(facts, WATCH, "ben")
    assert question.mention.stage == "agreed" and question.told.mention.stage == "signed"
    assert judge(question, Decision.ACCEPT, "ben").about == question.ref
    with pytest.raises(RefusedDecisionError, match="their own"):
        judge(question, Decision.ACCEPT, "ana")


def test_who_coded_by_hand_does_not_accept_it() -> None:
    (question,) = line_up(matter([told(coder="ana")]), WATCH, "ana")
    with pytest.raises(RefusedDecisionError):
        judge(question, Decision.ACCEPT, "ana")
