"""The schematic map of the focus actor's ties, as it stands on the first page and on that of the partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.site.frame.book import Book, Row
from pactwatch.site.frame.figures import Drawing
from pactwatch.site.frame.page_types import FigureType, Values
from pactwatch.site.frame.places import place_actor
from pactwatch.site.frame.words import capitalise, count_words, say_number
from pactwatch.site.pages.measures import read_measure
from pactwatch.site.pages.partners import group_of, latest_ties

if TYPE_CHECKING:
    import altair as alt

    from pactwatch.charts.geography import Place

FIGURE = "map"


def plan_map(book: Book, _: Values) -> Drawing | None:
    """Capitals of the casebook's partners and baseline with their ties in the last year."""
    ties = latest_ties(book, read_measure(book, "ties").rows)
    shown = [row for row in ties if group_of(book, row["actor_b_code"]) != "other"]
    placed = [row for row in shown if has_place(book, row["actor_b_code"])]
    if not placed or not has_place(book, book.focus):
        return None
    inner = [row for row in placed if group_of(book, row["actor_b_code"]) == "partner"] or placed
    firm = sum(row["rank_low"] == row["rank_high"] for row in placed)
    strongest = capitalise(book.say_name(inner[0]["actor_b_code"]))
    title = (
        f"{strongest} has the closest tie with {book.say_name(book.focus)} among the casebook's partners; "
        f"{firm} of {len(placed)} ranks hold under any weights"
    )
    bodies = [book.name(row["actor_b_code"]) for row in shown if row not in placed]
    subtitle = (
        f"Line: tie strength in {placed[0]['year']}; number: rank among {count_words(len(ties), 'tie')}, and its range "
        f"under other weights; ring at the edge: outside the map"
        f"{'; without a capital: ' + ', '.join(bodies) if bodies else ''}; edition {book.edition.id}"
    )
    rows = [_flatten(book, row) for row in shown]

    def draw(width: int) -> alt.LayerChart:
        from pactwatch.charts.map import chart_map

        return chart_map([_place_focus(book), *(_place(book, row) for row in placed)], (title, subtitle), width)

    return Drawing(draw, rows, f"{title}. Capitals by their coordinates; lines to each from that of the focus actor.")


def has_place(book: Book, code: str) -> bool:
    """Whether the coordinates of an actor's capital are known."""
    actor = book.actors.get(code, {})
    return actor.get("latitude") is not None and actor.get("longitude") is not None


def _place_focus(book: Book) -> Place:
    from pactwatch.charts.geography import Place

    actor, name = book.actors[book.focus], book.name(book.focus)
    where = actor["latitude"], actor["longitude"]
    return Place(book.focus, name, *where, 0.0, "focus", name, name, "partners/index.html")


def _place(book: Book, row: Row) -> Place:
    from pactwatch.charts.geography import Place

    code = row["actor_b_code"]
    actor, name, group = book.actors[code], book.name(code), group_of(book, code)
    told = (
        f"{name}: tie strength {say_number(round(row['tie_strength'], 2))}, rank {say_ranks(row)} under all weights "
        f"tried, {count_words(row['records'], 'record')}"
    )
    where = actor["latitude"], actor["longitude"]
    return Place(code, name, *where, row["tie_strength"], group, f"{name} {say_ranks(row)}", told, place_actor(code))


def say_ranks(row: Row) -> str:
    """A rank's range under all weights: "3", or "3–7"."""
    low, high = row["rank_low"], row["rank_high"]
    return str(low) if low == high else f"{low}–{high}"


def _flatten(book: Book, row: Row) -> Row:
    code = row["actor_b_code"]
    actor = book.actors.get(code, {})
    return {
        "partner": book.name(code),
        "group": group_of(book, code),
        "capital": actor.get("capital"),
        "latitude": actor.get("latitude"),
        "longitude": actor.get("longitude"),
        "tie_strength": row["tie_strength"],
        "rank": row["rank_in_year"],
        "rank_low": row["rank_low"],
        "rank_high": row["rank_high"],
        "records": row["records"],
    }


FIGURES = (FigureType(FIGURE, plan_map),)
