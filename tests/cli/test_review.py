"""``pactwatch review``: on a real terminal, and from scripts."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from pactwatch.cli.run import run
from pactwatch.ledger import open_ledger
from pactwatch.model.judgements import Decision
from tests.cli.terminal import PATIENCE, Terminal, terminal
from tests.flow.made import append, exercise, make_casebook, tell
from tests.stores import Workspace

JAPANESE = "日本とフィリピンは2026年2月18日、共同訓練「青い灯」を実施した。" * 3
STORIES = [
    exercise("Blue Lantern", "2026-02-18", confidence=0.5),
    exercise("Grey Heron", "2025-11-03", confidence=0.7),
    tell(JAPANESE, {"name": "Aoi Tomoshibi", "date": "2026-02-17", "confidence": 0.9, "quote": JAPANESE[:36]}),
    tell("word " * 800 + "\x1b[2Jend.", {"name": "Long Word", "date": "2026-01-01", "confidence": 0.95}),
]


@pytest.fixture
def place(workspace: Workspace, tmp_path: Path) -> list[str]:
    make_casebook(tmp_path / "book")
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, STORIES)
    return ["--casebook", str(tmp_path / "book"), *workspace.option]


def decisions(place: list[str]) -> list[tuple[str, str]]:
    with open_ledger(place[3]) as ledger:
        return [(one.author, str(one.body.decision)) for one in ledger.judgements()]


def asked(screen: Terminal, *words: str) -> str:
    """The screen of a question with these words on it, to its end."""
    return screen.wait_for(*words, "? help")


def test_a_sitting_at_a_terminal(place: list[str]) -> None:
    with terminal(*place, "review", "--author", "Ana", columns=80) as screen:
        shown = asked(screen)
        assert "4 open" in shown and "⟦Japan and the Philippines held the exercise Blue Lantern" in shown
        screen.press("s")
        asked(screen, "no other record is shown")
        screen.press("z")
        asked(screen, "does nothing here")
        screen.press("a")
        shown = asked(screen)
        assert "3 open" in shown
        assert "accept; backspace undoes it" in shown and "Grey Heron" in shown
        screen.press("\x7f")
        shown = asked(screen)
        assert "4 open" in shown
        assert "is withdrawn" in shown and "Blue Lantern" in shown
        screen.press("a")
        asked(screen, "3 open")
        screen.press("e")
        screen.wait_for("An empty line ends", "> ")
        screen.press("stage = sighed\nparties = JPN XXX\n\n")
        shown = screen.wait_for("leave it as it was", "> ")
        assert "the correction has faults (2)" in shown
        screen.press("stage = held\nparties = JPN PHL USA\n\n")
        shown = asked(screen)
        assert "2 open" in shown
        assert "青い灯" in shown and "correct; backspace" in shown
        screen.press(" ")
        shown = asked(screen, "Long Word")
        assert "characters more; v shows them" in shown and "put off" in shown
        screen.press("v")
        shown = asked(screen, "␛[2Jend")
        assert "characters more" not in shown
        screen.press("x")
        asked(screen, "1 open")
        screen.press("?")
        screen.wait_for("Any key goes on")
        screen.press("k")
        asked(screen, "青い灯")
        screen.press("q")
        screen.wait_for("3 decided by Ana, 1 open")
        assert screen.process.wait(PATIENCE) == 0
    assert decisions(place) == [("Ana", "accept"), ("Ana", "correct"), ("Ana", "reject")]


def test_same_and_different_by_key_and_taken_back(workspace: Workspace, tmp_path: Path) -> None:
    make_casebook(tmp_path / "book")
    words = "Defence ministers of Japan and the Philippines held talks in Cebu on patrols and radar coverage on {}."
    days = ("2026-02-10", "2026-02-15")
    talks = [tell(words.format(day), {"type": "dialogue", "date": day, "confidence": 0.6}) for day in days]
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, talks)
    place = ["--casebook", str(tmp_path / "book"), *workspace.option]
    with terminal(*place, "review", "--author", "Ana") as screen:
        shown = asked(screen)
        assert "talks, 2026" in shown and "5 days apart" in shown
        screen.press("d")
        asked(screen, "different from Japan and the Philippines: talks, 2026; backspace undoes it")
        screen.press("\x7f")
        asked(screen, "is withdrawn")
        screen.press("s")
        asked(screen, "same as Japan and the Philippines: talks, 2026; backspace undoes it")
        screen.press("q")
        screen.wait_for("1 decided by Ana")
        assert screen.process.wait(PATIENCE) == 0
    assert decisions(place) == [("Ana", "same")]


def test_keys_typed_ahead_decide_nothing(place: list[str]) -> None:
    with terminal(*place, "review", "--author", "Ana", env={"NO_COLOR": "1"}) as screen:
        screen.press("aaaaaaaa")
        asked(screen, "4 open")
        screen.press("a")
        asked(screen, "3 open")
        screen.press("q")
        screen.wait_for("1 decided")
        assert not re.search(r"\x1b\[[0-9;]*[34][0-7]m", screen.raw), "no colour where none is wanted"
    assert decisions(place) == [("Ana", "accept")]


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object], str]:
    code = run(list(words))
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_a_script_decides_one_thing_at_a_time(place: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = call(capsys, *place, "review", "--json", "--author", "Ana")
    question = told["question"]
    assert code == 0 and told["open"] == 4 and isinstance(question, dict)
    assert question["passage"]["quote"].startswith("Japan and the Philippines held the exercise Blue")
    words = ("review", "--author", "Ana", "--about", question["mention"], "--json")
    code, told, err = call(capsys, *place, *words, "--decide", "correct", "--set", "date=1/2/3", "--set", "stage=x")
    assert code == 2 and len(told["faults"]) == 2 and not decisions(place)  # type: ignore[arg-type]
    code, told, _ = call(capsys, *place, *words, "--decide", "accept", "--reason", "it says so")
    assert code == 0 and told["decision"] == "accept" and told["author"] == "Ana"
    code, _, err = call(capsys, *place, *words, "--decide", "accept")
    assert code == 2 and "nothing is open about" in err
    assert decisions(place) == [("Ana", "accept")]
    code, _, err = call(capsys, *place, "review", "--undo", "--author", "Ben")
    assert code == 2 and "nothing to undo" in err
    code, _, _ = call(capsys, *place, "review", "--undo", "--author", "Ana", "--json")
    assert code == 0 and decisions(place) == []
    with open_ledger(place[3]) as ledger:
        kinds = [entry.body.get("decision") for entry in ledger.entries() if entry.kind == "judgement"]
    assert kinds == [str(Decision.ACCEPT), str(Decision.WITHDRAW)], "nothing is erased"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--decide", "accept"], "needs --about"),
        (["--decide", "same", "--about", "m1"], "need --other"),
        (["--decide", "correct", "--about", "m1"], "needs --set"),
        (["--next", "--undo"], "do not go together"),
        (["--about", "m1"], "belong to --decide"),
        (["--decide", "accept", "--about", "m1"], "nothing is open about a mention 'm1'"),
        (["--decide", "bless", "--about", "m1"], "bless"),
        ([], "review asks at a terminal"),
    ],
)
def test_what_does_not_go_together_is_refused(
    place: list[str], words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*place, "review", "--author", "Ana", *words]) == 2
    assert said in capsys.readouterr().err


def test_without_a_ledger_it_says_how_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_casebook(tmp_path / "book")
    os.environ.pop("PACTWATCH_HOME", None)
    assert run(["--casebook", str(tmp_path / "book"), "--home", str(tmp_path / "none"), "review", "--next"]) == 2
    assert "pactwatch read" in capsys.readouterr().err
