"""The measures: what each is, what it cannot show, its table, and files of it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pactwatch.edition import Edition
from pactwatch.measures import MEASURES, compute
from pactwatch.site.places import name_file, place_measure
from pactwatch.site.writing import Writer

ROWS_SHOWN = 200
"""Rows of a measure that its page shows; the files have all."""


@dataclass(frozen=True)
class Computed:
    """A measure of the edition: its name and its table."""

    name: str
    table: pa.Table

    @property
    def rows(self) -> list[dict[str, Any]]:
        """All rows as plain values."""
        found: list[dict[str, Any]] = self.table.to_pylist()
        return found


def compute_measures(edition: Edition) -> dict[str, Computed]:
    """Every measure of an edition, by name."""
    return {name: Computed(name, compute(name, edition).to_pyarrow()) for name in MEASURES}


def write_measures(writer: Writer, computed: dict[str, Computed]) -> None:
    """Write the index, a page for each measure, and its table as CSV and Parquet."""
    writer.write_page("measures/index.html", "measures.html", measures=list(MEASURES.values()))
    for name, one in computed.items():
        files = f"measures/{name_file(name)}"
        rows = one.rows
        writer.write_csv(f"{files}.csv", rows, one.table.column_names)
        writer.write_bytes(f"{files}.parquet", _write_parquet(one.table))
        writer.write_page(
            place_measure(name),
            "measure.html",
            measure=MEASURES[name],
            rows=_pick_rows(rows),
            total=len(rows),
            files=files,
        )


def _pick_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last rows where a measure runs over years (its keys ascend, so the latest years), in the table's order."""
    return rows[-ROWS_SHOWN:] if rows and any("year" in name for name in rows[0]) else rows[:ROWS_SHOWN]


def _write_parquet(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream, compression="zstd", version="2.6")
    return stream.getvalue()
