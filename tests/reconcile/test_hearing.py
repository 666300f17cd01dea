"""Judgements go with the mention at their passage, however the document is coded since; the later one wins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pactwatch.model.documents import Document
from pactwatch.model.entries import Coding
from pactwatch.model.judgements import Decision, identify_mention
from pactwatch.model.mentions import Mention
from pactwatch.reconcile import hear
from pactwatch.reconcile.items import Hearing, Told
from tests.reconcile.telling import Case, judge, mention

DOCUMENTS = {"d": Document(id="d", text="x" * 500, published=date(2025, 3, 1))}
OLD = mention("d", "agreement signed", "CHL NZL", date="2024-07-19", quote="q" * 40, start=100)


def _told(one: Mention) -> Told:
    return Told(identify_mention(one), one)


def _hear(coded: list[Mention], cases: list[Case], former: tuple[Mention, ...] = ()) -> Hearing:
    return hear({"d": Coding(doc="d", coder="new", mentions=tuple(coded))}, DOCUMENTS, {}, cases, former)


def _again(what: str = "agreement signed", parties: str = "CHL NZL", **fields: Any) -> Mention:
    return mention("d", what, parties, **{"date": "2024-07-19", "quote": "q" * 30, "start": 105, **fields})


def test_without_judgements_everything_coded_is_told() -> None:
    found = _hear([OLD], [])
    assert [(one.mention, one.published, one.report, one.decision) for one in found.told] == [
        (OLD, date(2025, 3, 1), "d", None)
    ]


def test_a_copy_has_the_report_of_its_original() -> None:
    coding = Coding(doc="d", coder="new", mentions=(OLD,))
    assert hear({"d": coding}, DOCUMENTS, {"d": "original"}).told[0].report == "original"


REATTACHED = {
    "same fields, other offsets": ([_again()], "agreement signed"),
    "the one of that stage of two": ([_again("agreement agreed", start=100), _again()], "agreement signed"),
    "other stage, but the only one of its type": ([_again("agreement agreed")], "agreement signed"),
}


@pytest.mark.parametrize("case", REATTACHED)
def test_an_accepted_mention_stays_as_it_was_accepted(case: str) -> None:
    coded, what = REATTACHED[case]
    found = _hear(coded, [judge(1, "accept", _told(OLD))], (OLD,))
    (accepted,) = [one for one in found.told if one.decision is not None]
    assert (accepted.mention, accepted.decided_by, found.adrift) == (OLD, "reviewer", ())
    assert f"{accepted.mention.type} {accepted.mention.stage}" == what
    assert found.now[identify_mention(OLD)] == accepted.id


def test_without_the_former_coding_stage_and_parties_are_those_accepted() -> None:
    found = _hear([_again("agreement agreed")], [judge(1, "accept", _told(OLD))])
    assert found.told[0].mention.stage == "signed"


ADRIFT = {
    "nothing coded there": [],
    "elsewhere in the document": [_again(start=300)],
    "another type": [_again("dialogue held")],
}


@pytest.mark.parametrize("case", ADRIFT)
def test_a_judgement_without_its_mention_is_told(case: str) -> None:
    found = _hear(ADRIFT[case], [judge(7, "accept", _told(OLD))])
    assert [(one.seq, one.why) for one in found.adrift] == [(7, "no mention like it stands at its passage now")]
    assert all(one.decision is None for one in found.told)


def test_a_rejection_takes_only_the_same_telling_away() -> None:
    case = judge(1, "reject", _told(OLD))
    same, other = _again(), _again("agreement agreed")
    assert _hear([same], [case]).rejected == {identify_mention(same)}
    assert _hear([same], [case]).told == ()
    found = _hear([other], [case])
    assert [one.mention for one in found.told] == [other]
    assert [one.seq for one in found.adrift] == [1]


def test_a_correction_holds_on_what_is_coded_now() -> None:
    case = judge(1, "correct", _told(OLD), correction={"instrument": "VFA", "stage": "in_force"})
    found = _hear([_again(date="2024-07")], [case], (OLD,))
    corrected = found.told[0]
    assert (corrected.mention.instrument, corrected.mention.stage, corrected.mention.date) == (
        "VFA", "in_force", "2024-07-19",
    )  # fmt: skip
    assert corrected.decision is Decision.CORRECT


def test_a_correction_that_does_not_fit_is_told_and_leaves_the_mention() -> None:
    found = _hear([OLD], [judge(3, "correct", _told(OLD), correction={"stage": "delivered"})])
    assert (found.told[0].mention, found.told[0].decision) == (OLD, None)
    assert found.adrift[0].seq == 3
    assert "does not belong to type" in found.adrift[0].why


LATER_WINS = {
    "rejected, then accepted": (["reject", "accept"], Decision.ACCEPT, [1]),
    "accepted, then rejected": (["accept", "reject"], None, [1]),
    "accepted by two": (["accept", "accept"], Decision.ACCEPT, []),
}


@pytest.mark.parametrize("case", LATER_WINS)
def test_the_later_of_two_wins_and_the_other_is_told(case: str) -> None:
    decisions, expected, adrift = LATER_WINS[case]
    cases = [judge(seq, one, _told(OLD)) for seq, one in enumerate(decisions, 1)]
    for order in (cases, cases[::-1]):
        found = _hear([OLD], order)
        assert [one.decision for one in found.told] == ([expected] if expected else [])
        assert [one.seq for one in found.adrift] == adrift


def test_an_accept_after_a_correction_accepts_the_corrected() -> None:
    cases = [judge(1, "correct", _told(OLD), correction={"instrument": "VFA"}), judge(2, "accept", _told(OLD))]
    (told,) = _hear([OLD], cases).told
    assert (told.mention.instrument, told.decision) == ("VFA", Decision.ACCEPT)
