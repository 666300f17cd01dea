"""Whether two plain names may name one thing: another spelling, a part of the other, or letters that stand for it."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

_WORD = re.compile("[a-z0-9]+")
_ALIKE = 85
"""Percent of letters in common from which two words are spellings of one."""


@lru_cache(maxsize=200_000)
def is_kin(a: str, b: str) -> bool:
    """Whether one name is the other, its spelling, a part of it, or short for it; neither is empty.

    Words that each name has beside what they share must be spellings of one another, so that "blue lantern" is not kin
    to "grey lantern", while "doshin bayanihan" is to "doushin-bayanihan", "lantern" to both, and "rimpac" to "rim
    pacific".
    """
    if _run_together(a) == _run_together(b):
        return True
    left, right = _WORD.findall(a), _WORD.findall(b)
    mine = [word for word in left if not any(_is_spelling(word, other) for other in right)]
    theirs = [word for word in right if not any(_is_spelling(word, other) for other in left)]
    if not mine or not theirs:
        return True
    return _is_short(left, right) or _is_short(right, left)


def _run_together(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum())


def _is_spelling(a: str, b: str) -> bool:
    return a == b or (not (a.isdigit() or b.isdigit()) and fuzz.ratio(a, b) >= _ALIKE)


def _is_short(short: list[str], long: list[str]) -> bool:
    """Whether one word is made of beginnings of the other's words, the first word's among them."""
    if len(short) != 1 or len(long) < 2 or not 2 <= len(short[0]) <= 20:
        return False
    word, first = short[0], long[0]
    return any(
        first.startswith(word[:count]) and _can_follow(word[count:], tuple(long[1:]))
        for count in range(1, min(len(word), len(first)) + 1)
    )


@lru_cache(maxsize=4096)
def _can_follow(rest: str, words: tuple[str, ...]) -> bool:
    """Whether letters are beginnings of words in their order; words may be left out."""
    if not rest:
        return True
    if not words:
        return False
    counts = range(min(len(rest), len(words[0])) + 1)
    return any(words[0].startswith(rest[:count]) and _can_follow(rest[count:], words[1:]) for count in counts)
