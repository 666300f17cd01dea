"""An edition's milestones as reconciling compares them, with what is said of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pactwatch.claims.words import say_date
from pactwatch.edition.rows import group_rows
from pactwatch.reconcile.sides import Side, plain_name, words_of

if TYPE_CHECKING:
    from pactwatch.edition import Edition

_EXACT_MONTH = frozenset({"day", "month"})


@dataclass(frozen=True, slots=True)
class Standing:
    """One milestone of an edition: its ``side`` is what a telling is compared with."""

    side: Side
    title: str
    precision: str
    is_inferred: bool

    @property
    def date_words(self) -> str:
        """Its date to the precision told."""
        return say_date(date.fromordinal(self.side.early), self.precision, self.is_inferred)

    @property
    def month(self) -> int | None:
        """Its month (1-12), where that is told."""
        return date.fromordinal(self.side.early).month if self.precision in _EXACT_MONTH else None


def read_standing(edition: Edition) -> Iterator[Standing]:
    """The milestones of an edition in order of its table; equal to what reconciling makes of the records themselves."""
    records = {row["record_id"]: row for row in _rows(edition, "records")}
    things = group_rows(_rows(edition, "items"), "milestone_id")
    for row in _rows(edition, "milestones"):
        record = records[row["record_id"]]
        side = _side_of(record, row, things[row["milestone_id"]])
        yield Standing(side, record["title"], row["date_precision"], row["date_edtf"].endswith("?"))


def _rows(edition: Edition, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = edition.arrow(name).to_pylist()
    return rows


def _side_of(record: dict[str, Any], milestone: dict[str, Any], things: list[dict[str, Any]]) -> Side:
    items = {(one["item_category"], plain_name(one["item_name"]), _count(one)) for one in things}
    amount, names = milestone["money_amount"], " ".join(one["item_name"] for one in things)
    return Side(
        id=milestone["milestone_id"],
        known=record["record_id"],
        type=record["record_type"],
        stage=milestone["stage"],
        parties=tuple(record["party_codes"].split(";")),
        supplier=record["supplier_code"] or "",
        recipient=record["recipient_code"] or "",
        instrument=record["instrument"] or "",
        name=plain_name(record["proper_name"] or ""),
        items=tuple(sorted(items)),
        money=None if amount is None else (amount, milestone["currency_code"]),
        early=milestone["earliest_date"].toordinal(),
        late=milestone["latest_date"].toordinal(),
        level=milestone["exercise_level"] or "",
        words=words_of(f"{record['title']} {milestone['what'] or ''} {names} {milestone['place'] or ''}"),
    )


def _count(thing: dict[str, Any]) -> int:
    low, high = thing["quantity_low"], thing["quantity_high"]
    return high or 0 if low == high else 0
