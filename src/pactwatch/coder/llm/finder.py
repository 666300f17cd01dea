"""Where words quoted by a model stand in the text they were quoted from.

Words are looked for as they are. Failing that, both sides are compared without what typesetting changes: the style of
quotes, dashes and hyphens (those of line ends too), and spaces.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from pactwatch.coder.typography import PlainText, plain_text

MOST_PLACES = 1_000
"""Occurrences looked at before giving up: a hostile text may hold a word a million times."""
EDGES = "\"'.,;: "


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the original text, and in how many places the same words stand."""

    start: int
    end: int
    places: int = 1


class Finder:
    """Finds quoted words in one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def find_passage(self, quote: str, start: int, end: int) -> Found | None:
        """The passage quoted, within ``text[start:end]``: exact, else the only one alike but for typography.

        Of several exact places the first is taken: the words are the same, so the coding is. Of several places that
        are merely alike none is, since then neither words nor place are sure; ``places`` tells.
        """
        exact = self._exact(quote, start, end)
        if exact:
            return Found(exact[0], exact[0] + len(quote), len(exact))
        for words in (quote, quote.strip(EDGES + "“”‘’…")):
            alike = self._alike(words, start, end)
            if alike is not None:
                return alike
        return None

    def find_words(self, words: str, near: tuple[int, int]) -> Found | None:
        """Whole words, in the passage ``near`` if they stand there, else at their first place in the text."""
        for start, end in (near, (0, len(self.text))):
            for place in self._exact(words, start, end):
                if self._is_whole(place, place + len(words)):
                    return Found(place, place + len(words))
        for start, end in (near, (0, len(self.text))):
            alike = self._alike(words, start, end)
            if alike is not None and self._is_whole(alike.start, alike.end):
                return alike
        return None

    def _exact(self, words: str, start: int, end: int) -> list[int]:
        places: list[int] = []
        place = self.text.find(words, start, end) if words else -1
        while place >= 0 and len(places) < MOST_PLACES:
            places.append(place)
            place = self.text.find(words, place + 1, end)
        return places

    def _alike(self, words: str, start: int, end: int) -> Found | None:
        key, _ = _squeezed(plain_text(words))
        text, offsets = self._squeezed_text
        first, last = bisect_left(offsets, start), bisect_left(offsets, end)
        place = text.find(key, first, last) if key else -1
        if place < 0:
            return None
        places = 1 + (text.find(key, place + 1, last) >= 0)
        return Found(offsets[place], offsets[place + len(key) - 1] + 1, places)

    @cached_property
    def _squeezed_text(self) -> tuple[str, list[int]]:
        return _squeezed(plain_text(self.text))

    def _is_whole(self, start: int, end: int) -> bool:
        return not (self._joins(start) or self._joins(end))

    def _joins(self, place: int) -> bool:
        return 0 < place < len(self.text) and _is_letter(self.text[place - 1]) and _is_letter(self.text[place])


def _is_letter(character: str) -> bool:
    # scripts without capitals write words without spaces between them, so only cased letters and digits join
    return character.isdigit() or character.lower() != character.upper()


def _squeezed(plain: PlainText) -> tuple[str, list[int]]:
    """A plain text without spaces, dashes and accents, and each character's offset."""
    letters: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(plain.text):
        if character.isspace() or character in "-\u2014":
            continue
        origin = plain.original_span(place, place + 1)[0]
        for part in character if character.isascii() else unicodedata.normalize("NFKD", character):
            if not unicodedata.combining(part):
                letters.append(part)
                offsets.append(origin)
    return "".join(letters), offsets
