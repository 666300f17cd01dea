"""``pactwatch measure [NAME]``: the measures, or one of them computed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, EditionOption, HomeOption, JsonOption, ReviewedOption, open_asked
from pactwatch.cli.output import print_json, print_table, say
from pactwatch.model.errors import PactwatchError

if TYPE_CHECKING:
    import pyarrow as pa

    from pactwatch.edition import Edition

SHOWN_ROWS = 40
"""Rows shown on a terminal; files and ``--json`` hold all of them."""


class MeasureUsageError(PactwatchError):
    """The options given do not go together."""


def measure(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Measure to compute [default: list them]")] = None,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    edition: EditionOption = None,
    reviewed: ReviewedOption = False,
    json: JsonOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV on standard output.")] = False,
    parquet: Annotated[Path | None, typer.Option("--parquet", metavar="FILE", help="Write a Parquet file.")] = None,
) -> None:
    """Compute a measure on an edition, or list the measures there are."""
    if name is None:
        if csv or parquet:
            raise MeasureUsageError("--csv and --parquet need the name of a measure; `pactwatch measure` lists them")
        _list_measures(json)
        return
    from pactwatch.measures import find_measure, find_missing

    find_measure(name)  # an unknown name is told before an edition is sealed
    opened = open_asked(context, edition, casebook, home, reviewed=reviewed)
    for missing in find_missing(name, opened):
        say(f"no rows: {missing}")
    table = flow.measure(name, opened).to_pyarrow()
    if json:
        print_json({"edition": opened.id, "reviewed_only": reviewed, "measure": name, "rows": table.to_pylist()})
    elif csv:
        _print_csv(table)
    elif parquet:
        _write_parquet(table, parquet, opened)
    else:
        _print_rows(name, table, opened)


def _list_measures(json: bool) -> None:
    from pactwatch.measures import MEASURES

    if json:
        keys = ("name", "title", "definition", "unit", "source", "cannot_show")
        print_json({"measures": [{key: getattr(one, key) for key in keys} for one in MEASURES.values()]})
    else:
        print_table(
            ("measure", "what it tells", "unit"), [(one.name, one.title, one.unit) for one in MEASURES.values()]
        )


def _print_csv(table: pa.Table) -> None:
    from pyarrow import csv as arrow_csv

    arrow_csv.write_csv(table, sys.stdout.buffer)


def _write_parquet(table: pa.Table, file: Path, edition: Edition) -> None:
    import pyarrow.parquet as pq

    named = table.replace_schema_metadata({"edition": edition.label})
    pq.write_table(named, file, compression="zstd")
    typer.echo(str(file))


def _print_rows(name: str, table: pa.Table, edition: Edition) -> None:
    rows = table.slice(0, SHOWN_ROWS).to_pylist()
    cells = [tuple(_show(value) for value in row.values()) for row in rows]
    print_table(tuple(table.column_names), cells, f"{name}, edition {edition.label}")
    if table.num_rows > SHOWN_ROWS:
        say(f"{SHOWN_ROWS} of {table.num_rows} rows shown; --csv, --json and --parquet give all")


def _show(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)
