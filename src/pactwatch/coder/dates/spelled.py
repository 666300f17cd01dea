"""Years in words: nineteen seventy-eight, two thousand and eighteen, twenty twenty-four."""

from __future__ import annotations

from pactwatch.coder.dates.tokens import Token

_NUMBERS = frozenset({"count", "tens"})
_LONGEST = 4  # tokens in a spelled year: two thousand and eighteen


def with_spelled_years(tokens: list[Token]) -> list[Token]:
    """The tokens with each spelled year made one."""
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        year, length = _year_at(tokens[place : place + _LONGEST]) if tokens[place].kind in _NUMBERS else (0, 1)
        if year and _counted(tokens, place + length):
            year = 0
        out.append(Token("year", year, tokens[place].start, tokens[place + length - 1].end) if year else tokens[place])
        place += length if year else 1
    return out


def _counted(tokens: list[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].kind in {"counted", "unit", "large"}


def _year_at(run: list[Token]) -> tuple[int, int]:
    """The year a run of tokens begins with, and how many tokens tell it; (0, 1) if none."""
    first, rest = run[0].value, run[1:]
    if not rest:
        return 0, 1
    if rest[0].kind == "large":
        return _thousands(first, rest) if rest[0].value == 1000 else (0, 1)
    if not 18 <= first <= 20 or rest[0].kind not in _NUMBERS:
        return 0, 1
    if rest[0].value >= 10:
        return first * 100 + rest[0].value, 2
    is_zero = rest[0].value == 0 and len(rest) > 1 and rest[1].kind == "count" and rest[1].value < 10
    return (first * 100 + rest[1].value, 3) if is_zero else (0, 1)


def _thousands(first: int, rest: list[Token]) -> tuple[int, int]:
    """Two thousand, two thousand eighteen, two thousand and eighteen."""
    if first != 2:
        return 0, 1
    skipped = 2 if len(rest) > 1 and rest[1].kind == "and" else 1
    if len(rest) > skipped and rest[skipped].kind in _NUMBERS:
        return 2000 + rest[skipped].value, skipped + 2
    return 2000, 2
