"""A sealed edition: same inputs same bytes, whole or not at all, and a flipped byte is named."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from pathlib import Path

import pytest

from pactwatch import flow
from pactwatch.casebook import Casebook
from pactwatch.casebook.template import write_template
from pactwatch.edition import Edition, seal
from pactwatch.edition.diff import compare_tables, write_difference
from pactwatch.edition.expectations import ExpectationError
from pactwatch.edition.schema import TABLES
from pactwatch.edition.shelf import find_edition, list_editions, shelf_of
from pactwatch.edition.sums import SUMS_FILE
from pactwatch.edition.verify import verify_edition
from pactwatch.model.errors import IntegrityError, NotFoundError


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    write_template(tmp_path / "book")
    return flow.open_casebook(str(tmp_path / "book"))


def change_casebook(folder: Path, file: str, old: str, new: str) -> Casebook:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return flow.open_casebook(str(folder))


def hash_files(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_sealed_twice_is_the_same_bytes(casebook: Casebook, tmp_path: Path) -> None:
    first, _ = flow.publish(casebook, tmp_path / "one")
    second, _ = flow.publish(casebook, tmp_path / "two")
    assert first.id == second.id
    assert hash_files(first.path) == hash_files(second.path)
    assert not verify_edition(first)


def test_the_description_is_a_data_package_with_true_sums(casebook: Casebook, tmp_path: Path) -> None:
    edition, _ = flow.publish(casebook, tmp_path / "home")
    package = json.loads((edition.path / "datapackage.json").read_text("utf-8"))
    assert [resource["name"] for resource in package["resources"]] == [table.name for table in TABLES]
    for resource in package["resources"]:
        raw = (edition.path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(raw)
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert columns == edition.arrow(resource["name"]).column_names


def test_any_flipped_byte_is_found_and_its_file_named(casebook: Casebook, tmp_path: Path) -> None:
    edition, _ = flow.publish(casebook, tmp_path / "home")
    files = sorted(path for path in edition.path.rglob("*") if path.is_file() and path.name != SUMS_FILE)
    chance = random.Random(7)
    for file in files:
        raw = bytearray(file.read_bytes())
        place = chance.randrange(len(raw))
        raw[place] ^= 1
        file.write_bytes(raw)
        (problem,) = verify_edition(Edition(edition.path))
        assert problem.startswith(str(file.relative_to(edition.path)))
        raw[place] ^= 1
        file.write_bytes(raw)
    assert not verify_edition(edition)


def test_missing_and_added_files_are_named(casebook: Casebook, tmp_path: Path) -> None:
    edition, _ = flow.publish(casebook, tmp_path / "home")
    (edition.path / "codebook.md").unlink()
    (edition.path / "extra.txt").write_text("x")
    assert verify_edition(edition) == ["codebook.md: missing", "extra.txt: not part of the sealed edition"]


def test_a_failing_disk_leaves_no_half_made_edition(
    casebook: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(seal, "_write_parquet", fail)
    with pytest.raises(seal.SealError, match="No space left"):
        flow.publish(casebook, tmp_path / "home")
    assert list(shelf_of(tmp_path / "home").iterdir()) == []


def test_a_change_makes_another_edition_and_the_difference_tells_it(casebook: Casebook, tmp_path: Path) -> None:
    before, _ = flow.publish(casebook, tmp_path / "home")
    changed = change_casebook(casebook.path, "records.csv", "2024-07-08,day", "2024-07,month")
    after, _ = flow.publish(changed, tmp_path / "home")
    assert before.id != after.id
    difference = {one.table: one for one in compare_tables(before, after)}
    cells = {cell.column: (cell.before, cell.after) for cell in difference["milestones"].changed["PHL-RAA-1"]}
    assert cells["date_edtf"] == ("2024-07-08", "2024-07")
    assert cells["date_precision"] == ("day", "month")
    assert difference["records"].is_empty
    assert "2024-07-08 → 2024-07" in write_difference(list(difference.values()))
    alone, _ = flow.publish(changed, tmp_path / "another shelf")
    assert hash_files(alone.path) == hash_files(after.path), "an edition must not depend on what else is on the shelf"


def test_below_a_minimum_nothing_is_sealed_and_above_a_maximum_it_warns(casebook: Casebook, tmp_path: Path) -> None:
    short = change_casebook(casebook.path, "expect.toml", "at_least = 1\n", "at_least = 100\n")
    with pytest.raises(ExpectationError, match="records: 2, expected at least 100"):
        flow.publish(short, tmp_path / "home")
    assert not shelf_of(tmp_path / "home").exists()
    over = change_casebook(casebook.path, "expect.toml", "at_least = 100\n", "at_most = 1\n")
    assert flow.publish(over, tmp_path / "home")[1] == ["records: 2, expected at most 1"]


def test_editions_are_found_by_id_start_and_folder(casebook: Casebook, tmp_path: Path) -> None:
    edition, _ = flow.publish(casebook, tmp_path / "home")
    assert [one.id for one in list_editions(tmp_path / "home")] == [edition.id]
    assert find_edition(tmp_path / "home", edition.id[:10]).id == edition.id
    moved = tmp_path / "elsewhere"
    shutil.copytree(edition.path, moved)
    assert find_edition(tmp_path / "home", str(moved)).id == edition.id
    with pytest.raises(NotFoundError, match=edition.id):
        find_edition(tmp_path / "home", "other")


def test_a_tampered_edition_is_never_used(casebook: Casebook, tmp_path: Path) -> None:
    edition, _ = flow.publish(casebook, tmp_path / "home")
    file = edition.path / "data" / "records.parquet"
    file.write_bytes(file.read_bytes()[:-9] + b"x" * 9)
    for use in (
        lambda: flow.publish(casebook, tmp_path / "home"),
        lambda: flow.open_edition(edition.id, home=tmp_path / "home"),
        lambda: flow.open_edition(str(edition.path), home=tmp_path / "home"),
    ):
        with pytest.raises(IntegrityError, match=r"data/records.parquet: changed"):
            use()


def test_a_damaged_head_blocks_nobody_else_and_is_listed(casebook: Casebook, tmp_path: Path) -> None:
    edition, _ = flow.publish(casebook, tmp_path / "home")
    (edition.path / "edition.json").write_text("{bad")
    other, _ = flow.publish(change_casebook(casebook.path, "casebook.toml", '"0.1.0"', '"0.2.0"'), tmp_path / "home")
    assert [one.path.name for one in list_editions(tmp_path / "home")] == [other.id, edition.path.name]
    with pytest.raises(IntegrityError, match=r"edition\.json is damaged"):
        _ = Edition(edition.path).settings
    (edition.path / "edition.json").unlink()
    assert verify_edition(Edition(edition.path)) == ["edition.json: missing"]


def test_changed_settings_and_claims_are_told(casebook: Casebook, tmp_path: Path) -> None:
    before, _ = flow.publish(casebook, tmp_path / "home")
    change_casebook(casebook.path, "casebook.toml", "half_life_years = 5.0", "half_life_years = 3.0")
    after, _ = flow.publish(
        change_casebook(casebook.path, "claims.toml", 'said_by = "an example"', 'said_by = "someone"'),
        tmp_path / "home",
    )
    told = {one.table: one.changed for one in compare_tables(before, after) if not one.is_empty}
    assert [change.column for change in told["settings"]["settings"]] == ["tie_half_life_years"]
    assert [change.after for change in told["claims"]["access-agreement-exists"]] == ["someone"]
