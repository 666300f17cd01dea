"""``pactwatch verify``: the chain of the ledger, sums and references of sealed editions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch.cli.options import HomeOption, JsonOption, Place, settle
from pactwatch.cli.output import print_json, say
from pactwatch.cli.progress import telling
from pactwatch.model.errors import PactwatchError, shown

if TYPE_CHECKING:
    from pactwatch.edition import Edition


class VerifyUsageError(PactwatchError):
    """What is to be verified cannot be understood."""


def verify(
    context: typer.Context,
    edition: Annotated[str | None, typer.Argument(help="Edition to check [default: the ledger and all]")] = None,
    holds: Annotated[
        str,
        typer.Option("--holds", metavar="DIGEST", help="Digest of an entry noted earlier, which must still be there."),
    ] = "",
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Check every entry of the ledger against its chain and every byte of the editions; exit 1 if something is wrong.

    The first broken entry is named. A digest noted earlier, or sent to others, shows that the chain was not replaced.
    """
    from pactwatch.edition.shelf import list_editions
    from pactwatch.edition.verify import verify_edition

    if holds and not re.fullmatch("[0-9a-f]{16,64}", holds):
        raise VerifyUsageError(f"--holds takes a digest, or at least 16 figures of its beginning, not {shown(holds)}")
    place = settle(context, None, home)
    ledger = _verify_ledger(place, holds) if edition is None or holds else None
    chosen = [_choose(place.home, edition)] if edition else list_editions(place.home)
    problems = {one.path.name: verify_edition(one) for one in chosen}
    if json:
        editions = [{"edition": name, "problems": found} for name, found in problems.items()]
        print_json({"ledger": ledger, "editions": editions})
    else:
        _tell(ledger, problems)
    return int(any(problems.values()) or bool(ledger and ledger["problems"]))


def _verify_ledger(place: Place, holds: str) -> dict[str, Any] | None:
    """What was found of the ledger; ``None`` where there is none and none was asked for."""
    from pactwatch.ledger import open_ledger
    from pactwatch.ledger.errors import LedgerDamagedError
    from pactwatch.ledger.location import has_ledger
    from pactwatch.ledger.verify import verify_ledger

    if not has_ledger(place.ledger) and not holds:
        return None
    try:
        with (
            open_ledger(place.ledger, create=False) as ledger,
            telling(lambda done: f"{done:,} entries of the ledger are sound") as advance,
        ):
            found = verify_ledger(ledger, holds, advance)
    except LedgerDamagedError as error:
        return {"entries": 0, "digest": "", "problems": [str(error)]}
    return {"entries": found.entries, "digest": found.digest, "problems": list(found.problems)}


def _tell(ledger: dict[str, Any] | None, problems: dict[str, list[str]]) -> None:
    if ledger:
        state = f"{len(ledger['problems'])} problems" if ledger["problems"] else "sound"
        last = f"; the last one's digest is {ledger['digest']}" if ledger["digest"] else ""
        typer.echo(f"ledger: {state}, {ledger['entries']:,} entries checked{last}")
        for problem in ledger["problems"]:
            typer.echo(f"  {problem}")
    for name, found in problems.items():
        typer.echo(f"{name}: {'sound' if not found else f'{len(found)} problems'}")
        for problem in found:
            typer.echo(f"  {problem}")
    if not problems and not ledger:
        say("nothing to verify yet; `pactwatch read` begins a ledger, `pactwatch publish` seals an edition")


def _choose(home: Path, name: str) -> Edition:
    """The edition of that name or folder, damaged or not: it is here to be checked."""
    from pactwatch.edition import Edition
    from pactwatch.edition.shelf import find_edition, shelf_of

    for folder in (Path(name), shelf_of(home) / name):
        if folder.is_dir():
            return Edition(folder)
    return find_edition(home, name)
