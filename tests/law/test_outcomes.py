"""Cases beyond the precedents: what the rules say on many days, and what flips at their boundaries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pactwatch.law.basket import read_basket
from pactwatch.law.precedents import case_of
from tests.law.opened import case, court, outcome

CONSENT = "; undertakings.consent=yes"
CALM = "; recipient_status.in_combat=no"
WEAPON = "supplier=JPN; item.kind=finished; item.weapon=yes; item.function=combat; transfer.mode=sale" + CONSENT
OWN = WEAPON + "; item.origin=domestic; undertakings.approvals=nsc"
LICENSED = WEAPON + "; item.origin=licensed; item.licensor=USA; undertakings.approvals=nsc; recipient=USA"
FIGHTER = WEAPON + "; item.origin=co_developed; item.programme=GCAP" + CALM
GIFT = (
    "supplier=JPN; recipient=PHL; recipient_type=government; item.weapon=no; transfer.mode=gift; transfer.surplus=yes"
)
HELMETS = GIFT.replace("PHL", "UKR") + "; item.kind=finished; item.function=other" + CONSENT
RADAR = (
    "supplier=JPN; recipient=PHL; item.kind=finished; item.weapon=no; item.function=surveillance; transfer.mode=sale"
)
ROUNDS = "supplier=JPN; recipient=UN; item.kind=ammunition; item.weapon=yes; transfer.mode=gift; transfer.surplus=yes"
GRANT = "supplier=JPN; recipient=PHL; item.kind=finished; item.function=surveillance; transfer.mode=osa" + CONSENT
AID = "supplier=JPN; recipient=VNM; item.kind=finished; item.weapon=no; item.function=vigilance; transfer.mode=oda"
STORES = RADAR.replace("surveillance", "other") + (
    "; item.origin=domestic; transfer.purpose=defence; recipient_status.victim_of_aggression=no" + CONSENT
)
SUPPLIES = "supplier=JPN; recipient=AUS; item.kind=finished; item.weapon=no; item.function=other; transfer.mode=acsa"

TABLE = [
    # 1949 to 1976: a licence alone, then three classes of destination
    (OWN + "; recipient=THA", "1960-01-01", "allowed"),
    (OWN + "; recipient=THA" + CALM, "1970-01-01", "allowed"),
    (OWN + "; recipient=CHN" + CALM, "1970-01-01", "denied"),
    (OWN + "; recipient=ZWE" + CALM, "1970-01-01", "denied"),
    (OWN + "; recipient=THA; recipient_status.in_combat=yes", "1970-01-01", "denied"),
    (OWN + "; recipient=THA", "1970-01-01", "unknown"),
    # 1976 to 2014: to nobody, save exemptions
    (OWN + "; recipient=USA", "1980-01-01", "denied"),
    ("supplier=JPN; recipient=KOR; item.kind=part; item.weapon=yes; transfer.mode=sale", "1981-01-10", "denied"),
    ("supplier=JPN; recipient=USA; item.kind=technology; item.weapon=yes; transfer.mode=sale", "1982-12-31", "denied"),
    (
        "supplier=JPN; recipient=USA; item.kind=technology; item.weapon=yes; transfer.mode=sale",
        "1983-06-01",
        "conditional",
    ),
    ("supplier=JPN; recipient=USA; item.kind=technology; item.weapon=yes; transfer.mode=sale", "1987-01-01", "allowed"),
    ("supplier=JPN; recipient=GBR; item.kind=technology; item.weapon=yes; transfer.mode=sale", "1987-01-01", "denied"),
    (ROUNDS, "2013-12-22", "denied"),
    (ROUNDS, "2013-12-23", "allowed"),
    (RADAR, "1990-01-01", "allowed"),  # what is no weapon and serves surveillance is no arms
    # 2014 on: what the guidelines list
    (RADAR + CONSENT, "2014-04-01", "allowed"),
    (RADAR, "2019-01-01", "conditional"),
    (RADAR.replace("item.kind=finished; ", "") + CONSENT, "2019-01-01", "allowed"),
    (RADAR + "; undertakings.consent=no", "2019-01-01", "denied"),
    (RADAR.replace("=PHL", "=PRK") + CONSENT, "2019-01-01", "denied"),
    (OWN + "; recipient=PHL", "2020-01-01", "denied"),
    (GIFT + "; item.kind=part; item.function=transport" + CONSENT, "2017-06-01", "denied"),
    (GIFT + "; item.kind=part; item.function=transport" + CONSENT, "2017-06-02", "allowed"),
    (GIFT.replace("=PHL", "=AUS") + "; item.kind=part; item.function=transport" + CONSENT, "2018-01-01", "denied"),
    (HELMETS, "2022-03-07", "denied"),
    (HELMETS, "2022-03-08", "allowed"),
    (LICENSED, "2023-12-21", "denied"),
    (LICENSED, "2023-12-22", "allowed"),
    (LICENSED.replace("; undertakings.approvals=nsc", ""), "2023-12-22", "conditional"),
    (LICENSED + "; end_user=UKR", "2024-01-10", "denied"),
    (LICENSED.replace("=USA; und", "=GBR; und"), "2024-01-10", "denied"),
    (FIGHTER + "; recipient=AUS; undertakings.approvals=cabinet", "2024-03-25", "denied"),
    (FIGHTER + "; recipient=AUS; undertakings.approvals=cabinet", "2024-03-26", "allowed"),
    (FIGHTER + "; recipient=AUS", "2024-03-26", "conditional"),
    (FIGHTER + "; recipient=SAU; undertakings.approvals=cabinet", "2024-03-26", "denied"),
    (FIGHTER + "; recipient=GBR", "2024-03-25", "allowed"),
    (OWN + "; recipient=PHL" + CALM, "2026-04-20", "denied"),
    (OWN + "; recipient=PHL" + CALM, "2026-04-21", "allowed"),
    (OWN + "; recipient=PHL", "2026-04-21", "unknown"),
    (OWN + "; recipient=KEN" + CALM, "2026-04-21", "denied"),
    (OWN + "; recipient=PHL; recipient_status.in_combat=yes", "2026-04-21", "denied"),
    (STORES, "2026-04-20", "denied"),
    (STORES, "2026-04-21", "allowed"),
    (GIFT.replace("weapon=no", "weapon=yes") + "; item.kind=finished" + CALM + CONSENT, "2026-05-01", "denied"),
    # channels
    (GRANT + "; item.weapon=no", "2023-04-04", "denied"),
    (GRANT + "; item.weapon=no", "2023-04-05", "allowed"),
    (GRANT + "; item.weapon=yes", "2024-01-01", "denied"),
    (GRANT.replace("=PHL", "=TLS") + "; item.weapon=no", "2025-06-01", "allowed"),
    (GRANT + "; item.weapon=no; recipient_status.security_partner=no", "2024-01-01", "denied"),
    (GRANT.replace("=PHL", "=SGP") + "; item.weapon=no", "2024-01-01", "denied"),
    (AID + "; end_user=Vietnam Coast Guard", "2014-06-01", "allowed"),
    (AID + "; end_user=Vietnam People's Navy; transfer.purpose=military", "2016-06-01", "denied"),
    (AID + "; end_user=Vietnam People's Navy; transfer.purpose=disaster relief", "2014-06-01", "denied"),
    (AID + "; end_user=Vietnam People's Navy; transfer.purpose=disaster relief", "2016-06-01", "allowed"),
    (SUPPLIES, "2018-01-01", "allowed"),
    (SUPPLIES.replace("=AUS", "=VNM"), "2018-01-01", "denied"),
    (SUPPLIES.replace("=finished", "=ammunition"), "2016-03-28", "denied"),
    (SUPPLIES.replace("=finished", "=ammunition"), "2018-01-01", "allowed"),
    # forces
    ("recipient=USA; activity.kind=collective_self_defence", "2013-01-01", "denied"),
    ("recipient=USA; activity.kind=collective_self_defence", "2015-01-01", "conditional"),
    (
        "recipient=USA; activity.kind=collective_self_defence; recipient_status.victim_of_aggression=no",
        "2017-01-01",
        "denied",
    ),
    ("recipient=USA; activity.kind=asset_protection" + CALM, "2016-03-28", "denied"),
    ("recipient=USA; activity.kind=asset_protection" + CALM, "2016-03-29", "allowed"),
    ("recipient=USA; activity.kind=asset_protection; recipient_status.in_combat=yes", "2020-01-01", "denied"),
    ("activity.kind=peacekeeping; activity.place=KHM", "1992-08-09", "denied"),
    ("activity.kind=peacekeeping; activity.place=KHM", "1992-08-10", "conditional"),
    ("activity.kind=peacekeeping; activity.place=KHM; recipient_status.in_combat=yes", "1992-10-01", "denied"),
    (
        "activity.kind=peacekeeping; activity.place=KHM; activity.agreement_in_force=yes" + CONSENT,
        "1992-10-01",
        "allowed",
    ),
    ("recipient=PHL; activity.kind=exercise; activity.place=Luzon", "2025-09-10", "denied"),
    ("recipient=PHL; activity.kind=exercise; activity.place=Luzon", "2025-09-11", "allowed"),
    ("recipient=AUS; activity.kind=exercise; activity.place=AUS", "2020-01-01", "conditional"),
    ("recipient=AUS; activity.kind=exercise; activity.place=AUS", "2023-08-13", "allowed"),
    ("recipient=IDN; activity.kind=visit; activity.place=IDN" + CONSENT, "2020-01-01", "allowed"),
    ("recipient=PHL; activity.kind=logistics", "2026-01-14", "denied"),
    ("recipient=PHL; activity.kind=logistics", "2026-01-15", "conditional"),
    ("recipient=GBR; activity.kind=exercise", "1950-01-01", "denied"),
    # nothing is said without a rule or without facts
    ("", "2020-01-01", "unknown"),
    ("supplier=USA; recipient=PHL; item.kind=finished; item.weapon=yes", "2020-01-01", "unknown"),
    (OWN + "; recipient=THA", "1948-01-01", "unknown"),
]


@pytest.mark.parametrize(("facts", "day", "expected"), TABLE)
def test_the_rules_of_a_day(facts: str, day: str, expected: str) -> None:
    assert outcome(facts, day) == expected


FLIPS = {
    "2023-12-22": {"licensed-interceptors", "engine-parts", "armed-minesweeper"},
    "2024-03-26": {"joint-fighter-abroad"},
    "2026-04-21": {"own-warship", "anti-ship-missiles", "protective-gear"},
}


@pytest.mark.parametrize(("day", "expected"), FLIPS.items())
def test_a_boundary_flips_what_it_must_and_nothing_else(day: str, expected: set[str]) -> None:
    after = date.fromisoformat(day)
    before = after - timedelta(days=1)
    flipped = {
        one.id
        for one in read_basket(court())
        if court().outcome(one.case, before) is not court().outcome(one.case, after)
    }
    assert flipped == expected


def test_at_a_boundary_only_the_rules_of_the_day_apply() -> None:
    for start in court().lawbook.starts:
        for day in (start - timedelta(days=1), start, start + timedelta(days=1)):
            if day >= court().lawbook.starts[0]:
                law = court().lawbook.law_on(day)
                in_force = {rule.id for rule in court().lawbook.rules if rule.is_in_force(day)}
                assert {rule.id for rule in law.rules} == in_force
                assert {one.rule.id for one in law.applied} <= in_force


def test_one_guideline_is_in_force_on_each_day_since_2014() -> None:
    for start in court().lawbook.starts:
        if start >= date(2014, 4, 1):
            names = [
                rule.id for rule in court().lawbook.law_on(start).rules if rule.head.regime == "arms_export_guidelines"
            ]
            assert len(names) == 1


def test_the_answer_names_the_record_that_answers_a_fact() -> None:
    answer = court().check(case(OWN + "; recipient=PHL" + CALM), date(2026, 5, 5))
    (found,) = [one for one in answer.looked_up if one.fact == "recipient_status.transfer_agreement"]
    assert (found.value, found.record) == ("yes", "PHL-DETTA")
    told = court().check(case(OWN + "; recipient=PHL; recipient_status.transfer_agreement=no" + CALM), date(2026, 5, 5))
    assert told.outcome == "denied"
    assert not [one for one in told.looked_up if one.fact == "recipient_status.transfer_agreement"]


def test_what_is_doubtful_is_told_in_every_answer_that_rests_on_it() -> None:
    for one in court().lawbook.precedents:
        if one.facts and one.date >= "2026-04-21" and not one.facts.startswith("recipient"):
            answer = court().check(case_of(court(), one), date(2026, 6, 1))
            if any(step.rule == "JP-AE-G-2026" and step.result != "noted" for step in answer.steps):
                assert any("official text was not seen" in doubt for doubt in answer.doubts), one.case_id


def test_partners_sides_are_told_with_their_doubts() -> None:
    philippine = court().check(case("recipient=PHL; activity.kind=exercise; activity.place=PHL"), date(2024, 4, 1))
    assert philippine.outcome == "denied"
    assert any(step.rule == "PH-CONST-18-25" and step.result == "forbids" for step in philippine.steps)
    for code, rule in (("VNM", "VN-4NO"), ("IDN", "ID-BEBAS-AKTIF")):
        text = f"recipient={code}; activity.kind=visit; activity.place={code}; undertakings.consent=yes"
        answer = court().check(case(text), date(2024, 4, 1))
        assert any(step.rule == rule and step.result == "noted" for step in answer.steps)
