"""Survey series as plain CSV: one row per figure, with the columns series, year and value."""

from __future__ import annotations

from typing import Any

from pactwatch.datasets.reading.cells import Numbers
from pactwatch.datasets.reading.delimited import Grid, Row, read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.shape import FILE_LINE, Glimpse, Kind, Reading, column
from pactwatch.edition.schema import Table

REQUIRED = ("series", "year", "value")
OPTIONAL = ("country", "unit", "question", "population", "sample_size", "source")

FIGURES = Table(
    "survey_figures",
    "Survey figures, one row per series and year.",
    ("series", "country_name", "year"),
    (
        column("series", "string", "name of the series; only figures within one may be compared"),
        column("country_name", "string", "where it was asked"),
        column("actor_code", "string", "actor code of that country"),
        column("year", "integer", "year of the survey", "year"),
        column("figure", "number", "the figure", "unit"),
        column("unit", "string", "its unit as told"),
        column("question", "string", "wording of the question"),
        column("population", "string", "whose answers"),
        column("sample_size", "integer", "how many were asked", "people"),
        column("source", "string", "where the figure was published"),
        FILE_LINE,
    ),
    {},
)


def recognise(glimpse: Glimpse) -> bool:
    """By the three columns every survey file has."""
    return glimpse.has_columns(*REQUIRED)


def read(source: Source, reading: Reading) -> None:
    """Read the file; a series with two figures for one year and country is a fault."""
    grid = read_grid(decode_text(source.read_whole(), reading.findings), REQUIRED, reading.findings)
    for name in grid.header:
        if name and name.casefold() not in (*REQUIRED, *OPTIONAL):
            reading.findings.note(f"the column {name!r} is not known and was left out")
    numbers = Numbers.of(reading.findings, (grid.cell(row, "value") for row in grid.rows))
    rows: list[dict[str, Any]] = []
    seen: dict[tuple[Any, ...], int] = {}
    for row in grid.rows:
        one = _read_row(grid, row, numbers, reading)
        key = (one["series"], one["country_name"], one["year"])
        if seen.setdefault(key, row.line) != row.line:
            expected = f"one figure for {key[0]} in {key[2]} (the other is on line {seen[key]})"
            reading.findings.fault(
                row.line, "value", grid.cell(row, "value"), expected, "Remove one, or name two series."
            )
        rows.append(one)
    reading.rows_read = len(rows)
    reading.findings.require_sound()
    reading.emit(FIGURES.name, rows)


def _read_row(grid: Grid, row: Row, numbers: Numbers, reading: Reading) -> dict[str, Any]:
    year = numbers.year(row.line, "year", grid.cell(row, "year"), (1930, 2100))
    for name in ("series", "year"):
        if not grid.cell(row, name):
            reading.findings.fault(row.line, name, "", "a value", "Fill it in.")
    country = grid.cell(row, "country")
    value = grid.cell(row, "value")
    return {
        "series": grid.cell(row, "series"),
        "country_name": country,
        "actor_code": _code(country, reading, row.line),
        "year": year,
        "figure": None if value.casefold() in ("", "na", "n/a") else numbers.number(row.line, "value", value),
        "unit": grid.cell(row, "unit"),
        "question": grid.cell(row, "question"),
        "population": grid.cell(row, "population"),
        "sample_size": numbers.whole(row.line, "sample_size", grid.cell(row, "sample_size")),
        "source": grid.cell(row, "source"),
        "file_line": row.line,
    }


def _code(country: str, reading: Reading, line: int) -> str | None:
    if len(country) == 3 and country.isupper():
        return reading.actor("iso3", country, None, line)
    return reading.actor("name", country, None, line) if country else None


KIND = Kind(
    name="survey",
    family="survey",
    title="Survey series",
    publisher="as the file tells",
    terms="As the publisher of the survey allows.",
    cite="The survey's publisher, as the column source tells.",
    where="a CSV of your own with the columns series, year, value (and country, unit, question, population, source)",
    tables=(FIGURES,),
    recognise=recognise,
    read=read,
)
