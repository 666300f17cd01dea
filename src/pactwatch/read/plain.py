"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactwatch.read.charset import decode
from pactwatch.read.html import describe
from pactwatch.read.html_head import Head
from pactwatch.read.limits import Limits
from pactwatch.read.markdown import read_front_matter, strip_marks
from pactwatch.read.pieces import Found, Raw, ReadError
from pactwatch.read.tidying import check_text, one_line, tidy

_LONG_LINE = 160
"""Characters above which lines are paragraphs: nobody wraps text so late."""

_LONGEST_TITLE = 150
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_plain(raw: Raw, limits: Limits) -> Iterator[Found]:
    """The document of a text file. Its first line is its title where it looks like one and stands alone."""
    text = check_text(_part_paragraphs(_decode_text(raw)), limits.text_chars)
    yield Found(describe(text, Head(title=_first_line(text)), raw, "text/plain"), raw.address)


def read_markdown(raw: Raw, limits: Limits) -> Iterator[Found]:
    """The document of a Markdown file: its words without links and marks, its head from front matter if it has one."""
    told, body = read_front_matter(_decode_text(raw))
    title, text = strip_marks(body)
    text = check_text(tidy(text), limits.text_chars)
    head = Head(title=told.title or title, published=told.published, publisher=told.publisher, language=told.language)
    yield Found(describe(text, head, raw, "text/markdown"), raw.address)


def _decode_text(raw: Raw) -> str:
    text = decode(raw.data, [raw.charset])
    if len(_CONTROL.findall(text[:100_000])) > 0.001 * min(len(text), 100_000):
        raise ReadError("bytes that are no text", "text", "Convert it to text, PDF or HTML, or leave it out.")
    return text


def _part_paragraphs(text: str) -> str:
    """The text, its paragraphs separated by empty lines also where each stands on one long line."""
    text = tidy(text)
    lines = [line for line in text.split("\n") if line]
    long = sum(len(line) for line in lines if len(line) > _LONG_LINE)
    return tidy(text.replace("\n", "\n\n")) if long > 0.5 * len(text) else text


def _first_line(text: str) -> str:
    first, _, rest = text.partition("\n\n")
    is_title = rest and "\n" not in first and len(first) <= _LONGEST_TITLE and first[-1] not in ".!?:;,"
    return one_line(first) if is_title else ""
