"""``pactwatch diff A B``: what was added, changed and withdrawn between two editions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from pactwatch.cli.options import HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json

Name = Annotated[str, typer.Argument(metavar="EDITION", help="An edition's id, the start of it, or its folder.")]


def diff(context: typer.Context, before: Name, after: Name, home: HomeOption = None, json: JsonOption = False) -> None:
    """Compare two editions row by row."""
    from pactwatch.edition.diff import compare_tables, write_difference
    from pactwatch.edition.shelf import find_edition

    place = settle(context, None, home)
    first, second = find_edition(place.home, before), find_edition(place.home, after)
    differences = compare_tables(first, second)
    if json:
        tables = [asdict(difference) for difference in differences if not difference.is_empty]
        print_json({"before": first.id, "after": second.id, "tables": tables})
    else:
        typer.echo(f"# From {first.id} to {second.id}\n\n{write_difference(differences)}")
