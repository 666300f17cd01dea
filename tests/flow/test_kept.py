"""Verdicts and measures kept in a workspace: used for the same inputs, never for others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from pactwatch import flow
from pactwatch.claims.finding import ClaimResult
from pactwatch.cli.run import run
from pactwatch.edition import Edition
from pactwatch.flow import keeping, verdicts
from pactwatch.flow.tables import keep_table
from tests.flow.made import make_casebook
from tests.site.small import make_results, make_small_edition, seal


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return make_small_edition(tmp_path / "home" / "editions" / "test")


@pytest.fixture
def tested(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Editions on which claims are tested, in place of testing them."""
    seen: list[str] = []

    def test(edition: Edition, *, progress: Callable[[int], None] | None = None) -> Sequence[ClaimResult]:
        seen.append(edition.label)
        if progress:
            progress(len(edition.claims))
        return make_results()

    monkeypatch.setattr(verdicts, "test_claims", test)
    yield seen


def kept_files(home: Path) -> list[Path]:
    return sorted((home / "cache" / "verdicts").glob("*.json"))


def test_they_are_tested_once_for_the_same_inputs(edition: Edition, tested: list[str], tmp_path: Path) -> None:
    home, told = tmp_path / "home", list[int]()
    assert flow.recall_verdicts(edition, home) is None, "nothing is tested for it"
    first = flow.keep_verdicts(edition, home, told.append)
    assert flow.keep_verdicts(Edition(edition.path), home) == first == flow.recall_verdicts(edition, home)
    assert tested == [edition.id] and told == [5]
    assert flow.keep_verdicts(edition.only_reviewed(), home) and len(tested) == 2, "other records, other verdicts"


def change_claims(edition: Edition) -> None:
    change(edition, lambda told: told["claims"][0].update(reading="another reading"))


def change_settings(edition: Edition) -> None:
    change(edition, lambda told: told["settings"].update(focus="PHL"))


def change(edition: Edition, how: Callable[[dict[str, Any]], None]) -> None:
    file = edition.path / "edition.json"
    told = json.loads(file.read_text("utf-8"))
    how(told)
    file.write_text(json.dumps(told), "utf-8")
    (edition.path / "SHA256SUMS").unlink()
    seal(edition.path)


def change_rules(edition: Edition) -> None:
    file = edition.path / "rules" / "basket.toml"
    file.write_text(file.read_text("utf-8") + "# changed\n", "utf-8")
    (edition.path / "SHA256SUMS").unlink()
    seal(edition.path)


@pytest.mark.parametrize("how", [change_claims, change_settings, change_rules])
def test_another_edition_of_the_same_name_is_tested_anew(
    edition: Edition, tested: list[str], tmp_path: Path, how: Callable[[Edition], None]
) -> None:
    flow.keep_verdicts(edition, tmp_path / "home")
    how(edition)
    assert flow.recall_verdicts(Edition(edition.path), tmp_path / "home") is None
    flow.keep_verdicts(Edition(edition.path), tmp_path / "home")
    assert len(tested) == 2


def test_other_software_or_other_imports_test_anew(
    edition: Edition, tested: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    flow.keep_verdicts(edition, home)
    with monkeypatch.context() as patched:
        patched.setattr(keeping, "name_software", lambda: "another")
        assert flow.recall_verdicts(edition, home) is None
    with monkeypatch.context() as patched:
        patched.setattr("pactwatch.datasets.library.list_named", lambda _: [type("Import", (), {"id": "one"})])
        assert flow.recall_verdicts(edition, home) is None
    assert flow.recall_verdicts(edition, home) is not None and len(tested) == 1


def test_bytes_that_are_not_as_sealed_are_neither_used_nor_kept(
    edition: Edition, tested: list[str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    flow.keep_verdicts(edition, home)
    file = edition.path / "rules" / "basket.toml"
    file.write_text(file.read_text("utf-8") + "# touched\n", "utf-8")
    before = kept_files(home)
    assert flow.recall_verdicts(edition, home) is None
    flow.keep_verdicts(edition, home)
    assert len(tested) == 2 and kept_files(home) == before


@pytest.mark.parametrize("wrong", ["", "{", "[]", '{"inputs": {}, "results": []}', "moved", "fewer"])
def test_a_file_that_is_not_ours_is_tested_over(
    edition: Edition, tested: list[str], tmp_path: Path, wrong: str
) -> None:
    home = tmp_path / "home"
    flow.keep_verdicts(edition, home)
    (file,) = kept_files(home)
    told = json.loads(file.read_text("utf-8"))
    if wrong == "moved":
        told["inputs"]["seal"] = "of another"
    if wrong == "fewer":
        told["results"].pop()
    file.write_text(json.dumps(told) if wrong in ("moved", "fewer") else wrong, "utf-8")
    assert flow.recall_verdicts(edition, home) is None
    flow.keep_verdicts(edition, home)
    assert len(tested) == 2 and flow.recall_verdicts(edition, home) is not None


def test_old_ones_go_and_a_place_that_cannot_be_written_to_keeps_none(
    edition: Edition, tested: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    for number in range(keeping.MOST_KEPT + 3):
        monkeypatch.setattr(keeping, "name_software", lambda number=number: f"software {number}")
        flow.keep_verdicts(edition, home)
    assert len(kept_files(home)) == keeping.MOST_KEPT and flow.recall_verdicts(edition, home) is not None
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert len(flow.keep_verdicts(edition, tmp_path / "file")) == 5
    assert tested


def test_the_name_of_the_software_is_that_of_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("claims", "site"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "one.py").write_text("x = 1", "utf-8")
    (tmp_path / "flow").mkdir()
    monkeypatch.setattr(keeping, "__file__", str(tmp_path / "flow" / "keeping.py"))
    names = []
    for room, text in (("claims", "x = 1"), ("site", "x = 2"), ("claims", "x = 2"), ("claims", "x = 1")):
        (tmp_path / room / "one.py").write_text(text, "utf-8")
        keeping.name_software.cache_clear()
        names.append(keeping.name_software())
    keeping.name_software.cache_clear()
    assert names[0] == names[1] == names[3] != names[2], "by content and not by date; rooms that only show do not count"


def test_measures_are_kept_as_they_were_computed(edition: Edition, tmp_path: Path) -> None:
    home = tmp_path / "home"
    computed = flow.measure("ties", edition).to_pyarrow()
    assert keep_table("ties", edition, home).equals(computed)
    (file,) = (home / "cache" / "measures-ties").glob("*.parquet")
    times = file.stat().st_mtime_ns
    assert keep_table("ties", Edition(edition.path), home).equals(computed) and file.stat().st_mtime_ns == times
    file.write_bytes(b"PAR1 nothing of ours")
    assert keep_table("ties", edition, home).equals(computed)
    change_settings(edition)
    assert not keep_table("ties", Edition(edition.path), home).equals(computed)


def test_the_commands_share_what_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_casebook(tmp_path / "book")
    words = ["--casebook", str(tmp_path / "book"), "--home", str(tmp_path / "home"), "claims", "--json"]
    assert run(words) == 0
    first = json.loads(capsys.readouterr().out)
    assert len(kept_files(tmp_path / "home")) == 1
    times = kept_files(tmp_path / "home")[0].stat().st_mtime_ns
    assert run(words) == 0
    assert json.loads(capsys.readouterr().out) == first
    assert run([*words[:-2], "site", "build", str(tmp_path / "site")]) == 0
    assert [one.stat().st_mtime_ns for one in kept_files(tmp_path / "home")] == [times]
