"""Starting the live site."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pactwatch.charts.press import Press
from pactwatch.edition import Edition
from pactwatch.flow.publishing import DEFAULT_CASEBOOK
from pactwatch.model.errors import PactwatchError
from pactwatch.site.auditing import PATIENCE, AuditDesk, AuditMaker, AuditRoom, open_work
from pactwatch.site.frame.testing import await_results, hold_back
from pactwatch.site.library import Library
from pactwatch.site.pages.measures import Computing
from pactwatch.site.search import read_index
from pactwatch.site.server.application import Application
from pactwatch.site.server.limits import LARGEST_HEAD
from pactwatch.site.server.reviewing import Office, Reviewers, ReviewersError, ReviewRoom, is_loopback
from pactwatch.site.web.answers import (
    LONGEST_ANSWER,
    Answer,
    KeepingRoom,
    Kept,
    Receive,
    Room,
    Scope,
    Send,
    SlowRoom,
)
from pactwatch.site.web.rates import RateLimit

if TYPE_CHECKING:
    from types import FrameType

    import uvicorn

REQUESTS_PER_MINUTE = 1200
"""Requests of one address that are answered in a minute, unless told otherwise."""
AUDITS_PER_MINUTE = 12
"""Articles of one address that are audited in a minute, half of them at once."""
LONGEST_TEST = 3600.0
"""Seconds that making pages ahead waits for the claims."""
KEPT_BYTES = 96_000_000
MOST_CONNECTIONS = 1000
BACKLOG = 512


class ServeError(PactwatchError):
    """The server could not be started where it was asked to."""


@dataclass(frozen=True)
class Reviewing:
    """A review that is served: of the ledger at a place, by reviewers."""

    ledger: Path | str = field(repr=False)
    reviewers: Reviewers


@dataclass(frozen=True)
class Serving:
    """Where and how to serve: ``address`` is the site's public address (that of host and port where it is empty);
    ``per_minute`` requests of one reader are answered (0: no limit); behind a proxy the reader is whom it names;
    articles are audited in the words of ``casebook``, whose review is served where ``review`` says so."""

    host: str = "127.0.0.1"
    port: int = 8000
    address: str = ""
    per_minute: int = REQUESTS_PER_MINUTE
    is_behind_proxy: bool = False
    casebook: str = DEFAULT_CASEBOOK
    review: Reviewing | None = None

    def check(self) -> None:
        """Raise :class:`ReviewersError` where a review without tokens could be reached from another machine."""
        host = urlsplit(self.address).hostname or self.host
        is_near = is_loopback(self.host) and is_loopback(host) and not self.is_behind_proxy
        if self.review is not None and self.review.reviewers.alone and not is_near:
            raise ReviewersError(
                "without tokens the review is served to this machine alone: leave out --host, --address and "
                "--behind-proxy, or give every reviewer a token with --reviewers FILE"
            )

    def base(self, port: int) -> str:
        """The public address with a slash at its end; ``port`` is the one that is listened on."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.address or f"http://{host}:{port}").rstrip("/") + "/"


class LaterRoom:
    """A room that is made when it is first entered or made ready: the libraries of the API take half a second to load,
    which pages need not wait for."""

    def __init__(self, make: Callable[[], Room]) -> None:
        self._make = make
        self._made: Room | None = None
        self._lock = threading.Lock()

    def get(self) -> Room:
        """The room."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def peek(self, scope: Scope) -> Answer | None:
        """The answer that the room keeps for a request, where it keeps any."""
        return self._made.peek(scope) if isinstance(self._made, KeepingRoom) else None

    def find_patience(self, scope: Scope) -> float:
        """Seconds in which a request is answered: as the room says; the first ones wait for it to be made."""
        room = self._made
        if room is None:
            return PATIENCE
        return room.find_patience(scope) if isinstance(room, SlowRoom) else LONGEST_ANSWER

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        room = self._made
        if room is None:
            room = await asyncio.to_thread(self.get)
        await room(scope, receive, send)


def make_application(
    library: Library,
    per_minute: int = REQUESTS_PER_MINUTE,
    casebook: str = DEFAULT_CASEBOOK,
    review: Reviewing | None = None,
) -> Application:
    """The live site of a library: its pages, its API, the audit of articles in the words of ``casebook``, and its
    review where there is to be one."""
    kept, desk = Kept(KEPT_BYTES), AuditDesk(partial(open_work, casebook))
    maker = AuditMaker(library, desk, min(per_minute, AUDITS_PER_MINUTE))

    def make() -> Room:
        from pactwatch.site.api import make_api

        return make_api(library, kept, maker)

    api = LaterRoom(make)
    rooms: dict[str, Room] = {"api": api, "audit": AuditRoom(maker)}
    ends: list[Callable[[], None]] = [desk.close]
    if review is not None:
        office = Office(casebook, review.ledger)
        rooms["review"] = ReviewRoom(library, office, review.reviewers)
        library.has_review = True
        ends.append(office.close)

    def end() -> None:
        for one in ends:
            one()

    return Application(library, RateLimit(per_minute), kept, rooms, begin=lambda: _read_ahead(library, api), end=end)


def serve(edition: Edition, home: Path, serving: Serving, told: Callable[[str], None], is_fixed: bool = False) -> None:
    """Serve until stopped; ``told`` gets the address when the server listens. Raises :class:`ServeError` where the
    port is taken or the host is not of this machine, and what :meth:`Serving.check` raises."""
    import uvicorn

    serving.check()
    with Press() as press, closing(_bind(serving)) as listening:
        base = serving.base(listening.getsockname()[1])
        library = Library(home, edition, press, base, is_fixed)
        application = make_application(library, serving.per_minute, serving.casebook, serving.review)
        library.open(library.shelf.latest)

        class Server(uvicorn.Server):
            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                application.end()  # what takes long is given up and says so, before the server waits for it in vain
                super().handle_exit(sig, frame)

        told(base)
        with suppress(KeyboardInterrupt):
            Server(configure(application, serving.is_behind_proxy)).run(sockets=[listening])


def configure(application: Application, is_behind_proxy: bool = False) -> uvicorn.Config:
    """How the server speaks: bounded heads and connections, no name of itself, no log of readers."""
    import uvicorn

    return uvicorn.Config(
        application,
        http="h11",
        h11_max_incomplete_event_size=LARGEST_HEAD,
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=is_behind_proxy,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=3,
    )


def _bind(serving: Serving) -> socket.socket:
    """A socket on the address. It names its protocol, since asyncio sends small answers without delay on those only."""
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((serving.host, serving.port))
        listening.listen(BACKLOG)  # who comes while the server starts waits a moment and is not turned away
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise ServeError(f"cannot listen on {serving.host}:{serving.port}: {reason}; try another --port") from error
    return listening


def _read_ahead(library: Library, api: LaterRoom) -> None:
    """Make the latest edition's first page and network ready before somebody waits, then the search and the API, and
    last of all test the claims, which takes longest and which no page waits for."""

    def read() -> None:
        try:
            site = library.open(library.shelf.latest)
            with hold_back(site.book):
                site.make("index.html")
                site.make("network.html")
                read_index(site.book)
                api.get()
            await_results(site.book, LONGEST_TEST)
            site.make("index.html")
            site.book.once(Computing).make_ready()
        except Exception:
            logging.getLogger("pactwatch.site").exception("the pages could not be made ready ahead")

    threading.Thread(target=read, daemon=True, name="ahead").start()
