"""Imports: whole or not at all, once only, with their provenance, and named by the editions that use them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from pactwatch import flow
from pactwatch.datasets import list_imports, open_library
from pactwatch.datasets.importing import Job, choose_kinds, import_files
from pactwatch.datasets.store import MissingImportError, choose_import, describe_imports
from pactwatch.edition.seal import seal_casebook
from tests.datasets import made
from tests.datasets.made import write


def paths(folder: Path) -> list[Path]:
    return [
        write(folder, "register.csv", made.new_register()),
        write(folder, "mme.csv", made.MME_WIDE),
        write(folder, "dcad.csv", made.DCAD),
    ]


def test_a_second_import_is_a_no_op(tmp_path: Path) -> None:
    files, home = paths(tmp_path), tmp_path / "home"
    assert [one.status for one in import_files(files, Job(home))] == ["imported"] * 3
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    assert [one.status for one in import_files(files, Job(home))] == ["known"] * 3
    renamed = files[0].rename(tmp_path / "renamed.csv")
    assert [one.status for one in import_files([renamed], Job(home))] == ["known"]
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()} == before


def test_provenance_tells_source_vintage_terms_and_what_was_mended(tmp_path: Path) -> None:
    file = write(tmp_path, "register.csv", "\ufeff" + made.new_register())
    list(import_files([file], Job(tmp_path)))
    (one,) = list_imports(tmp_path)
    assert (one.kind.name, one.details["vintage"], one.details["file"]) == (
        "sipri-register",
        "2024-03-18",
        "register.csv",
    )
    assert one.details["rows"] == {"arms_deliveries": 6, "arms_orders": 5}
    assert "SIPRI" in one.details["terms"]
    assert one.details["notes"][0]["what"].startswith("a byte-order mark")
    assert "imported_on" in one.details
    assert "imported_on" not in one.provenance


def test_a_refused_file_stops_none_of_the_others_and_leaves_nothing(tmp_path: Path) -> None:
    broken = write(tmp_path, "broken.csv", made.DCAD.replace("1997", "19x7"))
    outcomes = list(import_files([broken, write(tmp_path, "mme.csv", made.MME_WIDE)], Job(tmp_path / "home")))
    assert [one.status for one in outcomes] == ["refused", "imported"]
    assert ":3 [signYear]: found '19x7'" in str(outcomes[0].error)
    assert [one.kind.name for one in list_imports(tmp_path / "home")] == ["mme"]


def test_a_file_of_another_kind_than_told_is_refused_with_its_own(tmp_path: Path) -> None:
    file = write(tmp_path, "mme.csv", made.MME_WIDE)
    (outcome,) = import_files([file], Job(tmp_path, choose_kinds("sipri")))
    assert "a file that looks like mme" in str(outcome.error)
    assert "pactwatch import mme" in str(outcome.error)


def test_broken_and_swollen_archives_are_refused(tmp_path: Path) -> None:
    cut = made.zipped(tmp_path, "cut.zip", {"a.csv": made.DCAD})
    cut.write_bytes(cut.read_bytes()[:-30])
    bomb = made.zipped(tmp_path, "bomb.zip", {"a.csv": "0" * 40_000_000})
    empty, blank = made.zipped(tmp_path, "empty.zip", {}), write(tmp_path, "blank.csv", "")
    outcomes = list(import_files([cut, bomb, empty, blank], Job(tmp_path)))
    assert [one.status for one in outcomes] == ["refused"] * 4
    told = [str(one.error) for one in outcomes]
    assert "40,000,000 bytes" in told[1]
    assert "without files" in told[2]
    assert "an empty file" in told[3]
    assert zipfile.is_zipfile(bomb)


def test_an_edition_names_the_data_sets_it_was_computed_with(tmp_path: Path) -> None:
    casebook = flow.open_casebook()
    alone, _ = flow.publish(casebook, tmp_path)
    assert alone.datasets == []
    assert "datasets" not in json.loads((alone.path / "edition.json").read_text("utf-8"))
    list(import_files(paths(tmp_path), Job(tmp_path)))
    joined, _ = flow.publish(casebook, tmp_path)
    assert joined.id != alone.id
    assert [one["kind"] for one in joined.datasets] == ["dcad", "mme", "sipri-register"]
    assert all({"sha256", "vintage", "terms", "cite"} <= set(one) for one in joined.datasets)
    described = json.loads((joined.path / "datapackage.json").read_text("utf-8"))
    assert described["sources"][2] == {"title": "SIPRI Arms Transfers Database: trade register, 2024-03-18"}
    assert open_library(alone).imports == ()
    assert open_library(joined).has("mme")


def test_the_same_imports_seal_the_same_edition_wherever_they_were_made(tmp_path: Path) -> None:
    casebook, editions = flow.open_casebook(), []
    for name in ("one", "two"):
        files = paths(tmp_path)
        list(import_files(files if name == "one" else files[::-1], Job(tmp_path / name)))
        provenance = describe_imports(list_imports(tmp_path / name))
        editions.append(seal_casebook(casebook, tmp_path / name / "editions", provenance))
    assert editions[0].id == editions[1].id
    sums = [(one.path / "SHA256SUMS").read_bytes() for one in editions]
    assert sums[0] == sums[1]


def test_an_edition_whose_imports_went_away_lacks_them(tmp_path: Path) -> None:
    import shutil

    list(import_files(paths(tmp_path), Job(tmp_path)))
    edition, _ = flow.publish(flow.open_casebook(), tmp_path)
    shutil.rmtree(tmp_path / "datasets")
    with pytest.raises(MissingImportError, match="pactwatch import mme FILE"):
        open_library(edition).table("mme", "exercises")


def test_the_latest_vintage_is_used_and_exact_values_before_split_ones(tmp_path: Path) -> None:
    later = [line.replace("18 Mar 2024", "13 Mar 2025") for line in made.PREAMBLE]
    files = [
        write(tmp_path, "old.csv", made.old_register(preamble=later)),
        write(tmp_path, "new.csv", made.new_register()),
        write(tmp_path, "newer.csv", made.new_register(preamble=later)),
    ]
    list(import_files(files[:1], Job(tmp_path / "a")))
    list(import_files(files[:2], Job(tmp_path / "b")))
    list(import_files(files, Job(tmp_path / "c")))
    kind = choose_kinds("sipri-register")[0]
    chosen = [choose_import(list_imports(tmp_path / name), kind).details["file"] for name in "abc"]
    assert chosen == ["old.csv", "new.csv", "newer.csv"]
