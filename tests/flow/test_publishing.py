"""Editions of a casebook and its ledger: same inputs same bytes, whatever the order; as of any day; marked where
nobody reviewed.
"""

from __future__ import annotations

import hashlib
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pactwatch import flow
from pactwatch.casebook import Casebook
from pactwatch.edition import Edition
from pactwatch.edition.ledger_schema import LEDGER_TABLES
from pactwatch.edition.verify import verify_edition
from pactwatch.ledger import open_ledger
from pactwatch.model.entries import Coding, EntryKind, Publication
from pactwatch.model.judgements import Decision, Judgement, RecordRef, identify_mention, refer_to
from tests.flow.made import START, append, code, copy_of, exercise, make_casebook, tell
from tests.stores import MakeWorkspace, Workspace

DRILL = exercise("Blue Lantern", "2026-02-18")
STORIES = [
    DRILL,
    exercise("Blue Lantern", "2026-02-18", "Blue Lantern brought Japan and the Philippines together on 2026-02-18."),
    exercise("Grey Heron", "2025-11-03", type="exercise"),
    tell(
        "The Japan-Philippines access agreement was signed on 8 July 2024.",
        {"type": "agreement", "stage": "signed", "instrument": "RAA", "date": "2024-07-08"},
    ),
    tell("Chile and Peru held a drill on 3 March 2025.", {"parties": ("CHL", "PER"), "date": "2025-03-03"}),
    tell("Nothing of the kind is told here."),
    exercise("Red Crane", "2026-02-19", parties=("FRA", "JPN", "PHL")),
]


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    return make_casebook(tmp_path / "book")


def publish(casebook: Casebook, home: Workspace, **options: object) -> Edition:
    return flow.publish(casebook, home.folder, home.ledger, **options)[0]  # type: ignore[arg-type]


