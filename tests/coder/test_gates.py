"""The quick looks before the readers: a sentence that does not pass holds nothing its reader would find."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.coder.dates import tokens as date_tokens
from pactwatch.coder.dates.tokens import Lexer
from pactwatch.coder.grammar import Grammar
from pactwatch.coder.lexicon import BASE_LEXICONS, read_lexicon
from pactwatch.coder.phrases import PhraseGate
from pactwatch.coder.tokens import cut_tokens
from pactwatch.coder.typography import PlainText, plain_text

PUBLISHED = date(2024, 5, 6)
PIECES = st.sampled_from(
    [
        *("8 July 2024", "Monday", "last", "year", "the", "a", "of", "5", "twenty", "million", "dozen", "third", "two"),
        *("$", "US$", "S/", "yen", "rupees", "RUB", "R", "K", "cents", "Mark", "90,50", "1,200"),
        *("F-16", "F 16", "F16s", "F-16I", "A-10", "Su-30MKI", "Type", "31", "Hamilton-class", "USS", "Nimitz"),
        *("patrol", "boats", "frigate", "radar", "David's", "Sling", "Leopard\u00ae", "2", "'s", "\u2019s", "\u00c9"),
        *(",", ".", "-", "\u2014", "(", "\n", "\n\n", "\u00ad"),
    ]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", " ", "", "-", "  "])), max_size=12).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@cache
def grammar() -> Grammar:
    return Grammar(read_lexicon([BASE_LEXICONS / "en"]))


def read(text: str) -> tuple[PlainText, list[str], int]:
    plain = plain_text(text)
    return plain, cut_tokens(plain).words, len(plain.text)


@given(TEXTS)
def test_no_date_where_the_gate_is_shut(text: str) -> None:
    plain, words, end = read(text)
    if not grammar().dates.may_hold(words, plain.text, 0, end):
        spans = grammar().dates.find(plain.text, 0, end, published=PUBLISHED)
        assert not any(span.past.date or span.future.date for span in spans)


@given(TEXTS)
def test_no_money_where_the_gate_is_shut(text: str) -> None:
    plain, words, end = read(text)
    if not grammar().money.may_hold(words, plain.text, 0, end):
        assert grammar().money.find(plain.text, 0, end) == []


@given(TEXTS)
def test_no_item_where_the_gate_is_shut(text: str) -> None:
    plain, words, end = read(text)
    if not grammar().items.may_hold(words):
        assert grammar().items.find(plain.text, 0, end) == []


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("a radar", True),
        ("on patrol in May", False),
        ("a patrol boat", True),
        ("a patrol\nboat", True),
        ("an F-16I", True),
        ("a F 90", False),
        ("the F-16,18 of them", True),
        ("", False),
        ("patrol", False),
    ],
)
def test_a_gate_asks_for_two_words_of_a_phrase(text: str, *, passes: bool) -> None:
    gate = PhraseGate(["radar", "patrol boat", "F-16"])
    assert gate.passes(cut_tokens(plain_text(text)).words) is passes


def test_pieces_remembered_are_few_and_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(date_tokens, "_MOST_KNOWN", 10)
    lexer = Lexer(grammar().lexicon.tables["dates"])
    text = " ".join(f"word{'x' * n}" for n in range(100))
    lexer.tokens(text, 0, len(text))
    assert len(lexer._known) <= 10
    assert max(map(len, lexer._known)) <= 40
