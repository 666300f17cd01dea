"""``pactwatch site build DIR``: the static pages."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pactwatch.cli.options import CasebookOption, EditionOption, HomeOption, JsonOption, open_asked, settle
from pactwatch.cli.output import print_json, say

app = typer.Typer(help="Pages to look at.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def pages() -> None:
    """Pages to look at."""


@app.command("build")
def build(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write the pages into.")],
    casebook: CasebookOption = None,
    home: HomeOption = None,
    edition: EditionOption = None,
    json: JsonOption = False,
) -> None:
    """Write static pages that open from disk and need no network."""
    from pactwatch.site import build_site
    from pactwatch.site.verdicts import keep_verdicts, list_earlier, recall_verdicts

    opened = open_asked(context, edition, casebook, home)
    place = settle(context, casebook, home).home
    say(f"testing the claims on {opened.id}")
    results = keep_verdicts(opened, place)
    recall = partial(recall_verdicts, home=place)
    report = build_site(opened, results, folder, say, list_earlier(opened, place), recall)
    if json:
        print_json({"edition": opened.id, "path": str(folder), "pages": report.pages, "bytes": report.bytes})
    else:
        typer.echo(f"{report.pages} pages, {report.bytes / 1e6:.1f} MB: open {folder / 'index.html'}")
