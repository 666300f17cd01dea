"""``pactwatch serve``: it says where it listens, answers there, and stops when told; mistakes are told, not thrown."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from pactwatch.cli.options import Place
from pactwatch.cli.run import run
from pactwatch.cli.verbs.serve import _choose
from pactwatch.ledger import open_ledger
from pactwatch.model.errors import InputError, PactwatchError
from pactwatch.site.server.reviewing import read_reviewers
from pactwatch.site.server.running import Serving, _bind
from tests.flow.made import append, exercise, make_casebook
from tests.site.shelved import NEW, OLD, make_shelf
from tests.stores import Workspace


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    make_shelf(folder)
    return folder


def test_it_serves_until_stopped(home: Path) -> None:
    edition = home / "editions" / NEW
    command = [
        sys.executable,
        "-m",
        "pactwatch",
        "serve",
        "--port",
        "0",
        "--edition",
        str(edition),
        "--home",
        str(home),
        "--json",
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or lines[-1].strip() != "}":
            line = process.stdout.readline()
            assert line, process.stderr.read() if process.stderr else ""
            lines.append(line)
        told = json.loads("".join(lines))
        assert told["edition"] == NEW
        found = httpx.get(f"{told['address']}records/RAA-1.html", timeout=60)
        assert found.status_code == 200 and "Reciprocal access agreement" in found.text
        assert httpx.get(f"{told['api']}editions", timeout=60).json()["latest"] == NEW
    finally:
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the command
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in errors


def test_without_an_edition_it_seals_what_the_ledger_tells(workspace: Workspace, tmp_path: Path) -> None:
    make_casebook(tmp_path / "book")
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, [exercise("Blue Lantern", "2026-02-18")])
        edition = _choose(None, Place(str(tmp_path / "book"), workspace.folder, workspace.ledger))
        assert edition.ledger["until"] == 3 and edition.path.parent.parent == workspace.folder
        assert [kept.body.edition for kept in ledger.publications()] == [edition.id]


def test_mistakes_are_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run(["serve", "--home", str(home), "--edition", OLD, "--port", port]) == 2
    assert f"cannot listen on 127.0.0.1:{port}" in capsys.readouterr().err
    assert run(["serve", "--home", str(home), "--edition", "nowhere"]) == 2
    assert "is no edition" in capsys.readouterr().err
    assert run(["serve", "--port", "70000"]) == 2
    assert run(["serve", "--home", str(home), "--edition", OLD, "--host", "203.0.113.1"]) == 2
    assert "cannot listen on 203.0.113.1" in capsys.readouterr().err


def test_small_answers_are_sent_without_delay() -> None:
    with _bind(Serving(port=0)) as listening:
        assert listening.proto == socket.IPPROTO_TCP, "asyncio turns Nagle's algorithm off for named TCP sockets only"
    assert Serving(host="::1").base(80) == "http://[::1]:80/"
    assert Serving(address="https://x.example/pact").base(80) == "https://x.example/pact/"


TOKEN = "0123456789abcdef01234567"  # noqa: S105 - nobody's


def write_reviewers(file: Path, text: str, mode: int = 0o600) -> str:
    file.write_text(text, "utf-8")
    file.chmod(mode)
    return str(file)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--reviewer", "Ana"], "belong to --review"),
        (["--review", "--reviewer", "Ana", "--reviewers", "nowhere.toml"], "do not go together"),
        (["--review", "--reviewers", "nowhere.toml"], "nowhere.toml cannot be read"),
        (["--review", "--reviewer", "Ana", "--host", "0.0.0.0"], "to this machine alone"),  # noqa: S104
        (["--review", "--reviewer", "Ana", "--address", "https://pact.example/"], "to this machine alone"),
        (["--review", "--reviewer", "Ana", "--behind-proxy"], "to this machine alone"),
    ],
)
def test_a_review_that_anybody_could_enter_is_refused(
    home: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_ledger(home):
        pass
    assert run(["serve", "--home", str(home), "--edition", NEW, *words]) == 2
    assert said in capsys.readouterr().err


def test_a_review_needs_a_ledger(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edition = str(home / "editions" / NEW)
    assert run(["serve", "--home", str(tmp_path), "--edition", edition, "--review", "--reviewer", "Ana"]) == 2
    assert "pactwatch read" in capsys.readouterr().err


def test_reviewers_are_read_with_every_fault(tmp_path: Path) -> None:
    file = tmp_path / "reviewers.toml"
    found = read_reviewers(Path(write_reviewers(file, f'"Ana Ito" = "{TOKEN}"\n"Ben" = "{TOKEN[::-1]}"\n')))
    assert found.names == ("Ana Ito", "Ben") and found.find(TOKEN) == "Ana Ito" and found.find("") == ""
    assert TOKEN not in repr(found)
    faulty = f'"Ana" = "{TOKEN}"\n"Ben" = "{TOKEN}"\n"Cho" = "short"\n" Dee" = 5\n'
    with pytest.raises(InputError) as told:
        read_reviewers(Path(write_reviewers(file, faulty)))
    assert len(told.value.faults) == 5 and TOKEN not in str(told.value) and "short" not in str(told.value)
    for text, mode, said in (
        ("", 0o600, "at least one line"),
        ('"Ana" = ', 0o600, "line"),
        (faulty, 0o644, "chmod 600"),
    ):
        with pytest.raises(PactwatchError, match=said):
            read_reviewers(Path(write_reviewers(file, text, mode)))