def hash_files(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rows(edition: Edition, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = edition.arrow(table).to_pylist()
    return found


def new_records(edition: Edition) -> dict[str, dict[str, Any]]:
    return {str(row["proper_name"]): row for row in rows(edition, "records") if row["review_status"] != "curated"}


def test_an_empty_ledger_gives_the_bytes_of_the_casebook_alone(
    casebook: Casebook, make_workspace: MakeWorkspace, tmp_path: Path
) -> None:
    alone, _ = flow.publish(casebook, tmp_path / "alone")
    empty, told = make_workspace(), make_workspace()
    open_ledger(empty.ledger).close()
    beside = publish(casebook, empty)
    with open_ledger(told.ledger) as ledger:
        append(ledger, STORIES)
    before = publish(casebook, told, as_of=START - timedelta(days=1))
    assert alone.id == beside.id == before.id
    assert hash_files(alone.path) == hash_files(beside.path) == hash_files(before.path)
    assert not any((alone.path / "data" / f"{table.name}.parquet").exists() for table in LEDGER_TABLES)
    assert "unreviewed; no person" not in (alone.path / "codebook.md").read_text("utf-8")


def test_the_same_entries_give_the_same_bytes_and_publishing_again_adds_nothing(
    casebook: Casebook, make_workspace: MakeWorkspace
) -> None:
    one, two = make_workspace(), make_workspace()
    for home in (one, two):
        with open_ledger(home.ledger) as ledger:
            append(ledger, STORIES)
    first = publish(casebook, one)
    with open_ledger(one.ledger) as ledger:
        last = ledger.last()
        (kept,) = ledger.publications()
        assert kept.body == Publication(edition=first.id, casebook=casebook.settings.name, until=kept.body.until)
        assert kept.body.until == first.ledger["until"]
    again = publish(casebook, one)
    second = publish(casebook, two)
    with open_ledger(one.ledger) as ledger:
        assert ledger.last() == last
    assert first.id == again.id == second.id
    assert hash_files(first.path) == hash_files(second.path)
    assert not verify_edition(first)


def test_what_documents_tell_is_in_the_edition_with_its_quotes(casebook: Casebook, workspace: Workspace) -> None:
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, STORIES)
        texts = {doc: ledger.document(doc).text for doc in ledger.documents()}
    edition = publish(casebook, workspace)
    found = new_records(edition)
    assert set(found) == {"Blue Lantern", "Grey Heron", "Red Crane"}, "Chile and Peru are watched by nobody here"
    assert {row["review_status"] for row in found.values()} == {"unreviewed"}
    mentions = rows(edition, "mentions")
    assert len(mentions) == 6
    for row in mentions:
        place = slice(row["quote_start"], row["quote_end"])
        assert texts[str(row["document_id"])][place] == row["quote"]
    chile = next(row for row in mentions if row["party_codes"] == "CHL;PER")
    assert chile["record_id"] is None
    evidence = {(row["milestone_id"], row["told_field"]) for row in rows(edition, "evidence")}
    assert ("PHL-RAA-1", "stage") in evidence, "a new report of a record that is known"
    assert {row["actor_code"] for row in rows(edition, "actors")} >= {"FRA"}, "parties that the casebook does not list"
    documents = {row["document_id"]: row for row in rows(edition, "documents")}
    assert len(documents) == len(STORIES)
    assert not any("text" in name for name in documents[next(iter(documents))] if name != "document_id")
    (lantern,) = [row for row in rows(edition, "milestones") if row["record_id"] == found["Blue Lantern"]["record_id"]]
    assert lantern["source_count"] == 2 and not lantern["is_verified"] and lantern["doubt_codes"] == "unreviewed"


def test_the_order_of_arrival_changes_nothing_but_the_ledgers_own_state(
    casebook: Casebook, make_workspace: MakeWorkspace
) -> None:
    editions = []
    for turn in range(3):
        stories = random.Random(turn).sample(STORIES, len(STORIES)) if turn else STORIES
        home = make_workspace()
        with open_ledger(home.ledger) as ledger:
            append(ledger, stories)
        editions.append(publish(casebook, home))
    told = [{key: value for key, value in one.metadata.items() if key not in ("edition", "ledger")} for one in editions]
    assert told[0] == told[1] == told[2]
    assert len({one.id for one in editions}) == 3, "the id names the ledger's last entry too"
    tables = [{name: one for name, one in hash_files(edition.path).items() if "data/" in name} for edition in editions]
    assert tables[0] == tables[1] == tables[2]


def test_as_of_a_day_holds_what_was_told_by_then(casebook: Casebook, make_workspace: MakeWorkspace) -> None:
    home, fresh = make_workspace(), make_workspace()
    with open_ledger(home.ledger) as ledger:
        append(ledger, STORIES[:2])
    early = publish(casebook, home)
    with open_ledger(home.ledger) as ledger:
        append(ledger, STORIES[2:], first=400)
    late = publish(casebook, home)
    assert set(new_records(early)) == {"Blue Lantern"}
    assert set(new_records(late)) == {"Blue Lantern", "Grey Heron", "Red Crane"}
    back = publish(casebook, home, as_of=START + timedelta(days=200))
    assert back.id == early.id and hash_files(back.path) == hash_files(early.path)
    with open_ledger(fresh.ledger) as ledger:
        append(ledger, STORIES[:2])
        append(ledger, STORIES[2:], first=400)
    late_first = publish(casebook, fresh)
    assert new_records(late_first) == new_records(late), "names do not depend on when editions were published"
    assert publish(casebook, fresh, as_of=START + timedelta(days=200)).id == early.id


def test_a_copy_counts_as_the_same_report(casebook: Casebook, workspace: Workspace) -> None:
    text = "REPRINT. Japan and the Philippines held the exercise Blue Lantern on 2026-02-18."
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, [DRILL, copy_of(DRILL, text)])
    edition = publish(casebook, workspace)
    (row,) = [row for row in rows(edition, "milestones") if row["doubt_codes"] == "unreviewed"]
    assert row["source_count"] == 1 and len(rows(edition, "mentions")) == 2
    assert len({row["report_id"] for row in rows(edition, "documents")}) == 1
    activity = flow.measure("activity", edition).to_pyarrow().to_pylist()
    (year,) = [one for one in activity if (one["period"], one["partner_code"]) == ("2026", "PHL")]
    assert (year["records"], year["supports"]) == (1, 1)


