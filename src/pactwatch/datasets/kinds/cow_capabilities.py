"""Correlates of War: National Material Capabilities, with the composite index of national capability (CINC).

The index is the mean of a state's shares of up to six world totals of its year, those that are known (Singer, Bremer
and Stuckey 1972). It is computed anew for every row: a year in which it is not what the file tells has rows missing or
damaged. Empty cells and -9 are missing.
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

PARTS = tuple(name for _, name, *_ in FIGURES if name != "cinc")
"""The six figures the index is made of."""

AGREEMENT = 1e-6
"""How far the index may lie from what its parts give: version 6.0 agrees to 0.00000003 in each of its 15,951 rows."""

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
    """The index is what its parts give; a state stands once a year; the repeated version shows a cut line."""
    seen: dict[tuple[int | None, int | None], int] = {}
    version = grid.cell(grid.rows[0], "version") if grid.rows else ""
    for row, raw in zip(rows, grid.rows, strict=True):
        if seen.setdefault((row["cow_number"], row["year"]), raw.line) != raw.line:
            reading.findings.note("a state stands twice in one year", raw.line)
        if grid.has("version") and grid.cell(raw, "version") != version:
            reading.findings.note("the version is not that of the first row: the row may be cut or damaged", raw.line)
    by_year: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["year"] is not None:
            by_year[row["year"]].append(row)
    for year, states in sorted(by_year.items()):
        gaps = [(abs(index - (row["cinc"] or 0.0)), row["file_line"]) for row, index in compute_index(states)]
        widest, line = max(gaps)
        if widest > AGREEMENT:
            what = f"the index of {year} is not what its parts give: rows are missing or damaged"
            reading.findings.note(what, line)


def compute_index(states: list[dict[str, Any]]) -> list[tuple[dict[str, Any], float]]:
    """The composite index of each state of one year: the mean of its known shares of the year's totals.

    Example: of two states with 3 and 1 soldiers and 5 and 5 people the first has (0.75 + 0.5) / 2 = 0.625.
    """
    totals = {part: sum(row[part] or 0.0 for row in states) for part in PARTS}
    found = []
    for row in states:
        shares = [row[part] / totals[part] for part in PARTS if row[part] is not None and totals[part]]
        found.append((row, sum(shares) / len(shares) if shares else 0.0))
    return found


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
