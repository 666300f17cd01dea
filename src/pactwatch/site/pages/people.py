"""Office holders: who held which office when, and the records of their country that fall in those days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pactwatch.model.dates import DateError, parse_date
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import TYPES, Book, RecordView, Row
from pactwatch.site.frame.page_types import Ask, PageType, Sheet, Values
from pactwatch.site.frame.places import place_person
from pactwatch.site.frame.site import Site

OFFICES = ("head_of_government", "head_of_state", "defence_minister", "foreign_minister")


@dataclass(frozen=True)
class Term:
    """A term in an office with the records whose dating milestone surely falls in it."""

    row: Row
    first: date
    last: date | None
    records: tuple[RecordView, ...]

    @property
    def by_type(self) -> list[tuple[str, list[RecordView]]]:
        """Its records by type, types without any left out."""
        return [(type_, own) for type_ in TYPES if (own := [one for one in self.records if one.type == type_])]


def gather_people(book: Book) -> Mapping[str, tuple[str, list[Row]]]:
    """Name and terms, earliest first, of every office holder by the name of their page."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in book.edition.arrow("officeholders").to_pylist():
        found[str(row["holder_name"])].append(row)
    return {
        place_person(name)[len("people/") : -len(".html")]: (
            name,
            sorted(rows, key=lambda row: (row["from_edtf"], row["office"])),
        )
        for name, rows in sorted(found.items(), key=lambda pair: (pair[0].casefold(), pair[0]))
    }


def list_people(site: Site) -> Iterator[Values]:
    """Name of the page of every office holder."""
    return ({"slug": slug} for slug in site.book.once(gather_people))


def read_term(book: Book, row: Row) -> Term:
    """A term with its records: those of the holder's country dated wholly inside it."""
    first, last = _read_day(row["from_edtf"], is_end=False), _read_day(row["to_edtf"], is_end=True)
    first = first or date.min
    parties = book.with_party(row["actor_code"])
    inside = tuple(
        record
        for record in parties
        if first <= record.main.row["earliest_date"] and (last is None or record.main.row["latest_date"] <= last)
    )
    return Term(row, first, last, tuple(reversed(inside)))


def _read_day(edtf: str | None, *, is_end: bool) -> date | None:
    try:
        told = parse_date(edtf) if edtf else None
    except DateError:
        return None
    return (told.latest if is_end else told.earliest) if told else None


def show_people(ask: Ask) -> Sheet:
    """All office holders by actor and office, latest first."""
    book = ask.book
    rows: defaultdict[str, dict[str, list[Row]]] = defaultdict(dict)
    for row in book.edition.arrow("officeholders").to_pylist():
        rows[row["actor_code"]].setdefault(row["office"], []).append(row)
    for own in rows.values():
        for terms in own.values():
            terms.sort(key=lambda row: row["from_edtf"], reverse=True)
    order = sorted(
        rows, key=lambda code: (code != book.focus, code not in book.edition.settings.partners, book.name(code))
    )
    return Sheet("people.html", {"groups": [(code, rows[code]) for code in order], "offices": OFFICES})


def show_person(ask: Ask) -> Sheet:
    """An office holder: terms, and the records that fall in them."""
    found = ask.book.once(gather_people).get(ask.values["slug"])
    if found is None:
        raise NotFoundError("no office holder of this edition has this name")
    name, rows = found
    return Sheet("person.html", {"name": name, "terms": [read_term(ask.book, row) for row in rows]})


PAGES = (
    PageType("people", "people/index.html", show_people),
    PageType("person", "people/{slug}.html", show_person, list_people),
)
