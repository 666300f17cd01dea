"""The passage a mention stands in, cut from its document with what stands around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pactwatch.model.mentions import Mention

AROUND = 320
"""Characters shown before and after a quote, unless its neighbourhood ends sooner."""

LONGEST_QUOTE, QUOTE_HEAD, QUOTE_TAIL = 1_600, 1_000, 400
"""A longer quote is shown by its first and last characters until all of it is asked for."""

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing: they can make a text look like another."""

_SENTENCE_END = ".!?\n。！？"


@dataclass(frozen=True, slots=True)
class Passage:
    """``before``, ``quote`` and ``after`` are one stretch of the document; ``is_cut`` says whether more stands before
    and after it.
    """

    before: str
    quote: str
    after: str
    is_cut: tuple[bool, bool] = (False, False)


def show_passage(text: str, mention: Mention, around: int = AROUND) -> Passage:
    """The quote with up to ``around`` characters on each side, from the start of a sentence or word to the end of one.

    Raises ``ValueError`` when the quote does not stand in the text at its offsets.
    """
    if text[mention.start : mention.end] != mention.quote:
        raise ValueError(f"the quote of {mention.doc} does not stand at {mention.start}-{mention.end}")
    start = _start_at(text, max(0, mention.start - around), mention.start)
    end = _end_at(text, mention.end, min(len(text), mention.end + around))
    is_cut = (bool(text[:start].strip()), bool(text[end:].strip()))
    return Passage(text[start : mention.start], mention.quote, text[mention.end : end], is_cut)


def name_fields(quote: str, mention: Mention) -> list[str]:
    """For each character of a mention's quote the field that was coded from it; empty where none was."""
    fields = [""] * len(quote)
    for field, spans in mention.spans.items():
        for start, end in spans:
            for place in range(max(0, start - mention.start), min(len(quote), end - mention.start)):
                fields[place] = field.split(".")[0]
    return fields


def cut_stretches(quote: str, fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A quote, or a part of one, in stretches of one field each: the words, and the field they were coded to."""
    for field, run in groupby(zip(quote, fields, strict=True), key=lambda one: one[1]):
        yield "".join(letter for letter, _ in run), field


def flow_text(words: str) -> str:
    """Words as running text that can be shown: a blank line stays a line's end, other gaps become one blank.

    >>> flow_text("one\\ntwo\\n\\nthree")
    'one two\\nthree'
    """
    paragraphs = re.split(r"\n[ \t]*\n\s*", make_harmless(words))
    return "\n".join(re.sub(r"\s+", " ", paragraph) for paragraph in paragraphs)


def make_harmless(text: str) -> str:
    """Text as a terminal may show it: control characters, which could command it, and marks that turn the direction
    of writing become visible signs; line ends stay.

    >>> make_harmless("a\\x1b[2Jb")
    'a␛[2Jb'
    """
    return "".join(_show(letter) for letter in text)


def _show(letter: str) -> str:
    if letter == "\n" or letter.isprintable():
        return letter
    code = ord(letter)
    if letter == "\t" or unicodedata.category(letter) == "Zs":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return "�" if letter in _TURNING or unicodedata.category(letter) != "Cf" else ""


def _start_at(text: str, least: int, start: int) -> int:
    """The first start of a sentence in ``text[least:start]``, else of a word."""
    if least == 0:
        return 0
    stretch = text[least:start]
    for place, letter in enumerate(stretch[: len(stretch) // 2]):
        if letter in _SENTENCE_END:
            return least + place + 1
    blank = stretch.find(" ")
    return least + blank + 1 if blank >= 0 else least


def _end_at(text: str, end: int, most: int) -> int:
    """The last end of a sentence in ``text[end:most]``, else of a word."""
    if most == len(text):
        return most
    stretch = text[end:most]
    for place in range(len(stretch) - 1, len(stretch) // 2, -1):
        if stretch[place] in _SENTENCE_END:
            return end + place + 1
    blank = stretch.rfind(" ")
    return end + blank if blank >= 0 else most
