"""Limits: how much may be asked, and of what size."""

from __future__ import annotations

from collections.abc import MutableMapping
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
