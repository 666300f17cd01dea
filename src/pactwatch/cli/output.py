"""Printing results: tables for people, one JSON document for scripts, progress on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any


def print_json(document: object) -> None:
    """One JSON document on standard output; dates as ISO text, no NaN."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=_plain, allow_nan=False)
    print()


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> None:
    """A table fitted to the terminal, plain when piped."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=box.SIMPLE_HEAD, caption=Text(caption) if caption else None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)


def say(words: str) -> None:
    """A line of progress or explanation on standard error."""
    print(words, file=sys.stderr, flush=True)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if hasattr(value, "item"):  # numpy scalars
        return value.item()
    if isinstance(value, set | frozenset | tuple):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
