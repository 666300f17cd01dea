"""Ordinary mistakes become faults with a place and advice: no other exception, and no value changed in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pactwatch.casebook.template import write_template
from pactwatch.flow import open_casebook
from pactwatch.model.codes import RecordType
from pactwatch.model.errors import InputError

FIGURE = "F1,trust,2021,S,ASEAN,Q,trust,68.2,percent,restated,mofa-japan-20240708,yes,\n"
HOLDER = "JPN,head_of_government,Abe Shinzo,,2012-12-26,2020-09-16,checked,\n"
TRANSFER = "T,T-1,transfer,A radar,,,JPN;PHL,JPN,JPN,delivered,2024,year,,,,,no,,general,,mofa-japan-20240708,,,\n"
CLAIM = """
[[claim]]
id = "more"
text = "More."
said_by = "an example"
reading = "More."
"""

Change = Callable[[Path], None]


def sub(file: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")

    return change


def add(file: str, text: str) -> Change:
    def append(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return append


def put_folder(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    (folder / "sources.csv").mkdir()


def no_actors(folder: Path) -> None:
    for name in ("actors.csv", "records.csv"):
        header = (folder / name).read_text("utf-8").split("\n")[0]
        (folder / name).write_text(f"{header}\n", "utf-8")


def head(old: str, new: str) -> Change:
    return sub("casebook.toml", old, new)


def parameters(kind: str, text: str) -> Change:
    return add("claims.toml", f'{CLAIM}kind = "{kind}"\n[claim.parameters]\n{text}\n')


BAD = {
    "header with an open quote": (sub("actors.csv", "code,", '"code,'), "actors.csv:1", "quotes"),
    "very long cell": (sub("records.csv", "Takes effect", "x" * 131073), "records.csv:4", "131072"),
    "very long header": (sub("records.csv", "record_id,", "x" * 131073 + ","), "records.csv:1", "131072"),
    "parties of nothing": (sub("records.csv", "AUS;JPN,", ";;,"), "records.csv:2 [parties]", "at least one"),
    "sources of nothing": (sub("records.csv", "mofa-japan-20220106", ";;"), "records.csv:2 [source_id]", "at least"),
    "holder of nothing": (add("officeholders.csv", HOLDER.replace("JPN", "")), "officeholders.csv:2 [actor]", "Fill"),
    "no certainty": (
        add("officeholders.csv", HOLDER.replace("checked", "")),
        "officeholders.csv:2 [certainty]",
        "Fill",
    ),
    "no basis": (add("perceptions.csv", FIGURE.replace("restated", "")), "perceptions.csv:2 [basis]", "Fill"),
    "no source": (
        add("perceptions.csv", FIGURE.replace("mofa-japan-20240708", "")),
        "perceptions.csv:2 [source_id]",
        "Fill",
    ),
    "no year": (add("perceptions.csv", FIGURE.replace("2021", "")), "perceptions.csv:2 [year]", "Fill"),
    "part of a year": (add("perceptions.csv", FIGURE.replace("2021", "2021.5")), "perceptions.csv:2 [year]", "whole"),
    "separators": (add("perceptions.csv", FIGURE.replace("68.2", "1_000")), "perceptions.csv:2 [value]", "full stop"),
    "two figures of a year": (
        add("perceptions.csv", FIGURE + FIGURE.replace("F1", "F2")),
        "perceptions.csv:3 [year]",
        "line 2 has it",
    ),
    "holder told twice": (add("officeholders.csv", HOLDER * 2), "officeholders.csv:3 [from]", "line 2 has it"),
    "term that ends first": (
        add("officeholders.csv", HOLDER.replace("2020-09-16", "2011")),
        "officeholders.csv:2 [to]",
        "not before",
    ),
    "broken address": (
        sub("sources.csv", "takes effect,,", "takes effect,http://[bad,"),
        "sources.csv:2 [url]",
        "http",
    ),
    "source id with spaces": (
        sub("sources.csv", "manila-bulletin-", "manila bulletin-"),
        "sources.csv:2 [source_id]",
        "spaces",
    ),
    "control character": (sub("records.csv", "Takes", "T\x1bakes"), "records.csv:4 [what]", "control characters"),
    "control character at the end": (sub("records.csv", "effect,", "effect\x1f,"), "records.csv:4 [what]", "control"),
    "line break": (sub("records.csv", "Takes effect", '"Takes\neffect"'), "records.csv:4 [what]", "one line"),
    "transfer to itself": (
        add("records.csv", TRANSFER),
        "records.csv:5 [recipient]",
        "another actor",
    ),
    "done after the last day": (
        head("as_of = 2025-12-31", "as_of = 2024-12-31"),
        "records.csv:4 [date]",
        "Raise as_of",
    ),
    "nested very deep": (head('title = "A', f'x = {"[" * 9999}{"]" * 9999}\ntitle = "A'), "casebook.toml:4", "levels"),
    "keys nested very deep": (add("expect.toml", f"\n[{'a.' * 999}a]\n"), "expect.toml", "levels"),
    "endless hexadecimal": (head("= 4 ", f"= 0x{'f' * 5000} "), "casebook.toml", "64 bits"),
    "blank first line": (sub("actors.csv", "code,", "\ncode,"), "actors.csv:1", "header row"),
    "no actors": (no_actors, "actors.csv: found 'no rows'", "Add a row"),
    "endless number": (head("= 4 ", f"= {'4' * 5000} "), "casebook.toml", "valid TOML"),
    "flag for a month": (head("fiscal_year_start = 4", "fiscal_year_start = true"), "[fiscal_year_start]", "integer"),
    "text for a month": (head("fiscal_year_start = 4", 'fiscal_year_start = "4"'), "[fiscal_year_start]", "integer"),
    "number for a day": (head("as_of = 2025-12-31", "as_of = 0"), "casebook.toml:6 [as_of]", "date"),
    "weight of nan": (head("agreement = 3.0", "agreement = nan"), "casebook.toml:19 [tie.weights.agreement]", "finite"),
    "weight of inf": (head("agreement = 3.0", "agreement = inf"), "casebook.toml:19 [tie.weights.agreement]", "finite"),
    "weight of true": (head("agreement = 3.0", "agreement = true"), "casebook.toml:19 [tie.weights.agreement]", "num"),
    "partner twice": (head('["PHL"]', '["PHL", "PHL"]'), "casebook.toml:9 [partners]", "stands in partners"),
    "partner in baseline": (head('["AUS"]', '["PHL"]'), "casebook.toml:10 [baseline]", "stands in partners"),
    "focus as a partner": (head('["PHL"]', '["JPN"]'), "casebook.toml:9 [partners]", "stands in focus"),
    "no partner": (head('["PHL"]', "[]"), "casebook.toml:9 [partners]", "at least one entry"),
    "no title": (head('"A casebook of my own"', '" "'), "casebook.toml:4 [title]", "expected a value"),
    "no licence": (head('"CC-BY-4.0"', '""'), "casebook.toml:14 [licence]", "expected a value"),
    "no editor": (head('"The editors of this casebook"', '""'), "casebook.toml:13 [editors]", "expected a value"),
    "title with an escape": (head('"A case', r'"A\u001b case'), "casebook.toml:4 [title]", "control characters"),
    "name in capitals": (head('name = "book', 'name = "Book'), "[name]", "expected small letters, digits and hyphens"),
    "version in words": (head('"0.1.0"', '"one"'), "[version]", "like 1.0.0"),
    "no bound": (sub("expect.toml", "at_least = 1\n", ""), "expect.toml:3", "expected a bound"),
    "crossed bounds": (
        sub("expect.toml", "at_least = 0.9", "at_least = 0.9\nat_most = 0.1"),
        "expect.toml:7",
        "not above",
    ),
    "folder for a file": (put_folder, "sources.csv: found 'a folder'", "a file sources.csv"),
    "claim of an unknown actor": (
        parameters("first", 'actor = "PHX"\ninstruments = ["RAA"]'),
        "claims.toml:23 [actor]",
        "actors.csv",
    ),
    "claim of a group for one actor": (
        parameters("network", 'actor = "partners"\ncut = 2015'),
        "claims.toml:23 [actor]",
        "actors.csv",
    ),
    "claim among unknown actors": (
        parameters("first", 'actor = "PHL"\ninstruments = ["RAA"]\namong = ["partners", "PHX"]'),
        "claims.toml:25 [among]",
        "partners or baseline",
    ),
    "group as a supplier": (
        sub("claims.toml", 'with_all = ["PHL"]', 'supplier = "partners"'),
        "claims.toml:14 [supplier]",
        "actors.csv",
    ),
    "unknown series": (parameters("series", 'series = "trust"'), "claims.toml:23 [series]", "perceptions.csv"),
    "unknown series beside it": (
        parameters("series", 'series = "trust"\nagainst = ["doubt"]'),
        "claims.toml:24 [against]",
        "perceptions.csv",
    ),
    "thirteenth month": (sub("claims.toml", 'with_all = ["PHL"]', "months = [13]"), "claims.toml", "from 1 to 12"),
    "years turned round": (
        sub("claims.toml", 'with_all = ["PHL"]', "since = 2020\nuntil = 2010"),
        "claims.toml",
        "since not after until",
    ),
    "claim that asks nothing": (parameters("series", ""), "[series]", "described in docs/claims.md"),
}


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        open_casebook(str(folder))
    lines = [str(fault) for fault in caught.value.faults]
    assert not [line for line in lines if "Value error" in line or "Input should" in line]
    return lines


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_told_with_place_and_advice(tmp_path: Path, name: str) -> None:
    change, place, advice = BAD[name]
    write_template(tmp_path / "book")
    change(tmp_path / "book")
    lines = faults_of(tmp_path / "book")
    assert any(place in line and advice in line for line in lines), lines


def test_an_empty_file_is_one_fault(tmp_path: Path) -> None:
    write_template(tmp_path / "book")
    (tmp_path / "book" / "perceptions.csv").write_text("\n", "utf-8")
    (line,) = faults_of(tmp_path / "book")
    assert "the file is empty" in line


def test_whole_numbers_pass_for_weights_and_names_of_no_record_for_names(tmp_path: Path) -> None:
    write_template(tmp_path / "book")
    head("agreement = 3.0", "agreement = 3")(tmp_path / "book")
    sub("claims.toml", 'with_all = ["PHL"]', 'names = ["Nothing of this name"]')(tmp_path / "book")
    add("perceptions.csv", FIGURE + FIGURE.replace("F1", "F2").replace("2021", "2022"))(tmp_path / "book")
    add("officeholders.csv", HOLDER + HOLDER.replace("2012-12-26,2020-09-16", "2006,2006-09"))(tmp_path / "book")
    assert open_casebook(str(tmp_path / "book")).settings.tie.weights[RecordType.AGREEMENT] == 3.0
