"""Asking servers: with limits of time and size, politely, honestly, and never a private one unless allowed."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from pactwatch.model.errors import shown
from pactwatch.model.waiting import read_retry_after
from pactwatch.read.guard import GuardedTransport, check_url
from pactwatch.read.pieces import ReadError
from pactwatch.read.robots import Robots, parse_robots
from pactwatch.version import __version__

AGENT = f"pactwatch/{__version__} (open observatory of defence partnerships; reads public pages for research)"
"""What servers are told: who asks, and what for. ``pactwatch`` is the name robots.txt may use."""

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPTED = "text/html, application/xhtml+xml, application/pdf, application/rss+xml, application/atom+xml, */*;q=0.5"
_ROBOTS_BYTES = 500 * 1024
"""RFC 9309 asks crawlers to read at least this much."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Bounds of asking: seconds to connect, to wait for the next bytes and for all; bytes; attempts; redirects; the
    gap between two requests to one host, and the longest a server's Retry-After is obeyed.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 90.0
    bytes: int = 50 * 1024 * 1024
    attempts: int = 3
    redirects: int = 5
    gap: float = 1.0
    back_off: float = 1.0
    longest_wait: float = 60.0
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A server's answer. ``is_unchanged`` where it says that nothing is new since the validators; ``address`` is where
    the redirects ended.
    """

    address: str
    status: int
    data: bytes = b""
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def is_unchanged(self) -> bool:
        """Whether the answer is 304 Not Modified."""
        return self.status == 304


class _PassingError(Exception):
    """A failure that another attempt may get past; ``wait`` is how long the server asked to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass
class _Host:
    """What is known of one host: its turn, when it was asked last, and its rules."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    asked: float = float("-inf")
    robots: dict[str, Robots] = field(default_factory=dict)


class Fetcher:
    """Asks servers; one request to a host at a time, with a gap. Several threads may share one."""

    def __init__(self, settings: FetchSettings | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        self.settings = settings or FetchSettings()
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        timeout = httpx.Timeout(self.settings.read, connect=self.settings.connect)
        self._client = httpx.Client(
            transport=GuardedTransport(allow_private=self.settings.allow_private),
            headers={"User-Agent": AGENT, "Accept": _ACCEPTED, "Accept-Encoding": "gzip"},
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Fetcher:
        """Use it in a ``with`` block: it holds connections."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
        """Fetch an address, if its host's robots.txt allows, following redirects; with validators only what is new.

        Raises :class:`ReadError` with what was found and what to do.
        """
        checks = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in checks.items() if value}
        return self._follow(url, headers, self.settings.bytes, obeys_robots=True)

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """Send a body once, with retries; the status of the answer. Redirects are not followed: they lead elsewhere."""
        answer = self._try("POST", check_url(url), headers, 64 * 1024, body)
        return answer.status_code

    def _follow(self, url: str, headers: dict[str, str], most: int, *, obeys_robots: bool) -> Fetched:
        at = check_url(url)
        for _ in range(self.settings.redirects + 1):
            if obeys_robots:
                self._check_robots(at)
            answer = self._try("GET", at, headers, most)
            if answer.status_code not in _REDIRECTS:
                return _settle(answer, at)
            target = answer.headers.get("location", "")
            if not target:
                raise ReadError(f"a redirect to nowhere ({answer.status_code})", "a page", "Try again later.")
            at = check_url(urljoin(at, target))
        raise ReadError(f"more than {self.settings.redirects} redirects", "a page", "Give the address it ends at.")

    def _check_robots(self, url: str) -> None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        host = self._host(url)
        if origin not in host.robots:
            host.robots[origin] = self._ask_robots(f"{origin}/robots.txt")
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if not host.robots[origin].allows(path or "/"):
            fix = "Ask the publisher, or read a copy that you may have."
            raise ReadError(f"an address that {origin}/robots.txt closes to pactwatch", "one it leaves open", fix)

    def _ask_robots(self, url: str) -> Robots:
        """The rules of a host. RFC 9309: none where there are none (4xx), all closed where the server fails (5xx)."""
        try:
            answer = self._follow(url, {}, _ROBOTS_BYTES, obeys_robots=False)
        except _StatusError as error:
            return Robots() if 400 <= error.status < 500 and error.status != 429 else Robots(is_closed=True)
        return parse_robots(answer.data[:_ROBOTS_BYTES].decode("utf-8", "replace"))

    def _try(
        self, method: str, url: str, headers: dict[str, str], most: int, body: bytes | None = None
    ) -> httpx.Response:
        """One request, again after a failure that may pass, each time after a longer wait."""
        attempts = self.settings.attempts
        for attempt in range(1, attempts + 1):
            try:
                return self._ask(method, url, headers, most, body)
            except _PassingError as error:
                wait = error.wait if error.wait is not None else self.settings.back_off * 2 ** (attempt - 1)
                if attempt == attempts or wait > self.settings.longest_wait:
                    asked = f"; it asks to wait {wait:,.0f} seconds" if error.wait else ""
                    found = f"{error}{asked}"
                    raise _status_error(found, error) from None
                self._sleep(wait)
        raise AssertionError("attempts are at least one")

    def _ask(self, method: str, url: str, headers: dict[str, str], most: int, body: bytes | None) -> httpx.Response:
        host = self._host(url)
        with host.turn:
            pause = host.asked + self.settings.gap - time.monotonic()
            if pause > 0:
                self._sleep(pause)
            try:
                return self._exchange(method, url, headers, most, body)
            except (httpx.TimeoutException, httpcore.TimeoutException):
                raise _PassingError("no answer in time") from None
            except (httpx.HTTPError, httpx.InvalidURL, httpcore.ProtocolError, httpcore.NetworkError) as error:
                raise _PassingError(f"no connection ({shown(str(error), 200)})") from None
            finally:
                host.asked = time.monotonic()

    def _exchange(
        self, method: str, url: str, headers: dict[str, str], most: int, body: bytes | None
    ) -> httpx.Response:
        end = time.monotonic() + self.settings.total
        with self._client.stream(method, url, headers=headers, content=body) as answer:
            status = answer.status_code
            if status in _PASSING:
                raise _PassingStatusError(status, read_retry_after(answer.headers.get("retry-after", "")))
            is_wanted = status not in _REDIRECTS and status != 304
            data = b"".join(_read_body(answer, most, end)) if is_wanted else b""
            return httpx.Response(status, headers=answer.headers, extensions={"data": data})

    def _host(self, url: str) -> _Host:
        parts = urlsplit(url)
        with self._lock:
            return self._hosts.setdefault(f"{parts.hostname}:{parts.port}", _Host())


