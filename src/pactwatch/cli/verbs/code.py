"""``pactwatch code DOCS.jsonl``: documents in, mentions out, one JSON object on a line."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from pactwatch.cli.options import CasebookOption, JsonOption, settle
from pactwatch.cli.output import say
from pactwatch.model.errors import Fault, PactwatchError

if TYPE_CHECKING:
    from pactwatch.coder.protocol import Coder
    from pactwatch.coder.stream import Coded, SeenIds

SHOWN_DUPLICATES = 20
"""Duplicate ids named one by one; the rest are counted."""

KEPT_FAULTS = 1000
"""Faults kept for ``--json``; standard error names every one."""


class CoderName(StrEnum):
    """The coders there are."""

    AUTO = "auto"
    GRAMMAR = "grammar"
    NETWORK = "network"
    LLM = "llm"


CODER_HELP = (
    "Who codes: the grammar; the grammar with the language network, slower by far and right more often; a language "
    "model; or auto, the network for small files where it is installed and the grammar for all else."
)
CoderOption = Annotated[
    CoderName,
    typer.Option("--coder", help=CODER_HELP),
]


class CodeUsageError(PactwatchError):
    """The files given do not go together."""


@dataclass
class Tally:
    """What was done so far."""

    documents: int = 0
    mentions: int = 0
    faults: int = 0
    own_faults: int = 0
    duplicate_ids: int = 0
    kept: list[Fault] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The numbers by name."""
        names = ("documents", "mentions", "faults", "own_faults", "duplicate_ids")
        return {name: getattr(self, name) for name in names}

    @property
    def exit_code(self) -> int:
        """3 when the coder failed, 1 when a line was faulty, else 0."""
        return 3 if self.own_faults else int(self.faults > 0)


def code(
    context: typer.Context,
    documents: Annotated[
        list[str], typer.Argument(metavar="DOCS.jsonl", help="Files of documents, one JSON object a line; - = stdin")
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write here [default: stdout]")] = None,
    casebook: CasebookOption = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, max=256, help="Processes; 0 = one per processor.")] = 1,
    coder: CoderOption = CoderName.AUTO,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Leave out mentions below it.")
    ] = 0.0,
    json: JsonOption = False,
) -> int:
    """Code documents: what each passage tells, cited and dated.

    A document has `text`, and may have `id`, `published`, `title`, `url`. Faulty lines are named and passed over.
    """
    check_files(documents, out)
    opener = coder_opener(context, coder, casebook, documents)
    from pactwatch.coder.stream import SeenIds, code_lines, read_files

    tally = Tally()
    lines = read_files(documents)
    results = code_lines(lines, opener, jobs=jobs or os.cpu_count() or 1, least=min_confidence)
    with closing(lines), closing(results), SeenIds() as ids, stoppable(results) as watched, open_output(out) as stream:
        counted = _count(_with_progress(watched, tally, stream), tally, ids)
        _write(stream, counted, is_array=json and out is None)
    if json:
        _print_summary(tally, out)
    if tally.faults:
        say(f"{tally.faults} faulty lines were passed over; {tally.documents} documents were coded")
    return tally.exit_code


def coder_opener(
    context: typer.Context, coder: CoderName, casebook: str | None, files: list[str]
) -> Callable[[], Coder]:
    """What opens the coder a command asks for, with the casebook it names; worker processes can be given it."""
    from pactwatch.casebook import find_casebook
    from pactwatch.coder.stream import choose_coder, open_named_coder

    name = choose_coder(files) if coder is CoderName.AUTO else coder.value
    return partial(open_named_coder, name, find_casebook(settle(context, casebook, None).casebook))


def check_files(names: list[str], out: Path | None = None) -> None:
    """Refuse files that are not there before anything is done, and an output that is one of them."""
    if names.count("-") > 1:
        raise CodeUsageError("standard input (-) can be read once only")
    for path in (Path(name) for name in names if name != "-"):
        problem = _problem_with(path)
        if problem:
            raise OSError(problem, os.strerror(problem), str(path))
        if out is not None and out.is_file() and path.samefile(out):
            raise CodeUsageError(f"--out {out} is one of the documents' files; name another")


