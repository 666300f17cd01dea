"""The command line as a user types it: results, exit codes, messages instead of tracebacks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pactwatch.casebook.template import write_template
from pactwatch.cli.run import run


@pytest.fixture
def place(tmp_path: Path) -> list[str]:
    write_template(tmp_path / "book")
    return ["--casebook", str(tmp_path / "book"), "--home", str(tmp_path / "home")]


def ask(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    """Run a command with ``--json`` and return its document."""
    assert run([*words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_help_is_instant_because_it_loads_nothing_heavy() -> None:
    heavy = "pandas numpy scipy statsmodels ibis duckdb altair pyarrow pydantic rustworkx vl_convert jinja2"
    program = f"import sys, pactwatch.cli.app; print([name for name in {heavy.split()!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


BUSY = """
import threading
import duckdb
from pactwatch.cli import main

def work():
    while True:
        duckdb.connect().execute("select sum(range) from range(30000)").fetchall()

for _ in range(4):
    threading.Thread(target=work, daemon=True).start()
main(WORDS)
"""


@pytest.mark.parametrize(("words", "code"), [(["editions"], 0), (["audit", "nowhere.txt"], 2)])
def test_threads_still_at_work_in_another_library_do_not_abort_a_command_that_ends(
    words: list[str], code: int, tmp_path: Path
) -> None:
    words = [*words, "--home", str(tmp_path)]
    program = BUSY.replace("WORDS", repr(words))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert done.stdout + done.stderr, "what was said is not lost"


def test_publish_lists_and_verifies(place: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    sealed = ask(capsys, "publish", *place)
    assert ask(capsys, "editions", *place[2:])["editions"][0]["edition"] == sealed["edition"]
    assert ask(capsys, "verify", *place[2:]) == {
        "ledger": None,
        "editions": [{"edition": sealed["edition"], "problems": []}],
    }
    file = Path(sealed["path"]) / "data" / "records.parquet"
    raw = bytearray(file.read_bytes())
    raw[100] ^= 255
    file.write_bytes(raw)
    (broken,) = ask(capsys, "verify", *place[2:], code=1)["editions"]
    assert broken["problems"][0].startswith("data/records.parquet: changed")


def test_options_may_stand_before_the_verb(place: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, *place, "claims") == ask(capsys, "claims", *place)


def test_claims_and_one_claim(place: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    document = ask(capsys, "claims", *place)
    (claim,) = document["claims"]
    assert claim["verdict"] == "supported"
    keys = "id text verdict estimate interval p p_adjusted n detectable robustness caveats records"
    assert set(keys.split()) <= set(claim)
    assert ask(capsys, "claims", "access-agreement-exists", *place)["claims"] == [claim]
    assert run(["claims", "access-agreement-exists", *place]) == 0
    assert "read as" in capsys.readouterr().out


def test_measures_as_table_csv_json_and_parquet(
    place: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["measure", "activity", *place, "--json"]) == 0
    rows = json.loads(capfd.readouterr().out)["rows"]
    assert rows
    assert run(["measure", "activity", *place, "--csv"]) == 0
    assert len(capfd.readouterr().out.strip().splitlines()) == len(rows) + 1
    assert run(["measure", "activity", *place, "--parquet", str(tmp_path / "a.parquet")]) == 0
    assert (tmp_path / "a.parquet").stat().st_size > 0
    assert run(["measure", "activity", *place]) == 0
    assert run(["measure"]) == 0


def test_diff_tells_what_changed(place: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = ask(capsys, "publish", *place)["edition"]
    records = Path(place[1]) / "records.csv"
    records.write_text(records.read_text("utf-8").replace("2025-09-11,day", "2025-09,month"), "utf-8")
    after = ask(capsys, "publish", *place)["edition"]
    (table,) = ask(capsys, "diff", before, after, *place[2:])["tables"]
    assert list(table["changed"]) == ["PHL-RAA-2"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["bogus"], 2, "No such command"),
        (["claims", "--casebook", "nosuch"], 2, "there is no casebook"),
        (["measure", "nosuch"], 2, "activity"),
        (["measure", "--csv"], 2, "need the name of a measure"),
        (["claims", "nosuch"], 2, "there is no claim"),
        (["diff", "a", "b"], 2, "no edition"),
        (["verify", "nosuch"], 2, "none yet"),
        (["claims", "--edition", "nosuch"], 2, "no edition"),
    ],
)
def test_a_mistake_is_a_message_and_a_code(
    words: list[str], code: int, message: str, place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    own = place if "--casebook" not in words else place[2:]
    allowed = own if words[0] in ("claims", "measure") else place[2:] if words[0] != "bogus" else []
    assert run([*words, *allowed]) == code
    said = capsys.readouterr()
    assert message in said.err
    assert "Traceback" not in said.err


def test_faults_come_as_json_too_and_nothing_is_sealed(place: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    records = Path(place[1]) / "records.csv"
    records.write_text(records.read_text("utf-8").replace("2024-07-08,day", "2024-13-40,day"), "utf-8")
    document = ask(capsys, "publish", *place, code=2)
    assert [(fault["line"], fault["field"]) for fault in document["faults"]] == [(3, "date")]
    assert not Path(place[3]).exists()


def test_an_unwritable_home_is_told(place: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert run(["publish", *place[:2], "--home", str(tmp_path / "file")]) == 2
    assert "file" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_finding() -> None:
    program = [sys.executable, "-m", "pactwatch", "measure", "--json"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.wait() == 0
        assert not process.stderr.read()
