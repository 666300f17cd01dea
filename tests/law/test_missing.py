"""Missing facts: what would decide comes first; nothing is missing from a definite answer."""

from __future__ import annotations

from datetime import date

from tests.law.opened import case, court

CONSENT = "; undertakings.consent=yes"
SALE = "supplier=JPN; recipient=PHL; item.kind=finished; item.origin=domestic; transfer.mode=sale" + CONSENT


def missing(text: str, day: str) -> list[str]:
    return [one.fact for one in court().check(case(text), date.fromisoformat(day)).missing]


def test_the_fact_that_alone_decides_comes_first() -> None:
    text = SALE + "; item.weapon=yes; item.function=combat; undertakings.approvals=nsc"
    assert missing(text, "2026-05-01")[0] == "recipient_status.in_combat"
    answer = court().check(case(text), date(2026, 5, 1))
    assert answer.missing[0].outcomes == {"yes": "denied", "no": "allowed"}


def test_what_brings_one_answer_or_the_other_comes_before_what_brings_one() -> None:
    found = missing(SALE + "; item.function=surveillance", "2020-01-01")
    assert found[0] == "item.weapon"


def test_an_empty_case_asks_first_what_it_is_about() -> None:
    assert set(missing("", "2020-01-01")[:3]) <= {"activity.kind", "transfer.mode", "item.kind"}
    assert "supplier" in missing("item.weapon=yes; transfer.mode=sale", "2020-01-01")


def test_a_condition_to_meet_is_a_missing_fact() -> None:
    text = "supplier=JPN; recipient=PHL; item.kind=finished; item.weapon=no; item.function=rescue; transfer.mode=sale"
    answer = court().check(case(text), date(2020, 1, 1))
    assert answer.outcome == "conditional"
    assert [one.facts for one in answer.conditions] == [("undertakings.consent",)]
    assert answer.missing[0].fact == "undertakings.consent"
    assert answer.missing[0].outcomes == {"yes": "allowed", "no": "denied"}


def test_a_definite_answer_misses_nothing() -> None:
    assert missing(SALE + "; item.weapon=yes; item.function=combat", "2020-01-01") == []