def test_what_a_person_accepted_is_reviewed_and_stays_so_when_it_is_coded_again(
    casebook: Casebook, workspace: Workspace
) -> None:
    coding = DRILL[2]
    assert isinstance(coding, Coding)
    (mention,) = coding.mentions
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, STORIES)
        ledger.append([Judgement(decision=Decision.ACCEPT, about=refer_to(mention))], "Ana")
    first = publish(casebook, workspace)
    assert new_records(first)["Blue Lantern"]["review_status"] == "reviewed"
    reviewed = first.only_reviewed()
    assert set(new_records(reviewed)) == {"Blue Lantern"}
    assert {row["mention_id"] for row in rows(reviewed, "mentions")} == {identify_mention(mention)}
    (row,) = [one for one in rows(reviewed, "milestones") if one["record_id"] not in ("AUS-RAA", "PHL-RAA")]
    assert row["source_count"] == 1, "the other report was accepted by nobody"
    counts = {one: flow.measure("activity", first, reviewed=one).count().to_pyarrow().as_py() for one in (True, False)}
    assert counts[True] < counts[False]
    with open_ledger(workspace.ledger) as ledger:
        document = ledger.document(mention.doc)
        again = code(document, name="Blue Lantern", confidence=0.9, coder="grammar 2", quote=mention.quote[:40])
        ledger.append([Coding(doc=mention.doc, coder="grammar 2", mentions=(again,))], "reader")
    second = publish(casebook, workspace)
    assert new_records(second)["Blue Lantern"]["review_status"] == "reviewed"
    assert new_records(second)["Blue Lantern"]["record_id"] == new_records(first)["Blue Lantern"]["record_id"]


def test_merged_ids_resolve_and_splitting_restores(casebook: Casebook, workspace: Workspace) -> None:
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, STORIES)
    first = publish(casebook, workspace)
    lantern, heron = (str(new_records(first)[name]["record_id"]) for name in ("Blue Lantern", "Grey Heron"))
    with open_ledger(workspace.ledger) as ledger:
        same = Judgement(decision=Decision.SAME, about=RecordRef(record_id=lantern), other=RecordRef(record_id=heron))
        (entry,) = ledger.append([same], "Ana")
    merged = publish(casebook, workspace)
    (alias,) = rows(merged, "aliases")
    assert {alias["alias_id"], alias["record_id"]} == {lantern, heron}
    traced = flow.trace(str(alias["alias_id"]), merged, workspace.ledger)
    assert (traced.id, traced.told["asked_as"]) == (alias["record_id"], alias["alias_id"])
    quoted = {one.told["quote"] for one in traced.walk() if one.kind == "mention"}
    assert {"Grey Heron" in quote for quote in quoted} == {True, False}, "it stands on the passages of both"
    with open_ledger(workspace.ledger) as ledger:
        ledger.append([Judgement(decision=Decision.WITHDRAW, withdraws=entry.seq)], "Ana")
    split = publish(casebook, workspace)
    assert rows(split, "aliases") == []
    assert {lantern, heron} <= {str(row["record_id"]) for row in rows(split, "records")}
    assert publish(casebook, workspace, as_of=entry.at).id == merged.id


def test_a_correction_waits_for_a_second_pair_of_eyes_where_the_casebook_asks_for_it(
    make_workspace: MakeWorkspace, tmp_path: Path
) -> None:
    coding = DRILL[2]
    assert isinstance(coding, Coding)
    (mention,) = coding.mentions
    correct = Judgement(
        decision=Decision.CORRECT, about=refer_to(mention), correction={"parties": ["JPN", "PHL", "USA"]}
    )
    for asked, expected in (("false", "JPN;PHL;USA"), ("true", "JPN;PHL")):
        casebook = make_casebook(tmp_path / f"book-{asked}", second_pair_of_eyes=asked)
        home = make_workspace()
        with open_ledger(home.ledger) as ledger:
            append(ledger, [DRILL])
            ledger.append([correct], "Ana")
        assert new_records(publish(casebook, home))["Blue Lantern"]["party_codes"] == expected
    with open_ledger(home.ledger) as ledger:
        ledger.append([Judgement(decision=Decision.ACCEPT, about=refer_to(mention))], "Ben")
    assert new_records(publish(casebook, home))["Blue Lantern"]["party_codes"] == "JPN;PHL;USA"


