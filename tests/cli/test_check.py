"""The law on the command line: answers, history, precedents, rules; mistakes become messages and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pactwatch.cli.run import run

CASE = """
date = 2026-05-05
supplier = "JPN"
recipient = "PHL"
[item]
name = "destroyer escort"
kind = "finished"
weapon = true
function = "combat"
origin = "domestic"
[transfer]
mode = "sale"
[recipient_status]
in_combat = false
[undertakings]
consent = true
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return ["--home", str(tmp_path_factory.mktemp("home"))]


@pytest.fixture
def case(tmp_path: Path) -> str:
    (tmp_path / "case.toml").write_text(CASE)
    return str(tmp_path / "case.toml")


def ask(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    """Run a command with ``--json`` and return its document."""
    assert run([*words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_an_answer_has_all_its_parts(case: str, home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(capsys, "check", case, *home)
    assert answer["outcome"] == "conditional"
    assert [one["rule"] for one in answer["conditions"]] == ["JP-AE-G-2026"]
    assert answer["missing"][0]["fact"] == "undertakings.approvals"
    assert answer["missing"][0]["outcomes"]["nsc"] == "allowed"
    assert (answer["last_change"]["date"], answer["last_change"]["outcome"]) == ("2026-04-21", "denied")
    assert answer["next_change"] is None
    step = next(one for one in answer["steps"] if one["rule"] == "JP-AE-G-2026")
    assert step["result"] == "still to be met" and step["certainty"] == "doubtful" and step["source"]["url"]
    assert {"fact": "item.weapon", "value": "yes", "origin": "case"} in step["facts"]
    assert {one["fact"]: one["record"] for one in answer["looked_up"]}[
        "recipient_status.transfer_agreement"
    ] == "PHL-DETTA"
    assert answer["notice"] in answer["explanation"]


def test_on_overrules_the_date_of_the_case(case: str, home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "check", case, "--on", "2026-04-20", *home)["outcome"] == "denied"


def test_an_answer_in_words(case: str, home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", case, *home]) == 0
    told = capsys.readouterr().out
    for words in (
        "◐ conditional",
        "research, not legal advice",
        "still to be met",
        "JP-AE-G-2026",
        "doubts",
        "next: none",
    ):
        assert words in told


def test_the_history_has_a_table_and_a_chart(
    case: str, home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = ask(capsys, "check", case, "--history", "--chart", str(tmp_path / "h.svg"), *home)
    outcomes = [one["outcome"] for one in document["periods"]]
    assert outcomes[-2:] == ["denied", "conditional"]
    assert (tmp_path / "h.svg").read_text("utf-8").startswith("<svg")
    assert run(["check", case, "--history", *home]) == 0
    assert "one sign a year" in capsys.readouterr().out
    assert (Path(home[1]) / "charts" / "case-history.svg").is_file()


def test_precedents_and_basket(home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = ask(capsys, "check", "--precedents", *home)
    assert document["disagree"] == 0 and len(document["precedents"]) == 37
    basket = ask(capsys, "check", "--basket", "--chart", str(tmp_path / "b.json"), *home)
    assert basket["days"][-1]["allowed"] > basket["days"][4]["allowed"]
    assert json.loads((tmp_path / "b.json").read_text("utf-8"))["layer"]
    assert run(["check", "--precedents", *home]) == 0
    assert run(["check", "--basket", "--chart", str(tmp_path / "b.png"), *home]) == 0
    assert "come out as decided" in capsys.readouterr().out


def test_a_precedent_that_comes_out_otherwise_stops_a_script(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--casebook", str(tmp_path / "book"), "--home", str(tmp_path / "home")]
    assert run(["new", str(tmp_path / "book")]) == 0
    cases = tmp_path / "book" / "rules" / "cases.csv"
    cases.write_text(cases.read_text("utf-8").replace("undertakings.consent=yes", "undertakings.consent=no"), "utf-8")
    capsys.readouterr()
    assert ask(capsys, "check", "--precedents", *place, code=1)["disagree"] == 1


def test_rules_listed_shown_and_compared(home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    listed = ask(capsys, "rules", *home)["rules"]
    on = ask(capsys, "rules", "--on", "1980-01-01", *home)["rules"]
    assert {"JP-AE-1967", "JP-AE-1976"} <= {one["id"] for one in on} < {one["id"] for one in listed}
    shown = ask(capsys, "rules", "JP-AE-G-2024", "--on", "2025-01-01", *home)["rule"]
    assert shown["in_force"] and shown["clauses"] and shown["source"]["url"]
    changed = ask(capsys, "rules", "--between", "2023-12-21", "2023-12-22", *home)["changes"]
    assert {(one["rule"], one["change"]) for one in changed} == {
        ("JP-AE-G-2022", "ended"),
        ("JP-AE-G-2023", "began"),
        ("JP-AE-P-2023", "began"),
    }
    for words in (["rules"], ["rules", "JP-AE-G-2023"], ["rules", "--between", "2020-01-01", "2026-05-01"]):
        assert run([*words, *home]) == 0
    assert run(["rules", "--between", "2020-01-01", "2020-01-02", *home]) == 0
    assert "nothing changed" in capsys.readouterr().out


BAD = [
    ([], "give a case"),
    (["CASE", "--on", "2024-13-01"], "no day"),
    (["CASE", "--on", "1940-01-01"], "the rules cover 1 January 1947"),
    (["CASE", "--history", "--on", "2024-01-01"], "leave --on out"),
    (["CASE", "--chart", "x.svg"], "goes with --history"),
    (["CASE", "--history", "--chart", "x.gif"], ".svg, .png or .json"),
    (["CASE", "--precedents"], "take no case"),
    (["--precedents", "--basket"], "give one of"),
    (["nosuch.toml"], "there is no case file"),
]


@pytest.mark.parametrize(("words", "message"), BAD)
def test_a_mistake_is_a_message(
    words: list[str], message: str, case: str, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", *(case if word == "CASE" else word for word in words), *home]) == 2
    assert message in capsys.readouterr().err


def test_faults_of_a_case_are_listed_for_scripts(
    tmp_path: Path, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.toml").write_text('supplyer = "JPN"\n[item]\nkind = "finnished"\n')
    document = ask(capsys, "check", str(tmp_path / "bad.toml"), "--on", "2024-01-01", *home, code=2)
    assert [one["fix"] for one in document["faults"]] == ["Did you mean 'supplier'?", "Did you mean 'finished'?"]


def test_rules_mistakes(home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "JP-AE-9999", *home]) == 2
    assert "there is no rule" in capsys.readouterr().err
    assert run(["rules", "JP-AE-1976", "--between", "2020-01-01", "2021-01-01", *home]) == 2
    assert "neither a rule nor --on" in capsys.readouterr().err
