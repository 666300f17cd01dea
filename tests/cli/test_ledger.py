"""``pactwatch ledger`` and ``verify`` as a user types them, over both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pactwatch.cli.progress import telling
from pactwatch.cli.run import run
from pactwatch.ledger import open_ledger
from tests.ledger.made import story
from tests.stores import MakeStore, tamper


@pytest.fixture
def filled(store: str) -> str:
    with open_ledger(store) as ledger:
        ledger.append(story(1)[1], "reader")
    return store


def ask(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert run([*words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions of a workspace on a server are kept in a folder of the test."""
    monkeypatch.setenv("PACTWATCH_HOME", str(tmp_path / "workspace"))


def test_out_and_in_again(
    filled: str, make_store: MakeStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, again = str(tmp_path / "out.jsonl"), str(tmp_path / "again.jsonl")
    done = ask(capsys, "ledger", "export", file, "--home", filled)
    assert (done["file"], done["entries"]) == (file, 3)
    other = make_store("sqlite")
    assert ask(capsys, "ledger", "import", file, "--home", other) == done
    assert ask(capsys, "ledger", "export", again, "--home", other) == {**done, "file": again}
    assert Path(file).read_bytes() == Path(again).read_bytes()
    assert run(["ledger", "import", file, "--home", other]) == 2
    assert "an export goes into an empty ledger. Name another --home" in capsys.readouterr().err


def test_to_standard_output(filled: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["ledger", "export", "--home", filled]) == 0
    told = capfdbinary.readouterr()
    assert [json.loads(line)["seq"] for line in told.out.splitlines()] == [1, 2, 3]
    assert b"3 entries exported; the last one's digest is " in told.err
    assert run(["ledger", "export", "--json", "--home", filled]) == 2


def test_a_broken_export_is_told_with_its_line(
    filled: str, make_store: MakeStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.jsonl"
    assert run(["ledger", "export", str(file), "--home", filled]) == 0
    file.write_bytes(file.read_bytes().replace(b"gazette", b"tribune"))
    capsys.readouterr()
    assert run(["ledger", "import", str(file), "--home", make_store("sqlite")]) == 2
    told = capsys.readouterr().err
    assert f"{file}:2: found entry 2: it was changed" in told and "nothing was imported" in told


def test_verify_tells_of_the_ledger(filled: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, "verify", "--home", filled)["ledger"]
    assert (found["entries"], found["problems"]) == (3, [])
    assert run(["verify", "--home", filled, "--holds", found["digest"][:20]]) == 0
    assert f"ledger: sound, 3 entries checked; the last one's digest is {found['digest']}" in capsys.readouterr().out
    assert run(["verify", "--home", filled, "--holds", "0" * 64]) == 1
    assert "the chain was replaced, or cut off before that entry" in capsys.readouterr().out
    assert run(["verify", "--home", filled, "--holds", "abc"]) == 2


def test_verify_names_the_first_broken_entry(filled: str, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(filled, "update entries set body = replace(body, 'gazette.example', 'tribune.example') where seq = 2")
    assert run(["verify", "--home", filled]) == 1
    told = capsys.readouterr().out
    assert "ledger: 1 problems, 1 entries checked" in told
    assert "  entry 2: it was changed: its digest is not that of what it says" in told


def test_verify_tells_that_the_file_is_no_ledger(make_store: MakeStore, capsys: pytest.CaptureFixture[str]) -> None:
    """Of SQLite alone: a server's files are the server's."""
    store = make_store("sqlite")
    Path(store).mkdir()
    (Path(store) / "ledger.sqlite").write_bytes(b"nothing of this is a database" * 400)
    assert "is no SQLite database" in ask(capsys, "verify", "--home", store, code=1)["ledger"]["problems"][0]


def test_without_a_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(tmp_path / "none")
    assert run(["ledger", "export", "--home", home]) == 2
    assert "holds no ledger yet" in capsys.readouterr().err
    assert run(["verify", "--home", home]) == 0
    assert "nothing to verify yet" in capsys.readouterr().err
    assert not Path(home).exists()


def test_how_far_it_has_come_is_told_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with telling(lambda done: f"{done} bytes") as advance:
        advance(5)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with telling(lambda done: f"{done} bytes") as advance:
        advance(5)
        advance(6)
    assert capsys.readouterr().err == "\r\x1b[K5 bytes\r\x1b[K", "five times a second, and taken away at the end"
