"""A long text in parts small enough to ask about, cut where paragraphs end."""

from __future__ import annotations

from dataclasses import dataclass

BREAKS = ("\n\n", "\n", ". ", " ")
"""Where to cut, best first."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """``text[start:end]`` is to be coded; ``text[context:start]`` comes before it and is only read along.

    The parts to be coded do not overlap, so no passage is coded twice; what overlaps is the context.
    """

    context: int
    start: int
    end: int


def cut_chunks(text: str, budget: int, context: int) -> tuple[Chunk, ...]:
    """Cut a text into parts of at most ``budget`` characters with up to ``context`` characters before each."""
    chunks = []
    start = 0
    while start < len(text):
        end = _end_of_part(text, start, budget)
        if text[start:end].strip():
            chunks.append(Chunk(_start_of_context(text, start, context), start, end))
        start = end
    return tuple(chunks)


def _end_of_part(text: str, start: int, budget: int) -> int:
    limit = start + budget
    if limit >= len(text):
        return len(text)
    for mark in BREAKS:
        place = text.rfind(mark, start + budget // 2, limit)
        if place > 0:
            return place + len(mark)
    return limit


def _start_of_context(text: str, start: int, context: int) -> int:
    if start <= context:
        return 0
    first = start - context
    for mark in BREAKS:
        place = text.find(mark, first, start)
        if 0 <= place < start - len(mark):
            return place + len(mark)
    return first
