"""``pactwatch editions``: list the editions of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from pactwatch.cli.options import HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json, print_table, say
from pactwatch.model.errors import PactwatchError

if TYPE_CHECKING:
    from pactwatch.edition import Edition

COUNTED = ("records", "milestones", "sources")
"""Tables whose rows are shown."""


def editions(context: typer.Context, home: HomeOption = None, json: JsonOption = False) -> None:
    """List the sealed editions, latest last."""
    from pactwatch.edition.shelf import list_editions, shelf_of

    place = settle(context, None, home)
    found = list_editions(place.home)
    rows = [_describe(edition) for edition in found]
    if json:
        print_json({"editions": rows})
    elif found:
        print_table(("edition", "as of", *COUNTED, "computed with"), [_show(row) for row in rows])
    else:
        say(f"no edition in {shelf_of(place.home)} yet; `pactwatch publish` seals one")


def _describe(edition: Edition) -> dict[str, Any]:
    row = {"edition": edition.path.name, "path": str(edition.path)}
    try:
        told = {"as_of": edition.settings.as_of, "rows": edition.metadata["row_count"], "datasets": edition.datasets}
        return {**row, **told, "ledger": edition.ledger or None, "problem": None}
    except PactwatchError as error:
        return {**row, "as_of": None, "rows": None, "datasets": [], "ledger": None, "problem": str(error)}


def _show(row: dict[str, Any]) -> tuple[str, ...]:
    if row["problem"]:
        return (row["edition"], "damaged: see pactwatch verify", *("" for _ in COUNTED), "")
    ledger = [f"ledger up to entry {row['ledger']['until']:,}"] if row["ledger"] else []
    kinds = dict.fromkeys((*ledger, *(one["kind"] for one in row["datasets"])))
    counts = (str(row["rows"][name]) for name in COUNTED)
    return (row["edition"], row["as_of"], *counts, ", ".join(kinds) or "the casebook alone")
