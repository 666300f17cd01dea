"""A web server of this machine that answers as a table says, and remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """Status, body and headers; ``drip`` sends a byte at a time with that many seconds between."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0
    delay: float = 0.0


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float


Route = Reply | list[Reply] | Callable[[Asked], Reply]


@dataclass
class Site:
    """The routes by path (a list answers in turn, its last for all that follow), and what was asked."""

    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    port: int = 0

    def answer(self, asked: Asked) -> Reply:
        route = self.routes.get(asked.path, Reply(404))
        if isinstance(route, list):
            return route.pop(0) if len(route) > 1 else route[0]
        return route if isinstance(route, Reply) else route(asked)

    def paths(self) -> list[str]:
        return [one.path for one in self.asked if one.path != "/robots.txt"]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that leave early are part of the tests."""


@contextmanager
def serve() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(self.command, self.path, dict(self.headers.items()), body, time.monotonic())
            site.asked.append(asked)
            reply = site.answer(asked)
            time.sleep(reply.delay)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if not reply.drip:
                self.wfile.write(reply.body)
                return
            for byte in reply.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(reply.drip)

        do_GET = do_POST = handle_any  # noqa: N815 - the names the library calls

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.port = server.server_address[1]
    site.url = f"http://127.0.0.1:{site.port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
