"""Correlates of War: state system membership spells, or the plain list of country codes."""

from __future__ import annotations

from typing import Any

from pactwatch.datasets.kinds.cow import CITE, PUBLISHER, TERMS
from pactwatch.datasets.reading.cells import Numbers, make_day
from pactwatch.datasets.reading.delimited import Grid, Row, read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.shape import FILE_LINE, Glimpse, Kind, Reading, column
from pactwatch.edition.schema import Table

CODES = ("StateAbb", "CCode", "StateNme")
SPELLS = (*CODES, "styear", "endyear")

STATES = Table(
    "cow_states",
    "States of the Correlates of War system, one row per spell of membership (or per code).",
    ("cow_number", "start_date"),
    (
        column("cow_number", "integer", "Correlates of War number"),
        column("cow_abbreviation", "string", "Correlates of War abbreviation"),
        column("state_name", "string", "the state's name there"),
        column("actor_code", "string", "its actor code on the last day of the spell"),
        column("start_date", "date", "first day of the spell; empty in the list of codes"),
        column("end_date", "date", "last day of the spell; empty in the list of codes"),
        FILE_LINE,
    ),
    {},
)


def recognise(glimpse: Glimpse) -> bool:
    """By its columns."""
    return glimpse.has_columns(*CODES)


def read(source: Source, reading: Reading) -> None:
    """Read either file."""
    text = decode_text(source.read_whole(), reading.findings)
    has_spells = Glimpse(source.name, tuple(text.split("\n"))).has_columns(*SPELLS)
    grid = read_grid(text, SPELLS if has_spells else CODES, reading.findings)
    reading.facts["layout"] = "membership spells" if has_spells else "country codes"
    numbers = Numbers(reading.findings)
    rows = [_read_row(grid, row, numbers, reading) for row in grid.rows]
    reading.rows_read = len(rows)
    reading.vintage = grid.cell(grid.rows[0], "version") if grid.rows else ""
    reading.findings.require_sound()
    reading.emit(STATES.name, rows)


def _read_row(grid: Grid, row: Row, numbers: Numbers, reading: Reading) -> dict[str, Any]:
    start, end = (_read_day(grid, row, stem, numbers) for stem in ("st", "end"))
    number = grid.cell(row, "CCode")
    return {
        "cow_number": numbers.whole(row.line, "CCode", number),
        "cow_abbreviation": grid.cell(row, "StateAbb"),
        "state_name": grid.cell(row, "StateNme"),
        "actor_code": reading.actor("cow_number", number, end, row.line)
        if end
        else reading.actor("cow_abbreviation", grid.cell(row, "StateAbb"), None, row.line),
        "start_date": start,
        "end_date": end,
        "file_line": row.line,
    }


def _read_day(grid: Grid, row: Row, stem: str, numbers: Numbers) -> Any:
    if not grid.has(f"{stem}year"):
        return None
    names = [f"{stem}{part}" for part in ("year", "month", "day")]
    parts = [numbers.whole(row.line, name, grid.cell(row, name)) for name in names]
    bounds = make_day(*parts)
    if bounds is None or None in parts:
        told = "-".join(grid.cell(row, name) for name in names)
        reading_fault = (row.line, names[0], told, "a day", "The row is damaged.")
        numbers.findings.fault(*reading_fault)
        return None
    return bounds[0]


KIND = Kind(
    name="cow-states",
    family="cow",
    title="Correlates of War: states and country codes",
    publisher=PUBLISHER,
    terms=TERMS,
    cite=CITE.format("State System Membership List"),
    where="correlatesofwar.org: state system membership, or the list of country codes",
    tables=(STATES,),
    recognise=recognise,
    read=read,
)
