"""Which paragraphs are read: those with a word of the trade, and those tied to one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.coder.lexicon import BASE_LEXICONS, read_lexicon
from pactwatch.coder.relevance import Relevance, Words

RELEVANCE = Relevance(["navy", "coast guard", "f-35"], ["signed", "they"])
LONG = 20_000

PIECES = st.sampled_from(["navy", "they", "rice", "signed", " ", " ", "\n\n", "\n", "\n \n", ".", "navyman"])
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60))


def read(text: str) -> list[str]:
    return [text[start:end] for start, end in RELEVANCE.paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("navy", [0]),
        ("the navy.", [4]),
        ("navyman", []),
        ("unnavy", []),
        ("navy2", []),
        ("navy-man navy's", [0, 9]),
        ("the coast guard", [4]),
        ("the coast\nguard", []),
        ("an f-35b, an f-35", [13]),
        ("", []),
    ],
)
def test_words_are_whole_words(text: str, places: list[int]) -> None:
    assert list(Words(["navy", "coast guard", "f-35"]).places(text)) == places


def test_the_longer_of_two_words_is_found() -> None:
    assert list(Words(["coast", "coast guard"]).places("coast guard, coast")) == [0, 13]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", []),
        ("rice was sold", []),
        ("they signed", []),
        ("the navy left", ["the navy left"]),
        ("the navy left\nand came", ["the navy left\nand came"]),
        ("the navy left\n\nrice was sold", ["the navy left"]),
        ("rice was sold\n\nthe navy left", ["the navy left"]),
        ("the navy left\n\nthey signed", ["the navy left", "they signed"]),
        ("the navy left\n \n \nthey signed", ["the navy left", "they signed"]),
        ("they signed\n\nthe navy left", ["the navy left"]),
        ("the navy left\n\nthey ate\n\nit was signed", ["the navy left", "they ate", "it was signed"]),
        ("the navy left\n\nrice was sold\n\nthey signed", ["the navy left"]),
        ("\n\n\nthe navy left\n\n", ["the navy left"]),
    ],
)
def test_paragraphs_to_read(text: str, paragraphs: list[str]) -> None:
    assert read(text) == paragraphs


def test_a_paragraph_too_long_is_cut_at_a_space() -> None:
    text = "rice " * 5_000 + "navy " + "rice " * 5_000
    parts = RELEVANCE.paragraphs(text)
    assert len(parts) == 1
    start, end = parts[0]
    assert "navy" in text[start:end]
    assert end - start <= LONG
    assert text[start] == " "


def test_a_paragraph_without_a_space_is_cut_all_the_same() -> None:
    text = "navy " + "a" * (3 * LONG)
    assert RELEVANCE.paragraphs(text) == [(0, 4)]
    assert RELEVANCE.paragraphs("a" * (3 * LONG) + " navy") == [(3 * LONG, 3 * LONG + 5)]


@given(TEXTS)
def test_paragraphs_are_in_order_inside_the_text_and_hold_every_word(text: str) -> None:
    low = text.lower()
    parts = RELEVANCE.paragraphs(low)
    last = 0
    for start, end in parts:
        assert last <= start < end <= len(low)
        assert "\n\n" not in low[start:end]
        last = end
    for place in Words(["navy", "coast guard", "f-35"]).places(low):
        assert any(start <= place < end for start, end in parts)
    assert RELEVANCE.paragraphs(low) == parts


@pytest.mark.parametrize("text", ["australia signed security pacts with nauru.", "two f-16s landed in sofia."])
def test_the_plural_of_a_phrase_hides_no_shorter_word(text: str) -> None:
    relevance = Relevance(*read_lexicon([BASE_LEXICONS / "en"]).relevant_words())
    assert relevance.paragraphs(text) == [(0, len(text))]
