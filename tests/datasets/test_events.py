"""Event files: both versions, damaged ones, zipped ones, filtered to dyads, with every zero of their codes."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from pactwatch.datasets.importing import Job, Outcome, import_files
from pactwatch.datasets.kinds import event_stream
from pactwatch.datasets.kinds.events import PLOVER, QUAD_CLASSES, plover_of, restore_code
from pactwatch.datasets.shape import Scope
from pactwatch.model.errors import InputError
from tests.datasets import made
from tests.datasets.made import gdelt_line, notes_of, read, write

DYADS = Scope("JPN", ("PHL", "ASEAN"))
LINES = [
    gdelt_line(1, "20151027", ("JPN", "PHL"), "057"),
    gdelt_line(2, "20151028", ("ASN", "JPN"), "0312"),
    gdelt_line(3, "20151028", ("USA", "FRA")),
    gdelt_line(4, "20151029", ("JPN", "JON"), "190"),
    gdelt_line(5, "20151029", ("JPN", "SEA"), "042"),
]


def imported(path: Path, home: Path, scope: Scope = DYADS) -> Outcome:
    return next(iter(import_files([path], Job(home, scope=scope))))


def text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def test_events_of_the_dyads_are_kept_and_the_rest_is_counted(tmp_path: Path) -> None:
    outcome = imported(write(tmp_path, "e.CSV", text(LINES)), tmp_path)
    assert outcome.entry is not None
    details = outcome.entry.details
    assert (details["rows"], details["rows_read"]) == ({"events": 2}, 5)
    assert details["filter"] == "JPN with PHL, ASEAN"
    unplaced = {one["value"]: one["reason"] for one in details["unplaced"]}
    assert unplaced == {"JON": "unknown", "SEA": "a region"}


def test_an_event_is_typed_with_its_codes(tmp_path: Path) -> None:
    _, rows, reading = read(write(tmp_path, "e.CSV", text(LINES)))
    one, two, *_ = rows["events"]
    assert (one["event_date"], one["source_code"], one["target_code"]) == (date(2015, 10, 27), "JPN", "PHL")
    assert (one["cameo_code"], one["cameo_root"], one["plover_code"]) == ("057", "05", "SUPPORT")
    assert (two["source_code"], two["cameo_code"], two["plover_code"]) == ("ASEAN", "0312", "AGREE")
    assert (one["goldstein"], one["mention_count"], one["is_root_event"], one["file_line"]) == (3.4, 4, True, 1)
    assert reading.vintage == "2.0"


def test_version_1_and_its_older_files_without_an_address(tmp_path: Path) -> None:
    lines = [gdelt_line(n, "20141124", ("JPN", "PHL"), version="1") for n in (1, 2)]
    lines.append(lines[0].rsplit("\t", 1)[0])
    _, rows, reading = read(write(tmp_path, "e.CSV", text(lines)))
    assert [row["source_url"] for row in rows["events"]] == ["https://news.example/1", "https://news.example/1", ""]
    assert reading.facts["layout"] == "1.0, 57 or 58 columns"
    assert "lines without the last column (older files have none) (line 3)" in notes_of(reading)


def test_zipped_gzipped_and_many_at_once(tmp_path: Path) -> None:
    archive = made.zipped(tmp_path, "two.zip", {"a.CSV": text(LINES), "b.CSV": text(LINES[:1]), "__MACOSX/a": "x"})
    packed = write(tmp_path, "one.CSV.gz", gzip.compress(text(LINES).encode()))
    outcomes = list(import_files([archive, packed], Job(tmp_path, scope=DYADS)))
    assert [(one.file, one.status) for one in outcomes] == [
        ("two.zip/a.CSV", "imported"),
        ("two.zip/b.CSV", "imported"),
        ("one.CSV.gz", "imported"),
    ]


def test_a_resaved_file_has_its_zeros_put_back(tmp_path: Path) -> None:
    lines = [
        line.replace("\t057\t057\t05\t", "\t57\t57\t5\t")
        .replace("\t0312\t031\t03\t", "\t312\t31\t3\t")
        .replace("3.4", "3,4")
        for line in LINES[:2]
    ]
    resaved = "\r\n".join([";" * 60, *(line.replace("\t", ";") for line in lines)]) + "\r\n"
    _, rows, reading = read(write(tmp_path, "e.csv", resaved))
    assert [(row["cameo_code"], row["goldstein"]) for row in rows["events"]] == [("057", 3.4), ("0312", 3.4)]
    told = notes_of(reading)
    assert all(words in told for words in ("header line", "separated by ';'", "leading zeros", "decimal commas"))


REFUSED = {
    "cut within a line": (text(LINES)[:-40], "expected 61 cells. The file was cut"),
    "a line too short": (text([LINES[0], LINES[1][40:], LINES[2]]), ":2: found"),
    "a day that never was": (text([LINES[0].replace("20151027", "20151327")]), ":1 [Day]: found '20151327'"),
    "a day unlike its year": (text([LINES[0].replace("\t2015\t", "\t2016\t")]), ":1 [Year]: found '2016'"),
    "a root unlike its code": (text([LINES[0].replace("\t057\t057\t05\t", "\t057\t057\t06\t")]), "[EventRootCode]"),
    "a code that is none": (
        text([LINES[0].replace("\t057\t057\t05\t", "\tx57\tx57\tx5\t")]),
        "[EventCode]: found 'x57'",
    ),
    "a count of letters": (text([LINES[0].replace("\t4\t1\t4\t", "\tx\t1\t4\t")]), "[NumMentions]: found 'x'"),
    "a scale out of bounds": (text([LINES[0].replace("\t3.4\t", "\t34\t")]), "a number from -10 to 10"),
}


@pytest.mark.parametrize("damage", REFUSED)
def test_a_damaged_file_is_refused_with_its_line_and_leaves_nothing(damage: str, tmp_path: Path) -> None:
    content, words = REFUSED[damage]
    outcome = imported(write(tmp_path, "e.CSV", content), tmp_path, Scope())
    assert outcome.status == "refused"
    assert words in str(outcome.error)
    assert not list((tmp_path / "datasets").glob("*/*/*.parquet"))
    assert not list((tmp_path / "datasets").glob("*/.importing*"))


def test_lines_are_counted_across_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "PIECE_BYTES", 4096)
    lines = made.gdelt_lines(200)
    _, rows, _ = read(write(tmp_path, "e.CSV", text(lines)))
    assert [row["file_line"] for row in rows["events"]] == list(range(1, 201))
    lines[150] = lines[150].replace("\t2015\t", "\t2051\t")
    with pytest.raises(InputError, match=r":151 \[Year\]"):
        read(write(tmp_path, "f.CSV", text(lines)))
    lines[150] = lines[150][10:60]
    with pytest.raises(InputError, match=r":151: found"):
        read(write(tmp_path, "g.CSV", text(lines)))


def test_names_that_are_no_utf_8_are_kept_with_a_note(tmp_path: Path) -> None:
    line = gdelt_line(1, "20151027", ("JPN", "PHL"), Actor1Name="S\u00e3o").encode("latin-1")
    _, rows, reading = read(write(tmp_path, "e.CSV", line + b"\n"))
    assert rows["events"][0]["source_name"] == "S\ufffdo"
    assert "letters of Actor1Name that are no UTF-8 were replaced" in notes_of(reading)


def test_rubbish_bytes_in_a_broken_line_are_refused_like_any(tmp_path: Path) -> None:
    line = made.icews_line(1, "2018-06-01", "Japan", "Vietnam").encode().replace(b"\t040\t", b"\xa1")
    with pytest.raises(InputError, match=r":2: found '18 cells'"):
        read(write(tmp_path, "e.tab", made.ICEWS_HEADER.encode() + b"\n" + line + b"\n"))


def test_icews_names_dates_and_missing_values(tmp_path: Path) -> None:
    lines = (
        made.icews_line(1, "2018-06-01", "Japan", "Vietnam", "040"),
        made.icews_line(2, "2018-06-02", "Arcadia", "Japan", "190", "-10"),
        made.icews_line(3, "2018-06-02", "NA", "Japan"),
    )
    _, rows, reading = read(write(tmp_path, "e.tab", made.icews(*lines)))
    one, two, three = rows["events"]
    assert (one["source_code"], one["target_code"], one["event_date"]) == ("JPN", "VNM", date(2018, 6, 1))
    assert (two["source_code"], two["goldstein"], three["source_code"]) == (None, -10.0, None)
    assert [(one.value, one.first_line) for one in reading.findings.unplaced] == [("Arcadia", 2)]


def test_resaved_dates_are_read_where_their_order_is_told(tmp_path: Path) -> None:
    told = [made.icews_line(n, day, "Japan", "Vietnam", "40") for n, day in enumerate(("6/1/2018", "6/13/2018"), 1)]
    _, rows, reading = read(write(tmp_path, "e.tab", made.icews(*told)))
    assert [row["event_date"] for row in rows["events"]] == [date(2018, 6, 1), date(2018, 6, 13)]
    assert [row["cameo_code"] for row in rows["events"]] == ["040", "040"]
    assert "dates of Event Date were resaved by a spreadsheet and read back (lines 2, 3)" in notes_of(reading)
    with pytest.raises(InputError, match="a date whose day and month can be told apart"):
        read(write(tmp_path, "f.tab", made.icews(told[0])))
    serial = made.icews_line(1, "43252", "Japan", "Vietnam")
    _, rows, _ = read(write(tmp_path, "g.tab", made.icews(serial)))
    assert rows["events"][0]["event_date"] == date(2018, 6, 1)


def test_every_root_has_a_quad_class_and_cooperation_a_category() -> None:
    assert [QUAD_CLASSES[root] for root in ("01", "05", "06", "08", "09", "13", "14", "20")] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert set(PLOVER) == set(QUAD_CLASSES) - {"01", "02"}
    assert [plover_of(code) for code in ("010", "084", "081", "163", "175", "191", "193")] == [
        None,
        "RETREAT",
        "CONCEDE",
        "COERCE",
        "ASSAULT",
        "COERCE",
        "ASSAULT",
    ]
    assert restore_code("040") == "040"
