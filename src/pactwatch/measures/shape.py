"""The common shape of every measure: what it is, what it rests on, what it can't show, and how to compute it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pactwatch.edition import Edition

if TYPE_CHECKING:
    import ibis

DECIMALS = 9
"""Places kept of a computed number: an engine may add in another order, and the last bits of a sum with it."""


class ColumnNote(NamedTuple):
    """What a column of a measure holds, and its unit."""

    description: str
    unit: str


@dataclass(frozen=True)
class Measure:
    """One measure.

    ``source`` names the literature or standard, ``cannot_show`` the readings it does not bear, ``example`` a case
    worked in words. ``key`` are the columns that tell one row from another; ``columns`` are all columns in order.

    A measure that joins imported data sets names their kinds in ``needs`` (any one of them will do where ``needs_any``)
    and the Ibis type of every column in ``types``; without the import it has no rows.
    """

    name: str
    title: str
    definition: str
    unit: str
    source: str
    cannot_show: str
    example: str
    key: tuple[str, ...]
    columns: Mapping[str, ColumnNote]
    compute: Callable[[Edition], ibis.Table]
    needs: tuple[str, ...] = ()
    needs_any: bool = False
    types: Mapping[str, str] = field(default_factory=dict)

    def missing(self, imported: Collection[str]) -> tuple[str, ...]:
        """The kinds of data sets that would have to be imported first; none where it can be computed."""
        lacking = tuple(kind for kind in self.needs if kind not in imported)
        return () if self.needs_any and len(lacking) < len(self.needs) else lacking


def arrange(measure: Measure, table: ibis.Table) -> ibis.Table:
    """A measure's table with its columns and rows in order and its numbers rounded to :data:`DECIMALS` places."""
    import ibis.selectors as s

    chosen = table.select(*measure.columns)
    chosen = chosen.cast(dict(measure.types)) if measure.types else chosen
    arranged = chosen.mutate(s.across(s.of_type("floating"), lambda column: column.round(DECIMALS)))
    return arranged.order_by(*measure.key)


def make_table(rows: Sequence[Mapping[str, object]], schema: Mapping[str, str]) -> ibis.Table:
    """Rows of plain values as an Ibis table; ``schema`` maps each column to its Ibis type. No rows make an empty
    table.
    """
    import ibis
    import pyarrow as pa

    return ibis.memtable(pa.Table.from_pylist(list(rows), schema=ibis.schema(dict(schema)).to_pyarrow()))
