"""The nearest changes, with why; rules compared between two days."""

from __future__ import annotations

from datetime import date

import pytest

from pactwatch.law.checking import DayError
from pactwatch.law.comparing import compare_days, describe_rule, find_rule, rules_on
from pactwatch.model.errors import NotFoundError
from tests.law.opened import case, court

MISSILE = (
    "supplier=JPN; recipient=PHL; item.name=missile; item.kind=finished; item.weapon=yes; item.function=combat; "
    "item.origin=domestic; transfer.mode=sale; recipient_status.in_combat=no; undertakings.consent=yes; "
    "undertakings.approvals=nsc"
)


def test_the_nearest_changes_name_the_day_the_outcome_and_the_rule() -> None:
    before = court().check(case(MISSILE), date(2020, 1, 1))
    assert before.outcome == "denied"
    assert before.next_change is not None
    assert (before.next_change.date, before.next_change.outcome) == (date(2026, 4, 21), "allowed")
    assert "JP-AE-G-2026" in before.next_change.why
    assert before.last_change is not None
    assert before.last_change.date == date(1976, 2, 27)
    assert "JP-AE-1976" in before.last_change.why
    after = court().check(case(MISSILE), date(2026, 4, 21))
    assert after.next_change is None
    assert after.last_change is not None and after.last_change.date == date(2026, 4, 21)


def test_a_record_is_named_where_it_is_what_changed() -> None:
    exercise = case("recipient=PHL; activity.kind=exercise; activity.place=PHL")
    answer = court().check(exercise, date(2025, 1, 1))
    assert answer.next_change is not None
    assert answer.next_change.date == date(2025, 9, 11)
    assert "PHL-RAA" in answer.next_change.why


@pytest.mark.parametrize("day", ["1946-12-31", "2100-01-01"])
def test_a_day_outside_says_what_is_covered(day: str) -> None:
    with pytest.raises(DayError, match="the rules cover 1 January 1947 to"):
        court().check(case(MISSILE), date.fromisoformat(day))


def test_without_a_day_nothing_is_asked() -> None:
    with pytest.raises(DayError, match="no date"):
        court().check(case(MISSILE))


def test_what_changed_between_two_days() -> None:
    found = compare_days(court().lawbook, date(2023, 12, 21), date(2024, 3, 26))
    began = {one.rule.id: one for one in found if one.began}
    assert set(began) == {"JP-AE-P-2023", "JP-AE-G-2023", "JP-AE-G-2024"}
    assert began["JP-AE-G-2024"].added == ("gcap-third-states", "gcap-cabinet")
    assert "five-categories" in began["JP-AE-G-2023"].replaced
    assert {one.rule.id for one in found if not one.began} == {"JP-AE-G-2022", "JP-AE-G-2023"}
    assert compare_days(court().lawbook, date(2024, 5, 1), date(2024, 5, 2)) == []


def test_a_rule_is_shown_in_words_and_an_unknown_one_gets_the_nearest() -> None:
    shown = describe_rule(find_rule(court().lawbook, "JP-AE-G-2024"))
    assert any("programme is GCAP" in clause["when"] for clause in shown["clauses"])
    with pytest.raises(NotFoundError, match="JP-AE-G-2024"):
        find_rule(court().lawbook, "JP-AE-G2024")
    assert all(rule.is_in_force(date(2000, 1, 1)) for rule in rules_on(court().lawbook, date(2000, 1, 1)))
