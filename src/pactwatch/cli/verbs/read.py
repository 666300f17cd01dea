"""``pactwatch read PATH|URL|FEED...``: documents into the ledger, coded."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, HomeOption, JsonOption, Place, settle
from pactwatch.cli.output import print_json, say
from pactwatch.cli.stopping import wish_to_stop
from pactwatch.model.errors import Fault, InputError, PactwatchError

if TYPE_CHECKING:
    from pactwatch.flow.intake import Outcome
    from pactwatch.flow.intake.attaching import Attached

JobsOption = Annotated[
    int,
    typer.Option(
        "--jobs", min=0, max=256, help="Processes; 0 = one per processor, or with the network one for every two."
    ),
]


class ReadingCoder(StrEnum):
    """The coders of what is read."""

    AUTO = "auto"
    GRAMMAR = "grammar"
    NETWORK = "network"


ReadingCoderOption = Annotated[
    ReadingCoder,
    typer.Option(
        "--coder",
        help="Who codes: the grammar; the grammar with the language network, slower by far and right more often; or "
        "auto, the network for a few documents where it is installed and the grammar for all else.",
    ),
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Ask servers at private and loopback addresses too.")
]


class ReadUsageError(PactwatchError):
    """The arguments name nothing to read."""


def read(
    context: typer.Context,
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="PATH|URL|FEED...", help="Files, folders, zips, addresses, feeds.")
    ] = None,
    recode: Annotated[bool, typer.Option("--recode", help="Code documents again that another coder coded.")] = False,
    coder: ReadingCoderOption = ReadingCoder.AUTO,
    jobs: JobsOption = 0,
    allow_private: PrivateOption = False,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Read documents into the ledger and code them. Again is a no-op; Ctrl-C keeps what is done.

    Reads HTML, PDF, text, Markdown, JSON Lines, RSS, Atom, JSON Feed, and zips of these. What cannot be read is told
    and skipped; the exit code is then 1.
    """
    if not sources and not recode:
        raise ReadUsageError("give files, folders or addresses: pactwatch read articles/ https://example.org/feed.xml")
    from pactwatch.casebook import find_casebook
    from pactwatch.flow.intake import ReadSettings
    from pactwatch.flow.intake.run import Hooks
    from pactwatch.read.fetch import FetchSettings

    place = settle(context, casebook, home)
    settings = ReadSettings(
        jobs=jobs, coder=coder.value, recode=recode, fetching=FetchSettings(allow_private=allow_private)
    )
    progress = Progress(sources or [])
    with wish_to_stop() as is_stopped:
        hooks = Hooks(on_fault=progress.tell_fault, on_progress=progress.show, is_stopped=is_stopped)
        outcome = flow.read(sources or [], place.ledger, find_casebook(place.casebook), settings, hooks)
    progress.show_step("joining what is new with what is known")
    attached = _attach(place, outcome)
    progress.clear()
    if json:
        print_json({**outcome.as_values(), "attached": None if attached is None else asdict(attached)})
    else:
        typer.echo("\n".join([*outcome.tell(), *filter(None, [attached.words() if attached else ""])]))
    return outcome.exit_code


def _attach(place: Place, outcome: Outcome) -> Attached | None:
    """What the new mentions belong to; nothing where there are none, the run was stopped, or the casebook is faulty."""
    from pactwatch.casebook import find_casebook, load_casebook
    from pactwatch.flow.intake.attaching import attach

    if not outcome.telling or outcome.is_stopped:
        return None
    try:
        return attach(load_casebook(find_casebook(place.casebook)), place.ledger, outcome.telling)
    except InputError as error:
        say(f"what was read is kept, but cannot be set beside the records: {error}")
        return None


class Progress:
    """On a terminal a bar with counts; faults as they come, always."""

    def __init__(self, sources: list[str]) -> None:
        self.is_shown = sys.stderr.isatty()
        self.due = 0.0
        self.total = sum(map(_count_files, sources)) if self.is_shown else 0

    def tell_fault(self, fault: Fault) -> None:
        """Name what was skipped."""
        self.clear()
        say(f"skipped {fault}")

    def show(self, outcome: Outcome) -> None:
        """Draw the bar, at most five times a second."""
        if not self.is_shown or monotonic() < self.due:
            return
        self.due = monotonic() + 0.2
        self.total = max(self.total, outcome.pieces)
        bar = "━" * (24 * outcome.pieces // max(self.total, 1))
        counts = f"{outcome.pieces:,} of {self.total:,} · {outcome.documents:,} new · {outcome.copies:,} copies"
        more = f"{outcome.mentions.total():,} mentions · {outcome.faults:,} skipped"
        print(f"\r\x1b[K{bar:<24} {counts} · {more}", end="", file=sys.stderr, flush=True)

    def show_step(self, words: str) -> None:
        """Say what is done after the last piece."""
        if self.is_shown:
            print(f"\r\x1b[K{words} …", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self.is_shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _count_files(source: str) -> int:
    """About how many pieces a source has."""
    if not Path(source).is_dir():
        return 1
    return sum(not name.startswith(".") for _, _, names in os.walk(source) for name in names)
