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
