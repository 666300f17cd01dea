"""Phrases found in running words: the longest wins, written as it must be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.coder.phrases import ANY, CAPITAL, EXACT, PhraseBook, Reading
from pactwatch.coder.tokens import cut_tokens
from pactwatch.coder.typography import plain_text

PHRASES = {
    "defence": ANY,
    "defence pact": ANY,
    "defence pact talks": ANY,
    "Fiji": CAPITAL,
    "New Haven": CAPITAL,
    "US": EXACT,
    "MoU": EXACT,
    "U.S.": EXACT,
    "Self-Defence Force": CAPITAL,
    "Côte": CAPITAL,
    "🇫🇯": ANY,
}


def book_of(phrases: dict[str, str]) -> PhraseBook:
    book = PhraseBook()
    for phrase, writing in phrases.items():
        book.add(phrase, Reading("word", phrase, writing, phrase))
    return book


def found(book: PhraseBook, text: str) -> list[str]:
    tokens = cut_tokens(plain_text(text))
    return [reading.value for hit in book.find(tokens, 0, len(tokens.words)) for reading in hit.readings]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("", []),
        ("a defence pact", ["defence pact"]),
        ("DEFENCE PACT", ["defence pact"]),
        ("defence pact talks", ["defence pact talks"]),
        ("defence pact, talks", ["defence pact"]),
        ("defence defence pact", ["defence", "defence pact"]),
        ("defence-pact", ["defence pact"]),
        ("defence\u00a0pact", ["defence pact"]),
        ("defences pact", []),
        ("Fiji, FIJI and fiji", ["Fiji", "Fiji"]),
        ("Fiji's", ["Fiji"]),
        ("#Fiji", ["Fiji"]),
        ("New Haven, NEW HAVEN, new Haven", ["New Haven", "New Haven"]),
        ("the US and us and Us", ["US"]),
        ("US$5", []),
        ("US $5", []),
        ("U.S. or u.s.", ["U.S."]),
        ("an MoU, an MOU", ["MoU"]),
        ("the Self-Defence Force; the Self Defence Force", ["Self-Defence Force", "Self-Defence Force"]),
        ("Côte or Cote", ["Côte", "Côte"]),
        ("🇫🇯 sails", ["🇫🇯"]),
    ],
)
def test_the_longest_phrase_as_it_must_be_written(text: str, phrases: list[str]) -> None:
    assert found(book_of(PHRASES), text) == phrases


def test_a_shorter_phrase_is_read_where_the_longer_is_written_otherwise() -> None:
    book = book_of({"blue": ANY, "blue STAR": EXACT})
    assert found(book, "blue star, blue STAR") == ["blue", "blue STAR"]


def test_a_phrase_may_have_several_readings_but_none_twice() -> None:
    book = PhraseBook()
    for value in ("act", "noun", "act"):
        book.add("drill", Reading("word", value))
    assert found(book, "drill") == ["act", "noun"]


def test_a_phrase_added_after_a_look_up_is_found() -> None:
    book = book_of({"naval": ANY})
    assert found(book, "naval drill week") == ["naval"]
    book.add("naval drill week", Reading("word", "naval drill week"))
    book.add("naval drill", Reading("word", "naval drill"))
    assert found(book, "naval drill week; naval drill") == ["naval drill week", "naval drill"]


@pytest.mark.parametrize("phrase", ["", " ", "-", "#"])
def test_a_phrase_without_words_is_no_phrase(phrase: str) -> None:
    assert found(book_of({phrase: ANY}), "a - b # c") == []


def test_only_the_words_asked_for_are_looked_at() -> None:
    tokens = cut_tokens(plain_text("a defence pact talks"))
    assert [(hit.i, hit.j) for hit in book_of(PHRASES).find(tokens, 1, 3)] == [(1, 3)]


@given(st.lists(st.sampled_from([*PHRASES, "Us", "$", "the", ",", "pact", "talks", "new"]), max_size=15).map(" ".join))
def test_hits_are_in_order_and_apart(text: str) -> None:
    tokens = cut_tokens(plain_text(text))
    book = book_of(PHRASES)
    hits = book.find(tokens, 0, len(tokens.words))
    assert all(one.j <= other.i for one, other in pairwise(hits))
    assert all(hit.i < hit.j and hit.readings for hit in hits)
    assert book.find(tokens, 0, len(tokens.words)) == hits
