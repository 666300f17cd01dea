"""``pactwatch evaluate`` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pactwatch.cli.run import run
from pactwatch.coder import stream

USUAL = {"type": "dialogue", "stage": "held", "parties": ["JPN", "PHL"], "modality": "actual", "quote": "JPN met PHL."}


@pytest.fixture(autouse=True)
def fake_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("grammar", "network"):
        monkeypatch.setitem(stream.CODERS, name, ("tests.coder.meetings", "open_meetings"))


def write(file: Path, *documents: tuple[str, list[dict[str, Any]]]) -> str:
    lines = [
        json.dumps({"id": f"d{at}", "text": text, "mentions": found}) for at, (text, found) in enumerate(documents)
    ]
    file.write_text("\n".join(lines))
    return str(file)


@pytest.fixture
def gold(tmp_path: Path) -> str:
    """One strict pair, one loose pair, one miss, one false alarm in a document that tells nothing."""
    missed = {**USUAL, "type": "exercise", "quote": "Drills went on."}
    return write(
        tmp_path / "w.jsonl",
        ("JPN met PHL. Drills went on.", [USUAL, missed]),
        ("JPN may meet PHL.", [{**USUAL, "quote": "JPN may meet PHL."}]),
        ("USA met VNM.", []),
    )


def test_figures_as_json(gold: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", gold, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["coder"] == "meetings 1"
    assert found["strict"]["overall"]["counts"] == {"gold": 3, "coded": 3, "paired": 1}
    assert found["loose"]["by_file"][gold]["f1"]["value"] == pytest.approx(2 / 3)
    assert found["strict_pairs"]["fields"]["date"]["accuracy"] == 1
    assert found["empty"] == {"documents": 1, "with_mentions": 1, "mentions": 1}
    assert sorted(one["kind"] for one in found["differences"]) == ["coded_otherwise", "false_alarm", "missed"]


def test_figures_and_differences_as_text(gold: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", gold]) == 0
    told = capsys.readouterr().out
    for words in (
        "mean over files",
        "expected calibration error",
        "missed: 1, 1 shown",
        f"{gold}:1 d0",
        f"{gold}:2 d1 differs in stage, modality",
        "gold   dialogue/held/actual JPN+PHL",
        "coded  dialogue/planned/possible JPN+PHL",
        "“Drills went on.”",
    ):
        assert words in told
    assert run(["evaluate", gold, "--misses", "0"]) == 0
    assert "“" not in capsys.readouterr().out


def test_faults_of_gold_exit_1(gold: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = write(tmp_path / "bad.jsonl", ("JPN met PHL.", [{**USUAL, "type": "party"}, {**USUAL, "parties": [1]}]))
    assert run(["evaluate", gold, bad]) == 1
    said = capsys.readouterr().err
    assert f"{bad}:1 [mentions[0].type]: found 'party'" in said
    assert f"{bad}:1 [mentions[1].parties.0]: found 1" in said


@pytest.mark.parametrize(("words", "message"), [(["nosuch.jsonl"], "nosuch"), (["GOLD", "--misses", "-1"], "--misses")])
def test_mistakes_exit_2(words: list[str], message: str, gold: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", *(gold if word == "GOLD" else word for word in words)]) == 2
    assert message in capsys.readouterr().err


def test_no_documents_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "e.jsonl").touch()
    assert run(["evaluate", str(tmp_path / "e.jsonl")]) == 0
    assert "0 documents" in capsys.readouterr().out
