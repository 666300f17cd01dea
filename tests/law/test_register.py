"""What records answer: from which day, how surely, and by which record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pactwatch.law.register import Register, build_register
from pactwatch.law.rules import Standing
from tests.editions import Row, make_edition, milestone, record, signed

TRANSFER = "recipient_status.transfer_agreement"


def look(tmp_path: Path, *records: Row) -> Register:
    return build_register((), make_edition(tmp_path, records))


DETTA = {"instrument": "DETTA", "record_id": "A"}
IN_FORCE = [
    ("2016-04-03", [("2016-04-02", False), ("2016-04-03", True), ("2026-01-01", True)]),
    ("2016-04", [("2016-03-31", False), ("2016-04-10", None), ("2016-04-30", True)]),
    ("2021", [("2020-12-31", False), ("2021-06-01", None), ("2021-12-31", True)]),
]


@pytest.mark.parametrize(("told", "answers"), IN_FORCE)
def test_in_force_answers_from_the_latest_day_it_may_mean(
    tmp_path: Path, told: str, answers: list[tuple[str, bool | None]]
) -> None:
    register = look(tmp_path, record("agreement", "JPN PHL", milestone("in_force", told), **DETTA))
    for day, value in answers:
        found = register.find(TRANSFER, "PHL", date.fromisoformat(day))
        assert found is not None and found.value is value, day


def test_a_signature_alone_is_unknown_for_a_year_and_then_taken_as_in_force_with_doubt(tmp_path: Path) -> None:
    register = look(tmp_path, record("agreement", "JPN PHL", signed("2018-04-18"), **DETTA))
    told = {
        day: register.find(TRANSFER, "PHL", date.fromisoformat(day))
        for day in ("2018-04-17", "2018-05-01", "2019-04-18")
    }
    assert [one.value if one else "none" for one in told.values()] == [False, None, True]
    last = told["2019-04-18"]
    assert last is not None and last.is_doubtful and last.record_id == "A"


def test_intentions_and_other_parties_answer_nothing(tmp_path: Path) -> None:
    register = look(
        tmp_path,
        record("agreement", "JPN PHL", milestone("negotiating", "2015-01-01"), **DETTA),
        record("agreement", "PHL USA", signed("2015-01-01"), instrument="DETTA"),
    )
    found = register.find(TRANSFER, "PHL", date(2020, 1, 1))
    assert found is not None and found.value is False and found.record_id == "no record" and found.is_doubtful


def test_an_end_on_record_ends_it(tmp_path: Path) -> None:
    steps = (milestone("in_force", "2016-01-01"), milestone("ended", "2020-01-01"))
    register = look(tmp_path, record("agreement", "JPN PHL", *steps, **DETTA))
    found = register.find(TRANSFER, "PHL", date(2021, 1, 1))
    assert found is not None and found.value is False


def test_cooperation_is_shown_by_what_was_completed(tmp_path: Path) -> None:
    register = look(tmp_path, record("exercise", "JPN PHL", milestone("held", "2012-05-01"), record_id="E"))
    assert register.find("recipient_status.security_partner", "PHL", date(2012, 4, 30)) is None
    found = register.find("recipient_status.security_partner", "PHL", date(2012, 5, 1))
    assert found is not None and found.value is True and found.record_id == "E"


def test_a_written_row_speaks_before_a_record_and_a_star_for_all_others(tmp_path: Path) -> None:
    del tmp_path
    rows = [
        Standing(
            actor=actor, fact=fact, value=value, first=date(2000, 1, 1), last=date(2150, 1, 1), certainty="checked",
            publisher="a page",
        )
        for actor, fact, value in (("PHL", TRANSFER, True), ("*", "recipient_status.un_measures", False))
    ]  # fmt: skip
    register = build_register(rows, None)
    assert register.find(TRANSFER, "PHL", date(2001, 1, 1)) is not None
    other = register.find("recipient_status.un_measures", "KEN", date(2001, 1, 1))
    assert other is not None and other.value is False
    assert register.find("recipient_status.un_measures", "KEN", date(1999, 1, 1)) is None
