"""The values inside a matched expression, by class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pactwatch.coder.dates.digits import full_year
from pactwatch.coder.dates.tokens import Token

_MONTHS = frozenset({"month", "month_unsure", "month_low"})
_WEEKDAYS = frozenset({"weekday", "weekday_short"})
_UNITS = frozenset({"unit", "units"})
_DAYS = frozenset({"day", "nth", "ordinal", "count"})
_NUMBERS = frozenset({"day", "number", "count", "tens"})


class Parts:
    """What a matched row of tokens holds."""

    __slots__ = ("kinds", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.kinds = [token.kind for token in tokens]

    def has(self, *kinds: str) -> bool:
        """Whether one of the classes is there."""
        return any(kind in self.kinds for kind in kinds)

    def value(self, kind: str) -> Any:
        """The first value of a class, or None."""
        return self.tokens[self.kinds.index(kind)].value if kind in self.kinds else None

    def values(self, kinds: frozenset[str]) -> list[int]:
        """All values of some classes."""
        return [token.value for token in self.tokens if token.kind in kinds]

    @property
    def months(self) -> list[int]:
        """The months named."""
        return self.values(_MONTHS)

    @property
    def unit(self) -> str | None:
        """The first unit of time."""
        return next((token.value for token in self.tokens if token.kind in _UNITS), None)

    @property
    def day(self) -> int | None:
        """The first day of a month; "the first week" has none."""
        return None if self.unit in {"week", "fortnight"} else next(iter(self.values(_DAYS)), None)

    @property
    def year(self) -> int | None:
        """The first year, after the span or the short form if that is how it is told."""
        for kind in ("year", "span", "short_year"):
            if kind in self.kinds:
                return int(self.value(kind))
        return None

    @property
    def weekday(self) -> int | None:
        """The day of the week."""
        return next(iter(self.values(_WEEKDAYS)), None)

    @property
    def fiscal_year(self) -> int | None:
        """The fiscal year, perhaps told by its last two digits (FY24)."""
        short = next(iter(self.values(frozenset({"day", "number"}))), None)
        return self.year or (full_year(short) if short is not None and 10 <= short <= 99 else None)

    @property
    def amounts(self) -> list[tuple[int, str]]:
        """The lengths of time told: (2, 'year'), (21, 'day')."""
        out: list[tuple[int, str]] = []
        amount = 1
        for token in self.tokens:
            if token.kind in _NUMBERS:
                amount = token.value
            elif token.kind in _UNITS:
                out.append((amount, token.value))
                amount = 1
        return out

    @property
    def direction(self) -> int:
        """-1 for what is last or before, 1 for what is next or after, 0 for this."""
        if self.has("last", "past", "preceding", "earlier", "before"):
            return -1
        return 1 if self.has("next", "coming", "following", "later", "after") else 0
