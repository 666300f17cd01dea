"""What a search found, by party on the map: circles at capitals, the rows behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book, Row
from pactwatch.site.frame.page_types import CSV, SVG, Ask, File, PageType
from pactwatch.site.frame.tables import format_csv
from pactwatch.site.frame.words import capitalise, count_words, say_number
from pactwatch.site.pages.mapping import has_place
from pactwatch.site.pages.partners import group_of
from pactwatch.site.search import NAMES, Search, read_index, read_search, write_search

if TYPE_CHECKING:
    from pactwatch.charts.geography import Place
    from pactwatch.charts.record_map import Layout


@dataclass(frozen=True)
class MapView:
    """A map as a template shows it."""

    title: str
    subtitle: str
    wide: Markup
    narrow: Markup
    rows: list[Row]


@dataclass(frozen=True)
class Counted:
    """Records found: in all, and by party (without the focus actor), most first."""

    total: int
    parties: dict[str, int]


def view_map(ask: Ask, search: Search) -> MapView | None:
    """The map of a search; nothing where nothing is found, or no party has a place."""
    counted = count_parties(ask.book, search)
    if not _is_drawn(ask.book, counted):
        return None
    title = say_finding(counted, ask.book)
    wide, narrow = (Markup(_draw(ask.book, counted, search, (title, size))) for size in ("wide", "narrow"))  # noqa: S704 - ours, escaped
    return MapView(title, say_measure(counted, ask.book), wide, narrow, list_rows(counted, ask.book))


def count_parties(book: Book, search: Search) -> Counted:
    """Records found by party; a record with three parties counts for each."""
    index = read_index(book)
    found = index.find(search)
    counted = {code: count for code, count in index.count_values(found, "partner") if count}
    return Counted(found.total, dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))))


def _is_drawn(book: Book, counted: Counted) -> bool:
    return any(has_place(book, code) for code in counted.parties)


def say_finding(counted: Counted, book: Book) -> str:
    """What the picture shows, in one sentence."""
    code, most = next(iter(counted.parties.items()))
    ties = sum(count == most for count in counted.parties.values())
    also = "more than any other" if ties == 1 else f"as many as {count_words(ties - 1, 'other')}"
    name, records = capitalise(book.say_name(code)), count_words(counted.total, "record")
    return f"{name} is party to {say_number(most)} of the {records}, {also}"


def say_measure(counted: Counted, book: Book) -> str:
    """Measure, unit, n and edition, and who has no place on the map."""
    placeless = [f"{book.name(code)} {count}" for code, count in counted.parties.items() if not has_place(book, code)]
    told = (
        f"Area of a circle: records with that party beside {book.say_name(book.focus)}; blue: the casebook's partners, "
        f"grey: others; dashed: outside the map; n = {say_number(counted.total)}, each counted for every party"
    )
    return f"{told}{'; without a capital: ' + ', '.join(placeless) if placeless else ''}; {book.edition_words}"


def list_rows(counted: Counted, book: Book) -> list[Row]:
    """Parties with their records and their capitals."""
    rows = []
    for code, count in counted.parties.items():
        actor = book.actors.get(code, {})
        where = {name: actor.get(name) for name in ("capital", "latitude", "longitude")}
        rows.append({"code": code, "party": book.name(code), "group": group_of(book, code), "records": count, **where})
    return rows


def gather_places(book: Book) -> list[Place]:
    """Every party with a capital, whatever is searched for, so that places stay where they are."""
    from pactwatch.charts.geography import Place

    places = []
    for code in [book.focus, *(code for code in book.actors if code != book.focus)]:
        if not has_place(book, code) or not book.with_party(code):
            continue
        actor, name = book.actors[code], book.name(code)
        part = "focus" if code == book.focus else group_of(book, code)
        where = actor["latitude"], actor["longitude"]
        places.append(Place(code, name, *where, float(len(book.with_party(code))), part, name, name, ""))
    return places


def lay_out_maps(book: Book) -> dict[str, Layout]:
    """The maps of an edition without records, by their size."""
    from pactwatch.charts.record_map import WIDTHS, lay_out

    places = gather_places(book)
    return {size: lay_out(places, size) for size in WIDTHS}


def _draw(book: Book, counted: Counted, search: Search, words: tuple[str, str]) -> str:
    from pactwatch.charts.record_map import draw_map

    title, size = words
    layout = book.once(lay_out_maps)[size]
    codes = [one.place.code for one in layout.spots if one.place.part != "focus"]
    hrefs = {code: "index.html?" + write_search(search.only("partner", code)) for code in codes}
    return draw_map(layout, counted.parties, hrefs, title)


def take_map(ending: str, ask: Ask) -> File:
    """The map of a search, or the rows behind it."""
    from pactwatch.charts.bare import save_bare

    search = read_search(ask.query)
    counted = count_parties(ask.book, search)
    if not _is_drawn(ask.book, counted):
        raise NotFoundError("nothing that is found has a place on the map; change the search")
    if ending == "csv":
        columns = ("code", "party", "group", "records", "capital", "latitude", "longitude")
        return File(format_csv(list_rows(counted, ask.book), columns).encode(), CSV, "map.csv")
    title = say_finding(counted, ask.book)
    picture = _draw(ask.book, counted, replace(search, view="map"), (title, "wide"))
    return File(save_bare(picture, title, say_measure(counted, ask.book)).encode(), SVG, "map.svg")


PAGES = tuple(
    PageType(
        f"records-map-{ending}",
        f"records/map.{ending}",
        partial(take_map, ending),
        lambda site: ({},) if _is_drawn(site.book, count_parties(site.book, Search())) else (),
        query=NAMES,
    )
    for ending in ("svg", "csv")
)
