"""Typography made plain, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.coder.typography import plain_text

KEEPS = frozenset({"self", "co"})
GONE = "\u00ad\u200b\u200c\u200d\u2060\ufeff" + "".join(map(chr, range(0x300, 0x370)))
PIECES = st.sampled_from(
    [*"aZé-\n .'5", "\r\n", "self", "-\n", "\u00ad", "\u200b", "\u2019", "\u2014", "ß", "İ", "🇯🇵", "e\u0301"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@pytest.mark.parametrize(
    ("original", "text", "low"),
    [
        ("", "", ""),
        ("It\u2019s \u201cfirm\u201d", 'It\'s "firm"', 'it\'s "firm"'),
        ("\u2018Yes\u2019, \u00abnon\u00bb, \u201enein\u201c", '\'Yes\', "non", "nein"', '\'yes\', "non", "nein"'),
        ("a\u00a0b\u2009c\u202fd\te", "a b c d e", "a b c d e"),
        ("talks \u2014 then \u2013 pact", "talks \u2014 then - pact", "talks \u2014 then - pact"),
        ("talks\u2015pact", "talks\u2014pact", "talks\u2014pact"),
        ("AGREE-\nMENT, Rolls-\nRoyce", "AGREEMENT, Rolls-\nRoyce", "agreement, rolls-\nroyce"),
        ("US\u2011Japan", "US-Japan", "us-japan"),
        ("one\u2028two\u2029three", "one\ntwo\nthree", "one\ntwo\nthree"),
        ("one\r\ntwo", "one \ntwo", "one \ntwo"),
        ("co\u00adop\u00aderation", "cooperation", "cooperation"),
        ("\ufeffThe\u200b pact", "The pact", "the pact"),
        ("agree-\nment", "agreement", "agreement"),
        ("agree-\r\nment", "agreement", "agreement"),
        ("agree\u2010\n   ment", "agreement", "agreement"),
        ("self-\ndefence", "self-defence", "self-defence"),
        ("Self-\ndefence", "Self-defence", "self-defence"),
        ("himself-\ndeclared", "himselfdeclared", "himselfdeclared"),
        ("Japan-\nVietnam", "Japan-\nVietnam", "japan-\nvietnam"),
        ("1990-\n1995", "1990-\n1995", "1990-\n1995"),
        ("- one\n- two", "- one\n- two", "- one\n- two"),
        ("Türkiye, São Tomé, Đà Nẵng, Łódź", "Türkiye, São Tomé, Đà Nẵng, Łódź", "turkiye, sao tome, da nang, lodz"),
        ("İZMİR ısı ß", "İZMİR ısı ß", "izmir isi ß"),
    ],
)
def test_typography_is_made_plain(original: str, text: str, low: str) -> None:
    plain = plain_text(original, KEEPS)
    assert (plain.original, plain.text, plain.low) == (original, text, low)


@pytest.mark.parametrize(
    ("original", "word", "expected"),
    [
        ("the pact", "pact", "pact"),
        ("the agree-\n  ment holds", "agreement", "agree-\n  ment"),
        ("the agree-\n  ment holds", "holds", "holds"),
        ("the agree-\n  ment holds", "agree", "agree"),
        ("the agree-\n  ment holds", "ment", "ment"),
        ("a self-\ndefence force", "self-defence", "self-\ndefence"),
        ("a self-\ndefence force", "defence", "defence"),
        ("co\u00adop\u00aderation", "cooperation", "co\u00adop\u00aderation"),
        ("\ufeffThe pact", "The", "The"),
        ("\u200b\u200bThe\u200b pact", "pact", "pact"),
        ("a\u200bb-\nc d", "d", "d"),
        ("It\u2019s", "It's", "It\u2019s"),
    ],
)
def test_a_span_leads_back(original: str, word: str, expected: str) -> None:
    plain = plain_text(original, KEEPS)
    start = plain.text.index(word)
    first, last = plain.original_span(start, start + len(word))
    assert original[first:last] == expected


@pytest.mark.parametrize("original", ["the pact", "agree-\nment", "\ufeffa", "a\ufeff", ""])
def test_an_empty_span_stays_empty_and_inside(original: str) -> None:
    plain = plain_text(original)
    for place in range(len(plain.text) + 1):
        first, last = plain.original_span(place, place)
        assert 0 <= first == last <= len(original)


@given(TEXTS)
def test_every_character_leads_back_to_its_own(original: str) -> None:
    plain = plain_text(original, KEEPS)
    assert len(plain.low) == len(plain.text)
    places = [plain.original_span(i, i + 1) for i in range(len(plain.text))]
    last = 0
    for character, (first, stop) in zip(plain.text, places, strict=True):
        assert stop == first + 1
        assert plain_text(original[first]).text == character
        assert set(plain_text(original[last:first]).text) <= set("- \n"), (
            "only line ends and the invisible are taken out"
        )
        last = stop
    assert set(original[last:]) <= set(GONE)


@given(TEXTS)
def test_plain_text_stays_as_it_is(original: str) -> None:
    once = plain_text(original, KEEPS)
    assert plain_text(original, KEEPS) == once
    if not any(mark in once.text for mark in "-\n"):
        assert plain_text(once.text, KEEPS).text == once.text


def test_an_accent_of_its_own_belongs_to_its_letter() -> None:
    assert plain_text("Tu\u0308rkiye").low == "turkiye"
