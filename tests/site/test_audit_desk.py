"""The desk of the audit box: few articles at once, one of them never in the way of others, none that never ends."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from pactwatch.site.api import make_api
from pactwatch.site.auditing import AuditDesk, AuditMaker, AuditRoom
from pactwatch.site.server.application import Application
from pactwatch.site.web.forms import FORM
from tests.site.shelved import listen, make_live
from tests.site.slow_audits import open_slow_work
from tests.site.test_server import Called, call

HEAD = ((b"content-type", FORM.encode()), (b"host", b"pact.example"))


@contextmanager
def slow(home: Path, most: int = 1, seconds: float = 20, per_minute: int = 0) -> Iterator[Application]:
    """The live site with a desk whose workers do what they are told."""
    with make_live(home) as application:
        desk = AuditDesk(open_slow_work, most, seconds)
        maker = AuditMaker(application.library, desk, per_minute)
        application.rooms = {"audit": AuditRoom(maker), "api": make_api(application.library, application.kept, maker)}
        yield application
        desk.close()


def send(application: Application, text: str, client: str = "10.0.0.1") -> Called:
    body = urlencode({"text": text}).encode()
    return call(application, "/audit", client, body, HEAD, "POST")


@pytest.mark.parametrize(
    ("headers", "is_answered"),
    [
        ({}, True),
        ({b"sec-fetch-site": b"same-origin"}, True),
        ({b"sec-fetch-site": b"none"}, True),
        ({b"sec-fetch-site": b"same-site"}, False),
        ({b"sec-fetch-site": b"cross-site", b"origin": b"https://pact.example"}, False),
        ({b"origin": b"https://pact.example"}, True),
        ({b"origin": b"https://pact.example:443"}, True),
        ({b"origin": b"https://pact.example.evil.example"}, False),
        ({b"origin": b"null"}, False),
    ],
)
def test_only_pages_of_this_site_may_send_the_form(home: Path, headers: dict[bytes, bytes], is_answered: bool) -> None:
    with slow(home, most=0) as application:
        called = call(application, "/audit", body=b"text=abc", headers=[*HEAD, *headers.items()], method="POST")
        assert called.status == (503 if is_answered else 403)


def post(application: Application, text: str, headers: dict[bytes, bytes], client: str = "10.0.0.1") -> Called:
    head = {b"content-type": b"application/json", b"host": b"pact.example"} | headers
    body = json.dumps({"text": text}).encode()
    return call(application, "/api/v1/audit", client, body, list(head.items()), "POST")


def test_the_api_is_bounded_by_the_same_desk_the_same_rate_and_the_same_origin(home: Path) -> None:
    with slow(home, most=0, per_minute=4) as application:
        busy = post(application, "abc", {})
        assert busy.status == 503 and int(busy.headers["retry-after"]) > 0
        assert send(application, "abc").status == 503
        often = post(application, "abc", {})
        assert often.status == 429 and int(often.headers["retry-after"]) > 0, "both ways count for one reader"
        assert post(application, "abc", {b"sec-fetch-site": b"cross-site"}, "10.0.0.9").status == 403
        assert post(application, "abc", {b"content-type": b"text/plain"}, "10.0.0.9").status == 415
    with slow(home, seconds=1) as application:
        hung = post(application, "sleep, a secret", {})
        assert hung.status == 503 and json.loads(hung.body)["title"] == "It took too long"
        assert post(application, "fail, a secret", {}).status == 500
        done = post(application, "go on", {})
        assert done.body == b"audited" and done.headers["cache-control"] == "no-store"


def test_who_finds_no_free_worker_is_told_when_to_come_back_and_keeps_the_text(home: Path) -> None:
    with slow(home, most=0) as application:
        called = send(application, "words that took an hour")
    assert called.status == 503 and int(called.headers["retry-after"]) > 0
    assert b"words that took an hour" in called.body and b"Other articles are being audited" in called.body


def test_one_reader_cannot_take_every_turn(home: Path) -> None:
    with slow(home, most=0, per_minute=4) as application:
        assert [send(application, "abc").status for _ in range(3)] == [503, 503, 429]
        assert send(application, "abc", client="10.0.0.2").status == 503


def test_an_audit_that_hangs_fails_or_dies_is_given_up_and_the_next_is_answered(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with slow(home, seconds=3) as application, caplog.at_level(logging.INFO):
        hung = send(application, "sleep, a secret")
        assert hung.status == 503 and b"more than 3 seconds of work" in hung.body and b"a secret" in hung.body
        dead = send(application, "die, a secret")
        assert dead.status == 503 and b"given up" in dead.body
        failed = send(application, "fail, a secret")
        assert failed.status == 500 and b"a secret" in failed.body
        assert send(application, "go on").body == b"audited"
    assert "ValueError" in caplog.text and "secret" not in caplog.text


def test_others_are_answered_while_an_article_is_audited(home: Path) -> None:
    with slow(home) as application, listen(application) as port:
        base = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=base, timeout=60) as web, ThreadPoolExecutor(1) as thread:
            running = thread.submit(web.post, "/audit", data={"text": "sleep a little"})
            assert web.get("/static/icon.svg").status_code == 200
            assert not running.done()
            assert running.result().text == "audited"


def test_a_stop_gives_up_what_is_being_audited(home: Path) -> None:
    with slow(home) as application, ThreadPoolExecutor(1) as thread:
        room = application.rooms["audit"]
        assert isinstance(room, AuditRoom)
        desk = room.maker.desk
        running = thread.submit(send, application, "sleep for long")
        while desk.has_room:
            time.sleep(0.01)
        desk.close()
        called = running.result(60)
        assert called.status == 503 and b"the server is stopping" in called.body
        assert send(application, "more").status == 503


def test_a_worker_cannot_take_all_memory() -> None:
    code = "from pactwatch.site.auditing import work as w; w.open_work('x'); bytearray(w.MOST_MEMORY)"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "MemoryError" in done.stderr
