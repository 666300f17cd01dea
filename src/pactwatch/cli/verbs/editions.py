"""``pactwatch editions``: list the editions of a workspace."""

from __future__ import annotations

import typer

from pactwatch.cli.options import HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json, print_table, say


def editions(context: typer.Context, home: HomeOption = None, json: JsonOption = False) -> None:
    """List the sealed editions, latest last."""
    from pactwatch.edition.shelf import list_editions, shelf_of

    place = settle(context, None, home)
    found = list_editions(place.home)
    if json:
        rows = [{"edition": one.id, "path": str(one.path), "rows": one.metadata["row_count"]} for one in found]
        print_json({"editions": rows})
    elif found:
        columns = ("edition", "as of", "records", "milestones", "sources")
        cells = [
            (one.id, one.settings.as_of, *(str(one.metadata["row_count"][name]) for name in columns[2:]))
            for one in found
        ]
        print_table(columns, cells)
    else:
        say(f"no edition in {shelf_of(place.home)} yet; `pactwatch publish` seals one")
