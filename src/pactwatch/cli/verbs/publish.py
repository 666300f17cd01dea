"""``pactwatch publish``: seal an edition."""

from __future__ import annotations

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json, say


def publish(
    context: typer.Context, casebook: CasebookOption = None, home: HomeOption = None, json: JsonOption = False
) -> None:
    """Seal the casebook into an edition that never changes."""
    place = settle(context, casebook, home)
    edition, warnings = flow.publish(flow.open_casebook(place.casebook), place.home)
    for warning in warnings:
        say(f"warning: {warning}")
    if json:
        counts = edition.metadata["row_count"]
        print_json({"edition": edition.id, "path": str(edition.path), "rows": counts, "warnings": warnings})
    else:
        typer.echo(f"{edition.id}\n{edition.path}")
