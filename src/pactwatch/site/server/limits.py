"""Limits: how much may be asked, how often, and of what size."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from pactwatch.site.web.answers import Receive, Scope

LONGEST_QUERY = 8_000
"""Bytes after the question mark."""
LONGEST_PATH = 1_000
MOST_HEADERS = 100
LARGEST_HEAD = 1_500_000
"""Bytes of a request's head that are read at all; what is longer than the limits above is answered with a problem."""
LARGEST_BODY = 1_000_000
"""Bytes of a request's body, where one is taken."""
LONGEST_ANSWER = 30.0
"""Seconds in which an answer must be there."""
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


def find_excess(scope: Scope) -> tuple[int, str] | None:
    """Status and words for a request whose head is too large or broken; nothing for one that is fine."""
    if len(scope.get("raw_path") or scope["path"].encode()) > LONGEST_PATH:
        return 414, f"The address is too long: a path may have {LONGEST_PATH} bytes."
    if len(scope["query_string"]) > LONGEST_QUERY:
        return 414, f"The question is too long: {LONGEST_QUERY} bytes may stand after the question mark."
    if len(scope["headers"]) > MOST_HEADERS:
        return 431, f"Too many header fields: {MOST_HEADERS} may be sent."
    if sum(len(name) + len(value) for name, value in scope["headers"]) > 64_000:
        return 431, "The header fields are too large: 64 000 bytes may be sent."
    return None


class BodyTooLargeError(Exception):
    """A request's body is larger than is taken."""


def bound_body(receive: Receive) -> Receive:
    """The same request with its body bounded; raises :class:`BodyTooLargeError` while it is read."""
    seen = 0

    async def receive_bounded() -> MutableMapping[str, Any]:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST_BODY:
            raise BodyTooLargeError
        return message

    return receive_bounded
