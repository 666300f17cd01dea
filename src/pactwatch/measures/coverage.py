"""Coverage: how much evidence each year and each publisher gives, and how much of it stands on one source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.completed import ALL
from pactwatch.measures.shape import ColumnNote, Measure

if TYPE_CHECKING:
    import ibis


def list_evidence(milestones: ibis.Table, supports: ibis.Table, sources: ibis.Table) -> ibis.Table:
    """One row per milestone and supporting source, and one for a milestone without any; tentative milestones too.

    Columns: ``milestone_id record_id year is_verified support_number source_id publisher source_count``, with the
    last counting the different sources of the milestone's supports.
    """
    told = milestones.select(
        "milestone_id", "record_id", "is_verified", year=milestones.earliest_date.year().cast("int64")
    )
    supporting = supports.filter(supports.relation == "supports").select("milestone_id", "support_number", "source_id")
    counts = supporting.group_by("milestone_id").aggregate(source_count=supporting.source_id.nunique())
    named = supporting.left_join(sources.select("source_id", "publisher"), "source_id").drop("source_id_right")
    return (
        told.left_join(named, "milestone_id")
        .drop("milestone_id_right")
        .left_join(counts, "milestone_id")
        .drop("milestone_id_right")
    )


def measure_coverage(evidence: ibis.Table) -> ibis.Table:
    """Milestones, records, supports, sources and publishers by year and publisher, with verified and single-source
    shares.

    Example: two milestones, one on pages A and B, one on A alone: 2 milestones, 3 supports, 2 sources,
    single_source_share 0.5.
    """
    per_milestone = evidence.group_by("year", "publisher", "milestone_id").aggregate(
        is_verified=evidence.is_verified.any(), is_single=(evidence.source_count == 1).any().fill_null(False)
    )
    shares = per_milestone.group_by("year", "publisher").aggregate(
        milestones=per_milestone.count(),
        verified_share=per_milestone.is_verified.cast("int64").mean(),
        single_source_share=per_milestone.is_single.cast("int64").mean(),
    )
    counts = evidence.group_by("year", "publisher").aggregate(
        records=evidence.record_id.nunique(),
        supports=evidence.support_number.count(),
        sources=evidence.source_id.nunique(),
        publishers=evidence.named_publisher.nunique(),
    )
    return shares.join(counts, ["year", "publisher"])


def gather_coverage(edition: Edition) -> ibis.Table:
    """The rows of :func:`list_evidence` under their publisher, and each once more under ``all``."""
    import ibis

    tables = (edition.table(name) for name in ("milestones", "supports", "sources"))
    evidence = list_evidence(*tables)
    evidence = evidence.mutate(named_publisher=evidence.publisher)
    named = evidence.filter(evidence.publisher.notnull())
    together = evidence.mutate(publisher=ibis.literal(ALL)).select(*evidence.columns)
    return named.union(together)


def compute_coverage(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`COVERAGE` tells."""
    return measure_coverage(gather_coverage(edition))


COVERAGE = Measure(
    name="coverage",
    title="Coverage",
    definition="Evidence by year of the event and by publisher: milestones of any stage, the sources under them, "
    "the share verified and the share that stands on a single source.",
    unit="milestones; rows of evidence; shares",
    source="Reporting bias in event data: Baum and Zhukov, 'Filtering revolution: Reporting bias in international "
    "newspaper coverage of the Libyan civil war', Journal of Peace Research 52 (2015); Weidmann, Journal of Conflict "
    "Resolution 59 (2015).",
    cannot_show="What nobody reported, or what the editors did not find. Two sources may copy one another; "
    "publishers are told apart by name only. Sums over publishers double milestones with several; "
    "'all' does not.",
    example="Two milestones, one on two pages and one on a single page: 3 supports, single_source_share 0.5.",
    key=("year", "publisher"),
    columns={
        "year": ColumnNote("year of the milestone's date", "year"),
        "publisher": ColumnNote("publisher, or all: every milestone once, with or without source", "name"),
        "milestones": ColumnNote("milestones it supports, tentative ones too", "milestones"),
        "records": ColumnNote("records they belong to", "records"),
        "supports": ColumnNote("its supports of them", "rows of evidence"),
        "sources": ColumnNote("different sources", "sources"),
        "publishers": ColumnNote("different publishers; 1 in a publisher's own row", "publishers"),
        "verified_share": ColumnNote("share of the milestones with a page opened and read", "share"),
        "single_source_share": ColumnNote("share of the milestones that stand on one source in all", "share"),
    },
    compute=compute_coverage,
)
