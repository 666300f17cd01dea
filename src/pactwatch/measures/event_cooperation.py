"""Event cooperation: what event data tell of the focus actor and each partner by month, beside the edition's
records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.shape import ColumnNote, Measure

if TYPE_CHECKING:
    import ibis

EVENT_KINDS = ("gdelt", "icews")

COOPERATIVE_ROOTS = ("03", "04", "05", "06", "07")
"""CAMEO roots of cooperation: intent, consulting, diplomatic and material cooperation, aid. Yielding (08) is left out:
it ends a conflict rather than showing cooperation."""

MATERIAL_ROOTS = ("06", "07")
CONFLICT_ROOTS = tuple(f"{root:02d}" for root in range(9, 21))
MILITARY_CODES = ("0312", "0332", "062", "072")
"""CAMEO codes of military cooperation and aid, meant or done."""

PLOVER_NAMES = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID")


def list_events(edition: Edition, kind: str) -> ibis.Table:
    """Events between the focus actor and another, each once: ``event_id event_date partner_code cameo_code cameo_root
    plover_code goldstein mention_count``.
    """
    from pactwatch.datasets import open_library

    rows = open_library(edition).table(kind, "events")
    focus = edition.settings.focus
    own = rows.filter(((rows.source_code == focus) | (rows.target_code == focus)) & rows.source_code.notnull())
    own = own.filter(own.target_code.notnull() & (own.source_code != own.target_code))
    partner = (own.source_code == focus).ifelse(own.target_code, own.source_code)
    columns = ("event_id", "event_date", "cameo_code", "cameo_root", "plover_code", "goldstein", "mention_count")
    return own.select(*columns, partner_code=partner).distinct(on="event_id", keep="first")


def count_events(events: ibis.Table) -> ibis.Table:
    """Events by month and partner: all, cooperative, material, military, conflict, and by PLOVER category.

    Example: a consultation (04) and a fight (19) in one month give 2 events, 1 cooperative, 1 of conflict.
    """
    dated = events.mutate(month=events.event_date.truncate("M").cast("date"))
    root, code = dated.cameo_root, dated.cameo_code
    plover = {f"plover_{name.lower()}": (dated.plover_code == name).sum() for name in PLOVER_NAMES}
    return dated.group_by("month", "partner_code").aggregate(
        events=dated.count(),
        cooperative_events=root.isin(COOPERATIVE_ROOTS).sum(),
        material_events=root.isin(MATERIAL_ROOTS).sum(),
        military_events=code.isin(MILITARY_CODES).sum(),
        conflict_events=root.isin(CONFLICT_ROOTS).sum(),
        goldstein_mean=dated.goldstein.mean(),
        **plover,
    )


def count_milestones(edition: Edition) -> ibis.Table:
    """Completed milestones of the edition's records by month and partner, and the sources behind them.

    Only milestones whose month is told are counted.
    """
    milestones, focus = edition.table("milestones"), edition.settings.focus
    told = milestones.filter(milestones.is_done & milestones.date_precision.isin(["day", "month"]))
    parties = edition.table("parties")
    own = parties.filter(parties.actor_code == focus).select("record_id")
    others = parties.filter(parties.actor_code != focus).join(own, "record_id")
    rows = told.join(others.select("record_id", partner_code=others.actor_code), "record_id")
    rows = rows.mutate(month=rows.earliest_date.truncate("M").cast("date"))
    return rows.group_by("month", "partner_code").aggregate(
        recorded_milestones=rows.milestone_id.nunique(), recorded_sources=rows.source_count.sum()
    )


def join_records(events: ibis.Table, milestones: ibis.Table) -> ibis.Table:
    """Events beside records, for months the events cover; what one has and the other lacks stands as zero."""
    first, last = events.month.min().as_scalar(), events.month.max().as_scalar()
    within = milestones.filter((milestones.month >= first) & (milestones.month <= last))
    joined = events.outer_join(within, ("month", "partner_code"))
    counts = {
        name: joined[name].fill_null(0)
        for name in (*events.columns, *milestones.columns)
        if name not in ("month", "partner_code", "goldstein_mean")
    }
    return joined.select(
        month=joined.month.coalesce(joined.month_right),
        partner_code=joined.partner_code.coalesce(joined.partner_code_right),
        goldstein_mean=joined.goldstein_mean,
        **counts,
    )


def compute_event_cooperation(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`EVENT_COOPERATION` tells."""
    import ibis

    from pactwatch.datasets import open_library

    library, milestones = open_library(edition), count_milestones(edition)
    settings = edition.settings
    actors = [*settings.partners, *settings.baseline]
    tables = []
    for kind in (kind for kind in EVENT_KINDS if library.has(kind)):
        joined = join_records(count_events(list_events(edition, kind)), milestones)
        chosen = joined.filter(joined.partner_code.isin(actors))
        tables.append(chosen.mutate(data_set=ibis.literal(kind), month=chosen.month.strftime("%Y-%m")))
    return ibis.union(*tables) if len(tables) > 1 else tables[0]


_COUNTS = {
    "events": ColumnNote("events of the dyad", "events"),
    "cooperative_events": ColumnNote("of CAMEO roots 03-07: intent, consulting, cooperation, aid", "events"),
    "material_events": ColumnNote("of roots 06-07: material cooperation and aid", "events"),
    "military_events": ColumnNote("of codes 0312, 0332, 062, 072: military cooperation and aid", "events"),
    "conflict_events": ColumnNote("of roots 09-20: verbal and material conflict", "events"),
    **{f"plover_{name.lower()}": ColumnNote(f"of PLOVER category {name}", "events") for name in PLOVER_NAMES},
    "recorded_milestones": ColumnNote("completed milestones in the edition's records", "milestones"),
    "recorded_sources": ColumnNote("sources that support them", "rows of evidence"),
}

EVENT_COOPERATION = Measure(
    name="event_cooperation",
    title="Cooperation in event data and in the records",
    definition="Events between the focus actor and each partner by month in GDELT or ICEWS, by CAMEO roots and PLOVER "
    "categories, beside the milestones completed in the edition's records.",
    unit="events; milestones",
    source="Gerner, Schrodt and Yilmaz, Conflict and Mediation Event Observations (2009); Goldstein, A "
    "Conflict-Cooperation "
    "Scale for WEIS Events Data (1992); PLOVER, Open Event Data Alliance (2021). Data: GDELT or ICEWS, as imported.",
    cannot_show="Real-world items: events are machine-coded reports, one item may be many events, and much is "
    "miscoded. "
    "A month without events need not be quiet. Only months within those imported are told.",
    example="A visit coded 042 and a signing coded 057 in May, with one memorandum in the records: 2 events, 2 "
    "cooperative, "
    "1 milestone.",
    key=("data_set", "month", "partner_code"),
    columns={
        "data_set": ColumnNote("gdelt or icews", "code"),
        "month": ColumnNote("month, as year and month", "month"),
        "partner_code": ColumnNote("the partner", "code"),
        **_COUNTS,
        "goldstein_mean": ColumnNote("mean of the conflict-cooperation scale; empty without events", "-10 to 10"),
    },
    compute=compute_event_cooperation,
    needs=EVENT_KINDS,
    needs_any=True,
    types={
        "data_set": "string",
        "month": "string",
        "partner_code": "string",
        **dict.fromkeys(_COUNTS, "int64"),
        "goldstein_mean": "float64",
    },
)
