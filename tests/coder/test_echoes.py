"""Dates that tell an event again: which may, what they look like, what hand-made weights make of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.choosing import choose
from pactwatch.coder.coded import Coded
from pactwatch.coder.echo_fitting import echo_examples
from pactwatch.coder.echoes import OpenDate, echo_features, echo_of, open_dates
from pactwatch.coder.regression import fit
from pactwatch.model.documents import Document
from tests.coder.by_hand import KEEPS_SIGNED, PUBLISHED, grammar, parse, weights

NEXT_WORD = {"bias": -1.0, "date:one:month+apart=after1": 2.0, "date:only:month+apart=after1": 2.0}
"""As ``attach``: a date right behind the event is its own."""
LISTED = "Japan and Fiji signed a defence treaty in May 2021, again in June 2022 and lastly in July 2023."


def told(text: str, echo: dict[str, float] | None) -> list[tuple[str | None, str]]:
    by_acts = KEEPS_SIGNED["rival"] | {"act=False": -9.0}
    models = KEEPS_SIGNED | {"attach": NEXT_WORD, "rival": by_acts}
    parsed = parse(text)
    by_hand = replace(weights(models | ({"echo": echo} if echo else {})), told_at=0.1, sure_at=0.1)
    found = choose(parsed.sites, parsed.context, by_hand)
    return [(one.when.date if one.when else None, "+".join(one.parties)) for one in found]


def event_in(text: str, number: int | None = 0) -> tuple[Candidate, list[OpenDate], Any]:
    """The first act of a text as an event that owns the date ``number``, and the dates of all sentences."""
    parsed = parse(text)
    event = next(one for one in parsed.candidates if one.act is not None and one.type == "agreement")
    event.date_number = number
    dates = [date for sentence in parsed.context.sentences for date in open_dates(sentence, parsed.context)]
    return event, dates, parsed.context


@pytest.mark.parametrize(
    ("text", "own", "echoed"),
    [
        ("Fiji signed a treaty in May 2021 and another in June 2022.", 0, [False, True]),
        ("Fiji signed a treaty in May 2021 and another in June 2022.", 1, [False, False]),
        ("Fiji signed a treaty in May 2021 and another in June 2022.", None, [False, False]),
        ("Fiji signed a naval treaty. A second came in June 2022.", None, [True]),
        ("In 2019 Fiji signed a naval treaty.", None, [False]),
        ("Fiji signed a naval treaty. Rain fell on the navy. A second came in June 2022.", None, [False]),
    ],
)
def test_which_dates_may_tell_an_event_again(text: str, own: int | None, echoed: list[bool]) -> None:
    event, dates, _ = event_in(text, own)
    assert [echo_of(date, [event]) is event for date in dates] == echoed


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("Fiji signed a treaty in May 2021 and another in June 2022.", "scope=same+agreement"),
        ("Fiji signed a treaty in May 2021 and another in June 2022.", "before=in+same"),
        ("Fiji signed a treaty in May 2021 and another in June 2022.", "between=and+same"),
        ("Fiji signed a treaty in May 2021 and another in June 2022.", "word=another+same"),
        ("Fiji signed a treaty in May 2021 and another in June 2022.", "who=nobody+same"),
        ("Fiji signed a treaty in May 2021, and Laos ratified it in June 2022.", "who=others+same"),
        ("Fiji signed a treaty in May 2021, and Laos ratified it in June 2022.", "act=ratify"),
        ("Fiji signed a treaty in May 2021, and a pact in June 2022.", "alike=True+agreement"),
        ("Fiji signed a treaty in May 2021 and another in June 2022.", "side=past+actual"),
        ("Fiji signed a treaty in May 2021 and another in June 2030.", "side=ahead+actual"),
    ],
)
def test_features_of_a_date(text: str, feature: str) -> None:
    event, dates, context = event_in(text)
    assert feature in echo_features(event, dates[1], context).names


def test_every_date_of_a_list_tells_the_event_again_and_none_where_the_weights_say_so() -> None:
    assert told(LISTED, {"bias": -9.0})[1:] == []
    assert told(LISTED, None) == told(LISTED, {"bias": -9.0})
    assert told(LISTED, {"bias": 9.0}) == [("2021-05", "FJI+JPN"), ("2022-06", "FJI+JPN"), ("2023-07", "FJI+JPN")]


def test_a_date_that_an_event_claims_tells_nothing_else() -> None:
    assert told("Japan and Fiji signed a defence treaty in May 2021.", {"bias": 9.0}) == [("2021-05", "FJI+JPN")]


SIGNED = {"type": "agreement", "stage": "signed", "modality": "actual", "parties": ["FJI", "JPN"]}


def coded(text: str, dates: list[str]) -> Coded:
    mentions = [{**SIGNED, "date": date, "quote": text} for date in dates]
    return Coded(parse(text), Document(id="d", text=text, published=PUBLISHED), mentions)


def test_what_was_coded_once_more_is_learnt() -> None:
    again = [
        coded(f"Japan and Fiji signed a treaty in May {year} and another in June 2022.", [f"{year}-05", "2022-06"])
        for year in (2019, 2020, 2021)
    ]
    since = [
        coded(f"Japan and Fiji signed a treaty in May {year}, which has held since June 2022.", [f"{year}-05"])
        for year in (2019, 2020, 2021)
    ]
    examples = echo_examples([*again, *since])
    assert sum(examples.answers) == len(again)
    model = fit(examples, penalty=0.1)
    event, dates, context = event_in("Japan and Fiji signed a pact in May 2018 and another in July 2021.")
    assert model.score_of(echo_features(event, dates[1], context)) > 0
    event, dates, context = event_in("Japan and Fiji signed a pact in May 2018, which has held since July 2021.")
    assert model.score_of(echo_features(event, dates[1], context)) < 0


def test_documents_coded_without_dates_teach_nothing() -> None:
    text = "Japan and Fiji signed a treaty in May 2019 and another in June 2022."
    undated = Coded(
        grammar().parse(Document(id="d", text=text)), Document(id="d", text=text), [{**SIGNED, "quote": text}]
    )
    assert echo_examples([undated]).answers == []
