"""The rows most measures count: each record once, at its first completed milestone, with its rows of evidence beside
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.shape import make_table
from pactwatch.model.codes import DONE_STAGES, LEVEL_ORDER, Stage
from pactwatch.model.dates import FIRST_YEAR

if TYPE_CHECKING:
    import ibis

ALL = "all"
"""Stands in a code column for all codes together, each record counted once."""


def list_completed(edition: Edition) -> ibis.Table:
    """Completed records of an edition, one row each.

    Columns: ``record_id record_type instrument party_codes earliest_date latest_date domain year`` of the first
    completed milestone, ``supports`` and ``level_rank`` (missing where no level is told) over all completed ones.
    """
    milestones = edition.table("milestones")
    first = find_first_completed(milestones).drop("level_rank")
    evidence = count_supports(milestones, edition.table("supports"))
    records = edition.table("records").select("record_id", "record_type", "instrument", "party_codes")
    joined = first.join(records, "record_id").left_join(evidence, "record_id")
    levels = find_highest_level(milestones)
    return (
        joined.drop("record_id_right")
        .mutate(supports=joined.supports.fill_null(0))
        .left_join(levels, "record_id")
        .drop("record_id_right")
    )


def find_first_completed(milestones: ibis.Table) -> ibis.Table:
    """The first completed milestone of each record that has one.

    First may be any that no other of its record certainly precedes, that is, whose earliest day is not after the least
    latest day. Of those the earliest stage is taken, since stages follow one another whatever the dates leave open;
    then the least latest day, which prefers the more precise; then the least earliest day and id. A tentative stage
    (proposed, requested, negotiating, planned) completes nothing, nor does an end.

    Example: negotiating 2023-11, signed 2024-07-08, in force 2024 gives the signing.
    """
    import ibis

    done = rank_levels(milestones.filter(milestones.is_done))
    done = done.mutate(surely_by=done.latest_date.min().over(group_by=done.record_id))
    done = done.filter(done.earliest_date <= done.surely_by)
    order = [rank_stages(done.stage), done.latest_date, done.earliest_date, done.milestone_id]
    placed = done.mutate(place=ibis.row_number().over(group_by=done.record_id, order_by=order))
    return placed.filter(placed.place == 0).select(
        "record_id",
        "earliest_date",
        "latest_date",
        "domain",
        "level_rank",
        year=placed.earliest_date.year().cast("int64"),
    )


def count_supports(milestones: ibis.Table, supports: ibis.Table) -> ibis.Table:
    """Rows of evidence of each record: the sources that support its completed milestones; conflicts don't count.

    Example: a signing on two sources and the entry into force on one give 3 supports.
    """
    done = milestones.filter(milestones.is_done).select("record_id", "milestone_id")
    joined = done.join(supports.filter(supports.relation == "supports").select("milestone_id"), "milestone_id")
    return joined.group_by("record_id").aggregate(supports=joined.count())


def rank_levels(milestones: ibis.Table) -> ibis.Table:
    """The milestones with ``level_rank``: 0 is a port call, 4 a combined exercise, missing where no level is told."""
    ranks = [(level.value, rank) for rank, level in enumerate(LEVEL_ORDER)]
    return milestones.mutate(level_rank=milestones.exercise_level.cases(*ranks).cast("int64"))


def rank_stages(stage: ibis.StringColumn) -> ibis.IntegerColumn:
    """Place of each completed stage in a record's life; the codes are listed in an order that fits every type."""
    return stage.cases(*((str(name), rank) for rank, name in enumerate(Stage) if name in DONE_STAGES))


def find_highest_level(milestones: ibis.Table) -> ibis.Table:
    """The highest level told of each record's completed milestones."""
    ranked = rank_levels(milestones.filter(milestones.is_done))
    return ranked.group_by("record_id").aggregate(level_rank=ranked.level_rank.max())


def list_partners(records: ibis.Table, parties: ibis.Table, focus: str) -> ibis.Table:
    """One row per record with the focus actor and per other party of it (``partner_code``, ``partner_count``).

    Example: an exercise of JPN, PHL and USA with the focus JPN gives a row for PHL and one for USA, both with count 2.
    """
    with_focus = parties.filter(parties.actor_code == focus).select("record_id")
    others = parties.filter(parties.actor_code != focus).select("record_id", partner_code=parties.actor_code)
    others = others.join(with_focus, "record_id")
    counts = others.group_by("record_id").aggregate(partner_count=others.count())
    return records.join(others.join(counts, "record_id"), "record_id")


def add_all(by_code: ibis.Table, once: ibis.Table, column: str) -> ibis.Table:
    """Rows by a code, and beneath them the rows counted once for the code ``all`` (so that sums over codes double
    nothing).

    ``by_code`` is spread over the code's values, ``once`` has every record once; columns that only one has are
    dropped.
    """
    marked = once.mutate(**{column: _literal(ALL)})
    shared = [name for name in marked.columns if name in by_code.columns]
    return by_code.select(*shared).union(marked.select(*shared))


def list_years(records: ibis.Table, last_year: int) -> ibis.Table:
    """Every year from the first of the records to ``last_year``, years without a record among them."""
    years = make_table([{"year": year} for year in range(FIRST_YEAR, last_year + 1)], {"year": "int64"})
    return years.filter(years.year >= records.year.min().as_scalar())


def _literal(value: str) -> ibis.Value:
    import ibis

    return ibis.literal(value)
