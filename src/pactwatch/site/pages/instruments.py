"""Instruments: the legal and financial forms, who has which since when, and what follows what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pactwatch.model.codes import Instrument
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book, RecordView, Row
from pactwatch.site.frame.page_types import Ask, PageType, Sheet, Values
from pactwatch.site.frame.places import name_file
from pactwatch.site.frame.site import Site
from pactwatch.site.pages.measures import read_measure
from pactwatch.site.pages.partners import GROUPS, group_of
from pactwatch.site.pages.trends import count_years


def gather_instruments(book: Book) -> Mapping[str, list[RecordView]]:
    """Records of every instrument there is, in the order of the codebook, earliest first."""
    found: dict[str, list[RecordView]] = {code.value: [] for code in Instrument}
    for record in book.records.values():
        if record.row["instrument"]:
            found[record.row["instrument"]].append(record)
    return {code: records for code, records in found.items() if records}


def list_instruments(site: Site) -> Iterator[Values]:
    """Name of the page of every instrument with a record."""
    return ({"slug": name_file(code)} for code in site.book.once(gather_instruments))


def show_instruments(ask: Ask) -> Sheet:
    """Which partner has which instrument since when: a grid of firsts."""
    book = ask.book
    found = book.once(gather_instruments)
    firsts = {code: find_first_by_partner(book, records) for code, records in found.items()}
    counts = Counter(code for own in firsts.values() for code in own)
    partners = sorted(counts, key=lambda code: (GROUPS.index(group_of(book, code)), -counts[code], code))
    return Sheet("instruments.html", {"found": found, "firsts": firsts, "partners": partners})


def find_first_by_partner(book: Book, records: list[RecordView]) -> dict[str, RecordView]:
    """The first completed record of each partner; records of policy by the focus actor alone have none."""
    found: dict[str, RecordView] = {}
    for record in records:
        if record.first_done is None:
            continue
        for code in record.parties:
            if code != book.focus and book.focus in record.parties:
                found.setdefault(code, record)
    return found


def show_instrument(ask: Ask) -> Sheet:
    """An instrument: its story in numbers, its partners, what came before and after it."""
    book = ask.book
    code = next((one for one in book.once(gather_instruments) if name_file(one) == ask.values["slug"]), None)
    if code is None:
        raise NotFoundError("no record of this edition has this instrument")
    records = book.once(gather_instruments)[code]
    firsts = sorted(find_first_by_partner(book, records).items(), key=lambda pair: pair[1].order)
    pathways = read_measure(book, "pathways").rows
    told = {
        "code": code,
        "records": list(reversed(records)),
        "done": [record for record in records if record.first_done],
        "firsts": firsts,
        "years": count_years(records, book),
        "after": _order_pathways([row for row in pathways if row["earlier_step"] == code]),
        "before": _order_pathways([row for row in pathways if row["later_step"] == code]),
    }
    return Sheet("instrument.html", told)


def _order_pathways(rows: list[Row]) -> list[Row]:
    known = [row for row in rows if row["followed_partners"] + row["reversed_partners"] > 0]
    return sorted(known, key=lambda row: (-row["followed_partners"], row["later_step"], row["earlier_step"]))


PAGES = (
    PageType("instruments", "instruments/index.html", show_instruments),
    PageType("instrument", "instruments/{slug}.html", show_instrument, list_instruments),
)
