"""SIPRI TIV tables: volumes by country (or by region and country) and year, checked against the totals they carry.

The publisher rounds every cell to a whole million: ``0`` is a volume under half a million, an empty cell is none. Total
rows and columns repeat what the cells say; they are used as a check and are not stored.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise
from math import sqrt
from typing import Any

from pactwatch.datasets.kinds.sipri import CITE, PUBLISHER, TERMS, WHERE_ARMS
from pactwatch.datasets.reading.cells import Numbers
from pactwatch.datasets.reading.delimited import Grid, Row, read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.shape import FILE_LINE, Glimpse, Kind, Reading, column
from pactwatch.edition.schema import Table

_YEAR = re.compile(r"(19|20)\d{2}")
_SPAN = re.compile(r"((19|20)\d{2})\s*[-–]\s*((19|20)\d{2})")
_TOTAL = re.compile(r"(total|sum|regional total|world total)\b|.*\btotal (world )?(import|export)", re.IGNORECASE)

YEARS = Table(
    "arms_volumes",
    "Volume of arms transfers by country and year, as SIPRI rounds it.",
    ("direction", "region", "country_name", "year"),
    (
        column("direction", "string", "import (by recipient) or export (by supplier)"),
        column("region", "string", "recipient region of a regional table; empty otherwise"),
        column("country_name", "string", "country as SIPRI names it"),
        column("actor_code", "string", "its actor code in that year"),
        column("year", "integer", "year of delivery", "year"),
        column("tiv", "number", "volume rounded to a whole million; 0 is under half a million", "million TIV"),
        column("is_under_half", "boolean", "whether it is told as 0: some deliveries, under half a million"),
        FILE_LINE,
    ),
    {},
)


@dataclass
class _Sums:
    """Totals told and computed, by (region, year)."""

    cells: dict[tuple[str, int], float] = field(default_factory=lambda: defaultdict(float))
    counts: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    told: dict[tuple[str, int], tuple[float, int]] = field(default_factory=dict)


def recognise(glimpse: Glimpse) -> bool:
    """By a header of years after a column of countries, and what SIPRI calls such tables."""
    head = "\n".join(glimpse.lines[:30])
    words = ("trend-indicator", "major arms", "Exports by", "Imports by", "Recipient", "Supplier", "TIV")
    speaks = any(word in head for word in words) and not _speaks_of_spending(head)
    return speaks and not glimpse.is_workbook and glimpse.has_columns(*_required_years(head))


def read(source: Source, reading: Reading) -> None:
    """Read a TIV table and check its rows and columns against the totals it carries."""
    text = decode_text(source.read_whole(), reading.findings)
    required = _required_years(text)
    grid = read_grid(text, required, reading.findings)
    reading.read_sipri_date(grid.preamble)
    direction = _direction(grid, reading)
    years = [(place, int(name)) for place, name in enumerate(grid.header) if _YEAR.fullmatch(name)]
    _check_years(years, len(grid.preamble) + 1, reading)
    names = min(place for place, _ in years)
    _check_names(grid, names, reading)
    cells = chain.from_iterable((row.cells[place] for place, _ in years) for row in grid.rows)
    numbers, sums = Numbers.of(reading.findings, cells), _Sums()
    rows = [one for row in _fill_regions(grid, names) for one in _read_row(row, years, (numbers, sums), reading)]
    _check_sums(sums, reading)
    reading.rows_read = len(grid.rows)
    reading.findings.require_sound()
    reading.emit(YEARS.name, ({"direction": direction, **row} for row in rows))


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table with its region filled down."""

    region: str
    name: str
    row: Row
    span_place: int | None


def _fill_regions(grid: Grid, names: int) -> Iterator[_Line]:
    """Rows with the region that stands once above its rows; without a region column it is empty."""
    span = next((at for at, name in enumerate(grid.header) if _SPAN.fullmatch(name)), None)
    region = ""
    for row in grid.rows:
        region = row.cells[0] if names > 1 and row.cells[0] else region
        yield _Line(region, row.cells[names - 1], row, span)


