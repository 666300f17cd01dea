"""Alliance Treaty Obligations and Provisions (ATOP 5): membership spells, or alliances with their members in columns.

An exit year of 0 is a spell still in force when the data were made, and is empty here. A member that was there in
several phases of one alliance has one row per phase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from pactwatch.datasets.reading.cells import Numbers, make_day, write_edtf
from pactwatch.datasets.reading.delimited import Grid, Row, read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.shape import FILE_LINE, Glimpse, Kind, Reading, column
from pactwatch.edition.schema import Table

MEMBERS = ("atopid", "member", "yrent", "yrexit", "defense", "consul")
ALLIANCES = ("atopid", "begyr", "endyr", "mem1", "mem2", "defense", "consul")
OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")

_MEMBER = re.compile(r"mem\d+")

SPELLS = Table(
    "alliance_members",
    "Who was a member of which alliance from when to when, with what the alliance obliges to.",
    ("alliance_id", "member_number", "entry_edtf", "phase"),
    (
        column("alliance_id", "string", "ATOP's number of the alliance"),
        column("member_number", "string", "member's Correlates of War number"),
        column("actor_code", "string", "member's actor code when it entered"),
        column("entry_edtf", "string", "date of entry to the precision told"),
        column("entry_year", "integer", "year of entry", "year"),
        column("exit_edtf", "string", "date of exit; empty while in force when the data were made"),
        column("exit_year", "integer", "year of exit; empty while in force", "year"),
        column("is_in_force", "boolean", "whether in force when the data were made (exit year 0)"),
        column("phase", "integer", "phase of the alliance; 0 where it has one only"),
        column("is_bilateral", "boolean", "whether the alliance has two members"),
        *(
            column(f"has_{name}", "boolean", f"whether the alliance holds the obligation {name}")
            for name in OBLIGATIONS
        ),
        FILE_LINE,
    ),
    {},
)


def recognise(glimpse: Glimpse) -> bool:
    """By the columns of the membership file, or of the alliance or phase file."""
    return glimpse.has_columns(*MEMBERS) or glimpse.has_columns(*ALLIANCES)


def read(source: Source, reading: Reading) -> None:
    """Read membership spells from either file; of an alliance file every member has the alliance's dates."""
    text = decode_text(source.read_whole(), reading.findings)
    is_members = Glimpse(source.name, tuple(text.split("\n"))).has_columns(*MEMBERS)
    grid = read_grid(text, MEMBERS if is_members else ALLIANCES, reading.findings)
    reading.facts["layout"] = "membership spells" if is_members else "alliances with members in columns"
    if not is_members:
        reading.findings.note("entry and exit are those of the alliance: the file has no dates of each member")
    numbers = Numbers(reading.findings)
    rows = [one for row in grid.rows for one in _read_row(grid, row, numbers, reading)]
    reading.rows_read = len(grid.rows)
    reading.vintage = grid.cell(grid.rows[0], "version") if grid.rows else ""
    _check_version(grid, reading)
    reading.findings.require_sound()
    reading.emit(SPELLS.name, rows)


def _read_row(grid: Grid, row: Row, numbers: Numbers, reading: Reading) -> Iterator[dict[str, Any]]:
    is_spell = grid.has("yrent")
    start = _read_date(grid, row, ("yrent", "moent", "dayent") if is_spell else ("begyr", "begmo", "begday"), numbers)
    end = _read_date(grid, row, ("yrexit", "moexit", "dayexit") if is_spell else ("endyr", "endmo", "endday"), numbers)
    bounds, last = make_day(*start), make_day(*end)
    if bounds is None:
        reading.findings.fault(row.line, "yrent", str(start[0]), "a year of entry", "The row is damaged.")
    if bounds and last and last[1] < bounds[0]:
        reading.findings.note("a membership ends before it begins", row.line)
    phase = numbers.whole(row.line, "phase", grid.cell(row, "phase"))
    for number in _members(grid, row, is_spell=is_spell):
        yield {
            "alliance_id": grid.cell(row, "atopid"),
            "member_number": number,
            "actor_code": _code(number, bounds[0] if bounds else None, reading, row.line),
            "entry_edtf": write_edtf(*start),
            "entry_year": start[0],
            "exit_edtf": write_edtf(*end),
            "exit_year": end[0],
            "is_in_force": end[0] is None,
            "phase": phase,
            "is_bilateral": _flag(grid, row, "bilat", reading),
            **{f"has_{name}": _flag(grid, row, name, reading) for name in OBLIGATIONS},
            "file_line": row.line,
        }


def _members(grid: Grid, row: Row, *, is_spell: bool) -> list[str]:
    if is_spell:
        return [grid.cell(row, "member")]
    return [cell for name, cell in zip(grid.header, row.cells, strict=True) if _MEMBER.fullmatch(name) and cell]


def _code(number: str, day: date | None, reading: Reading, line: int) -> str | None:
    return reading.actor("cow_number", number, day, line)


def _flag(grid: Grid, row: Row, name: str, reading: Reading) -> bool | None:
    cell = grid.cell(row, name)
    if cell in ("", "NA"):
        return None
    if cell not in ("0", "1", "0.0", "1.0"):
        reading.findings.fault(row.line, name, cell, "0 or 1", "The row is damaged or shifted.")
    return cell.startswith("1")


def _read_date(
    grid: Grid, row: Row, names: tuple[str, str, str], numbers: Numbers
) -> tuple[int | None, int | None, int | None]:
    """Year, month, day; 0, blanks and NA are not told."""
    cells = ((name, grid.cell(row, name)) for name in names)
    parts = [None if cell in ("", "NA", "0") else numbers.whole(row.line, name, cell) for name, cell in cells]
    year, month, day = (None if part is None or part < 1 else part for part in parts)
    if year and make_day(year, month, day) is None:
        month, day = (month, None) if make_day(year, month, None) else (None, None)
    return year, month if year else None, day if year and month else None


def _check_version(grid: Grid, reading: Reading) -> None:
    """The last column repeats the version, so that a cut last line shows."""
    for row in grid.rows:
        if grid.has("version") and grid.cell(row, "version") != reading.vintage:
            reading.findings.note("the version is not that of the first row: the row may be cut or damaged", row.line)


KIND = Kind(
    name="atop",
    family="atop",
    title="Alliance Treaty Obligations and Provisions",
    publisher="Brett Ashley Leeds and others",
    terms="Free for research with citation.",
    cite="Leeds, Ritter, Mitchell and Long, 'Alliance Treaty Obligations and Provisions, 1815-1944', International "
    "Interactions 28 (2002); version 5.",
    where="atopdata.org: member-level, alliance-level or phase-level CSV",
    tables=(SPELLS,),
    recognise=recognise,
    read=read,
)
