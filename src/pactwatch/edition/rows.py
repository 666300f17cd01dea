"""Rows of an edition's tables, as plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

AnyRow = TypeVar("AnyRow", bound=Mapping[str, Any])


def group_rows(rows: Iterable[AnyRow], column: str) -> defaultdict[Any, list[AnyRow]]:
    """Rows by what they hold in a column, in the order they came; a value that none holds has no rows."""
    grouped: defaultdict[Any, list[AnyRow]] = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return grouped
