"""Joining tokens that make one (twenty-first, Reiwa 6, Q1) and telling years and days from other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pactwatch.coder.dates.spelled import with_spelled_years
from pactwatch.coder.dates.tokens import Token, glued, may_glue

_THAI_OFFSET, _THAI_YEARS = 543, range(2400, 2651)
_NUMBERS = frozenset({"day", "number", "year", "span", "decade_name"})
_MONTHS = frozenset({"month", "month_unsure", "month_low"})
_IN_WORDS = frozenset({"count", "tens"})
_ERA_YEARS = frozenset({"day", "number", "first_of_era"})
_SPELLED = frozenset({"count", "ordinal", "tens", "day"})
_JOINABLE = frozenset({"dot", "number", "buddhist", "first_of_era", *_SPELLED})
_MARKS = frozenset({"dash", "comma", "slash", "dot", "mark", "colon"})
_IN_YEAR = frozenset({"in", "since", "edge", *_MONTHS})


_BESIDE = (
    (("month_unsure", "weekday_short"), ("dot",)),
    (("tens",), ("count", "ordinal")),
    (("dash",), ("count", "ordinal")),
    (("letter",), ("day",)),
    (("era",), _ERA_YEARS),
    (("buddhist", "era_word", "unit", *_MONTHS), ("number",)),
    (("number",), ("buddhist",)),
    (_IN_WORDS, ("large", *_IN_WORDS)),
)
"""Classes that may have to be joined where they stand side by side."""


class Joiner:
    """Joins the tokens of one language; ``signs`` are the characters the grammar writes their classes with."""

    def __init__(self, words: Mapping[str, Any], signs: Mapping[str, str]) -> None:
        self._letters = {letter: kind for kind, letters in words["letters"].items() for letter in letters}
        self._era_letters: dict[str, int] = words["era_letters"]
        self._signs = signs
        self._beside = re.compile("|".join(self._one_of(first) + self._one_of(second) for first, second in _BESIDE))
        self._numbers = re.compile(self._one_of(_NUMBERS))

    def _one_of(self, kinds: Iterable[str]) -> str:
        """A pattern of one of some classes; a language need not have all of them."""
        known = "".join(self._signs[kind] for kind in kinds if kind in self._signs)
        return f"[{known}]" if known else "(?!)"

    def _row(self, tokens: list[Token]) -> str:
        signs = self._signs
        return "".join([signs[token.kind] for token in tokens])

    def joined(self, tokens: list[Token]) -> tuple[list[Token], str]:
        """The tokens with those that belong together made one, and the row of their classes."""
        row = self._row(tokens)
        if self._beside.search(row):
            tokens = self._all_joined(tokens)
            row = self._row(tokens)
        if _judge_numbers(tokens, [found.start() for found in self._numbers.finditer(row)]):
            row = self._row(tokens)
        return tokens, row

    def _all_joined(self, tokens: list[Token]) -> list[Token]:
        out: list[Token] = []
        for token in tokens:
            one = self._pair(out, token) if out and token.kind in _JOINABLE else None
            if one is None:
                out.append(token)
                continue
            while out and out[-1].start >= one.start:
                out.pop()
            out.append(one)
        return with_spelled_years(out)

    def _pair(self, out: list[Token], token: Token) -> Token | None:
        before, kind = out[-1], token.kind
        if kind == "dot":
            short = before.kind in {"month_unsure", "weekday_short"} and glued(before, token)
            return before._replace(end=token.end) if short else None
        if kind in _SPELLED and (before.kind == "tens" or (before.kind == "dash" and len(out) > 1)):
            return _spelled(out, token)
        if before.kind == "letter" and kind == "day" and glued(before, token):
            return self._lettered(out, token)
        return _of_an_era(out, token)

    def _lettered(self, out: list[Token], token: Token) -> Token | None:
        before, number = out[-1], token.value
        unit = self._letters.get(before.value)
        most = {"quarter": 4, "half": 2, "week": 31}.get(unit or "", 0)
        if number <= most:
            return Token(f"{unit}_code", number, before.start, token.end)
        first = self._era_letters.get(before.value)
        if first is not None and len(out) > 1 and out[-2].kind in {"in", "by"}:
            return Token("year", first + number, before.start, token.end)
        return None


def _of_an_era(out: list[Token], token: Token) -> Token | None:
    """Reiwa 6, B.E. 2567, 2567 BE; 12 December 2567 needs no name of the era."""
    before, kind = out[-1], token.kind
    if before.kind == "era":
        return Token("year", before.value + (token.value or 1), before.start, token.end) if kind in _ERA_YEARS else None
    if kind == "number" and token.value in _THAI_YEARS:
        return _thai(out, token) if before.kind in {"buddhist", "era_word", "unit", *_MONTHS} else None
    if kind == "buddhist" and before.kind == "number" and before.value in _THAI_YEARS:
        return Token("year", before.value - _THAI_OFFSET, before.start, token.end)
    return None


def _spelled(out: list[Token], token: Token) -> Token | None:
    """Twenty-one, twenty first."""
    before = out[-1] if out[-1].kind == "tens" else out[-2]
    if before.kind != "tens" or token.kind in {"tens", "day"} or token.value > 9:
        return None
    return Token(token.kind, before.value + token.value, before.start, token.end)


def _thai(out: list[Token], token: Token) -> Token:
    """A year of the Buddhist era, with the words that name the era unless a month stands before."""
    start = token.start
    for before in reversed(out[-2:]):
        if before.kind not in {"buddhist", "era_word", "unit"}:
            break
        start = before.start
    return Token("year", token.value - _THAI_OFFSET, start, token.end)


def _judge_numbers(tokens: list[Token], places: list[int]) -> bool:
    """Take from numbers that name or count things their class; whether there were any."""
    is_changed = False
    for place in places:
        token = tokens[place]
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        beyond = tokens[place + 2] if place + 2 < len(tokens) else None
        kind = _judged(token, before, tokens[place - 2] if place > 1 else None, (after, beyond))
        if kind != token.kind:
            tokens[place] = token._replace(kind=kind)
            is_changed = True
    return is_changed


def _judged(token: Token, before: Token | None, first: Token | None, after: tuple[Token | None, Token | None]) -> str:
    if before is not None:
        named = first if first is not None and before.kind == "dot" else before
        if named.kind in {"numbered", "currency"}:
            return "other"
        if before.kind == "more_than" and token.kind == "year":
            return "number"
        name = _name_glued(token, before, first)
        if name is not None:
            return name
    if _counts(after) and not (token.kind in {"year", "span"} and before is not None and before.kind in _IN_YEAR):
        return "number" if token.kind != "span" else "other"
    return token.kind


def _name_glued(token: Token, before: Token, first: Token | None) -> str | None:
    """The class of a number that touches a word: Vostok-2018 is an edition, F-15 no number at all."""
    word = before
    if before.kind == "dash" and glued(before, token) and first is not None and first.end == before.start:
        word = first
        if word.kind in _NUMBERS or word.kind == "year":
            return None
    elif not glued(before, token):
        return None
    if word.kind in _MARKS or may_glue(word.kind):
        return None
    if word is first and token.kind == "year" and isinstance(word.value, str) and word.value[:1].isupper():
        return None
    return "other"


def _counts(after: tuple[Token | None, Token | None]) -> bool:
    following, beyond = after
    if following is None:
        return False
    if following.kind == "counted" or following.value == "%":
        return True
    return following.kind == "dash" and beyond is not None and beyond.kind == "counted" and glued(following, beyond)
