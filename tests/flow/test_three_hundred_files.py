"""A folder of 300 mixed files, some hostile, from reading to claims: every number leads down to quotes.

What needs the ledger runs on both databases. The edition is shown to hold the same on both, so that what looks at the
edition alone runs once.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pactwatch import flow
from pactwatch.cli.run import run
from pactwatch.edition import Edition
from pactwatch.edition.tracing import Trace, Tracer
from pactwatch.edition.verify import verify_edition
from pactwatch.flow.tracing import trace
from pactwatch.ledger import open_ledger
from pactwatch.ledger.verify import verify_ledger
from pactwatch.measures import MEASURES, compute
from pactwatch.measures.behind import COUNTING, list_behind
from tests.flow.folder import write_folder
from tests.flow.made import make_casebook
from tests.stores import Workspace

Call = Callable[..., tuple[int, Any]]


ONCE = pytest.mark.parametrize("shared_workspace", ["sqlite"], indirect=True)
"""For what looks at the edition alone."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("three-hundred")
    make_casebook(folder / "book")
    claims = folder / "book" / "claims.toml"
    claims.write_text(
        claims.read_text("utf-8")
        + '\n[[claim]]\nid = "drills-cluster"\ntext = "Drills fall in spring."\nsaid_by = "nobody"\n'
        'reading = "More exercises in March and April than an even spread."\nkind = "cluster"\n'
        '[claim.parameters]\nmonths = [3, 4]\n[claim.parameters.selection]\ntypes = ["exercise"]\n'
    )
    assert write_folder(folder / "articles") == 300
    return folder


@pytest.fixture(scope="module")
def options(place: Path, shared_workspace: Workspace) -> list[str]:
    return ["--casebook", str(place / "book"), *shared_workspace.option]


@pytest.fixture(scope="module")
def read_once(place: Path, options: list[str]) -> int:
    return run([*options, "read", str(place / "articles"), "--jobs", "2"])


@pytest.fixture(scope="module")
def edition(place: Path, shared_workspace: Workspace, read_once: int) -> Edition:
    assert read_once == 1, "what could not be read is told by the exit code"
    return _publish(place, shared_workspace)


def _publish(place: Path, home: Workspace) -> Edition:
    return flow.publish(flow.open_casebook(str(place / "book")), home.folder, home.ledger)[0]


