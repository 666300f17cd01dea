"""``pactwatch ledger export`` and ``import``: the whole ledger as JSON Lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from pactwatch.cli.options import HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json, say
from pactwatch.cli.progress import telling
from pactwatch.cli.verbs.code import open_output
from pactwatch.model.errors import PactwatchError

app = typer.Typer(help="The whole ledger, out and in.", no_args_is_help=True, rich_markup_mode=None)


class LedgerUsageError(PactwatchError):
    """What was asked for does not go together."""


@app.callback()
def whole() -> None:
    """The whole ledger, out and in."""


@app.command("export")
def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="File to write; - is standard output.")] = "-",
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Write every entry as a line of JSON, to keep or to import elsewhere: the same ledger gives the same bytes."""
    from pactwatch.ledger import open_ledger
    from pactwatch.ledger.transfer import export_ledger

    if json and file == "-":
        raise LedgerUsageError("standard output can hold the entries or the summary of --json; name a FILE for one")
    out = None if file == "-" else Path(file)
    with (
        open_ledger(settle(context, None, home).ledger, create=False) as ledger,
        open_output(out) as stream,
        telling(lambda size: f"{size / 1e6:,.0f} MB written") as advance,
    ):
        done = export_ledger(ledger, stream, advance)
    if json:
        print_json({"file": file, **asdict(done)})
    else:
        say(f"{done.entries:,} entries exported; the last one's digest is {done.digest or 'none'}")
    return 0


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `pactwatch ledger export` wrote; - is stdin.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Fill an empty ledger from an export, whole or not at all."""
    from pactwatch.ledger import open_ledger
    from pactwatch.ledger.transfer import import_ledger

    with (
        _open_input(file) as (stream, size),
        open_ledger(settle(context, None, home).ledger) as ledger,
        telling(lambda read: f"{read / 1e6:,.0f} MB read" + (f" of {size / 1e6:,.0f}" if size else "")) as advance,
    ):
        done = import_ledger(ledger, stream, file, advance)
    if json:
        print_json({"file": file, **asdict(done)})
    else:
        typer.echo(f"{done.entries:,} entries imported; the last one's digest is {done.digest or 'none'}")
    return 0


@contextmanager
def _open_input(file: str) -> Iterator[tuple[BinaryIO, int]]:
    """A file and its size; standard input and 0."""
    if file == "-":
        yield sys.stdin.buffer, 0
        return
    path = Path(file)
    with path.open("rb") as stream:
        yield stream, path.stat().st_size
