"""What the questions cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MILLION = Decimal(1_000_000)


@dataclass(slots=True)
class Cost:
    """A running tally: questions sent, attempts that ``failed`` and were made again, tokens.

    Answers that did not say their tokens are counted in ``unmetered``; the money leaves them out.
    """

    price_in: Decimal | None = None
    price_out: Decimal | None = None
    calls: int = 0
    failed: int = 0
    unmetered: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def money(self) -> Decimal | None:
        """The price of the tokens counted, in the currency of the prices; ``None`` without both prices."""
        if self.price_in is None or self.price_out is None:
            return None
        return (self.tokens_in * self.price_in + self.tokens_out * self.price_out) / MILLION

    def add_usage(self, usage: object) -> None:
        """Count one answer's tokens as its ``usage`` tells them; whatever else stands there counts as unmetered."""
        told = usage if isinstance(usage, dict) else {}
        sent, made = _count(told.get("prompt_tokens")), _count(told.get("completion_tokens"))
        if sent is None or made is None:
            self.unmetered += 1
        else:
            self.tokens_in += sent
            self.tokens_out += made


def _count(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12:
        return value
    return None
