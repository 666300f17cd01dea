"""Answers as they are sent: not again what a reader has, compressed, in part where a part is asked for."""

from __future__ import annotations

import gzip
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping, MutableMapping
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from functools import cached_property
from typing import Any, Protocol, TypeAlias, runtime_checkable

Scope: TypeAlias = MutableMapping[str, Any]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Room: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
"""An ASGI application that answers everything under one first part of a path."""
Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]

_TEXTS = ("text/", "application/json", "application/problem+json", "application/xml", "image/svg+xml", "application/")
_PACKED = ("application/vnd.apache.parquet",)
_SMALLEST = 600
"""Bytes under which compressing gains nothing."""
_RANGE = re.compile(rb"bytes=(\d{0,15})-(\d{0,15})")


@dataclass(frozen=True)
class Answer:
    """What is sent: status, body, media type, entity tag, when it last changed (seconds since 1970), other headers; one
    that ``is_passing`` will be another in a moment and is never kept."""

    body: bytes
    media_type: str
    status: int = 200
    etag: str = ""
    modified: float | None = None
    headers: Headers = ()
    is_passing: bool = False

    @cached_property
    def packed(self) -> bytes | None:
        """The body compressed; ``None`` where that gains nothing."""
        is_text = self.media_type.startswith(_TEXTS) and self.media_type not in _PACKED
        if not is_text or len(self.body) < _SMALLEST:
            return None
        packed = gzip.compress(self.body, 6, mtime=0)
        return packed if len(packed) < len(self.body) else None

    @cached_property
    def head(self) -> list[tuple[bytes, bytes]]:
        """Headers that are the same however it is sent."""
        head = [(b"content-type", self.media_type.encode("latin-1", "replace")), *self.headers]
        if self.modified is not None:
            head.append((b"last-modified", formatdate(self.modified, usegmt=True).encode()))
        return head

    @property
    def size(self) -> int:
        """Bytes it takes while it is kept."""
        return len(self.body) + len(self.packed or b"") + 500


@runtime_checkable
class KeepingRoom(Protocol):
    """A room that may have an answer ready, which needs no task and no clock of its own."""

    def peek(self, scope: Scope) -> Answer | None:
        """The answer that is kept for a request."""


LONGEST_ANSWER = 30.0
"""Seconds in which an answer must be there, unless its room knows better."""


@runtime_checkable
class SlowRoom(Protocol):
    """A room some of whose answers may take longer than others."""

    def find_patience(self, scope: Scope) -> float:
        """Seconds in which a request is answered."""


@dataclass
class Kept:
    """Answers kept for those who ask the same again: the last used, up to so many bytes in all."""

    most_bytes: int
    bytes: int = 0
    _answers: OrderedDict[Hashable, Answer] = field(default_factory=OrderedDict)

    def get(self, key: Hashable) -> Answer | None:
        """A kept answer."""
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer; what was used longest ago goes."""
        if answer.size > self.most_bytes // 4 or key in self._answers:
            return
        self._answers[key] = answer
        self.bytes += answer.size
        while self.bytes > self.most_bytes:
            _, gone = self._answers.popitem(last=False)
            self.bytes -= gone.size


async def send_answer(answer: Answer, scope: Scope, send: Send, extra: Headers = ()) -> None:
    """Send an answer as the request's headers ask for it; nothing but the head for ``HEAD``."""
    asked = _read_headers(scope)
    status, head, body = _shape(answer, asked)
    headers = [*head, *extra]
    if status != 304:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def find_header(scope: Scope, name: bytes) -> str:
    """The first header of a name (in small letters); empty where there is none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def wants_page(scope: Scope) -> bool:
    """Whether a person asks, for whom a page is made; else a program."""
    accept = find_header(scope, b"accept")
    return not accept or "html" in accept or "*/*" in accept


def _read_headers(scope: Scope) -> dict[bytes, bytes]:
    wanted = (b"if-none-match", b"if-modified-since", b"accept-encoding", b"range", b"if-range")
    return {name: value for name, value in scope["headers"] if name in wanted}


def _shape(answer: Answer, asked: Mapping[bytes, bytes]) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    if answer.status != 200:
        return answer.status, answer.head, answer.body
    has_range = b"range" in asked
    is_packed = not has_range and _accepts_gzip(asked.get(b"accept-encoding", b"")) and answer.packed is not None
    tag = f'"{answer.etag}{"-gz" if is_packed else ""}"'.encode()
    head = [*answer.head, *([(b"etag", tag)] if answer.etag else []), (b"vary", b"accept-encoding")]
    if _has_already(answer, asked):
        return 304, head, b""
    if has_range:
        return _cut(answer, asked, [*head, (b"accept-ranges", b"bytes")])
    if is_packed and answer.packed is not None:
        return 200, [*head, (b"content-encoding", b"gzip")], answer.packed
    return 200, [*head, (b"accept-ranges", b"bytes")], answer.body


def _accepts_gzip(header: bytes) -> bool:
    for part in header.lower().split(b","):
        name, _, rest = part.strip().partition(b";")
        if name.strip() in (b"gzip", b"*"):
            return rest.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False


def _has_already(answer: Answer, asked: Mapping[bytes, bytes]) -> bool:
    """Whether the reader's copy is good (RFC 9110, 13.1): by its tag, else by its date."""
    tags = asked.get(b"if-none-match")
    if tags is not None:
        told = [tag.strip().removeprefix(b"W/").strip(b'"').removesuffix(b"-gz") for tag in tags.split(b",")]
        return bool(answer.etag) and (answer.etag.encode() in told or tags.strip() == b"*")
    since = asked.get(b"if-modified-since")
    if since is None or answer.modified is None:
        return False
    try:
        return int(answer.modified) <= parsedate_to_datetime(since.decode("latin-1")).timestamp()
    except (ValueError, TypeError, OverflowError):
        return False


def _cut(
    answer: Answer, asked: Mapping[bytes, bytes], head: list[tuple[bytes, bytes]]
) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """One range of bytes (RFC 9110, 14); anything else asked for gives the whole."""
    found = _RANGE.fullmatch(asked[b"range"].strip())
    is_same = asked.get(b"if-range", f'"{answer.etag}"'.encode()) == f'"{answer.etag}"'.encode()
    if not found or not is_same or not (found[1] or found[2]):
        return 200, head, answer.body
    size = len(answer.body)
    if found[1]:
        first, last = int(found[1]), min(int(found[2]), size - 1) if found[2] else size - 1
    else:
        first, last = max(0, size - int(found[2])), size - 1
    if first > last or first >= size:
        return 416, [*head, (b"content-range", f"bytes */{size}".encode())], b""
    return 206, [*head, (b"content-range", f"bytes {first}-{last}/{size}".encode())], answer.body[first : last + 1]
