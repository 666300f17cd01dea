"""The words of a text with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*[\w®™]*(?:[-‑/.'’][\w®™]+)*|\w[\w®™&]*(?:[-‑/.'’][\w®™]+)*")
_POSSESSIVE = ("'s", "’s")
_MARKS = str.maketrans({"‑": "-", "®": None, "™": None, "’": "'"})
_SENTENCE_ENDS = frozenset(".!?:\n")


@dataclass(slots=True)
class Word:
    """A word where it stands: ``plain`` without marks, ``small`` in small letters, ``is_joined`` to the one before."""

    start: int
    end: int
    plain: str
    small: str
    is_joined: bool
    starts_sentence: bool

    @property
    def is_possessive(self) -> bool:
        """Whether the word owns what follows: ``Japan’s``."""
        return self.plain.endswith(_POSSESSIVE)


def split_words(text: str, start: int, end: int) -> list[Word]:
    """The words of a stretch of text; two are joined when only white space stands between them."""
    words: list[Word] = []
    last = start
    for match in _WORD.finditer(text, start, end):
        gap = text[last : match.start()]
        plain = match.group().translate(_MARKS)
        if not plain:
            continue
        is_joined = bool(words) and len(gap) <= 3 and gap.isspace() and "\n\n" not in gap
        starts = not words or not _SENTENCE_ENDS.isdisjoint(gap)
        words.append(Word(match.start(), match.end(), plain, plain.lower(), is_joined, starts))
        last = match.end()
    return words
