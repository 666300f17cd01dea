"""Checking a sealed edition: every byte against its sum, every key unique, every reference resolved."""

from __future__ import annotations

from typing import Any

from pactwatch.edition.opened import Edition
from pactwatch.edition.schema import Table
from pactwatch.edition.sums import check_sums


def verify_edition(edition: Edition) -> list[str]:
    """Problems found, each naming its file or row; an empty list is a sound edition."""
    problems = check_sums(edition)
    if problems:
        return problems  # the rows of a damaged file cannot be trusted to be read
    rows = {table.name: edition.arrow(table.name).to_pylist() for table in edition.tables}
    return [
        problem for table in edition.tables for problem in (*_check_keys(table, rows), *_check_references(table, rows))
    ]


def _check_keys(table: Table, rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    seen: set[tuple[Any, ...]] = set()
    problems = []
    for row in rows[table.name]:
        key = tuple(row[name] for name in table.key)
        if key in seen:
            problems.append(f"{table.name}: key {'/'.join(map(str, key))} stands twice")
        seen.add(key)
    return problems


def _check_references(table: Table, rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    problems = []
    for column, target in table.foreign_keys.items():
        other, _, other_column = target.partition(".")
        known = {row[other_column] for row in rows[other]}
        problems += [
            f"{table.name}.{column}: {row[column]} is not in {target}"
            for row in rows[table.name]
            if row[column] is not None and row[column] not in known
        ]
    return problems
