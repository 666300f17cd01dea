"""Who is credited in a sentence: the words before or behind a crediting word, as name or office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pactwatch.coder.fields.reading import FieldWords
from pactwatch.coder.spans import Sentence
from pactwatch.coder.tokens import Tokens

_LONGEST, _MOST_BETWEEN = 9, 4
_MARKS = frozenset(',;:()"-.')


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody credited: the words ``i`` to ``j`` that name him, and the crediting word at ``cue``."""

    i: int
    j: int
    cue: int
    is_behind: bool


def find_credits(tokens: Tokens, sentence: Sentence, words: FieldWords) -> Iterator[Credit]:
    """All credits of a sentence, in order."""
    turn = _turn(tokens, sentence)
    if turn is not None:
        yield turn
    told, behind = words["speaker.told"], words["speaker.behind"]
    firsts = words["speaker.behind_first"]
    all_words = tokens.words
    for i in range(sentence.first, sentence.stop):
        word = all_words[i]
        if word in told and _credits(tokens, sentence, i, words):
            found = _before(tokens, sentence, i, words) or _inverted(tokens, sentence, i, words)
            if found is not None:
                yield Credit(*found, i, found[0] > i)
        elif word in firsts:
            for length in (3, 2, 1):
                if " ".join(all_words[i : i + length]) in behind:
                    found = _behind(tokens, sentence, i + length, words)
                    if found is not None:
                        yield Credit(*found, i, True)
                    break


def _turn(tokens: Tokens, sentence: Sentence) -> Credit | None:
    """The speaker of a turn in an interview: ``MINISTER: We signed``."""
    for i in range(sentence.first, min(sentence.first + _LONGEST, sentence.stop - 1)):
        if tokens.words[i] == ":":
            return Credit(sentence.first, i, i, False) if i > sentence.first else None
        if not _is_name_like(tokens, i):
            return None
    return None


def _credits(tokens: Tokens, sentence: Sentence, i: int, words: FieldWords) -> bool:
    return i == sentence.first or tokens.words[i - 1] not in words["speaker.not_after"]


def _before(tokens: Tokens, sentence: Sentence, cue: int, words: FieldWords) -> tuple[int, int] | None:
    """The subject before the crediting word, over its adverbs, over a clause set off by commas."""
    stop = cue
    between = words["speaker.between"]
    while stop > sentence.first and cue - stop < _MOST_BETWEEN and tokens.words[stop - 1] in between:
        stop -= 1
    if stop > sentence.first and tokens.words[stop - 1] == ")":
        stop = _opening(tokens, sentence, stop - 1, "(")
    if stop > sentence.first and tokens.words[stop - 1] == ",":
        opening = _opening(tokens, sentence, stop - 1, ",")
        if all(_is_name_like(tokens, at) for at in range(opening + 1, stop - 1)):
            return _office_or_name(tokens, (opening + 1, stop - 1), words)
        return _subject(tokens, sentence, opening, words) if opening > sentence.first else None
    return _subject(tokens, sentence, stop, words)


def _opening(tokens: Tokens, sentence: Sentence, i: int, mark: str) -> int:
    at = i - 1
    while at > sentence.first and i - at < 14 and tokens.words[at] != mark:
        at -= 1
    return at if tokens.words[at] == mark else sentence.first


def _subject(tokens: Tokens, sentence: Sentence, stop: int, words: FieldWords) -> tuple[int, int] | None:
    """The words of a subject that ends at ``stop``: back to a mark, an article or a word no name has."""
    first = stop
    while first > sentence.first and stop - first < _LONGEST:
        word = tokens.words[first - 1]
        if word in _MARKS or word in words["speaker.stops"]:
            break
        if word in words["speaker.articles"] and (
            first - 2 < sentence.first or tokens.words[first - 2] not in words["speaker.inner"]
        ):
            break
        first -= 1
    return _office_or_name(tokens, (first, stop), words)


def _inverted(tokens: Tokens, sentence: Sentence, cue: int, words: FieldWords) -> tuple[int, int] | None:
    """The subject after the crediting word: ``..., said the minister``."""
    if cue == sentence.first or tokens.words[cue - 1] not in {",", '"', "'", ";", "-"}:
        return None
    return _behind(tokens, sentence, cue + 1, words, is_loose=False)


def _behind(
    tokens: Tokens, sentence: Sentence, first: int, words: FieldWords, *, is_loose: bool = True
) -> tuple[int, int] | None:
    while first < sentence.stop and tokens.words[first] in words["speaker.articles"]:
        first += 1
    stop = first
    while stop < sentence.stop and stop - first < _LONGEST:
        word = tokens.words[stop]
        if word in _MARKS or word in words["speaker.stops"] or (word in words["speaker.between"] and stop > first):
            break
        stop += 1
    is_end = stop >= sentence.stop or tokens.words[stop] in _MARKS or tokens.words[stop] in words["speaker.between"]
    return _office_or_name(tokens, (first, stop), words) if is_end or (first + 1 < stop and is_loose) else None


def _is_name_like(tokens: Tokens, i: int) -> bool:
    return tokens.is_capital(i) or tokens.words[i] == "."


def _office_or_name(tokens: Tokens, run: tuple[int, int], words: FieldWords) -> tuple[int, int] | None:
    """A person's name without the offices before it; an office or body whole, without its article."""
    first, stop = run
    while first < stop and tokens.words[first] in words["speaker.articles"]:
        first += 1
    if (
        first >= stop
        or tokens.words[first] in words["speaker.pronouns"]
        or tokens.words[first] in words["speaker.between"]
    ):
        return None
    named = tokens.words[first:stop]
    if not any(word[0].isalpha() for word in named) or not words["speaker.told"].isdisjoint(named):
        return None
    begin = _after_titles(tokens, (first, stop), words)
    return begin, stop


def _after_titles(tokens: Tokens, run: tuple[int, int], words: FieldWords) -> int:
    """Where the name begins behind the last title; the run's beginning where nothing but a title is there."""
    first, stop = run
    last = None
    for i in range(first, stop):
        if tokens.words[i] in words["speaker.titles"] or tokens.words[i] == ".":
            last = i
    if last is None or last + 1 >= stop:
        return first
    if any(tokens.words[i] in words["speaker.bodies"] for i in range(first, stop)):
        return first
    rest = range(last + 1, stop)
    is_name = all(tokens.is_capital(i) or tokens.words[i] == "." for i in rest)
    return last + 1 if is_name and tokens.words[last + 1] not in words["speaker.inner"] else first
