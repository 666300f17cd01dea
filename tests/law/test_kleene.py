"""Properties of every answer: a further fact never reverses it, every day answers, doubt never hides."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.law import Case
from pactwatch.law.answer import NOTICE
from pactwatch.law.evaluating import decide
from pactwatch.law.facts import FACTS, TOLD, Fact, Form, Value
from pactwatch.law.lawbook import FIRST_DAY
from pactwatch.law.missing import DEFINITE
from pactwatch.law.rules import Outcome
from tests.law.opened import court

ACTORS = ("JPN", "USA", "PHL", "UKR", "UN", "IDN", "GBR", "KEN", "CHN")
TEXTS = {
    "end_user": ("navy", "coast guard", "QAT", "UKR"),
    "item.name": ("GCAP fighter", "radar", "patrol vessel"),
    "item.programme": ("GCAP", "F-35", "SM-3", "something else"),
    "transfer.purpose": ("peace contribution", "military use", "joint development", "counter piracy", "no such thing"),
    "activity.place": ("PHL", "high seas", "Luzon"),
}
CLOSED = {
    "actor": ACTORS,
    "host": ("PHL", "MMR", "none"),
    "programme": ("GCAP", "F-35", "SM-3", "other"),
    "end_user.state": ACTORS,
}


def values(fact: Fact) -> st.SearchStrategy[Value]:
    """Values a fact may have."""
    if fact.form is Form.FLAG:
        return st.booleans()
    if fact.form is Form.ACTOR:
        return st.sampled_from(CLOSED.get(fact.name, ACTORS))
    if fact.name == "purpose":
        return st.frozensets(st.sampled_from(list(court().lawbook.vocabulary.purposes)), min_size=1, max_size=2)
    if fact.form is Form.WORDS:
        return st.frozensets(st.sampled_from(list(court().lawbook.vocabulary.approvals)), max_size=3)
    words = TEXTS.get(fact.name) or CLOSED.get(fact.name) or fact.values
    return st.sampled_from(words)


def some(names: list[str]) -> st.SearchStrategy[dict[str, Value]]:
    """Some facts with values."""
    return st.fixed_dictionaries({}, optional={name: values(FACTS[name]) for name in names})


ASKED = sorted({name for law in court().lawbook.laws for name in law.facts})
DAYS = st.dates(FIRST_DAY, court().last_day)
CASES = some([fact.name for fact in TOLD if fact.form is not Form.DAY])


@settings(max_examples=400)
@given(DAYS, some(ASKED), some(ASKED))
def test_a_further_fact_never_turns_one_definite_answer_into_the_other(
    day: date, known: dict[str, Value], more: dict[str, Value]
) -> None:
    law = court().lawbook.law_on(day)
    together = more | known
    if "approval" in known and "approval" in more:  # approvals are added to, not replaced
        together["approval"] = frozenset(known["approval"]) | frozenset(more["approval"])  # type: ignore[arg-type]
    before, after = decide(law, known), decide(law, together)
    if before in DEFINITE:
        assert after is before


@settings(max_examples=80)
@given(DAYS, CASES)
def test_every_day_gives_a_whole_answer(day: date, told: dict[str, Value]) -> None:
    answer = court().check(Case(told), day)
    assert answer.outcome is court().outcome(Case(told), day)
    assert answer.explanation.endswith(NOTICE)
    assert (answer.outcome is Outcome.CONDITIONAL) <= bool(answer.conditions)
    assert not (answer.outcome in DEFINITE and answer.missing)
    for step in answer.steps:
        assert step.valid_from <= day and (step.valid_to is None or day <= step.valid_to)
    if answer.last_change is not None:
        assert answer.last_change.date <= day
    if answer.next_change is not None:
        assert answer.next_change.date > day


def test_every_day_from_1947_on_answers_every_precedent_and_basket_case() -> None:
    from pactwatch.law.basket import read_basket

    cases = [one.case for one in read_basket(court())]
    day = FIRST_DAY
    while day <= court().last_day:
        for case in cases[day.toordinal() % 5 :: 5]:
            assert court().outcome(case, day) in Outcome
        day += timedelta(days=11)


@settings(max_examples=80)
@given(DAYS, CASES)
def test_a_missing_fact_brings_what_it_says(day: date, told: dict[str, Value]) -> None:
    answer = court().check(Case(told), day)
    for one in answer.missing[:2]:
        if FACTS[one.fact].form is Form.FLAG:
            for word, outcome in one.outcomes.items():
                assert court().outcome(Case({**told, one.fact: word == "yes"}), day) is outcome


@settings(max_examples=40)
@given(CASES)
def test_periods_tile_all_days_and_agree_with_asking_day_by_day(told: dict[str, Value]) -> None:
    timeline = court().timeline(Case(told))
    periods = timeline.periods()
    assert periods[0].first == FIRST_DAY and periods[-1].last == court().last_day
    for before, after in itertools.pairwise(periods):
        assert after.first == before.last + timedelta(days=1)
        assert (before.outcome, before.conditions) != (after.outcome, after.conditions)
    for one in periods:
        for day in (one.first, one.last, one.first + (one.last - one.first) / 2):
            assert court().outcome(Case(told), day) is one.outcome
