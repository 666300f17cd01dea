"""``pactwatch audit`` from the command line: the table, the document, the page, the ledger, and mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pactwatch import flow
from pactwatch.cli.run import run
from pactwatch.ledger import open_ledger
from pactwatch.model.entries import EntryKind
from tests.stores import Workspace

TEXT = "Japan's accords and deals with Southeast Asia cluster in March. Japan and the Philippines signed a reciprocal "
TEXT += "access agreement on 8 July 2024. Will they sign more?"


ONCE = pytest.mark.parametrize("shared_workspace", ["sqlite"], indirect=True)
"""For what is shown of an edition, which is the same on both databases."""


@pytest.fixture(scope="module")
def home(shared_workspace: Workspace) -> Workspace:
    flow.publish(flow.open_casebook(), shared_workspace.folder, shared_workspace.ledger)
    return shared_workspace


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@ONCE
def test_the_table_and_the_page(home: Workspace, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = article.with_suffix(".html")
    assert run(["audit", str(article), *home.option, "--html", str(page)]) == 0
    told = capsys.readouterr().out
    assert "contradicted" in told
    assert "PHL-RAA" in told
    assert "cluster in March" in page.read_text("utf-8")


def test_json_is_one_document_and_events_go_to_the_ledger_once(
    home: Workspace, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["audit", str(article), *home.option, "--json", "--with-events"]
    assert run(command) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["class"] for one in document["sentences"]] == ["claim", "event", "question"]
    assert [TEXT[one["start"] : one["end"]][:5] for one in document["sentences"]] == ["Japan", "Japan", "Will "]
    with open_ledger(home.ledger) as ledger:
        before = list(ledger.entries())
    assert run(command) == 0
    again = capsys.readouterr()
    assert "nothing new" in again.err
    with open_ledger(home.ledger) as ledger:
        later = list(ledger.entries(after=before[-1].seq))
    assert {entry.kind for entry in before} >= {EntryKind.DOCUMENT, EntryKind.CODING}
    assert {entry.kind for entry in later} <= {EntryKind.NAMING, EntryKind.PUBLICATION}, "only the edition it ran on"
    event = json.loads(again.out)["sentences"][1]
    assert event["verdict"] == document["sentences"][1]["verdict"], "an article is no evidence for itself"
    assert event["records"] == document["sentences"][1]["records"]


def test_an_article_is_no_evidence_for_itself(
    home: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "new.txt"
    file.write_text("Japan and Laos signed an agreement on the transfer of defence equipment on 3 May 2026.", "utf-8")
    command = ["audit", str(file), *home.option, "--json", "--with-events"]
    answers = []
    for _ in range(2):
        assert run(command) == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0]["edition"] != answers[1]["edition"], "the second ran on an edition that holds the article"
    first, second = (answer["sentences"][0] for answer in answers)
    assert first["class"] == "event" and first["verdict"] == second["verdict"]
    assert first["records"] == second["records"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "picture"),
        (b"The drills go on. " * 600_000, "at most 400,000 characters"),
        (b"El acuerdo de defensa entre las partes fue firmado en la capital. " * 9, "another language"),
    ],
)
def test_what_is_no_article_gets_a_message_and_no_verdict(
    raw: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(raw)
    assert run(["audit", str(file), "--json"]) == 2
    out, err = capsys.readouterr()
    assert words in json.loads(out)["error"]
    assert words in err
    assert "Traceback" not in err


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_a_path_that_is_no_file_is_told(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", str(tmp_path / name)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_private_address_is_not_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "http://127.0.0.1:9/article"]) == 2
    assert "save the page as a file" in capsys.readouterr().err


@ONCE
def test_the_example_of_the_page_runs(
    home: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PACTWATCH_HOME", str(home.folder))
    page = (Path(__file__).parents[2] / "docs" / "audit.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(example, "audit.md", "exec"), {})  # noqa: S102 - our own example
    assert "contradicted" in capsys.readouterr().out
