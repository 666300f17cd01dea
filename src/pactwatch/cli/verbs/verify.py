"""``pactwatch verify``: sums and references of sealed editions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch.cli.options import HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json, say

if TYPE_CHECKING:
    from pactwatch.edition import Edition


def verify(
    context: typer.Context,
    edition: Annotated[str | None, typer.Argument(help="Edition to check [default: all]")] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Check every byte of the editions against their seals; exit 1 when something is wrong."""
    from pactwatch.edition.shelf import list_editions
    from pactwatch.edition.verify import verify_edition

    place = settle(context, None, home)
    chosen = [_choose(place.home, edition)] if edition else list_editions(place.home)
    problems = {one.path.name: verify_edition(one) for one in chosen}
    is_broken = any(problems.values())
    if json:
        print_json({"editions": [{"edition": name, "problems": found} for name, found in problems.items()]})
    else:
        for name, found in problems.items():
            typer.echo(f"{name}: {'sound' if not found else f'{len(found)} problems'}")
            for problem in found:
                typer.echo(f"  {problem}")
        if not problems:
            say("no edition to verify; `pactwatch publish` seals one")
    return int(is_broken)


def _choose(home: Path, name: str) -> Edition:
    """The edition of that name or folder, damaged or not: it is here to be checked."""
    from pactwatch.edition import Edition
    from pactwatch.edition.shelf import find_edition, shelf_of

    for folder in (Path(name), shelf_of(home) / name):
        if folder.is_dir():
            return Edition(folder)
    return find_edition(home, name)
