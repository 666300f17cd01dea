"""Bad casebooks are refused with file, line, what was found and what to do; all faults at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pactwatch.casebook import load_casebook
from pactwatch.casebook.template import write_template
from pactwatch.flow import open_casebook
from pactwatch.model.errors import InputError, NotFoundError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_template(tmp_path / "book")
    return tmp_path / "book"


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")

    return change


def rewrite(file: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def overwrite(folder: Path) -> None:
        (folder / file).write_bytes(change((folder / file).read_bytes()))

    return overwrite


BAD = {
    "unknown key": (replace("casebook.toml", "focus =", "fokus ="), "casebook.toml:8 [fokus]", "Did you mean 'focus'"),
    "not TOML": (replace("casebook.toml", 'title = "', "title = "), "casebook.toml:4", "valid TOML"),
    "unknown focus": (replace("casebook.toml", '"JPN"', '"JPX"'), "casebook.toml:8 [focus]", "a code of actors.csv"),
    "unknown actor": (replace("records.csv", "JPN;PHL", "JPN;PHX"), "records.csv:3 [parties]", "Did you mean 'PHL'"),
    "date that is none": (replace("records.csv", "2024-07-08,day", "2024-13-40,day"), "records.csv:3 [date]", "month"),
    "date too precise": (replace("records.csv", "2024-07-08,day", "2024-07,day"), "records.csv:3 [precision]", "month"),
    "dangling source": (
        replace("records.csv", "mofa-japan-20240708", "mofa-2024"),
        "records.csv:3 [source_id]",
        "sources.csv",
    ),
    "duplicate id": (replace("records.csv", "PHL-RAA-2", "PHL-RAA-1"), "records.csv:4 [milestone_id]", "Line 3 has it"),
    "wrong stage": (replace("records.csv", ",in_force,", ",delivered,"), "records.csv:4 [stage]", "stage of agreement"),
    "record that disagrees with itself": (
        replace("records.csv", "RAA,JPN;PHL,,,in_force", "VFA,JPN;PHL,,,in_force"),
        "records.csv:4 [instrument]",
        "must agree; line 3",
    ),
    "supplier of an agreement": (
        replace("records.csv", "RAA,JPN;PHL,,,signed", "RAA,JPN;PHL,JPN,,signed"),
        "records.csv:3 [supplier]",
        "direction",
    ),
    "missing column": (replace("records.csv", ",doubts,", ",doubt,"), "records.csv:1 [doubts]", "no such column"),
    "row too short": (replace("sources.csv", ",B2,yes,", ",B2,"), "sources.csv:2", "7 cells"),
    "bad grade": (replace("sources.csv", ",B2,", ",G9,"), "sources.csv:2 [grade]", "Admiralty"),
    "address of another scheme": (
        replace("sources.csv", "agreement takes effect,,", "agreement takes effect,javascript:alert(1),"),
        "sources.csv:2 [url]",
        "http",
    ),
    "byte-order mark": (rewrite("records.csv", lambda raw: b"\xef\xbb\xbf" + raw), "records.csv:1", "byte-order mark"),
    "CRLF": (rewrite("records.csv", lambda raw: raw.replace(b"\n", b"\r\n")), "records.csv:1", "Unix line ends"),
    "Latin-1": (
        rewrite("records.csv", lambda raw: raw.replace(b"Takes effect", b"Entr\xe9e")),
        "records.csv:4",
        "save as UTF-8",
    ),
    "null byte": (rewrite("actors.csv", lambda raw: raw.replace(b"Tokyo", b"Tok\0yo")), "actors.csv:3", "null byte"),
    "open quote": (replace("records.csv", "Takes effect", '"Takes effect'), "records.csv:4", "quotes"),
    "missing file": (lambda folder: (folder / "sources.csv").unlink(), "sources.csv", "no such file"),
    "alias of two actors": (
        replace("actors.csv", "Commonwealth of Australia", "Japanese"),
        "actors.csv [aliases]",
        "stands for one actor",
    ),
    "unknown claim kind": (
        replace("claims.toml", 'kind = "exists"', 'kind = "exist"'),
        "claims.toml:8 [kind]",
        "one of",
    ),
    "unknown claim parameter": (
        replace("claims.toml", 'with_all = ["PHL"]', 'with_al = ["PHL"]'),
        "claims.toml:14 [selection.with_al]",
        "with_all",
    ),
    "unknown actor in a claim": (
        replace("claims.toml", 'with_all = ["PHL"]', 'with_all = ["PHX"]'),
        "claims.toml:14 [with_all]",
        "actors.csv",
    ),
    "bad expectation": (replace("expect.toml", '"records"', '"record"'), "expect.toml", "records"),
}


@pytest.mark.parametrize("name", BAD)
def test_refuses_with_place_and_advice(folder: Path, name: str) -> None:
    change, place, advice = BAD[name]
    change(folder)
    with pytest.raises(InputError) as caught:
        open_casebook(str(folder))
    lines = [str(fault) for fault in caught.value.faults]
    assert any(place in line and advice in line for line in lines), lines


def test_tells_all_faults_of_all_files_at_once(folder: Path) -> None:
    for name in ("unknown actor", "wrong stage", "bad grade", "unknown claim kind", "unknown key"):
        BAD[name][0](folder)
    with pytest.raises(InputError) as caught:
        open_casebook(str(folder))
    files = {Path(fault.file).name for fault in caught.value.faults}
    assert files == {"records.csv", "sources.csv", "claims.toml", "casebook.toml"}
    assert str(len(caught.value.faults)) in str(caught.value)


def test_a_series_never_mixes_bases(folder: Path) -> None:
    rows = "F1,trust,2021,S,ASEAN,Q,trust,68.2,percent,restated,mofa-japan-20240708,yes,\n"
    rows += "F2,trust,2022,S,ASEAN,Q,trust,54.2,percent,first_published,mofa-japan-20240708,yes,\n"
    with (folder / "perceptions.csv").open("a", encoding="utf-8") as file:
        file.write(rows)
    with pytest.raises(InputError, match="series of its own"):
        load_casebook(folder)


def test_an_unknown_casebook_lists_those_there_are() -> None:
    with pytest.raises(NotFoundError, match="japan-asean"):
        open_casebook("nosuch")
