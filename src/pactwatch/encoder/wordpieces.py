"""Text cut into the pieces of words that an uncased BERT vocabulary holds, each with where it stands.

Words are cut greedily from the left into the longest pieces there are (Wu et al. 2016; Devlin et al. 2019). Letters
are folded as that vocabulary's texts were: small, and without accents. Written here because the library that does it
brings a client for downloads with it, and nothing is downloaded at run time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

OPENING, DIVIDING, UNKNOWN = "<s>", "</s>", "[UNK]"
_LONGEST_WORD = 100
"""Letters of a word from which on it is unknown, whatever it is."""
_MOST_KNOWN = 50_000
"""Words that are remembered; from there on anew, so that memory stays flat whatever is read."""
_INNER = "##"
_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)

Piece = tuple[int, int, int]
"""A piece: its number in the vocabulary, and where it begins and ends in the text."""


@dataclass(frozen=True)
class Wordpieces:
    """A vocabulary: ``numbers`` tell the number of each piece."""

    numbers: dict[str, int]
    _known: dict[str, tuple[tuple[int, int, int], ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def from_file(cls, path: Path) -> Wordpieces:
        """The vocabulary of a file with a piece on each line, in their order."""
        pieces = path.read_text(encoding="utf-8").split("\n")
        return cls({piece: number for number, piece in enumerate(pieces) if piece})

    def cut(self, text: str, most: int) -> list[Piece]:
        """The first pieces of a text, in order, ``most`` of them."""
        found: list[Piece] = []
        for word, places in _words_of(text):
            for number, first, last in self._pieces_of(word):
                found.append((number, places[first], places[last] + 1))
            if len(found) >= most:
                break
        return found[:most]

    def _pieces_of(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """The pieces of one word, with their first and last letters; a word that cannot be cut is one unknown."""
        if len(word) > _LONGEST_WORD:
            return ((self.numbers[UNKNOWN], 0, len(word) - 1),)
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[word] = tuple(self._cut_word(word))
        return known

    def _cut_word(self, word: str) -> list[tuple[int, int, int]]:
        unknown = [(self.numbers[UNKNOWN], 0, len(word) - 1)]
        pieces, start = [], 0
        while start < len(word):
            lead = _INNER if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if lead + word[start:end] in self.numbers), 0)
            if not end:
                return unknown
            pieces.append((self.numbers[lead + word[start:end]], start, end - 1))
            start = end
        return pieces


def _words_of(text: str) -> Iterator[tuple[str, list[int]]]:
    """The folded words and marks of a text, each with where its letters stand."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        folded, is_alone = _fold(sign)
        if letters and (folded == " " or is_alone):
            yield "".join(letters), places
            letters, places = [], []
        if is_alone:
            yield folded, [place] * len(folded)
        elif folded != " ":
            letters += folded
            places += [place] * len(folded)
    if letters:
        yield "".join(letters), places


@lru_cache(maxsize=4096)
def _fold(sign: str) -> tuple[str, bool]:
    """A sign as the vocabulary writes it, a space for any gap and nothing for what is left out; and whether it is a
    word by itself."""
    if sign.isspace():
        return " ", False
    if sign in ("\0", "\ufffd") or unicodedata.category(sign).startswith("C"):
        return "", False
    folded = "".join(one for one in unicodedata.normalize("NFD", sign.lower()) if unicodedata.category(one) != "Mn")
    is_mark = _is_ascii_mark(sign) or unicodedata.category(sign).startswith("P")
    is_cjk = any(low <= ord(sign) <= high for low, high in _CJK)
    return folded, bool(folded) and (is_mark or is_cjk)


def _is_ascii_mark(sign: str) -> bool:
    return sign.isascii() and sign.isprintable() and not sign.isalnum() and sign != " "
