"""A request's way: limits, then a page, the API or a further room, and what went wrong as a page or a problem."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from pactwatch.model.errors import NotFoundError, PactwatchError
from pactwatch.site.frame.testing import UntestedError
from pactwatch.site.library import Library
from pactwatch.site.search import SearchError
from pactwatch.site.server.limits import (
    BodyTooLargeError,
    bound_body,
    find_excess,
)
from pactwatch.site.server.pages import Moved, PageMaker, QueryError, read_query
from pactwatch.site.web.answers import (
    LONGEST_ANSWER,
    Answer,
    Headers,
    KeepingRoom,
    Kept,
    Receive,
    Room,
    Scope,
    Send,
    SlowRoom,
    send_answer,
    wants_page,
)
from pactwatch.site.web.problems import make_error_page, make_problem
from pactwatch.site.web.rates import RateLimit, Standing

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAFETY: Headers = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
"""Sent with everything."""

OPEN: Headers = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag, last-modified, link, retry-after, ratelimit-limit, ratelimit-remaining"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
"""Sent with what any page of the web may read: the API and files to take away."""

REFRESH = (b"refresh", b"5")
"""Sent with a page that lacks verdicts as yet, so that it comes again without a script (WHATWG HTML, "refresh")."""
STAY = ("refresh", "off")
"""What stands after the question mark where a reader does not want that (WCAG 2.2, 2.2.1)."""

log = logging.getLogger("pactwatch.site")


@dataclass
class Application:
    """The ASGI application. ``rooms`` answer everything under the first part of a path: the API, the audit of articles,
    and later the review queue; their requests have passed the limits and their answers get the same headers, unless
    they say otherwise themselves. Those in ``open_rooms`` answer programs, whatever page of the web these run in.
    ``begin`` and ``end`` are called when the server starts and stops."""

    library: Library
    rate: RateLimit
    kept: Kept
    rooms: Mapping[str, Room] = field(default_factory=dict)
    open_rooms: frozenset[str] = frozenset({"api"})
    begin: Callable[[], None] = lambda: None
    end: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.pages = PageMaker(self.library, self.kept)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.begin()
            else:
                self.end()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        room, path = self._find_room(scope), scope["path"].lstrip("/")
        is_open = self._is_open(scope) if room else not path.endswith(".html")
        extra = SAFETY + (OPEN if is_open else ())
        excess = find_excess(scope)
        if excess:
            await send_answer(self._refuse(scope, *excess), scope, send, extra)
            return
        if not path.startswith("static/"):
            standing = self._count(scope)
            if standing:
                extra += _say_rate(self.rate, standing)
                if not standing.is_allowed:
                    await send_answer(self._refuse_often(scope, standing), scope, send, extra)
                    return
        ready = room.peek(scope) if isinstance(room, KeepingRoom) else None
        if ready:
            await send_answer(ready, scope, send, extra)
        elif room:
            await self._enter(room, scope, receive, _add(send, extra))
        else:
            await send_answer(await self._make_page(scope, path), scope, send, extra)

    def _find_room(self, scope: Scope) -> Room | None:
        return self.rooms.get(scope["path"].lstrip("/").partition("/")[0])

    def _is_open(self, scope: Scope) -> bool:
        return scope["path"].lstrip("/").partition("/")[0] in self.open_rooms

    def _count(self, scope: Scope) -> Standing | None:
        if not self.rate.per_minute:
            return None
        return self.rate.count(str((scope.get("client") or ("",))[0]))

    async def _make_page(self, scope: Scope, path: str) -> Answer:
        if scope["method"] not in ("GET", "HEAD"):
            return self._refuse(scope, 405, "Pages can be read, not written to.", ((b"allow", b"GET, HEAD"),))
        try:
            query = read_query(scope["query_string"])
            made = self.pages.peek(path, query)
            if made is None:
                made = await asyncio.wait_for(self.pages.answer(path, query), LONGEST_ANSWER)
        except Exception as error:
            return self._refuse(scope, *_explain(error, path))
        if isinstance(made, Moved):
            location = self.library.base + quote(made.location, safe="/?&=%+.-_~")
            return Answer(b"", "text/plain", 308, headers=((b"location", location.encode()),))
        if made.is_passing and STAY not in query:
            return replace(made, headers=(*made.headers, REFRESH))
        return made

    async def _enter(self, room: Room, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a room answer, with the body and the time bounded."""
        begun = False

        async def send_seen(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await asyncio.wait_for(room(scope, bound_body(receive), send_seen), _find_patience(room, scope))
            return
        except BodyTooLargeError:
            answer = self._refuse(scope, 413, "At most a million bytes can be sent.")
        except TimeoutError:
            answer = self._refuse(scope, 503, "The answer took too long.", ((b"retry-after", b"10"),))
        except Exception:
            log.exception("a fault while answering %s", scope["path"][:200])
            answer = self._refuse(scope, 500, "The fault was written to the log; please report it.")
        if not begun:
            await send_answer(answer, scope, send)

    def _refuse_often(self, scope: Scope, standing: Standing) -> Answer:
        words = f"{self.rate.per_minute} requests a minute are answered; ask again in {standing.seconds} s."
        hint = " The files of the page Data hold everything at once."
        return self._refuse(scope, 429, words + hint, ((b"retry-after", str(standing.seconds).encode()),))

    def _refuse(self, scope: Scope, status: int, detail: str, headers: Headers = ()) -> Answer:
        """A page for people, a problem document for programs."""
        headers += ((b"cache-control", b"no-store"),)
        if self._is_open(scope) or not wants_page(scope):
            return make_problem(status, detail, headers=headers)
        return make_error_page(
            self.library.open(self.library.shelf.latest), self.library.base, (status, detail), headers
        )


def _find_patience(room: Room, scope: Scope) -> float:
    """Seconds in which a room's answer must be there: the usual ones, unless its work is known to take longer."""
    return room.find_patience(scope) if isinstance(room, SlowRoom) else LONGEST_ANSWER


def _explain(error: Exception, path: str) -> tuple[int, str, Headers]:
    """Status, words and headers for what went wrong while a page was made."""
    if isinstance(error, NotFoundError):
        return 404, str(error), ()
    if isinstance(error, QueryError | SearchError):
        return 400, str(error), ()
    if isinstance(error, UntestedError):
        return 503, f"{error}. Ask again in some seconds.", ((b"retry-after", b"5"),)
    if isinstance(error, TimeoutError):
        return 503, "The page is still being made; ask again shortly.", ((b"retry-after", b"10"),)
    if isinstance(error, PactwatchError):
        log.warning("%s: %s", path[:200], error)
        return 400, str(error), ()
    log.error("a fault while making %s", path[:200], exc_info=error)
    return 500, "The fault was written to the log; please report it.", ()


def _say_rate(rate: RateLimit, standing: Standing) -> Headers:
    told = {
        "ratelimit-limit": rate.per_minute,
        "ratelimit-remaining": standing.left,
        "ratelimit-reset": standing.seconds,
    }
    return tuple((name.encode(), str(value).encode()) for name, value in told.items())


def _add(send: Send, extra: Headers) -> Send:
    async def send_more(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = [(name.lower(), value) for name, value in message.get("headers", ())]
            said = {name for name, _ in own}
            message = {**message, "headers": [*own, *(one for one in extra if one[0] not in said)]}
        await send(message)

    return send_more
