"""Two editions compared row by row: what was added, what changed in which column, what was withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pactwatch.edition.ledger_schema import ALL_TABLES
from pactwatch.edition.opened import Edition
from pactwatch.edition.schema import Table

Rows: TypeAlias = dict[str, dict[str, Any]]
"""Rows by their key."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs."""

    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class TableDifference:
    """What differs in one table; keys are the values of the table's key, joined by a slash."""

    table: str
    added: tuple[str, ...]
    withdrawn: tuple[str, ...]
    changed: dict[str, tuple[Change, ...]]

    @property
    def is_empty(self) -> bool:
        """Whether the tables are the same."""
        return not (self.added or self.withdrawn or self.changed)


def compare_tables(before: Edition, after: Edition) -> list[TableDifference]:
    """Compare every table of two editions, their settings, claims and rules; what is the same differs in nothing.

    The latter are compared because a changed threshold, reading or rule changes results as a changed row does.
    """
    heads = [
        _compare("settings", _read_settings(before), _read_settings(after)),
        _compare("claims", _read_claims(before), _read_claims(after)),
        _compare("rules", _read_rules(before), _read_rules(after)),
    ]
    return [*heads, *(_compare(table.name, _by_key(table, before), _by_key(table, after)) for table in ALL_TABLES)]


def write_difference(
    differences: Sequence[TableDifference], reasons: Mapping[str, Mapping[str, Sequence[str]]] | None = None
) -> str:
    """Differences as Markdown, one section per table that differs, each row with its reasons where they are told."""
    parts = []
    for difference in differences:
        if difference.is_empty:
            continue
        lines = [f"## {difference.table}", ""]
        because = (reasons or {}).get(difference.table, {})
        for word, keys in (("added", difference.added), ("withdrawn", difference.withdrawn)):
            for key in keys:
                lines += [f"- {word} {key}", *(f"  - {reason}" for reason in because.get(key, ()))]
        for key, changes in difference.changed.items():
            cells = "; ".join(f"{one.column}: {_show(one.before)} → {_show(one.after)}" for one in changes)
            lines += [f"- changed {key}: {cells}", *(f"  - {reason}" for reason in because.get(key, ()))]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts) or "Nothing differs.\n"


def _show(value: Any) -> str:
    return "nothing" if value is None else str(value)


def _compare(name: str, old: Rows, new: Rows) -> TableDifference:
    changed = {}
    for key in sorted(old.keys() & new.keys()):
        columns = dict.fromkeys((*old[key], *new[key]))
        cells = tuple(
            Change(column, old[key].get(column), new[key].get(column))
            for column in columns
            if old[key].get(column) != new[key].get(column)
        )
        if cells:
            changed[key] = cells
    return TableDifference(
        name, tuple(sorted(new.keys() - old.keys())), tuple(sorted(old.keys() - new.keys())), changed
    )


def _by_key(table: Table, edition: Edition) -> Rows:
    return {"/".join(str(row[name]) for name in table.key): row for row in edition.arrow(table.name).to_pylist()}


def _read_settings(edition: Edition) -> Rows:
    return {"settings": edition.metadata["settings"]}


def _read_claims(edition: Edition) -> Rows:
    return {str(claim["id"]): claim for claim in edition.claims}


def _read_rules(edition: Edition) -> Rows:
    return {name: {"text": text} for name, text in edition.rules.items()}
