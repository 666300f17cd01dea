"""Phrases with slots: what stands in them, and where they end."""

from __future__ import annotations

import pytest

from pactwatch.audit.reading.phrases import MOST_WORDS, Hit, Phrases
from pactwatch.coder.tokens import cut_tokens
from pactwatch.coder.typography import plain_text


def _find(phrase: str, text: str) -> list[Hit]:
    phrases = Phrases({"five": 5})
    phrases.add(phrase, "group", {})
    tokens = cut_tokens(plain_text(text))
    return phrases.find(tokens, 0, len(tokens.words)).get("group", [])


@pytest.mark.parametrize(
    ("phrase", "text", "values"),
    [
        ("since {year}", "Drills grew since 2014.", (2014,)),
        ("past {number} years", "Over the past five years drills grew.", (5,)),
        ("since {words} in {year}", "Drills grew since the rules were loosened in 2014.", (2014,)),
        ("since {words} in {year}", "Since a storm in May in 2013 drills grew.", (2013,)),
        ("between {words} and {year}", "It grew between the war and 1999.", (1999,)),
    ],
)
def test_slots_hold_what_stands_in_them(phrase: str, text: str, values: tuple[int, ...]) -> None:
    (hit,) = _find(phrase, text)
    assert hit.values == values


@pytest.mark.parametrize(
    "text",
    [
        "Drills grew since in 2014.",  # the slot holds at least one word
        "It has grown since then, and in 2014 most of all.",  # a mark ends it
        f"It has grown since {'very ' * (MOST_WORDS + 1)}long ago in 2014.",
        "It has grown since the change in May.",
    ],
)
def test_a_slot_for_words_ends_at_marks_and_after_a_few(text: str) -> None:
    assert _find("since {words} in {year}", text) == []
