"""Many values in groups that a database takes in one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batched(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values in groups of at most ``size``."""
    ordered = list(values)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
