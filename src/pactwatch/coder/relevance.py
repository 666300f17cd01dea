"""Which paragraphs are worth reading at all: one pass of a string automaton before anything else is done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_BREAK = re.compile(r"\n[ ]*(?:\n[ ]*)+")
_LONGEST_PARAGRAPH = 20_000


class Words:
    """A set of words and phrases, found as whole words in folded text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = AhoCorasick(
            sorted(set(words)), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        )

    def first_in(self, low: str) -> bool:
        """Whether one of the words stands in a text."""
        return next(self.places(low), None) is not None

    def places(self, low: str) -> Iterator[int]:
        """Where the words start, in order."""
        size = len(low)
        for _, start, end in self._automaton.find_matches_as_indexes(low):
            if (start == 0 or not low[start - 1].isalnum()) and (end == size or not low[end].isalnum()):
                yield start


class Relevance:
    """Chooses the paragraphs that may tell something."""

    def __init__(self, strong: Iterable[str], linked: Iterable[str]) -> None:
        self._strong = Words(strong)
        self._linked = Words(linked)

    def paragraphs(self, low: str) -> list[tuple[int, int]]:
        """Spans of the paragraphs to read, in order; adjoining ones are kept apart."""
        places = iter(self._strong.places(low))
        place = next(places, None)
        if place is None:
            return []
        kept: list[tuple[int, int]] = []
        was_kept = False
        for start, end in _cut(low):
            while place is not None and place < start:
                place = next(places, None)
            is_strong = place is not None and place < end
            was_kept = is_strong or (was_kept and self._linked.first_in(low[start:end]))
            if was_kept:
                kept.append((start, end))
        return kept


def _cut(low: str) -> Iterator[tuple[int, int]]:
    """Paragraphs; one too long to be a paragraph is cut at a space."""
    start = 0
    for found in (*_BREAK.finditer(low), None):
        end = found.start() if found is not None else len(low)
        while end - start > _LONGEST_PARAGRAPH:
            cut = low.rfind(" ", start + 1, start + _LONGEST_PARAGRAPH)
            cut = cut if cut > start else start + _LONGEST_PARAGRAPH
            yield start, cut
            start = cut
        if end > start:
            yield start, end
        start = found.end() if found is not None else end
