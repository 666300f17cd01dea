"""Text cut into pieces of words: which pieces, and that each points at the letters it was made of."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.encoder import wordpieces
from pactwatch.encoder.wordpieces import Wordpieces

PIECES = [
    "[UNK]",
    "<s>",
    "</s>",
    "japan",
    "sign",
    "##ed",
    "##s",
    "s",
    "a",
    "pact",
    ",",
    ".",
    "'",
    "-",
    "ha",
    "##noi",
    "防",
]
VOCABULARY = Wordpieces({piece: number for number, piece in enumerate(PIECES)})

MOST = 10_000


def shown(text: str) -> list[tuple[str, str]]:
    return [(PIECES[number], text[start:end]) for number, start, end in VOCABULARY.cut(text, MOST)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Japan signed.", [("japan", "Japan"), ("sign", "sign"), ("##ed", "ed"), (".", ".")]),
        ("signs", [("sign", "sign"), ("##s", "s")]),
        ("Hànội", [("ha", "Hà"), ("##noi", "nội")]),
        ("Japan's", [("japan", "Japan"), ("'", "'"), ("s", "s")]),
        ("treaty", [("[UNK]", "treaty")]),
        ("Ja\u00adpan", [("japan", "Ja\u00adpan")]),
        ("防pact", [("防", "防"), ("pact", "pact")]),
        ("a" * 101, [("[UNK]", "a" * 101)]),
        ("", []),
        (" \t\n", []),
    ],
)
def test_words_are_cut_from_the_left_into_the_longest_pieces(text: str, wanted: list[tuple[str, str]]) -> None:
    assert shown(text) == wanted


@given(st.text(max_size=60))
def test_pieces_follow_one_another_within_the_text(text: str) -> None:
    last = 0
    for _, start, end in VOCABULARY.cut(text, MOST):
        assert last <= start < end <= len(text)
        last = end


@given(st.text(max_size=60))
def test_no_letter_is_left_out(text: str) -> None:
    inside = {place for _, start, end in VOCABULARY.cut(text, MOST) for place in range(start, end)}
    outside = [sign for place, sign in enumerate(text) if place not in inside]
    assert not [sign for sign in outside if sign.isalnum() and unicodedata.category(sign) != "Mn"]


@given(st.text(alphabet="japnsiged ,.'", max_size=40), st.text(alphabet="japnsiged ,.'", max_size=40))
def test_texts_with_a_gap_between_them_are_cut_apart(one: str, other: str) -> None:
    moved = [(number, start + len(one) + 1, end + len(one) + 1) for number, start, end in VOCABULARY.cut(other, MOST)]
    assert VOCABULARY.cut(f"{one} {other}", MOST) == VOCABULARY.cut(one, MOST) + moved


@given(st.text(max_size=60), st.integers(0, 9))
def test_the_first_pieces_are_those_of_the_whole(text: str, most: int) -> None:
    assert VOCABULARY.cut(text, most) == VOCABULARY.cut(text, MOST)[:most]


def test_what_is_remembered_of_words_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordpieces, "_MOST_KNOWN", 10)
    vocabulary = Wordpieces(VOCABULARY.numbers)
    assert vocabulary.cut(" ".join(map(str, range(95))) + " " + "a" * 5_000, MOST)
    assert vocabulary.cut("signed", MOST) == VOCABULARY.cut("signed", MOST)
    assert len(vocabulary._known) <= 10
