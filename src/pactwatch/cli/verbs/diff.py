"""``pactwatch diff A B``: what was added, changed and withdrawn between two editions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from pactwatch import flow
from pactwatch.cli.options import HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json

Name = Annotated[str, typer.Argument(metavar="EDITION", help="An edition's id, the start of it, or its folder.")]


def diff(context: typer.Context, before: Name, after: Name, home: HomeOption = None, json: JsonOption = False) -> None:
    """Compare two editions row by row, and say which documents and decisions are behind it."""
    from pactwatch.edition.diff import write_difference
    from pactwatch.edition.shelf import find_edition

    place = settle(context, None, home)
    first, second = find_edition(place.home, before), find_edition(place.home, after)
    differences, reasons = flow.compare(first, second, place.ledger)
    if json:
        found = [one for one in differences if not one.is_empty]
        tables = [asdict(one) | ({"because": reasons[one.table]} if one.table in reasons else {}) for one in found]
        print_json({"before": first.id, "after": second.id, "tables": tables})
    else:
        typer.echo(f"# From {first.id} to {second.id}\n\n{write_difference(differences, reasons)}")
