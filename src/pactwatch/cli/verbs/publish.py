"""``pactwatch publish``: seal an edition."""

from __future__ import annotations

from typing import Annotated

import typer

from pactwatch import flow
from pactwatch.cli.days import read_moment
from pactwatch.cli.options import CasebookOption, HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json, say


def publish(
    context: typer.Context,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="Take the ledger as it was at the end of a day, or at an instant."
        ),
    ] = None,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Seal the casebook and its ledger into an edition that never changes."""
    place = settle(context, casebook, home)
    moment = read_moment("--as-of", as_of)
    edition, warnings = flow.publish(flow.open_casebook(place.casebook), place.home, place.ledger, moment)
    for warning in warnings:
        say(f"warning: {warning}")
    if json:
        counts = edition.metadata["row_count"]
        told = {"edition": edition.id, "path": str(edition.path), "rows": counts, "warnings": warnings}
        print_json({**told, "ledger": edition.ledger or None})
    else:
        typer.echo(f"{edition.id}\n{edition.path}")
        if edition.ledger:
            counts = edition.metadata["row_count"]
            say(
                f"{counts['records']:,} records ({edition.unreviewed_count:,} unreviewed), {counts['mentions']:,} "
                f"mentions in {counts['documents']:,} documents, up to entry {edition.ledger['until']:,} of the ledger"
            )
