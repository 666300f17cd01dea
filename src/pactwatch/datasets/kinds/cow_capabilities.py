"""Correlates of War: National Material Capabilities, with the composite index of national capability (CINC).

The index is a state's mean share of six world totals (Singer, Bremer and Stuckey 1972), so over the states of a year it
should add up to one. In version 6.0 it adds up to 1.00-1.08; a year outside that is noted. Empty cells and -9 are
missing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pactwatch.datasets.kinds.cow import CITE, PUBLISHER, TERMS
from pactwatch.datasets.reading.cells import Numbers
from pactwatch.datasets.reading.delimited import Grid, Row, read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.shape import FILE_LINE, Glimpse, Kind, Reading, column
from pactwatch.edition.schema import Table

REQUIRED = ("stateabb", "ccode", "year", "milex", "milper", "tpop", "cinc")

FIGURES = (
    ("milex", "military_spending", "military expenditure (pounds until 1913, US dollars after)", "thousand"),
    ("milper", "military_personnel", "military personnel", "thousand people"),
    ("irst", "iron_steel", "iron and steel production", "thousand tons"),
    ("pec", "energy_use", "primary energy consumption", "thousand coal-ton equivalents"),
    ("tpop", "population", "total population", "thousand people"),
    ("upop", "urban_population", "population of large cities", "thousand people"),
    ("cinc", "cinc", "composite index of national capability", "share of the world"),
)

TOTAL = (0.995, 1.08)
"""Between these the index adds up in the years of version 6.0."""

CAPABILITIES = Table(
    "capabilities",
    "National material capabilities by state and year.",
    ("cow_number", "year"),
    (
        column("cow_number", "integer", "Correlates of War number"),
        column("cow_abbreviation", "string", "Correlates of War abbreviation"),
        column("actor_code", "string", "actor code at the end of the year"),
        column("year", "integer", "year", "year"),
        *(column(name, "number", words, unit) for _, name, words, unit in FIGURES),
        FILE_LINE,
    ),
    {},
)


def recognise(glimpse: Glimpse) -> bool:
    """By its columns."""
    return glimpse.has_columns(*REQUIRED)


def read(source: Source, reading: Reading) -> None:
    """Read the file and check that the index adds up to one in every year."""
    grid = read_grid(decode_text(source.read_whole(), reading.findings), REQUIRED, reading.findings)
    cells = (grid.cell(row, name) for row in grid.rows for name, *_ in FIGURES)
    numbers = Numbers.of(reading.findings, cells)
    rows = [_read_row(grid, row, numbers, reading) for row in grid.rows]
    _check(rows, grid, reading)
    reading.rows_read = len(rows)
    reading.vintage = grid.cell(grid.rows[0], "version") if grid.rows else ""
    reading.findings.require_sound()
    reading.emit(CAPABILITIES.name, rows)


def _read_row(grid: Grid, row: Row, numbers: Numbers, reading: Reading) -> dict[str, Any]:
    year = numbers.year(row.line, "year", grid.cell(row, "year"))
    number = grid.cell(row, "ccode")
    figures = {}
    for name, to, *_ in FIGURES:
        cell = grid.cell(row, name)
        value = None if cell in ("-9", "-9.0", "NA", ".") else numbers.number(row.line, name, cell)
        if value is not None and value < 0:
            reading.findings.fault(row.line, name, cell, "no negative number but -9", "The row is damaged.")
        figures[to] = value
    return {
        "cow_number": numbers.whole(row.line, "ccode", number),
        "cow_abbreviation": grid.cell(row, "stateabb"),
        "actor_code": reading.actor("cow_number", number, year, row.line),
        "year": year,
        **figures,
        "file_line": row.line,
    }


def _check(rows: list[dict[str, Any]], grid: Grid, reading: Reading) -> None:
    """CINC adds up to about 1 a year; a state stands once a year; the repeated version shows a cut line."""
    totals: dict[int, float] = defaultdict(float)
    seen: dict[tuple[int, int], int] = {}
    for row, raw in zip(rows, grid.rows, strict=True):
        if row["year"] is not None and row["cow_number"] is not None:
            totals[row["year"]] += row["cinc"] or 0.0
            first = seen.setdefault((row["cow_number"], row["year"]), raw.line)
            if first != raw.line:
                reading.findings.note("a state stands twice in one year", raw.line)
        if grid.has("version") and grid.cell(raw, "version") != grid.cell(grid.rows[0], "version"):
            reading.findings.note("the version is not that of the first row: the row may be cut or damaged", raw.line)
    for year, total in sorted(totals.items()):
        if not TOTAL[0] <= total <= TOTAL[1]:
            reading.findings.note(f"the index of {year} adds up to {total:.3f}, not 1: rows may be missing or damaged")


KIND = Kind(
    name="cow-capabilities",
    family="cow",
    title="Correlates of War: National Material Capabilities",
    publisher=PUBLISHER,
    terms=TERMS,
    cite=CITE.format("National Material Capabilities (Singer, Bremer and Stuckey 1972; Singer 1987)"),
    where="correlatesofwar.org: National Material Capabilities, abridged CSV",
    tables=(CAPABILITIES,),
    recognise=recognise,
    read=read,
)
