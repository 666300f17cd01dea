"""SIPRI military expenditure: the workbook for all countries (or one of its sheets saved as CSV).

``...`` is no figure, ``xxx`` a country that did not exist or was not independent; both stay apart from zero. Blue is
SIPRI's own estimate, red highly uncertain; a sheet saved as CSV has lost that. The columns of notes and currency stand
elsewhere from sheet to sheet, so years are found by the header.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pactwatch.datasets.crosswalk import Scheme, When
from pactwatch.datasets.kinds.sipri import CITE, PUBLISHER, TERMS, WHERE_SPENDING
from pactwatch.datasets.reading.cells import Numbers
from pactwatch.datasets.reading.delimited import read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.reading.workbook import SheetCell, SheetRow, read_workbook
from pactwatch.datasets.shape import FILE_LINE, Glimpse, Kind, Reading, column
from pactwatch.edition.schema import Table

_YEAR = re.compile(r"(19|20)\d{2}(\.0)?")
_CONSTANT = re.compile(r"constant \(?(\d{4})\)?", re.IGNORECASE)

SERIES = (
    ("constant", "constant_usd", "million US dollars at constant prices and exchange rates"),
    ("current us", "current_usd", "million US dollars at current prices"),
    ("share of gdp", "share_of_gdp", "share of gross domestic product"),
    ("gross domestic", "share_of_gdp", "share of gross domestic product"),
    ("per capita", "per_capita", "US dollars a head at current prices"),
    ("share of govt", "share_of_government", "share of government spending"),
    ("percentage of government", "share_of_government", "share of government spending"),
    ("local currency financial", "local_financial_year", "local currency at current prices, financial years"),
    ("financial years", "local_financial_year", "local currency at current prices, financial years"),
    ("local currency", "local_calendar_year", "local currency at current prices, calendar years"),
    ("regional totals", "regional_totals", "thousand million US dollars at constant prices"),
)
"""Words of a sheet's name or title, the series it is, and its unit; the first that fits decides."""

SPENDING = Table(
    "military_spending",
    "Military expenditure by country, year and series.",
    ("series", "country_name", "year"),
    (
        column("series", "string", "constant_usd, current_usd, share_of_gdp, per_capita, share_of_government, ..."),
        column("unit", "string", "unit of the figure"),
        column("price_year", "integer", "year whose prices a constant series is in", "year"),
        column("country_name", "string", "country or region as SIPRI names it"),
        column("actor_code", "string", "its actor code in that year; empty for regions"),
        column("year", "integer", "calendar year; financial years by the year they start in", "year"),
        column("figure", "number", "the figure; empty where SIPRI has none", "unit"),
        column("missing_reason", "string", "no_data (...) or no_country (xxx) where there is no figure"),
        column("certainty", "string", "told, estimate (blue), uncertain (red), or unknown where colours are lost"),
        column("notes", "string", "SIPRI's marks: what the country's figures leave out"),
        FILE_LINE,
    ),
    {},
)


def recognise(glimpse: Glimpse) -> bool:
    """A workbook, or text that speaks of military expenditure above a row of countries and years."""
    if glimpse.is_workbook:
        return True
    return "ilitary expenditure" in "\n".join(glimpse.lines[:20]) and glimpse.has_columns("Country", "2000", "2001")


