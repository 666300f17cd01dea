"""A measure's rows as plain values."""

from __future__ import annotations

from typing import Any

from pactwatch.edition import Edition
from pactwatch.measures import compute


def rows_of(name: str, edition: Edition, **wanted: object) -> list[dict[str, Any]]:
    """The rows of a measure that have the wanted values."""
    rows: list[dict[str, Any]] = compute(name, edition).to_pyarrow().to_pylist()
    return [row for row in rows if all(row[column] == value for column, value in wanted.items())]


def row_of(name: str, edition: Edition, **wanted: object) -> dict[str, Any]:
    """The one row of a measure that has the wanted values, without them."""
    (row,) = rows_of(name, edition, **wanted)
    return {column: value for column, value in row.items() if column not in wanted}