def _read_row(
    line: _Line, years: list[tuple[int, int]], readers: tuple[Numbers, _Sums], reading: Reading
) -> Iterator[dict[str, Any]]:
    numbers, sums = readers
    values = {}
    for place, year in years:
        cell = line.row.cells[place].strip()
        value = numbers.number(line.row.line, str(year), cell)
        if value is not None:
            values[year] = value
    _check_span(line, values, numbers, reading)
    if _TOTAL.match(line.name):
        for year, value in values.items():
            sums.told[line.region, year] = (value, line.row.line)
        return
    for year, value in values.items():
        sums.cells[line.region, year] += value
        sums.counts[line.region, year] += 1
        yield {
            "region": line.region,
            "country_name": line.name,
            "actor_code": reading.actor("name", line.name, year, line.row.line),
            "year": year,
            "tiv": value,
            "is_under_half": value == 0,
            "file_line": line.row.line,
        }


def _check_names(grid: Grid, names: int, reading: Reading) -> None:
    """A country stands once in its region."""
    seen: dict[tuple[str, str], int] = {}
    for line in _fill_regions(grid, names):
        first = seen.setdefault((line.region, line.name), line.row.line)
        if first != line.row.line:
            reading.findings.note(f"{line.name} stands twice (first on line {first})", line.row.line)


def _check_span(line: _Line, values: dict[int, float], numbers: Numbers, reading: Reading) -> None:
    """The row's own total must be the sum of its years, within what rounding allows."""
    if line.span_place is None:
        return
    told = numbers.number(line.row.line, "total of the years", line.row.cells[line.span_place])
    if told is not None and abs(told - sum(values.values())) > _room(len(values)):
        reading.findings.note("a row's years do not add up to its own total", line.row.line)


def _check_sums(sums: _Sums, reading: Reading) -> None:
    """Each year's countries must add up to the total told, within what rounding allows."""
    if not sums.told:
        reading.findings.note("no row of totals: if the file should have one, it was cut")
    for (region, year), (told, line) in sums.told.items():
        if abs(sums.cells[region, year] - told) > _room(sums.counts[region, year]):
            where = f" in {region}" if region else ""
            reading.findings.note(f"the countries of {year}{where} do not add up to the total told", line)


def _room(cells: int) -> float:
    """How far a sum of cells rounded to one may lie from its own rounded total: four standard deviations.

    A rounding error is even between -1/2 and 1/2, so its variance is 1/12.

    >>> round(_room(0), 2), round(_room(108), 2)
    (1.0, 13.0)
    """
    return 4 * sqrt(cells / 12) + 1


def _check_years(years: list[tuple[int, int]], line: int, reading: Reading) -> None:
    """The years of the header follow one another; where they do not, one of them is damaged."""
    for (_, one), (_, other) in pairwise(years):
        if other != one + 1:
            reading.findings.fault(line, str(other), str(other), f"the year {one + 1}", "The header is damaged.")


def _required_years(text: str) -> tuple[str, ...]:
    """Three of the years that some early line is a header of."""
    for line in text.split("\n")[:60]:
        cells = [cell.strip().strip('"') for cell in re.split(r"[,;\t]", line)]
        years = [cell for cell in cells if _YEAR.fullmatch(cell)]
        if len(years) > 2:
            return (years[0], years[1], years[-1])
    return ("2000", "2001", "2002")


def _direction(grid: Grid, reading: Reading) -> str:
    """What the countries do, by the name of their column, else by the table's title or its row of totals."""
    names = [name for name in grid.header if not _YEAR.fullmatch(name)]
    last = " ".join(grid.rows[-1].cells[:2]) if grid.rows else ""
    for words in (*reversed(names[:2]), *grid.preamble[:1], last):
        if any(word in words.casefold() for word in ("export", "supplier")):
            return "export"
        if any(word in words.casefold() for word in ("import", "recipient")):
            return "import"
    expected = "a column Recipient, Supplier, Imports by or Exports by"
    reading.findings.fault(0, "", grid.header[0], expected, "Name the first column so.")
    return ""


def _speaks_of_spending(head: str) -> bool:
    return "ilitary expenditure" in head


KIND = Kind(
    name="sipri-tiv",
    family="sipri",
    title="SIPRI Arms Transfers Database: TIV tables",
    publisher=PUBLISHER,
    terms=TERMS,
    cite=CITE.format("Arms Transfers Database"),
    where=WHERE_ARMS,
    tables=(YEARS,),
    recognise=recognise,
    read=read,
)
