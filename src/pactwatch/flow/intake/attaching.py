"""What newly coded mentions attach to: records of the casebook, items told before, or items of their own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.reconcile.grouping import Membership


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


def attach(casebook: Casebook, home: Path | str, docs: Collection[str]) -> Attached:
    """Reconcile what the ledger told since the last time with all else, and see what the mentions of some documents
    belong to.

    No name is given: publishing and review do that.
    """
    from pactwatch.flow.standing import Standing, stand
    from pactwatch.ledger import open_ledger

    def count(standing: Standing) -> Attached:
        linker = standing.linker
        items = {linker.membership(mention) for doc in docs for mention in linker.docs.get(doc, ())}
        return _count_items(items, {mention for doc in docs for mention in linker.docs.get(doc, ())})

    with open_ledger(home) as ledger:
        return stand(casebook, ledger, None, count)


def _count_items(told: Collection[Membership], new: Collection[str]) -> Attached:
    """Counts of new mentions by what else tells their items."""
    to_records = records = to_told = to_items = items = 0
    for mentions, record, _ in told:
        count = sum(mention in new for mention in mentions)
        if record is not None:
            to_records, records = to_records + count, records + 1
        elif count < len(mentions):
            to_told += count
        else:
            to_items, items = to_items + count, items + 1
    return Attached(to_records, records, to_told, to_items, items)
