"""Reviewers who work on one ledger at once, on both databases: nobody overwrites what somebody else decided."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pactwatch.casebook import Casebook
from pactwatch.flow.desk import Desk, ReviewError
from pactwatch.flow.sitting import Sitting
from pactwatch.ledger import Ledger, open_ledger
from pactwatch.ledger.errors import MovedOnError
from pactwatch.model.judgements import Decision, Judgement
from tests.flow.made import append, exercise, make_casebook

STORIES = [
    exercise("Blue Lantern", "2026-02-18", confidence=0.5),
    exercise("Grey Heron", "2025-11-03", confidence=0.7),
    exercise(
        "Blue Lantern", "2026-02-18", "Exercise Blue Lantern ended, Japan and the Philippines said.", confidence=0.8
    ),
]


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return make_casebook(tmp_path / "book")


@pytest.fixture
def ledger(store: str) -> Iterator[Ledger]:
    with open_ledger(store) as opened:
        append(opened, STORIES)
        yield opened


def held(ledger: Ledger) -> list[tuple[str, Decision]]:
    return [(one.author, one.body.decision) for one in ledger.judgements()]


def test_what_another_decided_is_refused_also_after_decisions_of_ones_own(casebook: Casebook, ledger: Ledger) -> None:
    ana, ben = Desk(casebook, ledger, "Ana"), Desk(casebook, ledger, "Ben")
    first, second = ana.questions[0], ana.questions[1]
    ben.decide(ben.find(second.id), Decision.REJECT)
    ana.decide(first, Decision.ACCEPT)
    with pytest.raises(ReviewError, match=r"Ben decided about this meanwhile \(entry"):
        ana.decide(second, Decision.ACCEPT)
    assert held(ledger) == [("Ben", Decision.REJECT), ("Ana", Decision.ACCEPT)]
    assert second.id not in {one.id for one in ana.questions}


def test_what_another_withdrew_is_told_and_a_pair_counts_for_both_sides(casebook: Casebook, ledger: Ledger) -> None:
    ana, ben = Desk(casebook, ledger, "Ana"), Desk(casebook, ledger, "Ben")
    entry = ben.decide(ben.questions[0], Decision.ACCEPT)
    ana.catch_up()
    ana = Desk(casebook, ledger, "Ana")
    paired = next(one for one in ana.questions if one.candidates)
    ben.undo(entry)
    ana.decide(paired, Decision.SAME)
    other = paired.candidates[0].other.model_dump()["mention_id"]
    ben = Desk(casebook, ledger, "Ben")
    asked = next((one for one in ben.questions if one.id == other), None)
    assert asked is not None and asked.candidates[0].decided is Decision.SAME
    late = Desk(casebook, ledger, "Cho")
    Desk(casebook, ledger, "Ana").decide(Desk(casebook, ledger, "Ana").find(asked.id), Decision.ACCEPT)
    with pytest.raises(ReviewError, match="Ana decided about this meanwhile"):
        late.decide(late.find(asked.id), Decision.ACCEPT)


def test_of_many_who_decide_at_once_one_decides(casebook: Casebook, ledger: Ledger) -> None:
    desks = [Desk(casebook, ledger, f"reviewer {number}") for number in range(6)]
    begin, told = threading.Barrier(len(desks)), []

    def decide(desk: Desk) -> None:
        begin.wait()
        try:
            told.append(str(desk.decide(desk.questions[0], Decision.ACCEPT)))
        except ReviewError as error:
            told.append(str(error))

    threads = [threading.Thread(target=decide, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held(ledger)) == 1 and sum(one.isdigit() for one in told) == 1
    assert sum("decided about this meanwhile" in one for one in told) == len(desks) - 1


def test_questions_follow_what_others_decide_and_what_was_put_off_stays_last(
    casebook: Casebook, ledger: Ledger
) -> None:
    ana, ben = Desk(casebook, ledger, "Ana"), Desk(casebook, ledger, "Ben")
    first, second, third = ana.questions
    ana.put_off(first)
    ben.decide(ben.find(second.id), Decision.ACCEPT)
    ana._cost = 0.0  # the wait between two line-ups is not what is tested
    ana.catch_up()
    open_now = [one.id for one in ana.questions]
    assert second.id not in open_now[:1] and open_now[-1] == first.id and third.id in open_now
    before = ana.telling
    ana.decide(ana.find(third.id), Decision.ACCEPT)
    ana.catch_up()
    assert ana.telling is before, "decisions of one's own are known already"


def test_a_sitting_tells_what_holds_and_undoes_the_last(casebook: Casebook, ledger: Ledger) -> None:
    desk = Desk(casebook, ledger, "Ana")
    sitting = Sitting(desk)
    first = desk.questions[0]
    digest = first.digest
    sitting.decide(first, Decision.ACCEPT)
    kept = sitting.decide(desk.questions[0], Decision.REJECT)
    assert sitting.tally == {Decision.ACCEPT: 1, Decision.REJECT: 1} and kept.words == "reject"
    sitting.undo()
    sitting.undo()
    assert sitting.tally == {} and sitting.undo() is None and held(ledger) == []
    assert desk.questions[0].id == first.id and desk.questions[0].digest == digest
    entry = sitting.decide(desk.questions[0], Decision.ACCEPT).seq
    Desk(casebook, ledger, "Ana").undo(entry)
    with pytest.raises(ReviewError, match="nothing to undo"):
        sitting.undo()
    assert sitting.decided == []


def test_a_digest_changes_with_what_is_asked(casebook: Casebook, ledger: Ledger) -> None:
    desk = Desk(casebook, ledger, "Ana")
    paired = next(one for one in desk.questions if one.candidates)
    before = paired.digest
    assert Desk(casebook, ledger, "Ben").find(paired.id).digest == before
    desk.decide(paired, Decision.DIFFERENT)
    assert desk.find(paired.id).digest != before


def test_entries_are_appended_after_a_given_one_or_not_at_all(ledger: Ledger) -> None:
    last = ledger.last()
    judgement = Judgement(decision=Decision.WITHDRAW, withdraws=1)
    with pytest.raises(MovedOnError, match=f"last entry is {last} and no longer {last - 1}"):
        ledger.append([judgement], "Ana", after=last - 1)
    assert ledger.last() == last


def test_a_waiting_correction_is_corrected_further(tmp_path: Path, store: str) -> None:
    casebook = make_casebook(tmp_path / "two", second_pair_of_eyes="true")
    with open_ledger(store) as ledger:
        append(ledger, STORIES[:1])
        ana = Desk(casebook, ledger, "Ana")
        ana.decide(
            ana.questions[0], Decision.CORRECT, correction=ana.read_correction(ana.questions[0], {"name": "Blue Lamp"})
        )
        ben = Desk(casebook, ledger, "Ben")
        (waiting,) = ben.questions
        assert ben.read_correction(waiting, {"date": "2026-02-19"}) == {**{"name": "Blue Lamp", "date": "2026-02-19"}}