@pytest.fixture
def call(options: list[str], edition: Edition, capsys: pytest.CaptureFixture[str]) -> Call:
    del edition  # it is there before anything is asked of it

    def do(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = run([*options, *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return do


def test_what_could_be_read_was_read_and_all_is_sound(
    place: Path, shared_workspace: Workspace, edition: Edition, call: Call, tmp_path: Path
) -> None:
    rows = edition.metadata["row_count"]
    assert rows["documents"] >= 285, "240 that tell of exercises, 40 that do not, and those of the hostile with words"
    assert not verify_edition(edition)
    with open_ledger(shared_workspace.ledger) as ledger:
        assert verify_ledger(ledger).problems == ()
        before = ledger.last()
    code, told = call("read", str(place / "articles"), "--jobs", "2")
    assert code == 1 and told["documents"] == 0, "read again is a no-op"
    with open_ledger(shared_workspace.ledger) as ledger:
        assert ledger.last() == before
    assert _publish(place, shared_workspace).id == edition.id
    call("ledger", "export", str(tmp_path / "all.jsonl"))
    other = Workspace(str(tmp_path / "other"), tmp_path / "other")
    assert run(["ledger", "import", str(tmp_path / "all.jsonl"), *other.option]) == 0
    assert _publish(place, other).id == edition.id, "the same edition from the same entries, whatever keeps them"


@ONCE
def test_eighty_exercises_told_three_times_are_eighty_records(edition: Edition) -> None:
    found = [row for row in edition.arrow("records").to_pylist() if row["review_status"] == "unreviewed"]
    milestones = {row["record_id"]: row["date_edtf"] for row in edition.arrow("milestones").to_pylist()}
    days = {milestones[row["record_id"]] for row in found}
    assert 80 <= len(days) <= len(found) <= 86, "eighty, and a few told by hostile files"
    expected = {(date(2012, 2, 6) + timedelta(days=61 * number)).isoformat() for number in range(80)}
    assert expected <= days
    (activity,) = [
        row
        for row in flow.measure("activity", edition).to_pyarrow().to_pylist()
        if (row["period"], row["record_type"], row["partner_code"]) == ("2021", "exercise", "PHL")
        and row["period_kind"] == "year"
    ]
    assert activity["supports"] > activity["records"] > 0, "reports are not events"


@ONCE
def test_every_record_leads_to_quotes_that_stand_in_their_documents(
    shared_workspace: Workspace, edition: Edition
) -> None:
    tracer = Tracer(edition)
    with open_ledger(shared_workspace.ledger) as ledger:
        texts = {doc: ledger.document(doc).text for doc in ledger.documents()}
    for row in edition.arrow("records").to_pylist():
        found = tracer.trace_record(row["record_id"])
        milestones = [one for one in found.under if one.kind == "milestone"]
        assert milestones
        for milestone in milestones:
            _check_grounds(milestone, texts)


def _check_grounds(milestone: Trace, texts: dict[str, str]) -> None:
    """A milestone stands on passages, or on a page of the casebook."""
    grounds = [one for one in milestone.under if one.kind in ("mention", "source")]
    assert grounds, milestone.id
    for one in grounds:
        if one.kind == "mention":
            (document,) = one.under
            quote = texts[document.id][one.told["quote_start"] : one.told["quote_end"]]
            assert quote == one.told["quote"]
            assert document.told["addresses"]


@ONCE
def test_every_number_of_every_measure_counts_records_that_can_be_traced(edition: Edition) -> None:
    records = set(edition.arrow("records")["record_id"].to_pylist())
    for name in COUNTING:
        rows = compute(name, edition).to_pyarrow().to_pylist()
        for row in rows[:: max(1, len(rows) // 5)]:
            behind = list_behind(name, edition, {column: row[column] for column in MEASURES[name].key})
            assert behind is not None and set(behind) <= records, (name, row)
            assert behind or row.get("records") == 0, (name, row)


def test_trace_from_a_number_and_from_a_claim(shared_workspace: Workspace, edition: Edition, call: Call) -> None:
    code, told = call("measure", "balance")
    row = next(row for row in told["rows"] if row["partner_code"] == "PHL" and row["unclassed_records"])
    code, told = call("trace", f"balance:{row['year']}/PHL")
    assert code == 0
    traced = told["trace"]
    assert traced["row"] == row
    assert len(traced["under"]) == row["hard_records"] + row["soft_records"] + row["unclassed_records"]
    document = traced["under"][0]["under"][0]["under"][0]["under"][0]
    assert document["kind"] == "document" and document["entries"]["DocumentRead"]
    code, told = call("claims")
    result = next(one for one in told["claims"] if one["id"] == "drills-cluster")
    assert result["n"] > 60
    assert any("nobody has" in caveat for caveat in result["caveats"])
    found = trace("drills-cluster", edition, shared_workspace.ledger)
    assert {one.id for one in found.under} == set(result["records"])
    code, told = call("claims", "--reviewed")
    result = next(one for one in told["claims"] if one["id"] == "drills-cluster")
    assert told["reviewed_only"] and result["n"] == 0, "nobody has reviewed anything"


@ONCE
def test_hostile_words_stay_words(options: list[str], edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    rows = edition.arrow("mentions").to_pylist()
    rogue = [row for row in rows if "Rogue Wave" in row["quote"] or "Turned Tide" in row["quote"]]
    assert rogue
    for row in rogue:
        assert run([*options, "trace", row["mention_id"]]) == 0
        shown = capsys.readouterr().out
        assert "\x1b" not in shown and "\u202e" not in shown
    addresses = edition.arrow("addresses")["address"].to_pylist()
    assert not any("/" in address for address in addresses), "where they lie on a disk is nobody's business"


@ONCE
@pytest.mark.parametrize(
    ("wanted", "said"),
    [("PHL-RAAA", "PHL-RAA"), ("nothing", "Ids look like this"), ("balance:1900/x", "a row is named by year/partner")],
)
def test_an_unknown_id_is_told_what_ids_look_like(
    options: list[str], edition: Edition, wanted: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    del edition
    assert run([*options, "trace", wanted]) == 2
    assert said in capsys.readouterr().err