def read(source: Source, reading: Reading) -> None:
    """Read every sheet that holds a series."""
    if source.is_workbook:
        book = read_workbook(source.path, source.name)
        sheets, has_colours = book.sheets, book.has_colours
    else:
        sheets, has_colours = _read_csv(source, reading), False
        reading.findings.note("a sheet saved as CSV has lost its colours: what is estimated is not known")
    rows, known = [], 0
    for title, sheet in sheets.items():
        page = _Page.of(title, sheet, has_colours)
        if page is not None:
            known += 1
            rows += list(_read_page(page, reading))
    if not known:
        expected = "a sheet with countries and years, as in SIPRI's workbook for all countries"
        reading.findings.fault(0, "", ", ".join(sheets)[:80], expected, "Is this the file you mean?")
    reading.rows_read = len(rows)
    reading.facts["sheets"] = str(known)
    reading.findings.require_sound()
    years = [row["year"] for row in rows]
    reading.vintage = f"to {max(years)}" if years else ""
    reading.emit(SPENDING.name, rows)


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet that is a series: where its header is, and which column is which."""

    title: str
    series: str
    unit: str
    price_year: int | None
    years: dict[int, int]
    notes: int | None
    rows: tuple[SheetRow, ...]
    has_colours: bool

    @classmethod
    def of(cls, title: str, rows: tuple[SheetRow, ...], has_colours: bool) -> _Page | None:
        words = " ".join([title, *(cell.text for row in rows[:4] for cell in row.cells.values())])
        named = next((one for one in SERIES if one[0] in title.casefold()), None)
        named = named or next((one for one in SERIES if one[0] in words.casefold()), None)
        for at, row in enumerate(rows[:40]):
            years = {place: int(float(c.text)) for place, c in row.cells.items() if _YEAR.fullmatch(c.text)}
            if len(years) >= 2 and named is not None:
                names = {cell.text.casefold(): place for place, cell in row.cells.items()}
                price = _CONSTANT.search(words)
                price_year = int(price[1]) if price else None
                body = rows[at + 1 :]
                return cls(title, named[1], named[2], price_year, years, names.get("notes"), body, has_colours)
        return None


def _read_page(page: _Page, reading: Reading) -> Iterator[dict[str, Any]]:
    texts = (row.cells[place].text.removesuffix("%") for row in page.rows for place in page.years if place in row.cells)
    numbers = Numbers.of(reading.findings, texts)
    seen: dict[str, int] = {}
    for row in page.rows:
        name = row.cells[0].text if 0 in row.cells else ""
        if not name or not any(place in row.cells for place in page.years):
            continue
        if name in seen:
            reading.findings.note(f"{page.title}: {name!r} stands twice", row.number)
        seen.setdefault(name, row.number)
        is_region = page.series == "regional_totals"
        for place, year in sorted(page.years.items(), key=lambda one: one[1]):
            figure = _read_figure(row.cells.get(place, SheetCell("", "")), page, numbers, row.number)
            look_up = reading.actor if figure["figure"] is not None else _look_up_quietly(reading)
            yield {
                "series": page.series,
                "unit": page.unit,
                "price_year": page.price_year,
                "country_name": name,
                "actor_code": None if is_region else look_up("name", name, year, row.number),
                "year": year,
                **figure,
                "notes": row.cells[page.notes].text if page.notes in row.cells else "",
                "file_line": row.number,
            }


def _look_up_quietly(reading: Reading) -> Callable[[Scheme, str, When, int], str | None]:
    """A look-up that notes nothing: a year without a figure need not have had the country."""
    return lambda scheme, name, year, _: reading.crosswalk.look_up(scheme, name, year).code


def _read_figure(cell: SheetCell, page: _Page, numbers: Numbers, line: int) -> dict[str, Any]:
    text = cell.text.replace("…", "...").replace(". .", "...").strip()
    if text in ("", "...", "..", "xxx", "XXX"):
        reason = "no_country" if text.casefold() == "xxx" else "no_data"
        return {"figure": None, "missing_reason": reason, "certainty": "unknown"}
    percent = text.endswith("%")
    value = numbers.number(line, page.title, text.removesuffix("%"))
    if value == 0:
        numbers.findings.note("a figure of zero: no spending, or none that could be converted", line)
    certainty = {"red": "uncertain", "blue": "estimate", "": "told" if page.has_colours else "unknown"}[cell.colour]
    return {
        "figure": None if value is None else value / 100 if percent else value,
        "missing_reason": None,
        "certainty": certainty,
    }


def _read_csv(source: Source, reading: Reading) -> dict[str, tuple[SheetRow, ...]]:
    """A sheet saved as CSV, in the shape of a workbook's sheet."""
    grid = read_grid(decode_text(source.read_whole(), reading.findings), ("Country", "2000", "2001"), reading.findings)
    head = [SheetRow(number, {0: SheetCell(line, "")}) for number, line in enumerate(grid.preamble, 1) if line.strip()]
    names = SheetRow(len(grid.preamble) + 1, {at: SheetCell(name, "") for at, name in enumerate(grid.header)})
    body = [SheetRow(row.line, {at: SheetCell(c, "") for at, c in enumerate(row.cells) if c}) for row in grid.rows]
    return {source.name: (*head, names, *body)}


KIND = Kind(
    name="sipri-milex",
    family="sipri",
    title="SIPRI Military Expenditure Database",
    publisher=PUBLISHER,
    terms=TERMS,
    cite=CITE.format("Military Expenditure Database"),
    where=WHERE_SPENDING,
    tables=(SPENDING,),
    recognise=recognise,
    read=read,
)
