"""The language-model coder against a server that answers badly, slowly, too much, and not at all."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest

from pactwatch.coder.llm import LlmError
from tests.coder.llm_server import DOCUMENT, GOOD, Script, opened, say, send, serve, tell

pytest.importorskip("httpx", reason="the extra llm is not installed")

KEY = "sk-a-key-nobody-may-see"


@pytest.fixture
def server() -> Iterator[Script]:
    with serve() as script:
        yield script


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(say("I could not find any events."), id="no JSON"),
        pytest.param(say('{"mentions": [{"quote": "Jap'), id="broken JSON"),
        pytest.param(say('{"events": []}'), id="wrong shape"),
        pytest.param(say('{"mentions": [NaN]}'), id="not a number"),
        pytest.param(say("[" * 100_000), id="deep brackets"),
        pytest.param(say('{"mentions": ' + json.dumps([0] * 301) + "}"), id="too many"),
        pytest.param(send(200, "<html>"), id="no chat completion"),
        pytest.param(send(200, '{"choices": [{"message": {"content": null}}]}'), id="no text"),
        pytest.param(send(503, "busy"), id="busy"),
        pytest.param(send(429, "slow down"), id="too many questions"),
    ],
)
def test_passing_trouble_is_tried_again(server: Script, bad: Callable[[BaseHTTPRequestHandler], None]) -> None:
    server.steps = [bad, bad, tell(GOOD)]
    waits: list[float] = []
    with opened(server, waits, first_wait=1.0) as coder:
        assert len(coder.code(DOCUMENT)) == 1
        assert coder.cost.failed == 2
    assert 0.5 <= waits[0] <= 1.5 and 1.0 <= waits[1] <= 3.0
    assert [question["seed"] for question in server.questions] == [1, 2, 3]


@pytest.mark.parametrize(
    ("asked", "lowest", "highest"),
    [
        ("7", 7, 7),
        ("9999", 60, 60),
        ("soon", 0, 1.5),
        ("-5", 0, 1.5),
        pytest.param(format_datetime(datetime.now(UTC) + timedelta(seconds=3000)), 60, 60, id="a date to come"),
        (format_datetime(datetime(2001, 1, 1, tzinfo=UTC)), 0, 1.5),
    ],
)
def test_waits_as_long_as_asked_up_to_a_cap(server: Script, asked: str, lowest: float, highest: float) -> None:
    server.steps = [send(429, "", Retry_After=asked), tell(GOOD)]
    waits: list[float] = []
    with opened(server, waits) as coder:
        assert len(coder.code(DOCUMENT)) == 1
    assert len(waits) == 1 and lowest <= waits[0] <= highest


def test_gives_up_after_the_attempts(server: Script) -> None:
    server.steps = [send(500, "out of order")]
    with opened(server) as coder, pytest.raises(LlmError, match=r"3 attempts.*500.*out of order"):
        coder.code(DOCUMENT)
    assert len(server.questions) == 3


def test_gives_up_when_waiting_would_outlast_the_deadline(server: Script) -> None:
    server.steps = [send(429, "", Retry_After="50")]
    with opened(server, deadline=20.0) as coder, pytest.raises(LlmError, match="no time left"):
        coder.code(DOCUMENT)
    assert len(server.questions) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "PACTWATCH_LLM_KEY"),
        (403, "may not use"),
        (404, "/v1"),
        (413, "chunk_chars"),
        (307, "points elsewhere"),
        (418, "418"),
    ],
)
def test_lasting_trouble_is_told_at_once(server: Script, status: int, words: str) -> None:
    server.steps = [send(status, "{}", Location="http://127.0.0.1:1/")]
    with opened(server) as coder, pytest.raises(LlmError, match=words):
        coder.code(DOCUMENT)
    assert len(server.questions) == 1


def test_a_question_refused_in_every_format_is_told(server: Script) -> None:
    server.steps = [send(400, '{"error": {"message": "the context is too long"}}')]
    with opened(server) as coder, pytest.raises(LlmError, match="the context is too long"):
        coder.code(DOCUMENT)
    assert len(server.questions) == 3


def test_an_answer_cut_off_is_told(server: Script) -> None:
    server.steps = [say('{"mentions": [', finish_reason="length")]
    with opened(server) as coder, pytest.raises(LlmError, match="cut off"):
        coder.code(DOCUMENT)


@pytest.mark.parametrize(("status", "words"), [(200, "longer than 100000 bytes"), (500, "answered 500")])
def test_a_huge_body_is_not_taken_in(server: Script, status: int, words: str) -> None:
    server.steps = [send(status, "x" * 3_000_000)]
    with opened(server, attempts=1, max_bytes=100_000) as coder, pytest.raises(LlmError, match=words) as caught:
        coder.code(DOCUMENT)
    assert len(str(caught.value)) < 500


def test_a_silent_server_times_out(server: Script) -> None:
    def stay_silent(_: BaseHTTPRequestHandler) -> None:
        server.is_over.wait(10)

    server.steps = [stay_silent]
    with opened(server, timeout=0.1, attempts=2) as coder, pytest.raises(LlmError, match="no answer within"):
        coder.code(DOCUMENT)
    assert len(server.questions) == 2


def test_a_server_that_drips_times_out(server: Script) -> None:
    drops: list[int] = []

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):
            for _ in range(100):
                handler.wfile.write(b" ")
                drops.append(1)
                server.is_over.wait(0.02)

    server.steps = [drip]
    with opened(server, timeout=0.3, attempts=1) as coder, pytest.raises(LlmError, match="too slowly"):
        coder.code(DOCUMENT)
    assert len(drops) < 80  # left before the server was done


def test_no_server_is_told_in_plain_words(server: Script) -> None:
    with (
        opened(server, url="http://127.0.0.1:1/v1", attempts=2) as coder,
        pytest.raises(LlmError, match="cannot reach"),
    ):
        coder.code(DOCUMENT)


def test_the_key_is_sent_and_never_shown(
    server: Script, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    def guarded(handler: BaseHTTPRequestHandler) -> None:
        given = handler.headers.get("Authorization", "")
        step = tell(GOOD) if given == f"Bearer {KEY}" else send(401, f"{given} is no key, {KEY} would be")
        step(handler)

    server.steps = [guarded]
    caplog.set_level(logging.DEBUG)
    with opened(server, key=KEY) as coder:
        assert len(coder.code(DOCUMENT)) == 1
        shown = [repr(coder), repr(vars(coder)), repr(coder._settings), str(coder._asker._transport._client.headers)]
    server.steps = [send(500, f"cannot use {KEY}")]
    with opened(server, key=KEY) as coder, pytest.raises(LlmError, match=r"\[key\]") as caught:
        coder.code(DOCUMENT)
    assert caught.value.__cause__ is None
    assert KEY not in "".join([*shown, str(caught.value), caplog.text, *capsys.readouterr()])


def test_the_wrong_key_is_told_at_once(server: Script) -> None:
    server.steps = [send(401, '{"error": "bad key"}')]
    with opened(server, key="sk-other") as coder, pytest.raises(LlmError, match="does not accept the key") as caught:
        coder.code(DOCUMENT)
    assert "sk-other" not in str(caught.value)
