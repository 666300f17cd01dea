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
    letters, ``joined`` where only white space stands before it, ``opens`` where it begins a sentence.
    """

    starts: list[int]
    ends: list[int]
    plain: list[str]
    small: list[str]
    joined: list[bool]
    opens: list[bool]

    def __len__(self) -> int:
        return len(self.plain)

    def room(self, at: int, most: int) -> int:
        """How many words, at most ``most``, stand side by side from one on."""
        stop = min(at + most, len(self.joined))
        return next((end for end in range(at + 1, stop) if not self.joined[end]), stop) - at


def split_words(text: str, start: int, end: int) -> ItemWords:
    """The words of a stretch of text; two are joined when only white space stands between them."""
    found = list(_WORD.finditer(text, start, end))
    plain = [match.group() for match in found]
    if not text.isascii():
        plain = [word.translate(_MARKS) for word in plain]
    starts = [match.start() for match in found]
    ends = [match.end() for match in found]
    joined: list[bool] = []
    opens: list[bool] = []
    for last, place in zip([start, *ends], starts, strict=False):
        gap = text[last:place]
        joined.append(gap == " " or (0 < len(gap) <= 3 and gap.isspace() and "\n\n" not in gap))
        opens.append(gap != " " and not _SENTENCE_ENDS.isdisjoint(gap))
    if found:
        joined[0], opens[0] = False, True
    return ItemWords(starts, ends, plain, [word.lower() for word in plain], joined, opens)
