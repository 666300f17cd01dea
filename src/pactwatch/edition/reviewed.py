"""What a person answers for: the tables of an edition without what only a machine coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from pactwatch.model.codes import Doubt, ReviewStatus

if TYPE_CHECKING:
    import pyarrow as pa

Tables = Mapping[str, "pa.Table"]

REVIEWED = ("accept", "correct")
"""Decisions by which a person answers for a mention."""


def keep_reviewed(tables: Tables) -> dict[str, pa.Table]:
    """The same tables with curated and reviewed records alone.

    Milestones that only a machine coded go, with all that hangs on them; sources too that support a milestone by
    mentions alone of which nobody accepted any. Counts of milestones and sources are those of what stays.
    """
    mentions = [row for row in tables["mentions"].to_pylist() if row["decision"] in REVIEWED]
    reports = dict(zip(*(tables["documents"][name].to_pylist() for name in ("document_id", "report_id")), strict=True))
    accepted = {row["mention_id"]: reports[row["document_id"]] for row in mentions}
    records = _keep(tables["records"], lambda row: row["review_status"] != ReviewStatus.UNREVIEWED)
    record_ids = set(records["record_id"].to_pylist())
    milestones = _keep(tables["milestones"], lambda row: row["record_id"] in record_ids and not is_unreviewed(row))
    milestone_ids = set(milestones["milestone_id"].to_pylist())
    evidence = _keep(
        tables["evidence"], lambda row: row["milestone_id"] in milestone_ids and row["mention_id"] in accepted
    )
    supports = _keep_supports(tables, milestone_ids, {
        (row["milestone_id"], accepted[row["mention_id"]]) for row in evidence.to_pylist()
    })  # fmt: skip
    kept = {
        "records": _recount(records, "milestone_count", "record_id", milestones["record_id"].to_pylist()),
        "parties": _keep(tables["parties"], lambda row: row["record_id"] in record_ids),
        "milestones": _recount(milestones, "source_count", "milestone_id", _supporting(supports)),
        "items": _keep(tables["items"], lambda row: row["milestone_id"] in milestone_ids),
        "supports": supports,
        "mentions": _keep(tables["mentions"], lambda row: row["mention_id"] in accepted),
        "evidence": evidence,
        "aliases": _keep(tables["aliases"], lambda row: row["record_id"] in record_ids),
    }
    return {**tables, **kept}


def is_unreviewed(milestone: Mapping[str, Any]) -> bool:
    """Whether a row of the milestones tells that no person answers for it."""
    return Doubt.UNREVIEWED.value in (milestone["doubt_codes"] or "").split(";")


def _keep_supports(tables: Tables, milestone_ids: Collection[str], stands: Collection[tuple[str, str]]) -> pa.Table:
    """Supports by the casebook's own sources, and by documents of which a mention was accepted for the milestone."""
    documents = set(tables["documents"]["document_id"].to_pylist())

    def stays(row: Mapping[str, Any]) -> bool:
        source = row["source_id"]
        return row["milestone_id"] in milestone_ids and (
            source not in documents or (row["milestone_id"], source) in stands
        )

    return _keep(tables["supports"], stays)


def _supporting(supports: pa.Table) -> list[str]:
    return [row["milestone_id"] for row in supports.to_pylist() if row["relation"] == "supports"]


def _keep(table: pa.Table, stays: Any) -> pa.Table:
    return table.filter([bool(stays(row)) for row in table.to_pylist()]) if table.num_rows else table


def _recount(table: pa.Table, column: str, key: str, found: Collection[str]) -> pa.Table:
    """The table with a column of counts made anew: how often each row's key was found."""
    import pyarrow as pa

    counts = Counter(found)
    place = table.schema.get_field_index(column)
    values = pa.array([counts[one] for one in table[key].to_pylist()], pa.int64())
    return table.set_column(place, table.schema.field(place), values)
