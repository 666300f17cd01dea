"""Options that several verbs share, with one meaning everywhere.

``--casebook`` and ``--home`` may stand before or after the verb; after it wins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch.cli.output import say
from pactwatch.flow import DEFAULT_CASEBOOK, DEFAULT_HOME, open_edition, settle_home

if TYPE_CHECKING:
    from pactwatch.edition import Edition

CasebookOption = Annotated[
    str | None, typer.Option("--casebook", metavar="NAME|DIR", help=f"Casebook to use [default: {DEFAULT_CASEBOOK}]")
]
HomeOption = Annotated[
    str | None,
    typer.Option(
        "--home",
        metavar="DIR|URL",
        help=f"Workspace, or postgresql://... for its ledger [default: ./{DEFAULT_HOME}, or PACTWATCH_HOME]",
    ),
]
EditionOption = Annotated[
    str | None,
    typer.Option("--edition", metavar="ID|DIR", help="Edition to use [default: the casebook as it stands now]"),
]
ReviewedOption = Annotated[
    bool, typer.Option("--reviewed", help="Leave out what a machine coded and nobody has accepted.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]


@dataclass(frozen=True, slots=True)
class Place:
    """Which casebook, workspace folder and ledger a command works on; a ledger's address may hold a password."""

    casebook: str
    home: Path
    ledger: Path | str = field(repr=False)


def settle(context: typer.Context, casebook: str | None, home: str | None) -> Place:
    """The place a command works on: its own options, else those before the verb, else the environment, else
    defaults.
    """
    before = context.find_root().params
    chosen = settle_home(home, before.get("home"))
    return Place(str(casebook or before.get("casebook") or DEFAULT_CASEBOOK), chosen.folder, chosen.ledger)


def open_asked(
    context: typer.Context, edition: str | None, casebook: str | None, home: str | None, *, reviewed: bool = False
) -> Edition:
    """The edition a command works on: the named one, or that of the casebook and its ledger as they stand now.

    With ``reviewed`` only what a person answers for; without, what nobody has reviewed is told on standard error.
    """
    place = settle(context, casebook, home)
    opened = open_edition(edition, casebook=place.casebook, home=place.home, ledger=place.ledger)
    if reviewed:
        return opened.only_reviewed()
    count = opened.unreviewed_count
    if count:
        total = opened.metadata["row_count"]["records"]
        say(f"{count:,} of {total:,} records are unreviewed; --reviewed leaves them out")
    return opened
