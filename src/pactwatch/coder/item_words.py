"""The words of a text with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*[\w®™]*(?:[-‑/.'’][\w®™]+)*|\w[\w®™&]*(?:[-‑/.'’][\w®™]+)*")
_MARKS = str.maketrans({"‑": "-", "®": None, "™": None, "’": "'"})
_SENTENCE_ENDS = frozenset(".!?:\n")


@dataclass(frozen=True, slots=True)
class ItemWords:
    """The words of a stretch of text, one entry of each list for each: ``plain`` without marks, ``small`` in small
    letters, ``joined`` where only white space stands before it.
    """

    text: str
    starts: list[int]
    ends: list[int]
    plain: list[str]
    small: list[str]
    joined: list[bool]

    def __len__(self) -> int:
        return len(self.plain)

    def opens_sentence(self, at: int) -> bool:
        """Whether a word is the first or stands behind the end of a sentence."""
        return at == 0 or not _SENTENCE_ENDS.isdisjoint(self.text[self.ends[at - 1] : self.starts[at]])

    def room(self, at: int, most: int) -> int:
        """How many words, at most ``most``, stand side by side from one on."""
        beside = self.joined[at + 1 : at + most]
        return 1 + (beside.index(False) if False in beside else len(beside))


def split_words(text: str, start: int, end: int) -> ItemWords:
    """The words of a stretch of text; two are joined when only white space stands between them."""
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _WORD.finditer(text, start, end):
        plain.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    if not text.isascii():
        plain = [word if word.isascii() else word.translate(_MARKS) for word in plain]
    joined = [(gap := text[last:place]) == " " or _joins(gap) for last, place in zip(ends, starts[1:], strict=False)]
    return ItemWords(text, starts, ends, plain, [word.lower() for word in plain], [False, *joined])


def _joins(gap: str) -> bool:
    return len(gap) <= 3 and gap.isspace() and "\n\n" not in gap