def test_expectations_look_at_what_is_published(workspace: Workspace, tmp_path: Path) -> None:
    casebook = make_casebook(tmp_path / "book")
    (tmp_path / "book" / "expect.toml").write_text('[[expect]]\nwhat = "records"\nat_most = 3\n')
    casebook = flow.open_casebook(str(tmp_path / "book"))
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, STORIES)
    assert flow.publish(casebook, workspace.folder, workspace.ledger)[1] == ["records: 5, expected at most 3"]


def test_it_is_the_same_on_every_database(casebook: Casebook, workspace: Workspace, tmp_path: Path) -> None:
    beside = Workspace(str(tmp_path / "beside"), tmp_path / "beside")
    for home in (beside, workspace):
        with open_ledger(home.ledger) as ledger:
            append(ledger, STORIES)
    reference, edition = publish(casebook, beside), publish(casebook, workspace)
    assert edition.id == reference.id
    assert hash_files(edition.path) == hash_files(reference.path)
    with open_ledger(workspace.ledger) as ledger:
        assert len(list(ledger.entries([EntryKind.PUBLICATION]))) == 1


def test_a_claim_says_how_much_of_it_nobody_reviewed(casebook: Casebook, workspace: Workspace) -> None:
    told = tell(
        "A visiting forces agreement of Japan and the Philippines took effect on 2 February 2026.",
        {"type": "agreement", "stage": "in_force", "instrument": "VFA", "date": "2026-02-02"},
    )
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, [told])
    edition = publish(casebook, workspace)
    marked = {one.id: [words for words in one.caveats if "reviewed" in words] for one in flow.test_claims(edition)}
    reviewed = {one.id: one.caveats for one in flow.test_claims(edition, reviewed=True)}
    assert any(marked.values())
    assert not any("nobody has" in words for caveats in reviewed.values() for words in caveats)


def test_a_difference_names_the_documents_and_decisions_behind_it(casebook: Casebook, workspace: Workspace) -> None:
    coding = DRILL[2]
    assert isinstance(coding, Coding)
    (mention,) = coding.mentions
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, STORIES[:3])
    first = publish(casebook, workspace)
    lantern = str(new_records(first)["Blue Lantern"]["record_id"])
    heron = str(new_records(first)["Grey Heron"]["record_id"])
    (gone,) = [row for row in rows(first, "mentions") if row["record_id"] == heron]
    with open_ledger(workspace.ledger) as ledger:
        append(ledger, STORIES[6:7], first=50)
        accept = Judgement(decision=Decision.ACCEPT, about=refer_to(mention), reason="it says so")
        told = next(one for one in ledger.codings()[str(gone["document_id"])].mentions)
        reject = Judgement(decision=Decision.REJECT, about=refer_to(told), reason="another year")
        ledger.append([accept, reject], "Ana")
    second = publish(casebook, workspace)
    crane = str(new_records(second)["Red Crane"]["record_id"])
    differences, reasons = flow.compare(first, second, workspace.ledger)
    found = {one.table: one for one in differences}
    assert (found["records"].added, found["records"].withdrawn) == ((crane,), (heron,))
    assert "told by the new document" in reasons["records"][crane][0]
    assert reasons["records"][heron][0] == f"mention {gone['mention_id']} was rejected"
    assert "reject by Ana" in reasons["records"][heron][1] and "another year" in reasons["records"][heron][1]
    assert any("was" in line or "accepted" in line for line in reasons["records"][lantern])
    assert any("accept by Ana" in line and "it says so" in line for line in reasons["records"][lantern])
    assert flow.compare(first, first, workspace.ledger)[1] == {"records": {}, "milestones": {}, "mentions": {}}
