"""``pactwatch audit`` from the command line: the table, the document, the page, the ledger, and mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pactwatch import flow
from pactwatch.cli.run import run
from pactwatch.ledger import open_ledger

TEXT = "Japan's accords and deals with Southeast Asia cluster in March. Japan and the Philippines signed a reciprocal "
TEXT += "access agreement on 8 July 2024. Will they sign more?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    flow.publish(flow.open_casebook(), folder)
    return folder


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_the_table_and_the_page(home: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = article.with_suffix(".html")
    assert run(["audit", str(article), "--home", str(home), "--html", str(page)]) == 0
    told = capsys.readouterr().out
    assert "contradicted" in told
    assert "PHL-RAA" in told
    assert "cluster in March" in page.read_text("utf-8")


def test_json_is_one_document_and_events_go_to_the_ledger_once(
    home: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["audit", str(article), "--home", str(home), "--json", "--with-events"]
    assert run(command) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["class"] for one in document["sentences"]] == ["claim", "event", "question"]
    assert [TEXT[one["start"] : one["end"]][:5] for one in document["sentences"]] == ["Japan", "Japan", "Will "]
    with open_ledger(home) as ledger:
        before = [entry.kind.value for entry in ledger.entries()]
    assert run(command) == 0
    assert "nothing new" in capsys.readouterr().err
    with open_ledger(home) as ledger:
        after = [entry.kind.value for entry in ledger.entries()]
    assert "coding" in before
    assert [kind for kind in after if kind != "publication"] == before  # the edition it is held against may be sealed


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


def test_the_example_of_the_page_runs(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PACTWATCH_HOME", str(home))
    page = (Path(__file__).parents[2] / "docs" / "audit.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(example, "audit.md", "exec"), {})  # noqa: S102 - our own example
    assert "contradicted" in capsys.readouterr().out
