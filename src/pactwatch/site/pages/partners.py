"""The partners: an index with the rank of every tie, and a page for each actor that occurs in a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import altair as alt

from pactwatch.charts.activity import chart_partner_activity
from pactwatch.charts.render import LINK_BASE
from pactwatch.charts.spans import chart_ties
from pactwatch.charts.timeline import chart_timeline
from pactwatch.site.figures import Plan, Studio
from pactwatch.site.places import place_actor, place_record
from pactwatch.site.reading import TYPES, Book, MilestoneView, RecordView, Row
from pactwatch.site.words import capitalise, count_words, say_code, say_date
from pactwatch.site.writing import Writer

FEWEST_DRAWN = 5
"""An actor with fewer records gets no chart: the list says it all."""

FIRST_DRAWN = 2006
"""Charts over time begin here; what is older stands in the lists."""

INDEX = "partners/index.html"
GROUPS = ("partner", "baseline", "other")


@dataclass(frozen=True)
class PartnerPlans:
    """Figures being drawn: the ranks for the index, and two for each actor with enough records."""

    ties: Plan | None
    own: Mapping[str, tuple[Plan | None, Plan | None]]


def plan_partners(book: Book, studio: Studio, ties: list[Row]) -> PartnerPlans:
    """Start drawing; ``ties`` are the rows of that measure."""
    own = {
        code: _plan_actor(book, studio, code) for code in list_codes(book) if len(book.with_party(code)) >= FEWEST_DRAWN
    }
    return PartnerPlans(_plan_ties(book, studio, ties), own)


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


def write_partners(book: Book, writer: Writer, studio: Studio, plans: PartnerPlans, ties: list[Row]) -> None:
    """Write the index and the page of every actor."""
    latest = {row["actor_b_code"]: row for row in latest_ties(book, ties)}
    codes = list_codes(book)
    entries = [
        {"code": code, "group": group_of(book, code), "count": len(book.with_party(code)), "tie": latest.get(code)}
        for code in codes
    ]
    groups = [(group, [entry for entry in entries if entry["group"] == group]) for group in GROUPS]
    writer.write_page(INDEX, "partners.html", groups=groups, figure=studio.place(plans.ties, INDEX, writer))
    for code in codes:
        page = place_actor(code)
        activity, timeline = plans.own.get(code, (None, None))
        records = book.with_party(code)
        writer.write_page(
            page,
            "partner.html",
            code=code,
            group=group_of(book, code),
            records=list(reversed(records)),
            tie=latest.get(code),
            tie_count=len(latest),
            by_type=_count_types(records),
            firsts=find_firsts(records),
            activity=studio.place(activity, page, writer),
            timeline=studio.place(timeline, page, writer),
        )


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


def _plan_ties(book: Book, studio: Studio, ties: list[Row]) -> Plan | None:
    latest = latest_ties(book, ties)
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
        return chart_ties(rows, words, width)

    return studio.plan("ties", draw, rows)


def _say_ranks(row: Row) -> str:
    low, high = row["rank_low"], row["rank_high"]
    return str(low) if low == high else f"{low} to {high}"


def _plan_actor(book: Book, studio: Studio, code: str) -> tuple[Plan | None, Plan | None]:
    records = [
        record for record in book.with_party(code) if record.milestones[-1].row["latest_date"].year >= FIRST_DRAWN
    ]
    if not records:
        return None, None
    return _plan_activity(book, studio, code, records), _plan_line(book, studio, code, records)


def _plan_activity(book: Book, studio: Studio, code: str, records: list[RecordView]) -> Plan | None:
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
        return chart_partner_activity(rows, words, order, width, (FIRST_DRAWN, last))

    return studio.plan(f"partner-{code}-activity", draw, rows)


def _plan_line(book: Book, studio: Studio, code: str, records: list[RecordView]) -> Plan | None:
    span = date(FIRST_DRAWN, 1, 1), date(int(book.edition.settings.as_of[:4]), 12, 31)
    pairs = [(one, record) for record in records for one in record.milestones]
    shown = [(one, record) for one, record in pairs if one.row["latest_date"] >= span[0]]
    milestones = [describe_milestone(one, record) for one, record in shown]
    words = (
        f"{count_words(len(shown), 'milestone')} with {book.say_name(code)} since {FIRST_DRAWN}",
        f"Dot: day; bar: month or longer; hollow: intention, unverified or unreviewed; {book.edition_words}",
    )

    def draw(width: int) -> alt.LayerChart:
        return chart_timeline(milestones, words, TYPES, width, span)

    return studio.plan(f"partner-{code}-timeline", draw, list_milestones(shown))


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
