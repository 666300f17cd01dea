"""Importing, comparing and reproducing as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pactwatch.cli.run import run
from tests.datasets import made
from tests.datasets.made import write


@pytest.fixture
def home(tmp_path: Path) -> list[str]:
    return ["--home", str(tmp_path / "home")]


def ask(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert run([*words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_import_recognises_tells_and_does_nothing_twice(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(write(tmp_path, "r.csv", made.new_register())), str(write(tmp_path, "d.csv", made.DCAD))]
    assert run(["import", *files, *home]) == 0
    told = capsys.readouterr().out
    assert "r.csv: imported as sipri-register, vintage 2024-03-18; 6 arms_deliveries, 5 arms_orders" in told
    assert "145 VEN (1x, first on line 5)" in told
    again = ask(capsys, "import", *files, *home)
    assert [one["status"] for one in again["imports"]] == ["known", "known"]
    listed = ask(capsys, "import", *home)
    assert [one["kind"] for one in listed["imports"]] == ["dcad", "sipri-register"]
    assert {"kind": "gdelt"}.items() <= next(one for one in listed["kinds"] if one["kind"] == "gdelt").items()
    assert run(["import", *home]) == 0
    assert "vintage" in capsys.readouterr().out


def test_a_refused_file_gives_its_faults_and_exit_code_2(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [
        str(write(tmp_path, "d.csv", made.DCAD.replace("1997", "x"))),
        str(write(tmp_path, "m.csv", made.MME_WIDE)),
    ]
    document = ask(capsys, "import", *files, *home, code=2)
    assert [one["status"] for one in document["imports"]] == ["refused", "imported"]
    fault = document["imports"][0]["faults"][0]
    assert (fault["file"], fault["line"], fault["field"]) == ("d.csv", 3, "signYear")
    assert run(["import", *files, *home]) == 2
    assert "d.csv:3 [signYear]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("import", "sipri"), "name the files to import: pactwatch import sipri FILE..."),
        (("import", "spiri", "x.csv"), "'spiri' is no file and no kind; the kinds are sipri-register"),
        (("import", "nowhere.csv"), "cannot use nowhere.csv"),
        (("import", "."), "is a folder"),
        (("diff-data", "a.csv", "b.csv"), "cannot use a.csv"),
        (("compare", "gdelt"), "GDELT event database is not imported: `pactwatch import gdelt FILE`"),
        (("compare", "acled"), "there are no events of kind 'acled'"),
    ],
)
def test_a_users_mistake_is_a_message(
    words: tuple[str, ...], message: str, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, *([] if words[0] == "diff-data" else home)]) == 2
    assert message in capsys.readouterr().err


def test_events_are_filtered_to_the_dyads_unless_every_row_is_asked_for(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [made.gdelt_line(1, "20150510", ("JPN", "PHL")), made.gdelt_line(2, "20150510", ("FRA", "USA"))]
    file = str(write(tmp_path, "e.CSV", "".join(f"{line}\n" for line in lines)))
    (kept,) = ask(capsys, "import", "gdelt", file, *home)["imports"]
    assert (kept["rows"], kept["rows_read"]) == ({"events": 1}, 2)
    (every,) = ask(capsys, "import", "gdelt", file, "--every-row", *home)["imports"]
    assert (every["rows"], every["filter"]) == ({"events": 2}, "every row")
    compared = ask(capsys, "compare", "gdelt", *home)
    assert compared["months"][0]["agreement"] in ("both", "events only")
    assert run(["compare", "gdelt", *home]) == 0
    assert "Dyad months:" in capsys.readouterr().out


def test_diff_data_lists_what_a_publisher_revised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [made.NEW_ROWS[0].replace(",3,No,2014,No,New,5,5,15", ",2,No,2014,No,New,5,5,10"), *made.NEW_ROWS[1:]]
    files = [str(write(tmp_path, "o.csv", made.new_register())), str(write(tmp_path, "n.csv", made.new_register(rows)))]
    assert run(["diff-data", *files]) == 0
    assert "USA / JPN / 2014: tiv_delivered 15 → 10" in capsys.readouterr().out
    document = ask(capsys, "diff-data", *files, "--match", "JPN")
    assert document["tables"][1]["revised"][0]["key"] == "USA / JPN / 2014"


def test_reproduce_tells_what_is_missing_and_fails_on_a_difference(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = ask(capsys, "reproduce", *home)["figures"]
    assert {one["status"] for one in nothing} == {"not imported"}
    assert len(nothing) >= 70
    assert run(["reproduce", *home]) == 0
    assert "`pactwatch import sipri-register FILE`" in capsys.readouterr().err
    file = str(write(tmp_path, "m.csv", made.MME_WIDE))
    document = ask(capsys, "reproduce", file, code=1)
    one = next(one for one in document["figures"] if one["what"] == "exercises with Japan")
    assert (one["published"], one["computed"], one["difference"], one["status"]) == (244.0, 2.0, -242.0, "differs")


def test_a_measure_without_its_import_says_so(home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["measure", "dependence", "--csv", *home]) == 0
    captured = capsys.readouterr()
    assert captured.out.count("\n") == 1
    assert "pactwatch import sipri-register FILE" in captured.err


def test_naming_the_verbs_of_data_sets_loads_nothing_heavy() -> None:
    program = "import sys, pactwatch.datasets; print({'pandas', 'pyarrow', 'ibis', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
