"""The records behind a number: which of them a row of a measure counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pactwatch.edition import Edition
from pactwatch.measures.activity import place_in_periods
from pactwatch.measures.balance import classify_edition
from pactwatch.measures.completed import add_all, list_completed, list_partners
from pactwatch.measures.coverage import gather_coverage
from pactwatch.measures.lag import list_reports
from pactwatch.measures.pathways import name_steps
from pactwatch.measures.ties import list_pairs
from pactwatch.measures.timing import keep_month_known
from pactwatch.model.codes import RecordType

if TYPE_CHECKING:
    import ibis

Key = Mapping[str, Any]


def list_behind(name: str, edition: Edition, key: Key) -> tuple[str, ...] | None:
    """Ids of the records that the row of a measure with this key counts, in order; ``None`` for a measure that counts
    no records: survey figures and other people's data.

    ``key`` gives a value for each of the measure's key columns.
    """
    counting = COUNTING.get(name)
    if counting is None:
        return None
    found = counting(edition, key).select("record_id").distinct().to_pyarrow()
    return tuple(sorted(found["record_id"].to_pylist()))


def _match(table: ibis.Table, key: Key) -> ibis.Table:
    return table.filter([table[column] == value for column, value in key.items()])


def _by_partner(edition: Edition, records: ibis.Table) -> ibis.Table:
    partners = list_partners(records, edition.table("parties"), edition.settings.focus)
    return add_all(partners, records, "partner_code")


def _count_activity(edition: Edition, key: Key) -> ibis.Table:
    by_partner = _by_partner(edition, list_completed(edition))
    return _match(place_in_periods(by_partner, edition.settings.fiscal_year_start), key)


def _count_timing(edition: Edition, key: Key) -> ibis.Table:
    known = keep_month_known(list_completed(edition))
    return _match(add_all(known, known, "record_type"), key)


def _count_ties(edition: Edition, key: Key) -> ibis.Table:
    settings = edition.settings
    pairs = list_pairs(list_completed(edition), edition.table("parties"), settings.focus)
    weighed = [type_ for type_, weight in settings.tie_weights.items() if weight > 0]
    pairs = pairs.filter(pairs.record_type.isin(weighed), pairs.year <= key["year"])
    return _match(pairs, {name: value for name, value in key.items() if name != "year"})


def _count_balance(edition: Edition, key: Key) -> ibis.Table:
    return _match(_by_partner(edition, classify_edition(edition)), key)


def _count_breadth(edition: Edition, key: Key) -> ibis.Table:
    return _match(list_completed(edition), key)


def _count_depth(edition: Edition, key: Key) -> ibis.Table:
    records = list_completed(edition)
    return _match(_by_partner(edition, records.filter(records.record_type == RecordType.EXERCISE.value)), key)


def _count_pathways(edition: Edition, key: Key) -> ibis.Table:
    steps = list_partners(name_steps(list_completed(edition)), edition.table("parties"), edition.settings.focus)
    return steps.filter(steps.step.isin(list(key.values())))


def _count_network(edition: Edition, key: Key) -> ibis.Table:
    records, parties = list_completed(edition), edition.table("parties")
    own = parties.filter(parties.actor_code == key["actor_code"]).select("record_id")
    shared = parties.group_by("record_id").aggregate(size=parties.count())
    several = shared.filter(shared.size > 1).select("record_id")
    first = key["year"] - key["window_years"]
    return records.filter(records.year > first, records.year <= key["year"]).join(own, "record_id").semi_join(
        several, "record_id"
    )  # fmt: skip


def _count_lag(edition: Edition, key: Key) -> ibis.Table:
    reports = list_reports(edition.table("milestones"), edition.table("supports"), edition.table("sources"))
    return _match(reports.filter(reports.lag_days.notnull()), key)


def _count_coverage(edition: Edition, key: Key) -> ibis.Table:
    return _match(gather_coverage(edition), key)


COUNTING: Mapping[str, Callable[[Edition, Key], ibis.Table]] = {
    "activity": _count_activity,
    "timing": _count_timing,
    "ties": _count_ties,
    "balance": _count_balance,
    "breadth": _count_breadth,
    "depth": _count_depth,
    "pathways": _count_pathways,
    "network": _count_network,
    "lag": _count_lag,
    "coverage": _count_coverage,
}
"""How each measure that counts records finds those of a row."""