def _problem_with(path: Path) -> int:
    if not path.exists():
        return errno.ENOENT
    if path.is_dir():
        return errno.EISDIR
    return 0 if os.access(path, os.R_OK) else errno.EACCES


@contextmanager
def open_output(out: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that gets its name when it is whole; stopped before, the old file stays."""
    if out is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = out.resolve()  # a link goes on pointing at the file
    if target.exists() and not target.is_file():  # a device or a pipe has no name to change
        with target.open("wb") as stream:
            yield stream
        return
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def stoppable(results: Iterable[Coded]) -> Iterator[Iterator[Coded]]:
    """The results, ended by Ctrl-C or a termination signal even where a library swallows the interrupt.

    Pydantic turns one that strikes while it writes JSON into an error of its own, which would pass for a faulty line.
    """
    is_stopped = False

    def stop(*_: object) -> None:
        nonlocal is_stopped
        is_stopped = True
        raise KeyboardInterrupt

    def watched() -> Iterator[Coded]:
        for one in results:
            if is_stopped:
                raise KeyboardInterrupt
            yield one

    signals = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = [(number, signal.signal(number, stop)) for number in signals]
    try:
        yield watched()
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _count(results: Iterable[Coded], tally: Tally, ids: SeenIds) -> Iterator[str]:
    """The mentions of the results; faults and duplicate ids are told as they come."""
    for one in results:
        if one.fault is not None:
            say(str(one.fault))
            tally.faults += 1
            tally.own_faults += one.is_own_fault
            tally.kept += [one.fault] if len(tally.kept) < KEPT_FAULTS else []
            continue
        tally.documents += 1
        tally.mentions += len(one.mentions)
        place = f"{one.file}:{one.line}"
        first = ids.note(one.id, place)
        if first is not None:
            _warn_of_duplicate(tally, f"{place} [id]: warning: {one.id!r} is also the id of {first}")
        yield from one.mentions


def _warn_of_duplicate(tally: Tally, words: str) -> None:
    tally.duplicate_ids += 1
    if tally.duplicate_ids <= SHOWN_DUPLICATES:
        say(words)
    elif tally.duplicate_ids == SHOWN_DUPLICATES + 1:
        say("more ids are used twice; they are no longer named")


def _write(stream: BinaryIO, mentions: Iterable[str], *, is_array: bool) -> None:
    """One mention a line, or the open head of one JSON document that :func:`_print_summary` closes."""
    if not is_array:
        stream.writelines(f"{mention}\n".encode() for mention in mentions)
        return
    stream.write(b'{"mentions": [')
    separator = "\n"
    for mention in mentions:
        stream.write(f"{separator}{mention}".encode())
        separator = ",\n"
    stream.write(b"\n], ")


def _print_summary(tally: Tally, out: Path | None) -> None:
    from json import dumps

    summary = {"counts": tally.counts, "faults": [asdict(fault) for fault in tally.kept]}
    if out is not None:
        typer.echo(dumps({"out": str(out), **summary}, ensure_ascii=False))
    else:
        typer.echo(dumps(summary, ensure_ascii=False)[1:])


def _with_progress(results: Iterable[Coded], tally: Tally, stream: BinaryIO) -> Iterator[Coded]:
    """The results, with a running count on a terminal that the mentions themselves do not go to."""
    is_shown = sys.stderr.isatty() and not stream.isatty()
    due = monotonic() + 1
    for one in results:
        yield one
        if is_shown and monotonic() > due:
            print(f"\r{tally.documents:,} documents, {tally.mentions:,} mentions", end="", file=sys.stderr, flush=True)
            due = monotonic() + 0.5
    if is_shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