class _PassingStatusError(_PassingError):
    """The server's status says that it may work later."""

    def __init__(self, status: int, wait: float | None) -> None:
        super().__init__(f"the server's answer {status}", wait)
        self.status = status


class _StatusError(ReadError):
    """The server answered, with a status that brings no page."""

    def __init__(self, found: str, status: int, fix: str) -> None:
        super().__init__(found, "a page", fix)
        self.status = status


def _status_error(found: str, error: _PassingError) -> ReadError:
    if isinstance(error, _PassingStatusError):
        return _StatusError(found, error.status, "Try again later.")
    return ReadError(found, "an answer", "Check the address and the connection, or try again later.")


def _settle(answer: httpx.Response, at: str) -> Fetched:
    status = answer.status_code
    if status != 304 and not 200 <= status < 300:
        advice = {401: "It asks for a password.", 403: "It is closed to readers.", 404: "Check the address."}
        fix = advice.get(status, "Look at the address in a browser.")
        raise _StatusError(f"the server's answer {status}", status, fix)
    told = Message()
    told["content-type"] = answer.headers.get("content-type", "")
    return Fetched(
        address=at,
        status=status,
        data=answer.extensions["data"],
        media_type=told.get_content_type() if told["content-type"] else "",
        charset=str(told.get_param("charset") or ""),
        etag=answer.headers.get("etag", "")[:500],
        last_modified=answer.headers.get("last-modified", "")[:100],
    )


def _read_body(answer: httpx.Response, most: int, end: float) -> Iterator[bytes]:
    """The body as it comes, unpacked step by step, never more than is allowed of it packed or unpacked."""
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise ReadError(f"an answer packed as {shown(packing)}", "gzip or nothing", "Try again later.")
    unpacker = None if packing in ("identity", "") else zlib.decompressobj(wbits=47 if "gzip" in packing else 15)
    length = 0
    for block in answer.iter_raw():
        for part in _unpack(unpacker, block):
            length += len(part)
            if length > most:
                raise ReadError(f"more than {most:,} bytes", f"at most {most:,}", "Download it and read the file.")
            yield part
        if time.monotonic() > end:
            raise ReadError("an answer that came too slowly", "a page in time", "Try again later.")


def _unpack(unpacker: zlib._Decompress | None, block: bytes) -> Iterator[bytes]:
    if unpacker is None:
        yield block
        return
    try:
        while block:
            yield unpacker.decompress(block, 256 * 1024)
            block = unpacker.unconsumed_tail
    except zlib.error as error:
        raise ReadError(f"a packed answer that cannot be unpacked ({error})", "a page", "Try again later.") from None
