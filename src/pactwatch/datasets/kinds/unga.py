"""Ideal points of states in the UN General Assembly (Bailey, Strezhnev and Voeten 2017).

Correlates of War abbreviations name the states; ``NA`` is missing. Column names differ between releases.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pactwatch.datasets.reading.cells import Numbers
from pactwatch.datasets.reading.delimited import Grid, Row, read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.shape import FILE_LINE, Glimpse, Kind, Reading, column
from pactwatch.edition.schema import Table

NAMES = {
    "year": ("Year", "session"),
    "abbreviation": ("CountryAbb", "iso3c"),
    "name": ("CountryName", "Countryname"),
    "point": ("idealpoint", "IdealPointAll"),
    "us": ("PctAgreeUS",),
    "russia": ("PctAgreeRUSSIA",),
}

FIRST_SESSION_YEAR = 1945
"""Session n of the General Assembly opened in 1945 + n."""

POINTS = Table(
    "ideal_points",
    "States' ideal points in the General Assembly by year.",
    ("abbreviation", "year"),
    (
        column("abbreviation", "string", "Correlates of War abbreviation, or ISO code in later releases"),
        column("country_name", "string", "the state's name there"),
        column("actor_code", "string", "its actor code at the end of the year"),
        column("year", "integer", "year the session began", "year"),
        column("ideal_point", "number", "position on the main line of dispute; higher is nearer the United States"),
        column("agree_usa_share", "number", "share of votes as the United States voted", "share"),
        column("agree_rus_share", "number", "share of votes as the Soviet Union or Russia voted", "share"),
        FILE_LINE,
    ),
    {},
)


def recognise(glimpse: Glimpse) -> bool:
    """By an ideal point beside a year or session."""
    return any(_columns(glimpse, point, time) for point in NAMES["point"] for time in NAMES["year"])


def _columns(glimpse: Glimpse, point: str, time: str) -> bool:
    return glimpse.has_columns(point, time)


def read(source: Source, reading: Reading) -> None:
    """Read any release."""
    text = decode_text(source.read_whole(), reading.findings, native="iso-8859-1")
    glimpse = Glimpse(source.name, tuple(text.split("\n")))
    required = next((p, t) for p in NAMES["point"] for t in NAMES["year"] if glimpse.has_columns(p, t))
    grid = read_grid(text, required, reading.findings)
    places = {part: next((name for name in names if grid.has(name)), "") for part, names in NAMES.items()}
    if not places["abbreviation"] and not places["name"]:
        reading.findings.fault(0, "", ", ".join(grid.header), "a column CountryAbb or CountryName", "Is it this file?")
    cells = (grid.cell(row, places["point"]) for row in grid.rows)
    numbers = Numbers.of(reading.findings, (cell for cell in cells if cell != "NA"))
    rows = [_read_row(grid, row, (places, numbers), reading) for row in grid.rows]
    _check_twice(rows, reading)
    reading.rows_read = len(rows)
    years = [row["year"] for row in rows if row["year"]]
    reading.vintage = f"{min(years)}-{max(years)}" if years else ""
    reading.findings.require_sound()
    reading.emit(POINTS.name, rows)


def _read_row(grid: Grid, row: Row, how: tuple[dict[str, str], Numbers], reading: Reading) -> dict[str, Any]:
    places, numbers = how
    cell = {part: grid.cell(row, name) if name else "" for part, name in places.items()}
    year = numbers.whole(row.line, places["year"], cell["year"])
    if places["year"] == "session" and year is not None:
        year += FIRST_SESSION_YEAR
    values = {
        part: None if cell[part] in ("NA", "") else numbers.number(row.line, places[part], cell[part])
        for part in ("point", "us", "russia")
    }
    for part in ("us", "russia"):
        value = values[part]
        if value is not None and not 0 <= value <= 1:
            reading.findings.fault(row.line, places[part], cell[part], "a share from 0 to 1", "The row is damaged.")
    if year is not None and not 1946 <= year <= 2100:
        reading.findings.fault(row.line, places["year"], cell["year"], "a year from 1946", "The row is damaged.")
        year = None
    return {
        "abbreviation": cell["abbreviation"],
        "country_name": cell["name"],
        "actor_code": _code(cell, year, places, reading, row.line),
        "year": year,
        "ideal_point": values["point"],
        "agree_usa_share": values["us"],
        "agree_rus_share": values["russia"],
        "file_line": row.line,
    }


def _code(cell: dict[str, str], year: int | None, places: dict[str, str], reading: Reading, line: int) -> str | None:
    """By abbreviation; a name that says otherwise is noted."""
    if not cell["abbreviation"]:
        return reading.actor("name", cell["name"], year, line)
    scheme = "iso3" if places["abbreviation"] == "iso3c" else "cow_abbreviation"
    match = reading.crosswalk.look_up(scheme, cell["abbreviation"], year)  # type: ignore[arg-type]
    by_name = reading.crosswalk.look_up("name", cell["name"], date(year, 12, 31) if year else None)
    if match.code is None and by_name.status == "found":
        return by_name.code
    if match.code is not None and by_name.code is not None and match.code != by_name.code and by_name.status == "found":
        reading.findings.note(f"{cell['abbreviation']} and {cell['name']!r} name two states; neither was taken", line)
        return None
    return match.code or reading.actor(scheme, cell["abbreviation"], year, line)  # type: ignore[arg-type]


def _check_twice(rows: list[dict[str, Any]], reading: Reading) -> None:
    seen: set[tuple[str, str, int | None]] = set()
    for row in rows:
        key = (row["abbreviation"], row["country_name"], row["year"])
        if key in seen:
            reading.findings.note("a state stands twice in one year", row["file_line"])
        seen.add(key)


KIND = Kind(
    name="unga",
    family="unga",
    title="UN General Assembly ideal points",
    publisher="Michael A. Bailey, Anton Strezhnev and Erik Voeten",
    terms="Free for research with citation (Harvard Dataverse).",
    cite="Bailey, Strezhnev and Voeten, 'Estimating Dynamic State Preferences from United Nations Voting Data', "
    "Journal "
    "of Conflict Resolution 61 (2017).",
    where="doi.org/10.7910/DVN/LEJUQZ: ideal points as CSV",
    tables=(POINTS,),
    recognise=recognise,
    read=read,
)
