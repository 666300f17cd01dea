"""How the sentences of an article are laid side by side for the network, so that each is read among others.

A window opens with the title and holds as many sentences as fit; the next one repeats the last two. Paragraphs that
the coder does not read stand in windows of their own, behind the last sentence that it reads, so that a paragraph
which says nothing of defence changes nothing for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pactwatch.encoder.wordpieces import DIVIDING, OPENING, Piece, Wordpieces

WIDEST = 384
"""Pieces of a window: as many as the network's authors gave it at once."""
_LONGEST, _LONGEST_TITLE = 96, 40
"""Pieces of a sentence and of a title that are read."""
_REPEATED = 2
TITLE = -1
"""The slot of the title."""
NO_ROW = -1
"""The row of a sentence that only stands there for the others."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or a title: its text, its paragraph, whether the coder reads that, and who is named where."""

    text: str
    paragraph: int = 0
    is_read: bool = True
    named: tuple[tuple[int, int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """Who is named in the pieces ``first`` to ``stop`` (excluded) of a window, and in which of its sentences."""

    first: int
    stop: int
    codes: tuple[str, ...]
    slot: int


@dataclass(frozen=True)
class Window:
    """Pieces by their numbers, and for each the place of its sentence among ``rows`` plus one (0 for the title).

    ``rows`` are the sentences by their places in the article; those that are only there for the others are ``NO_ROW``.
    """

    pieces: tuple[int, ...]
    slots: tuple[int, ...]
    rows: tuple[int, ...]
    named: tuple[Naming, ...]


def lay_windows(title: Line, lines: Sequence[Line], vocabulary: Wordpieces) -> list[Window]:
    """The windows of an article; every sentence is a row of exactly one."""
    return list(_Layer(title, lines, vocabulary).windows())


class _Layer:
    """Lays one article."""

    def __init__(self, title: Line, lines: Sequence[Line], vocabulary: Wordpieces) -> None:
        self._lines = lines
        self._cut = [vocabulary.cut(line.text, _LONGEST) for line in lines]
        self._title_named = title.named
        self._title = vocabulary.cut(title.text, _LONGEST_TITLE)
        self._opening, self._dividing = vocabulary.numbers[OPENING], vocabulary.numbers[DIVIDING]

    def windows(self) -> Iterator[Window]:
        """All windows: first those of the sentences that are read, then of each paragraph that is not."""
        read = [row for row, line in enumerate(self._lines) if line.is_read]
        yield from self._run([], read)
        others = (row for row, line in enumerate(self._lines) if not line.is_read)
        for _, rows in groupby(others, key=lambda row: self._lines[row].paragraph):
            run = list(rows)
            yield from self._run([row for row in read if row < run[0]][-1:], run)

    def _run(self, before: Sequence[int], rows: Sequence[int]) -> Iterator[Window]:
        """The windows of sentences that follow one another."""
        here, new = list(before), list[int]()
        for row in rows:
            if new and self._width([*here, row]) > WIDEST:
                yield self._lay(here, new)
                here, new = here[-_REPEATED:], []
            while here and not new and self._width([*here, row]) > WIDEST:
                here = here[1:]
            here.append(row)
            new.append(row)
        if new:
            yield self._lay(here, new)

    def _width(self, rows: Sequence[int]) -> int:
        return len(self._title) + 2 + sum(len(self._cut[row]) + 1 for row in rows)

    def _lay(self, here: Sequence[int], new: Sequence[int]) -> Window:
        pieces = [self._opening, *(number for number, _, _ in self._title)]
        if self._title:
            pieces.append(self._dividing)
        slots = [0] * len(pieces)
        named = list(_place_names(self._title_named, self._title, 1, TITLE))
        for slot, row in enumerate(here):
            cut = self._cut[row]
            named += _place_names(self._lines[row].named, cut, len(pieces), slot)
            pieces += [*(number for number, _, _ in cut), self._dividing]
            slots += [slot + 1] * (len(cut) + 1)
        rows = tuple(row if row in new else NO_ROW for row in here)
        return Window(tuple(pieces), tuple(slots), rows, tuple(named))


def _place_names(
    named: Sequence[tuple[int, int, tuple[str, ...]]], cut: Sequence[Piece], offset: int, slot: int
) -> Iterator[Naming]:
    """The names of a text by the pieces that they stand in."""
    for start, end, codes in named:
        inside = [place for place, (_, first, stop) in enumerate(cut) if first < end and stop > start]
        if inside:
            yield Naming(offset + inside[0], offset + inside[-1] + 1, codes, slot)
