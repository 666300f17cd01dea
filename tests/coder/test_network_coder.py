"""The coder that reads with the network: words found again in its windows, and the promises every coder keeps."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.audit.reading import read_audit_lexicon, see_article, sensing
from pactwatch.casebook import find_casebook
from pactwatch.coder import network_coder
from pactwatch.coder.network_coder import NetworkCoder, lay_out, open_best_coder, open_network_coder, place_words
from pactwatch.encoder import Line, lay_windows
from pactwatch.encoder.base import EncoderError
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention
from tests.coder.by_hand import grammar
from tests.coder.opened import PUBLISHED
from tests.encoder.made import Chance, make_reader

VOCABULARY = make_reader(Chance(1)).vocabulary
WORDS = ("Japan", "“Japan’s”", "Manila", "signed", "a defence-\npact", "with", ".", " \n\n", "Türkiye", "第")
PIECES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


@cache
def coder() -> NetworkCoder:
    return open_network_coder(find_casebook("japan-asean"))


def code(text: str, title: str = "") -> tuple[Mention, ...]:
    return coder().code(Document(id="d", text=text, title=title, published=PUBLISHED))


@given(PIECES)
def test_every_piece_is_of_the_word_that_its_letters_stand_in(text: str) -> None:
    document = Document(id="d", text=text)
    parsed = grammar().parse(document)
    parts, tokens, seen = lay_out(document, parsed), parsed.tokens, set[int]()
    for window in lay_windows(Line(""), [one.line for one in parts], VOCABULARY):
        for place, word in place_words(window, parts, parsed, VOCABULARY):
            seen.add(word)
            part = parts[window.rows[window.slots[place] - 1]]
            _, begin, _ = VOCABULARY.cut(part.line.text, 96)[place - window.slots.index(window.slots[place])]
            start, end = parsed.plain.original_span(tokens.starts[word], tokens.ends[word])
            assert start <= part.start + begin < end
    short = [one for one in parsed.context.sentences if one.stop - one.first < 40]
    assert {word for one in short for word in range(one.first, one.stop) if tokens.words[word].isalpha()} <= seen


def test_the_audit_gives_the_network_the_same_lines() -> None:
    text = "A heading on defence deals\nJapan signed a “pact” with Fiji. It was good.\n\nPeru and Japan held a drill."
    document = Document(id="a", text=text)
    mine, lexicon = lay_out(document, grammar().parse(document)), read_audit_lexicon()
    _, theirs = sensing.lay_out(see_article(document, coder(), lexicon))
    assert [one.line.text for one in mine] == [one.text for one in theirs]


TEXT = (
    "Tokyo and Manila signed a reciprocal access agreement on 8 July 2024. It is to take effect next year.\n\n"
    "The two navies trained together off Luzon in August 2024."
)


def test_what_it_codes_stands_in_the_text() -> None:
    told = code(TEXT)
    assert [(one.type, one.stage, one.modality, one.parties) for one in told][:1] == [
        ("agreement", "signed", "actual", ("JPN", "PHL"))
    ]
    assert all(TEXT[one.start : one.end] == one.quote for one in told)
    assert {one.coder for one in told} == {coder().name}
    assert code(TEXT) == told


def test_paragraphs_of_something_else_change_nothing() -> None:
    idle = "Cakes are baked for an hour in a hot oven, said the cook."
    keys = [(one.quote, one.type, one.stage, one.parties, one.date) for one in code(TEXT)]
    for other in (f"{idle}\n\n{TEXT}", f"{TEXT}\n\n{idle}"):
        assert [(one.quote, one.type, one.stage, one.parties, one.date) for one in code(other)] == keys


@pytest.mark.parametrize("text", ["", " ", "Cakes are baked for an hour.", "a" * 5000, "\0\u202e", "signed " * 400])
def test_a_text_without_an_event_tells_none(text: str) -> None:
    assert code(text) == ()


@settings(max_examples=15, deadline=None)
@given(PIECES)
def test_any_text_is_coded_alike_twice(text: str) -> None:
    told = code(text)
    assert told == code(text)
    assert all(text[one.start : one.end] == one.quote for one in told)


def test_a_longer_text_than_the_network_reads_is_coded_by_the_grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_coder, "MOST_PIECES", 20)
    told = code(TEXT)
    assert told
    assert told == coder().plain.code(Document(id="d", text=TEXT, published=PUBLISHED))


def test_without_the_network_it_cannot_be_opened_and_the_best_is_the_grammar(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(network_coder, "LEARNT_FILE", str(tmp_path / "none.safetensors"))
    monkeypatch.setattr(network_coder, "is_installed", lambda: False)
    with pytest.raises(EncoderError, match="is not installed; install it: pip install"):
        open_network_coder()
    assert open_best_coder().name.startswith("grammar ")


def test_the_best_is_the_network_where_it_is_installed() -> None:
    assert open_best_coder().name == coder().name


def test_each_word_has_the_mean_of_its_pieces() -> None:
    vectors = np.zeros((3, 2), np.float32)
    found = np.array([[9, 9], [1, 2], [3, 4], [5, 6]], np.float32)
    network_coder.take_words(vectors, iter([(1, 0), (2, 0), (3, 2)]), found)
    assert vectors.tolist() == [[2, 3], [0, 0], [5, 6]]
