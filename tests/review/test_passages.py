"""A passage is cut from its text as it stands, and shown without harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.model.documents import Document, identify_text
from pactwatch.review import show_passage
from pactwatch.review.passages import make_harmless
from tests.review.made import mention


@given(st.text(max_size=400), st.text(min_size=1, max_size=60), st.text(max_size=400), st.integers(0, 120))
def test_before_quote_and_after_are_one_stretch_of_the_text(before: str, quote: str, after: str, around: int) -> None:
    text = before + quote + after
    told = mention(Document(id=identify_text(text), text=text), quote)
    passage = show_passage(text, told, around)
    whole = passage.before + passage.quote + passage.after
    assert passage.quote == quote and whole in text
    start = told.start - len(passage.before)
    assert text[start : start + len(whole)] == whole
    assert len(passage.before) <= around and len(passage.after) <= around
    assert passage.is_cut == (bool(text[:start].strip()), bool(text[start + len(whole) :].strip()))


def test_a_quote_that_does_not_stand_there_is_refused() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        show_passage("other words", mention())


@given(st.text())
def test_nothing_shown_can_command_a_terminal(text: str) -> None:
    shown = make_harmless(text)
    assert all(letter == "\n" or letter.isprintable() for letter in shown)
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    assert make_harmless(shown) == shown
