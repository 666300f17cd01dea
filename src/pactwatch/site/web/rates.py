"""How often one reader may ask."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass

MOST_READERS = 20_000
"""Addresses whose requests are counted; the one that asked longest ago is forgotten first."""


@dataclass(frozen=True)
class Standing:
    """How an address stands: requests left now, seconds until there are more, and whether this one is allowed."""

    is_allowed: bool
    left: int
    seconds: int


class RateLimit:
    """A token bucket for each address: ``per_minute`` requests, half of them at once; 0 is no limit."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._rate = per_minute / 60
        self._burst = max(1.0, per_minute / 2)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def count(self, address: str, now: float | None = None) -> Standing:
        """Count a request of an address."""
        now = time.monotonic() if now is None else now
        tokens, before = self._buckets.pop(address, (self._burst, now))
        tokens = min(self._burst, tokens + (now - before) * self._rate)
        is_allowed = tokens >= 1
        tokens -= is_allowed
        self._buckets[address] = (tokens, now)
        if len(self._buckets) > MOST_READERS:
            self._buckets.popitem(last=False)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / self._rate
        return Standing(is_allowed, int(tokens), max(1, int(wait + 0.999)) if wait else 0)
