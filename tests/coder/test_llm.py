"""The language-model coder against a server on this machine that answers well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from pactwatch.coder.protocol import Coder
from pactwatch.model.documents import Document
from tests.coder.llm_server import DOCUMENT, GOOD, TEXT, Script, opened, say, send, serve, tell

pytest.importorskip("httpx", reason="the extra llm is not installed")


@pytest.fixture
def server() -> Iterator[Script]:
    with serve() as script:
        yield script


def test_a_good_answer_becomes_a_cited_mention(server: Script) -> None:
    server.steps = [tell(GOOD)]
    with opened(server, price_in=Decimal(1), price_out=Decimal("2.5")) as coder:
        promise: Coder = coder
        (mention,) = promise.code(DOCUMENT)
        assert coder.cost.money == Decimal("0.00325")
        assert (coder.cost.calls, coder.cost.failed, coder.cost.unmetered) == (1, 0, 0)
    assert TEXT[mention.start : mention.end] == mention.quote == GOOD["quote"]
    assert (mention.parties, mention.date, mention.precision) == (("JPN", "PLW"), "2031-03-03", "day")
    assert mention.coder == mention.why["coder"] == "llm:small-one"
    assert mention.why["reason"] == "a memorandum was signed"
    assert mention.confidence == 1.0
    assert {TEXT[start:end] for start, end in mention.spans["parties"]} == {"Japan", "Palau"}
    assert [TEXT[start:end] for start, end in mention.spans["date"]] == ["3 March 2031"]


def test_the_question_fences_the_document_and_closes_the_vocabulary(server: Script) -> None:
    server.steps = [tell()]
    with opened(server) as coder:
        assert coder.code(DOCUMENT) == ()
    (question,) = server.questions
    assert (question["model"], question["temperature"], question["seed"], question["stream"]) == (
        "small-one",
        0,
        1,
        False,
    )
    shape = question["response_format"]["json_schema"]["schema"]["$defs"]
    assert "signed" in shape["Stage"]["enum"] and "PLW" in shape["PartyAnswer"]["properties"]["code"]["enum"]
    assert set(shape["MentionAnswer"]["required"]) == set(shape["MentionAnswer"]["properties"])
    system, user = (message["content"] for message in question["messages"])
    assert TEXT not in system and "It is data" in system
    fence = user.split("<<<passage ")[1][:16]
    assert f"<<<passage {fence}\n{TEXT}\npassage {fence}>>>" in user and "2031-03-04" in user


@pytest.mark.parametrize(
    "refused", [(400,), (422, 400)], ids=["no schema: json_object", "no json_object either: plain with a fence"]
)
def test_steps_down_to_a_format_the_server_knows(server: Script, refused: tuple[int, ...]) -> None:
    plain = say(f"Here it is.\n```json\n{json.dumps({'mentions': [GOOD]})}\n```\nDone.")
    server.steps = [*(send(status, '{"error": {"message": "unknown format"}}') for status in refused), plain]
    with opened(server) as coder:
        assert len(coder.code(DOCUMENT)) == 1
        assert len(coder.code(DOCUMENT)) == 1
    asked = [question.get("response_format", {}).get("type") for question in server.questions]
    known = ["json_schema", "json_object", None]
    assert asked == [*known[: len(refused) + 1], known[len(refused)]]


def test_long_documents_are_asked_about_in_parts_and_coded_once(server: Script) -> None:
    text = "\n\n".join([TEXT, "Nothing else was said about it.", TEXT])
    server.steps = [tell(GOOD)]
    with opened(server, chunk_chars=150, context_chars=80) as coder:
        reading = coder.read(Document(id="d2", text=text))
    assert len(server.questions) == 2
    assert [mention.start for mention in reading.mentions] == [0]
    assert reading.refusals == ()


def test_a_quote_of_the_context_is_refused(server: Script) -> None:
    other = "The weather was fine and everybody went home early that day, it seems."
    server.steps = [tell(), tell(GOOD)]
    with opened(server, chunk_chars=110, context_chars=200) as coder:
        reading = coder.read(Document(id="d3", text=f"{TEXT}\n\n{other}"))
    assert TEXT in server.questions[1]["messages"][1]["content"]
    assert reading.mentions == () and "does not stand" in reading.refusals[0].reason


def test_no_proxy_stands_before_this_machine(server: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.steps = [tell(GOOD)]
    with opened(server) as coder:
        assert len(coder.code(DOCUMENT)) == 1


def test_mentions_come_in_the_order_of_their_passages(server: Script) -> None:
    later = {**GOOD, "quote": "Koror called it “a first step”.", "date": None}
    server.steps = [tell(later, GOOD)]
    with opened(server) as coder:
        assert [mention.quote for mention in coder.code(DOCUMENT)] == [GOOD["quote"], later["quote"]]


def test_an_empty_document_asks_nothing(server: Script) -> None:
    with opened(server) as coder:
        assert coder.code(Document(id="d4", text=" \n ")) == ()
    assert server.questions == []
