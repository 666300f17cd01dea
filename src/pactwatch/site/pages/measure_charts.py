"""A chart for each measure: one line over the years, or bars of its largest values, whichever says most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pactwatch.measures import MEASURES
from pactwatch.site.frame.book import Book
from pactwatch.site.frame.figures import Drawing
from pactwatch.site.frame.page_types import FigureType, Values
from pactwatch.site.frame.places import name_file
from pactwatch.site.frame.words import capitalise, say_code, say_column, say_date, say_number

if TYPE_CHECKING:
    import altair as alt

Rows = list[dict[str, Any]]

YEARS_DRAWN = 20
"""Years back that a line is drawn for; the table has all."""


@dataclass(frozen=True)
class Line:
    """A column drawn over the years; ``keep`` chooses the rows (those of one year are added up), ``says`` names what
    is drawn; ``fills`` where a year without a row is a year with none."""

    column: str
    says: str
    keep: Mapping[str, Any]
    year: str = "year"
    fills: bool = False


@dataclass(frozen=True)
class Bars:
    """A column drawn as bars, largest first, of the last year there is; ``label`` names a row."""

    column: str
    says: str
    label: Callable[[Book, Mapping[str, Any]], str]
    keep: Mapping[str, Any]


ALL: Mapping[str, Any] = {"partner_code": "all"}

DRAWN: dict[str, Line | Bars] = {
    "activity": Line("records", "records a year", {**ALL, "period_kind": "year"}, "period", fills=True),
    "balance": Line("hard_share", "share of hard cooperation", ALL),
    "breadth": Line("partners", "partners with a record in the year", {}),
    "depth": Line("demanding_share", "share of demanding exercises", ALL),
    "lag": Line("median_days", "days from event to report, median", {}),
    "coverage": Line("single_source_share", "share of milestones with one source", {"publisher": "all"}),
    "pathways": Bars(
        "followed_partners",
        "partners in which the one came before the other",
        lambda _, row: f"{say_code(row['earlier_step'])}, then {say_code(row['later_step'])}",
        {},
    ),
    "network": Bars(
        "strength", "strength over five years", lambda book, row: book.name(row["actor_code"]), {"window_years": 5}
    ),
}
"""What is drawn of a measure. Those that are not here have a figure of their own, or bars of what they hold."""

OWN_FIGURES = {"timing": "months-all", "ties": "ties"}
"""Measures that another page draws already."""


def plan_measure(book: Book, values: Values) -> Drawing | None:
    """The chart of a measure; nothing where it has no rows that can be drawn."""
    from pactwatch.site.pages.measures import find_name, read_measure

    name = find_name(values["slug"])
    rows = read_measure(book, name).rows
    how = DRAWN.get(name)
    if not rows or name in OWN_FIGURES:
        return None
    if isinstance(how, Line):
        return _plan_line(book, name, how, rows)
    return _plan_bars(book, name, how or _guess(rows), rows)


def _plan_line(book: Book, name: str, how: Line, rows: Rows) -> Drawing | None:
    settings = book.edition.settings
    last = int(settings.as_of[:4])
    chosen = [row for row in rows if all(row[key] == value for key, value in how.keep.items())]
    if any("is_undated" in row for row in chosen):
        chosen = [row for row in chosen if not row["is_undated"]]
    sums: dict[int, Any] = {}
    for row in chosen:
        year = int(row[how.year])
        if row[how.column] is not None and last - YEARS_DRAWN < year <= last:
            sums[year] = sums.get(year, 0) + row[how.column]
    if how.fills and sums:
        sums = {year: sums.get(year, 0) for year in range(min(sums), last + 1)}
    is_whole = settings.as_of.endswith("12-31")
    drawn = [
        {"year": year, how.says: value, "partial": year == last and not is_whole}
        for year, value in sorted(sums.items())
    ]
    whole = [row for row in drawn if not row["partial"]]
    if len(whole) < 3:
        return None
    top = max(whole, key=lambda row: (row[how.says], row["year"]))
    end, start = whole[-1], whole[0]
    title = f"{capitalise(how.says)}: {say_number(end[how.says])} in {end['year']}, {say_number(start[how.says])} in "
    title += f"{start['year']}" + ("" if top is end else f"; most in {top['year']}, {say_number(top[how.says])}")
    words = (title, _subtitle(book, name, len(drawn), "years"))

    def draw(width: int) -> alt.LayerChart:
        from pactwatch.charts.years import chart_lines

        return chart_lines(drawn, words, [how.says], width, how.says)

    return Drawing(draw, drawn)


def _plan_bars(book: Book, name: str, how: Bars | None, rows: Rows) -> Drawing | None:
    if how is None:
        return None
    chosen = [row for row in rows if all(row.get(key) == value for key, value in how.keep.items())]
    year = next((key for key in ("year", "last_year", "survey_year") if chosen and key in chosen[0]), None)
    last = max((row[year] for row in chosen), default=None) if year else None
    chosen = [row for row in chosen if (year is None or row[year] == last) and row[how.column]]
    chosen.sort(key=lambda row: (-row[how.column], how.label(book, row)))
    drawn = [{"label": how.label(book, row), how.says: row[how.column]} for row in chosen[:20]]
    if not drawn:
        return None
    first = drawn[0]
    when = f" in {last}" if last is not None else ""
    title = f"{capitalise(str(first['label']))} leads{when}: {say_number(first[how.says])} ({how.says})"
    words = (title, _subtitle(book, name, len(chosen), "rows"))

    def draw(width: int) -> alt.LayerChart:
        from pactwatch.charts.bars import chart_bars

        return chart_bars(drawn, words, ("label", how.says), width)

    return Drawing(draw, drawn)


def _guess(rows: Rows) -> Bars | None:
    """Bars of the first number beside the first words, for measures of imported data."""
    from pactwatch.charts.bars import guess_columns

    columns = guess_columns([{key: value for key, value in rows[0].items() if "year" not in key}])
    if columns is None:
        return None
    label, number = columns
    return Bars(number, say_column(number), lambda book, row: book.name(str(row[label])), {})


def _subtitle(book: Book, name: str, n: int, unit: str) -> str:
    told = say_date(book.edition.settings.as_of)
    return f"{MEASURES[name].title}; n = {n} {unit}; gathered up to {told}; edition {book.edition.id}"


def list_drawn(_: Book) -> list[Values]:
    """Every measure that has no figure of its own elsewhere."""
    return [{"slug": name_file(name)} for name in MEASURES if name not in OWN_FIGURES]


FIGURES = (FigureType("measure-{slug}", plan_measure, list_drawn),)
