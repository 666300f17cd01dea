"""Balance: how much of the cooperation is hard (arms, access, combat drills) and how much soft (talks, courses,
visits).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.completed import add_all, list_completed, list_partners
from pactwatch.measures.shape import ColumnNote, Measure
from pactwatch.model.codes import LEVEL_ORDER, Domain, Instrument, ItemCategory, Level, RecordType

if TYPE_CHECKING:
    import ibis

HARD_INSTRUMENTS = (
    Instrument.TREATY,
    Instrument.RAA,
    Instrument.VFA,
    Instrument.ACSA,
    Instrument.GSOMIA,
    Instrument.DETTA,
)
"""Pacts that bind, and that troops, supplies, secrets or arms move under: the core of what Kinne counts as defence
cooperation agreements.
"""

SOFT_INSTRUMENTS = (Instrument.MOU, Instrument.LOI, Instrument.JOINT_STATEMENT)
"""Papers of intent, which bind nobody in law."""

SOFT_ITEMS = (ItemCategory.PROTECTIVE, ItemCategory.TRAINING_AID)
"""Things that neither fight nor watch. ``other`` is left unclassed; every other category is lethal or of dual use."""

HARD_ITEMS = tuple(category for category in ItemCategory if category not in (*SOFT_ITEMS, ItemCategory.OTHER))

FIRST_HARD_LEVEL = LEVEL_ORDER.index(Level.FIELD)
"""Exercises from here up train forces to operate together; those below show a flag or plan at a table."""


def mark_items(milestones: ibis.Table, items: ibis.Table) -> ibis.Table:
    """Records with items in completed milestones, with ``has_hard_item`` and ``has_soft_item``.

    Example: a record that delivers a radar and life vests has both.
    """
    done = milestones.filter(milestones.is_done).select("record_id", "milestone_id")
    named = items.select("milestone_id", "item_category").join(done, "milestone_id")
    return named.group_by("record_id").aggregate(
        has_hard_item=named.item_category.isin([category.value for category in HARD_ITEMS]).any(),
        has_soft_item=named.item_category.isin([category.value for category in SOFT_ITEMS]).any(),
    )


def classify_records(records: ibis.Table, items: ibis.Table) -> ibis.Table:
    """Records with ``side``: ``hard``, ``soft`` or ``unclassed``; the first rule that fits decides.

    Disaster relief as its domain is soft; training and dialogue are soft; agreements go by instrument; exercises by
    their highest level; transfers are hard with any lethal or dual-use item, soft with only protective gear or
    training aids. What no rule fits is unclassed, never guessed.

    Example: a Reciprocal Access Agreement is hard, a memorandum soft, a commercial contract without items unclassed.
    """
    import ibis

    marked = records.left_join(items, "record_id").drop("record_id_right")
    kind, form = marked.record_type, marked.instrument
    is_agreement, is_exercise = kind == RecordType.AGREEMENT.value, kind == RecordType.EXERCISE.value
    is_transfer = kind == RecordType.TRANSFER.value
    hard, soft, unclassed = ibis.literal("hard"), ibis.literal("soft"), ibis.literal("unclassed")
    side = ibis.cases(
        (marked.domain == Domain.HADR.value, soft),
        (kind.isin([RecordType.TRAINING.value, RecordType.DIALOGUE.value]), soft),
        (is_agreement & form.isin([code.value for code in HARD_INSTRUMENTS]), hard),
        (is_agreement & form.isin([code.value for code in SOFT_INSTRUMENTS]), soft),
        (is_exercise & (marked.level_rank >= FIRST_HARD_LEVEL), hard),
        (is_exercise & (marked.level_rank < FIRST_HARD_LEVEL), soft),
        (is_transfer & marked.has_hard_item, hard),
        (is_transfer & marked.has_soft_item, soft),
        else_=unclassed,
    )
    return marked.mutate(side=side).drop("has_hard_item", "has_soft_item")


def share_sides(classed: ibis.Table) -> ibis.Table:
    """Hard, soft and unclassed records by year and partner, with the share of hard among hard and soft.

    Example: an access agreement and three seminars give 1 hard, 3 soft, hard_share 0.25; with unclassed ones only, no
    share.
    """
    is_hard, is_soft = classed.side == "hard", classed.side == "soft"
    counted = classed.group_by("year", "partner_code").aggregate(
        hard_records=is_hard.sum(),
        soft_records=is_soft.sum(),
        unclassed_records=(classed.side == "unclassed").sum(),
        hard_supports=classed.supports.sum(where=is_hard).fill_null(0).cast("int64"),
        soft_supports=classed.supports.sum(where=is_soft).fill_null(0).cast("int64"),
    )
    return counted.mutate(
        hard_share=counted.hard_records / (counted.hard_records + counted.soft_records).nullif(0),
        hard_supports_share=counted.hard_supports / (counted.hard_supports + counted.soft_supports).nullif(0),
    )


def classify_edition(edition: Edition) -> ibis.Table:
    """Every completed record of an edition with its ``side``."""
    items = mark_items(edition.table("milestones"), edition.table("items"))
    return classify_records(list_completed(edition), items)


def compute_balance(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`BALANCE` tells."""
    classed = classify_edition(edition)
    partners = list_partners(classed, edition.table("parties"), edition.settings.focus)
    return share_sides(add_all(partners, classed, "partner_code"))


BALANCE = Measure(
    name="balance",
    title="Hard and soft cooperation",
    definition="Records by year and partner, split into hard (binding access, supply, secrecy and equipment "
    "pacts; lethal or dual-use transfers; field and combined exercises) and soft (training, talks, "
    "memoranda, port calls, tabletop drills, relief).",
    unit="records; share of hard among hard and soft",
    source="Soft side: Cottey and Forster, Reshaping Defence Diplomacy, Adelphi Paper 365 (2004); Muthanna, "
    "Enabling Military-to-Military Cooperation as Foreign Policy Tool (2006). Hard side: Kinne, "
    "'Defense Cooperation Agreements and the Emergence of a Global Security Network', International "
    "Organization 72 (2018). The line between them is ours.",
    cannot_show="Military worth: a patrol boat counts like a frigate. Where the line lies is a choice; vessels "
    "for a coast guard are dual use and so hard. Exercises without a told level, contracts, "
    "arrangements and policies are unclassed. Relief within a field exercise does not make it soft. "
    "Sums over partners double records with several partners; 'all' does not.",
    example="With VNM in one year an equipment transfer pact, a seminar, a port call and a dialogue: 1 hard, 3 "
    "soft, hard_share 0.25.",
    key=("year", "partner_code"),
    columns={
        "year": ColumnNote("year of the first completed milestone", "year"),
        "partner_code": ColumnNote("partner of the focus actor, or all: every record once", "code"),
        "hard_records": ColumnNote("records on the hard side", "records"),
        "soft_records": ColumnNote("records on the soft side", "records"),
        "unclassed_records": ColumnNote("records that no rule classes", "records"),
        "hard_share": ColumnNote("hard among hard and soft records; empty where there are none", "share"),
        "hard_supports": ColumnNote("sources that support the hard records", "rows of evidence"),
        "soft_supports": ColumnNote("sources that support the soft records", "rows of evidence"),
        "hard_supports_share": ColumnNote("the same share counted in rows of evidence", "share"),
    },
    compute=compute_balance,
)
