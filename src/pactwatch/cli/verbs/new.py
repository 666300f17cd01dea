"""``pactwatch new DIR``: start a casebook of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pactwatch.cli.options import JsonOption
from pactwatch.cli.output import print_json


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to create; it must not exist or be empty.")],
    json: JsonOption = False,
) -> None:
    """Write a commented template casebook that loads and runs."""
    from pactwatch.casebook.template import write_template

    files = write_template(folder)
    if json:
        print_json({"path": str(folder), "files": files})
    else:
        typer.echo(f"{folder}: {', '.join(files)}\nnext: pactwatch --casebook {folder} claims")
