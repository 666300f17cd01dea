"""``pactwatch import [KIND] FILE...``: other people's data sets into the workspace; without files, what is there."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, HomeOption, JsonOption, Place, settle
from pactwatch.cli.output import print_json, print_table, say
from pactwatch.model.errors import PactwatchError

if TYPE_CHECKING:
    from pactwatch.datasets.importing import Outcome
    from pactwatch.datasets.store import Import

SHOWN_NAMES = 12
"""Names without a code shown on a terminal; ``--json`` lists all."""


class ImportUsageError(PactwatchError):
    """The arguments given name no file."""


def import_data(
    context: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND] FILE...", help="Kind (or none: recognise it), then files.")
    ] = None,
    every_row: Annotated[
        bool, typer.Option("--every-row", help="Keep every event, not only those of the casebook's dyads.")
    ] = False,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Import data set files (SIPRI, DCAD, MME, ATOP, COW, GDELT, ICEWS, UNGA, surveys), or list kinds and imports."""
    place = settle(context, casebook, home)
    if not files:
        _list_imports(place, json)
        return 0
    kind, paths = split_arguments(files)
    scope = None if every_row else flow.scope_of(flow.open_casebook(place.casebook))
    outcomes = []
    progress = _Progress(len(paths))
    for outcome in progress.follow(flow.import_data(paths, place.home, kind, scope, progress.advance)):
        outcomes.append(outcome)
        if not json:
            _tell(outcome)
    if json:
        print_json({"imports": [_plain(outcome) for outcome in outcomes]})
    return 2 if any(outcome.status == "refused" for outcome in outcomes) else 0


def split_arguments(words: list[str]) -> tuple[str | None, list[Path]]:
    """The kind, where the first word names one, and the files; raises :class:`ImportUsageError` without files."""
    from pactwatch.datasets.kinds import FAMILIES, KINDS

    kind = words[0] if words[0] in (*KINDS, *FAMILIES) else None
    paths = [Path(word) for word in (words[1:] if kind else words)]
    if not paths:
        raise ImportUsageError(f"name the files to import: pactwatch import {kind} FILE...")
    for path in paths:
        if not path.exists() and kind is None and len(words) > 1 and path == paths[0] and not path.suffix:
            raise ImportUsageError(f"{words[0]!r} is no file and no kind; the kinds are {', '.join(KINDS)}")
        if path.is_dir():
            raise IsADirectoryError(21, "is a folder; name its files", str(path))
        with path.open("rb"):
            pass
    return kind, paths


def _list_imports(place: Place, json: bool) -> None:
    from pactwatch.datasets.kinds import KINDS
    from pactwatch.datasets.store import describe_imports, list_imports

    imports = list_imports(place.home)
    if json:
        kinds = [{"kind": kind.name, "title": kind.title, "file": kind.where} for kind in KINDS.values()]
        print_json({"kinds": kinds, "imports": describe_imports(imports)})
        return
    print_table(("kind", "data set", "the file"), [(kind.name, kind.title, kind.where) for kind in KINDS.values()])
    rows = [(one.kind.name, one.details["file"], one.details["vintage"], _tell_rows(one)) for one in imports]
    print_table(("imported", "file", "vintage", "rows"), rows, f"workspace {place.home}")


def _tell(outcome: Outcome) -> None:
    if outcome.error is not None:
        say(str(outcome.error))
        return
    entry = outcome.entry
    if entry is None:
        return
    done = {"imported": "imported as", "known": "imported before, nothing to do:"}[outcome.status]
    vintage = f", vintage {entry.details['vintage']}" if entry.details["vintage"] else ""
    typer.echo(f"{outcome.file}: {done} {entry.kind.name}{vintage}; {_tell_rows(entry)}")
    if outcome.status == "imported":
        for line in _tell_notes(entry):
            typer.echo(f"    {line}")


def _tell_rows(entry: Import) -> str:
    rows = ", ".join(f"{count:,} {name}" for name, count in entry.details["rows"].items()) or "no rows"
    kept = f" of {entry.details['rows_read']:,} read ({entry.details['filter']})" if entry.details["filter"] else ""
    return rows + kept


def _tell_notes(entry: Import) -> Iterator[str]:
    """What was mended, and the names that have no code: the unknown ones first and every one of them."""
    from pactwatch.datasets.reading.notes import Note, Unplaced, tell_unplaced

    for note in entry.details["notes"]:
        yield f"note: {Note(**note)}"
    unplaced = [Unplaced(**one) for one in entry.details["unplaced"]]
    reasons = sorted({one.reason for one in unplaced}, key=lambda reason: (reason != "unknown", reason))
    for reason in reasons:
        names = tell_unplaced(unplaced, reason)
        more = f"; and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES and reason != "unknown" else ""
        shown = names if reason == "unknown" else names[:SHOWN_NAMES]
        yield f"without an actor code ({reason}): {'; '.join(shown)}{more}"


def _plain(outcome: Outcome) -> dict[str, Any]:
    faults = [asdict(fault) for fault in outcome.error.faults] if outcome.error else []
    details = outcome.entry.details if outcome.entry else {}
    return {"file": outcome.file, "status": outcome.status, **details, "faults": faults}


class _Progress:
    """On a terminal, a line that tells files and bytes read; nothing when piped."""

    def __init__(self, files: int) -> None:
        self.files, self.done, self.read = files, 0, 0
        self.is_shown = sys.stderr.isatty()
        self.due = 0.0

    def advance(self, size: int) -> None:
        """Count bytes of an event file."""
        self.read += size
        self.show()

    def follow(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The outcomes, counted; the line is cleared before each is told."""
        self.show()
        for outcome in outcomes:
            self.done += 1
            self.clear()
            yield outcome
            self.show()
        self.clear()

    def show(self) -> None:
        """Draw the line, at most five times a second."""
        if self.is_shown and monotonic() >= self.due:
            self.due = monotonic() + 0.2
            bar = "━" * (30 * self.done // max(self.files, 1))
            told = f"{bar:<30} {self.done:,} of {self.files:,} files, {self.read / 1e6:,.0f} MB of events"
            print(f"\r\x1b[K{told}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self.is_shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
