"""The partners: an index with the rank of every tie, and a page for each actor that occurs in a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import TYPES, Book, MilestoneView, RecordView, Row
from pactwatch.site.frame.figures import Drawing
from pactwatch.site.frame.page_types import Ask, FigureType, PageType, Sheet, Values
from pactwatch.site.frame.places import name_file, place_record
from pactwatch.site.frame.words import capitalise, count_words, say_code, say_date
from pactwatch.site.pages.measures import read_measure

if TYPE_CHECKING:
    import altair as alt

FEWEST_DRAWN = 5
"""An actor with fewer records gets no chart: the list says it all."""

FIRST_DRAWN = 2006
"""Charts over time begin here; what is older stands in the lists."""

GROUPS = ("partner", "baseline", "other")


def list_codes(book: Book) -> list[str]:
    """Every actor but the focus one, the casebook's partners first, then by number of records."""
    counts = Counter(code for record in book.records.values() for code in record.parties)
    codes = [code for code in counts if code != book.focus]
    return sorted(codes, key=lambda code: (GROUPS.index(group_of(book, code)), -counts[code], code))


def group_of(book: Book, code: str) -> str:
    """An actor's part in the casebook."""
    settings = book.edition.settings
    return "partner" if code in settings.partners else "baseline" if code in settings.baseline else "other"


def latest_ties(book: Book, ties: list[Row]) -> list[Row]:
    """The focus actor's ties in the last year there is, strongest first."""
    last = max((row["year"] for row in ties), default=0)
    own = [
        row
        for row in ties
        if row["year"] == last and row["rank_in_year"] is not None and row["actor_a_code"] == book.focus
    ]
    return sorted(own, key=lambda row: (row["rank_in_year"], row["actor_b_code"]))


def describe_milestone(one: MilestoneView, record: RecordView, words: tuple[str, str] | None = None) -> Row:
    """A milestone as the timeline draws it; ``words`` replaces its row and its text."""
    from pactwatch.charts.render import LINK_BASE

    doubt = (
        ""
        if one.is_firm
        else " (planned)"
        if one.row["is_tentative"]
        else " (unverified)"
        if one.is_reviewed
        else " (unreviewed)"
    )
    kind, told = words or (record.type, record.title)
    return {
        "kind": kind,
        "earliest": one.row["earliest_date"],
        "latest": one.row["latest_date"],
        "is_firm": one.is_firm,
        "told": f"{told}: {say_code(one.row['stage'])}, {say_date(one.row['date_edtf'])}{doubt}",
        "href": LINK_BASE + place_record(record.id),
    }


def find_code(book: Book, slug: str) -> str:
    """The actor whose page has this name; raises :class:`NotFoundError`."""
    for code in list_codes(book):
        if name_file(code) == slug:
            return code
    raise NotFoundError("no actor of this edition's records has this name")


def list_drawn(book: Book) -> list[Values]:
    """Actors with records enough for a chart."""
    return [{"slug": name_file(code)} for code in list_codes(book) if len(book.with_party(code)) >= FEWEST_DRAWN]


def show_partners(ask: Ask) -> Sheet:
    """The index with the rank of every tie."""
    book = ask.book
    latest = _index_ties(book)
    entries = [
        {"code": code, "group": group_of(book, code), "count": len(book.with_party(code)), "tie": latest.get(code)}
        for code in list_codes(book)
    ]
    groups = [(group, [entry for entry in entries if entry["group"] == group]) for group in GROUPS]
    return Sheet("partners.html", {"groups": groups, "figure": ask.site.figure("ties")})


def show_partner(ask: Ask) -> Sheet:
    """An actor's story in numbers, charts and records."""
    book, slug = ask.book, ask.values["slug"]
    code = find_code(book, slug)
    records = book.with_party(code)
    latest = _index_ties(book)
    is_drawn = len(records) >= FEWEST_DRAWN
    told = {
        "group": group_of(book, code),
        "tie": latest.get(code),
        "tie_count": len(latest),
        "by_type": _count_types(records),
        "firsts": find_firsts(records),
        "shared": list_shared(book, code),
    }
    figures = {
        "activity": ask.site.figure(f"partner-{slug}-activity") if is_drawn else None,
        "timeline": ask.site.figure(f"partner-{slug}-timeline") if is_drawn else None,
    }
    return Sheet("partner.html", {"code": code, "records": list(reversed(records)), **told, **figures})


def list_shared(book: Book, code: str) -> list[tuple[str, list[RecordView]]]:
    """Other actors that an actor shares records with beside the focus one, with those records, most first."""
    found: dict[str, list[RecordView]] = {}
    for record in book.with_party(code):
        for other in record.parties:
            if other not in (code, book.focus):
                found.setdefault(other, []).append(record)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def cite_partner(ask: Ask) -> Mapping[str, str]:
    """What may have been cited of an actor's page."""
    code = find_code(ask.book, ask.values["slug"])
    records = ask.book.with_party(code)
    told = {"records": str(len(records)), "done and verified": str(sum(record.is_firm for record in records))}
    for type_, count, firm in _count_types(records):
        told[f"{type_} records"] = f"{count}, {firm} done and verified"
    tie = _index_ties(ask.book).get(code)
    return {**told, "tie rank": f"{tie['rank_in_year']} in {tie['year']}"} if tie else told


def _index_ties(book: Book) -> dict[str, Row]:
    return {row["actor_b_code"]: row for row in latest_ties(book, read_measure(book, "ties").rows)}


