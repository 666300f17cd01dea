"""What newly coded mentions attach to: records of the casebook, items told before, or items of their own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook

MOST_DOCUMENTS = 5_000
"""Coded documents of a ledger above which this is left to publishing: it takes as long as reconciling all of them."""


@dataclass(frozen=True, slots=True)
class Attached:
    """Counts of new mentions: those of ``records`` of the casebook, those of items ``told`` in earlier documents, and
    those of ``items`` that only they tell.
    """

    to_records: int = 0
    records: int = 0
    to_told: int = 0
    to_items: int = 0
    items: int = 0

    def words(self) -> str:
        """The counts in words; empty without any."""
        parts = []
        if self.to_records:
            records = _count(self.records, "known record")
            parts.append(f"{self.to_records:,} {_verb(self.to_records, 'attach', 'attaches')} to {records}")
        if self.to_told:
            parts.append(f"{self.to_told:,} {_verb(self.to_told, 'join', 'joins')} what earlier documents told")
        if self.to_items:
            items = _count(self.items, "item")
            parts.append(f"{self.to_items:,} {_verb(self.to_items, 'tell', 'tells')} {items} that nothing told before")
        return f"of the new mentions {', '.join(parts)} (unreviewed)" if parts else ""


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _verb(number: int, several: str, one: str) -> str:
    return one if number == 1 else several


def attach(casebook: Casebook, home: Path | str, docs: Collection[str]) -> Attached | None:
    """Reconcile the ledger with the casebook and see what the mentions of some documents belong to.

    Nothing is kept: publishing and review reconcile for themselves. ``None`` for a ledger of more than
    ``MOST_DOCUMENTS``.
    """
    from pactwatch.flow.gathering import gather
    from pactwatch.ledger import open_ledger

    with open_ledger(home) as ledger:
        if len(ledger.coders()) > MOST_DOCUMENTS:
            return None
        telling = gather(casebook, ledger)
    new = {one.id for one in telling.hearing.told if one.mention.doc in docs}
    own = {record.record_id for record in casebook.records}
    to_records = records = to_told = to_items = items = 0
    for item in telling.reconciliation.items:
        count = sum(mention in new for mention in item.mentions)
        if count and item.key in own:
            to_records, records = to_records + count, records + 1
        elif 0 < count < len(item.mentions):
            to_told += count
        elif count:
            to_items, items = to_items + count, items + 1
    return Attached(to_records, records, to_told, to_items, items)
