"""The text of a document as it is stored, coded and quoted: one form, made once, before anything points into it."""

from __future__ import annotations

import re
import unicodedata

from pactwatch.read.pieces import ReadError

_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_TRAILING = re.compile(r"[ \t\u00a0]+$", re.MULTILINE)
_GAPS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Line ends as LF, no control characters or halves of characters, composed letters (NFC), no space at line ends,
    at most one empty line.
    """
    text = _CONTROL.sub("", _ENDS.sub("\n", text)).removeprefix("\ufeff")
    return _GAPS.sub("\n\n", _TRAILING.sub("", unicodedata.normalize("NFC", text))).strip()


def one_line(text: str, longest: int = 500) -> str:
    """A title or name: on one line, no longer than that."""
    return _SPACES.sub(" ", tidy(text)).strip()[:longest]


def check_text(text: str, most: int) -> str:
    """The text, if there is any and not too much of it; raises :class:`ReadError`."""
    if not any(map(str.isalnum, text[:10_000])) and not any(map(str.isalnum, text)):
        raise ReadError("no words", "a text", "Nothing in it can be read; leave it out.")
    if len(text) > most:
        found, expected = f"{len(text):,} characters of text", f"at most {most:,}"
        raise ReadError(found, expected, "Split it into its parts, one document each.")
    return text