def find_firsts(records: list[RecordView]) -> list[Row]:
    """For each instrument the first completed milestone of any record that has it."""
    found: dict[str, tuple[MilestoneView, RecordView]] = {}
    for record in records:
        first, instrument = record.first_done, record.row["instrument"]
        if first is None or instrument is None:
            continue
        if instrument not in found or first.order < found[instrument][0].order:
            found[instrument] = first, record
    ordered = sorted(found.items(), key=lambda item: item[1][0].order)
    return [{"instrument": instrument, "milestone": first, "record": record} for instrument, (first, record) in ordered]


def _count_types(records: list[RecordView]) -> list[tuple[str, int, int]]:
    counts = Counter(record.type for record in records)
    firm = Counter(record.type for record in records if record.is_firm)
    return [(type_, counts[type_], firm[type_]) for type_ in TYPES if counts[type_]]


def plan_ties(book: Book, _: Values) -> Drawing | None:
    """The rank of every tie with its range under other weights."""
    latest = list(_index_ties(book).values())
    if not latest:
        return None
    shown = ("rank_in_year", "rank_low", "rank_high", "tie_strength", "records")
    rows = [{"partner": book.name(row["actor_b_code"])} | {name: row[name] for name in shown} for row in latest]
    ranks, strongest = _say_ranks(rows[0]), capitalise(book.say_name(latest[0]["actor_b_code"]))
    words = (
        f"{strongest} has the strongest tie with {book.say_name(book.focus)}: rank {ranks} under all weights tried",
        f"Rank by tie strength in {latest[0]['year']}; line: ranks under other weights; n = {len(rows)} partners; "
        f"{book.edition_words}",
    )

    def draw(width: int) -> alt.LayerChart:
        from pactwatch.charts.spans import chart_ties

        return chart_ties(rows, words, width)

    return Drawing(draw, rows)


def _say_ranks(row: Row) -> str:
    low, high = row["rank_low"], row["rank_high"]
    return str(low) if low == high else f"{low} to {high}"


def _list_charted(book: Book, code: str) -> list[RecordView]:
    return [record for record in book.with_party(code) if record.milestones[-1].row["latest_date"].year >= FIRST_DRAWN]


def plan_activity(book: Book, values: Values) -> Drawing | None:
    """An actor's records by year and type."""
    code = find_code(book, values["slug"])
    records = _list_charted(book, code)
    last = int(book.edition.settings.as_of[:4])
    counts = Counter((record.year, record.type) for record in records if record.year >= FIRST_DRAWN)
    rows: list[Row] = [{"year": year, "kind": kind, "count": count} for (year, kind), count in sorted(counts.items())]
    if not rows:
        return None
    order = [type_ for type_ in TYPES if any(row["kind"] == type_ for row in rows)]
    busiest = max(rows, key=lambda row: (row["count"], row["year"]))
    most = count_words(busiest["count"], f"{busiest['kind']} record")
    pair = f"{capitalise(book.say_name(book.focus))} and {book.say_name(code)}"
    words = (
        f"{pair}: most of one type in a year were {most} in {busiest['year']}",
        f"Records by year and type since {FIRST_DRAWN}; n = {sum(counts.values())}; {book.edition_words}",
    )

    def draw(width: int) -> alt.LayerChart:
        from pactwatch.charts.activity import chart_partner_activity

        return chart_partner_activity(rows, words, order, width, (FIRST_DRAWN, last))

    return Drawing(draw, rows)


def plan_line(book: Book, values: Values) -> Drawing | None:
    """An actor's milestones on a line."""
    code = find_code(book, values["slug"])
    records = _list_charted(book, code)
    if not records:
        return None
    span = date(FIRST_DRAWN, 1, 1), date(int(book.edition.settings.as_of[:4]), 12, 31)
    pairs = [(one, record) for record in records for one in record.milestones]
    shown = [(one, record) for one, record in pairs if one.row["latest_date"] >= span[0]]
    milestones = [describe_milestone(one, record) for one, record in shown]
    words = (
        f"{count_words(len(shown), 'milestone')} with {book.say_name(code)} since {FIRST_DRAWN}",
        f"Dot: day; bar: month or longer; hollow: intention, unverified or unreviewed; {book.edition_words}",
    )

    def draw(width: int) -> alt.LayerChart:
        from pactwatch.charts.timeline import chart_timeline

        return chart_timeline(milestones, words, TYPES, width, span)

    return Drawing(draw, list_milestones(shown))


def list_milestones(shown: list[tuple[MilestoneView, RecordView]]) -> list[Row]:
    """The rows behind a timeline."""
    return [
        {
            "date": say_date(one.row["date_edtf"]),
            "record": record.title,
            "type": record.type,
            "stage": say_code(one.row["stage"]),
            "verified": bool(one.row["is_verified"]),
            "record_id": record.id,
        }
        for one, record in sorted(shown, key=lambda pair: pair[0].order)
    ]


PAGES = (
    PageType("partners", "partners/index.html", show_partners),
    PageType(
        "partner",
        "partners/{slug}.html",
        show_partner,
        lambda site: [{"slug": name_file(code)} for code in list_codes(site.book)],
        cite=cite_partner,
    ),
)
FIGURES = (
    FigureType("ties", plan_ties),
    FigureType("partner-{slug}-activity", plan_activity, list_drawn),
    FigureType("partner-{slug}-timeline", plan_line, list_drawn),
)
