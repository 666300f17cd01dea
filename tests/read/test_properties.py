"""Whatever the bytes: reading ends well, and every offset lies in the text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pactwatch.model.documents import identify_text
from pactwatch.model.errors import Fault
from pactwatch.read import Found, Wanted
from pactwatch.read.tidying import tidy
from tests.read.made import packed, page, pdf, read

SAMPLES = (
    page(),
    pdf([["Japan signed.", "", "A second part."], ["More."]]),
    packed({"a.txt": b"words"}),
    b'{"text": "a"}',
)
NAMES = ("a.txt", "a.md", "a.html", "a.pdf", "a.zip", "a.xml", "a.jsonl", "a.json", "a", "https://example.org/a")


def check(data: bytes, name: str) -> None:
    for answer in read(data, name):
        assert isinstance(answer, Found | Wanted | Fault)
        if isinstance(answer, Found):
            told = answer.document
            assert told.id == identify_text(told.text)
            assert told.text.encode("utf-8")
            assert list(told.pages) == sorted(told.pages)
            assert all(0 <= start <= len(told.text) for start in told.pages)
        elif isinstance(answer, Fault):
            assert "Please report it" not in answer.fix, answer


@settings(max_examples=150)
@given(st.binary(max_size=400), st.sampled_from(NAMES))
@example(b"\xff\xfe\x00\xd8a\x00", "a.txt")
@example(b"<html>\x00<p>\xed\xa0\x80", "a.html")
def test_any_bytes_end_well(data: bytes, name: str) -> None:
    check(data, name)


@settings(max_examples=120)
@given(st.sampled_from(SAMPLES), st.data())
def test_damaged_files_end_well(sample: bytes, data: st.DataObject) -> None:
    damaged = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(sample)))
    check(bytes(damaged[:cut]), "a.html" if sample is SAMPLES[0] else "a.jsonl" if sample is SAMPLES[3] else "a.bin")


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@settings(max_examples=40)
@given(st.lists(st.lists(st.text(st.sampled_from("ab -.\n"), max_size=12), max_size=5), min_size=1, max_size=4))
def test_pages_begin_inside_the_text(pages: list[list[str]]) -> None:
    from pactwatch.read.pdf_text import TextLine, join_pages

    text, starts = join_pages([[TextLine(line) for line in page if line.strip()] for page in pages])
    assert len(starts) == len(pages)
    assert list(starts) == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)


@pytest.mark.parametrize("text", ["a\r\nb", "\ufeffa", "e\u0301", "a\u2028b"])
def test_one_form(text: str) -> None:
    assert tidy(text) in {"a\nb", "a", "\u00e9"}
