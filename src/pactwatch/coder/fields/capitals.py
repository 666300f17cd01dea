"""Proper names as runs of capitalised words: ``Treaty on Mutual Defence``, ``Exercise Iron Fox``."""

from __future__ import annotations

from pactwatch.coder.fields.reading import FieldWords
from pactwatch.coder.spans import Sentence
from pactwatch.coder.tokens import Tokens

_LONGEST, _MOST_INNER = 12, 2


def capital_run(tokens: Tokens, sentence: Sentence, at: tuple[int, int], words: FieldWords) -> tuple[int, int]:
    """The run of capitalised words around ``at``, joined by small words such as *of* inside it."""
    first, stop = at
    while (before := _step(tokens, sentence, first, -1, words)) is not None and stop - before <= _LONGEST:
        first = before
    while (after := _step(tokens, sentence, stop - 1, 1, words)) is not None and after + 1 - first <= _LONGEST:
        stop = after + 1
    return first, stop


def _step(tokens: Tokens, sentence: Sentence, i: int, way: int, words: FieldWords) -> int | None:
    """The next capitalised word one way, over at most a few inner words; None where the run ends."""
    for over in range(_MOST_INNER + 1):
        here = i + way * (over + 1)
        if not sentence.first <= here < sentence.stop or not _is_joined(tokens, here, way):
            return None
        word = tokens.words[here]
        if tokens.is_capital(here) and word[0].isalpha():
            return here
        if word not in words["name.inner"]:
            return None
    return None


def _is_joined(tokens: Tokens, here: int, way: int) -> bool:
    """Whether only a space or a hyphen stands between a word and its neighbour."""
    start, end = (
        (tokens.ends[here - 1], tokens.starts[here]) if way > 0 else (tokens.ends[here], tokens.starts[here + 1])
    )
    return end - start <= 2


def without_actors(sentence: Sentence, run: tuple[int, int], kept: tuple[int, int]) -> tuple[int, int]:
    """A run without names of actors at its beginning; ``kept`` is never cut."""
    first, stop = run
    for actor in sorted(sentence.actors, key=lambda one: one.i):
        if actor.i <= first < actor.j <= kept[0]:
            first = actor.j
    return first, stop


def count_capitals(tokens: Tokens, run: tuple[int, int]) -> int:
    """Capitalised words of a run."""
    return sum(tokens.is_capital(i) and tokens.words[i][0].isalpha() for i in range(*run))
