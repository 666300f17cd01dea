"""A server on this machine that plays a language model as a script tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pactwatch.coder.llm import LlmCoder, LlmSettings, open_llm_coder
from pactwatch.model.documents import Document

TEXT = "Japan and Palau signed a memorandum on radar upkeep on 3 March 2031. Koror called it “a first step”."
DOCUMENT = Document(id="d1", text=TEXT, published=date(2031, 3, 4))
GOOD: dict[str, Any] = {
    "quote": "Japan and Palau signed a memorandum on radar upkeep on 3 March 2031.",
    "reason": "a memorandum was signed",
    "type": "agreement",
    "stage": "signed",
    "modality": "actual",
    "parties": [{"code": "PLW", "words": "Palau"}, {"code": "JPN", "words": "Japan"}],
    "instrument": "MOU",
    "date": {"value": "2031-03-03", "words": "3 March 2031"},
    "confidence": 1.7,
}


@dataclass
class Script:
    """What the server does with each question in turn (the last for all that follow), and what it was asked."""

    steps: list[Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.questions.append(json.loads(handler.rfile.read(int(handler.headers["Content-Length"]))))
        self.steps[min(len(self.questions), len(self.steps)) - 1](handler)


class Server(ThreadingHTTPServer):
    """Says nothing when a client leaves before the end, as some tests make it do."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def serve() -> Iterator[Script]:
    """A running server of this machine, on any free port."""
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/chat/completions"
            script.answer(self)

        def log_request(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as running:
        script.url = f"http://127.0.0.1:{running.server_address[1]}/v1"
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield script
        script.is_over.set()
        running.shutdown()
        thread.join()


def send(status: int, body: str, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def step(handler: BaseHTTPRequestHandler) -> None:
        data = body.encode()
        handler.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return step


def say(content: str, **choice: str) -> Callable[[BaseHTTPRequestHandler], None]:
    usage = {"prompt_tokens": 2000, "completion_tokens": 500}
    return send(200, json.dumps({"choices": [{"message": {"content": content}, **choice}], "usage": usage}))


def tell(*mentions: object) -> Callable[[BaseHTTPRequestHandler], None]:
    return say(json.dumps({"mentions": mentions}))


def opened(server: Script, waits: list[float] | None = None, **settings: Any) -> LlmCoder:
    values: dict[str, Any] = {"url": server.url, "model": "small-one", "timeout": 5.0, "attempts": 3, **settings}
    return open_llm_coder(LlmSettings(**values), sleep=(waits if waits is not None else []).append)
