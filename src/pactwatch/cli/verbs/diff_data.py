"""``pactwatch diff-data OLD NEW``: what a publisher added, dropped and revised between two vintages of one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch.cli.options import JsonOption
from pactwatch.cli.output import print_json

if TYPE_CHECKING:
    from pactwatch.datasets.differences import Revised, TableChanges

SHOWN = 15
"""Rows shown of each list; ``--json`` and ``--all`` list every one."""

File = Annotated[Path, typer.Argument(metavar="FILE", help="A data set file; see `pactwatch import`.")]


def diff_data(
    before: File,
    after: File,
    match: Annotated[str, typer.Option("--match", metavar="TEXT", help="Only rows whose key holds this text.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Show every row.")] = False,
    json: JsonOption = False,
) -> None:
    """Compare two vintages of one data set file: what was added, dropped and revised."""
    from pactwatch.datasets.differences import compare_files

    found = compare_files(before, after)
    if json:
        tables = [_select(asdict(table), match) for table in found.tables]
        print_json({"kind": found.kind.name, "before": found.before, "after": found.after, "tables": tables})
        return
    typer.echo(f"# {found.kind.title}: from {found.before} to {found.after}")
    for table in found.tables:
        typer.echo("\n".join(_write_table(table, match, None if every else SHOWN)))


def _write_table(table: TableChanges, match: str, limit: int | None) -> Iterator[str]:
    counts = f"{len(table.added):,} added, {len(table.dropped):,} dropped, {len(table.revised):,} revised"
    yield f"\n## {table.table}: {counts}, {len(table.reworded):,} reworded, {table.same:,} the same"
    if table.outside:
        yield f"{table.outside:,} rows of years that only one file covers are not compared."
    lists = (
        ("added", list(table.added)),
        ("dropped", list(table.dropped)),
        ("revised", [_write_revised(one) for one in table.revised]),
    )
    for name, rows in lists:
        chosen = [row for row in rows if match.casefold() in row.casefold()]
        if chosen:
            yield f"\n{name}:"
            yield from (f"- {row}" for row in chosen[:limit])
            if limit is not None and len(chosen) > limit:
                yield f"- … and {len(chosen) - limit:,} more (--all shows every one)"


def _write_revised(one: Revised) -> str:
    changes = "; ".join(f"{change.column} {_show(change.before)} → {_show(change.after)}" for change in one.revisions)
    return f"{one.key}: {changes}"


def _show(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    return "nothing" if value in (None, "") else str(value)


def _select(table: dict[str, Any], match: str) -> dict[str, Any]:
    """The lists of a table narrowed to keys that hold a text."""
    wanted = match.casefold()
    return {
        name: [one for one in value if wanted in (one if isinstance(one, str) else one["key"]).casefold()]
        if isinstance(value, list | tuple)
        else value
        for name, value in table.items()
    }
