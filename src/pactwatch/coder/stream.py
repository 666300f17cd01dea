"""Documents in, mentions out: JSON Lines of any length, in order, in flat memory.

A line that cannot be read becomes a fault with its place and the lines after it are still coded. Lines travel to the
worker processes as they were read, so that reading, coding and writing all happen there.
"""

from __future__ import annotations

import hashlib
import importlib
import signal
import sqlite3
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pactwatch.coder.protocol import Coder
from pactwatch.model.document_lines import Line, LineError, read_document, read_lines
from pactwatch.model.errors import Fault, PactwatchError

CHUNK_SIZE = 200_000
"""Bytes handed to a worker at once: half a second of work, so that neither queue nor order costs anything."""

CODERS = {
    "grammar": ("pactwatch.coder.grammar", "open_coder"),
    "network": ("pactwatch.coder.network_coder", "open_network_coder"),
    "llm": ("pactwatch.coder.llm", "open_llm_coder"),
}
"""Module and function that open each coder; imported only when asked for."""

AUTO = "auto"
"""The name that leaves the choice between grammar and network to :func:`choose_coder`."""
SOON_READ = 250_000
"""Bytes of files that the network reads in a minute or so."""

_STDIN = "-"


@dataclass(frozen=True, slots=True)
class Coded:
    """What came of one line: its mentions as JSON texts, or a fault."""

    file: str
    line: int
    id: str = ""
    mentions: tuple[str, ...] = ()
    fault: Fault | None = None
    is_own_fault: bool = False


class StreamError(PactwatchError):
    """The stream as a whole cannot go on."""


def choose_coder(names: Iterable[str]) -> str:
    """The coder for the files of a command: the network where it is installed and a person may wait for it.

    What is larger than ``SOON_READ`` in all, or comes by standard input and may be of any size, is for the grammar.
    """
    from pactwatch.encoder.base import is_installed

    listed = list(names)
    is_small = _STDIN not in listed and sum(Path(name).stat().st_size for name in listed) <= SOON_READ
    return "network" if is_small and is_installed() else "grammar"


def open_named_coder(name: str, casebook_folder: Path | None) -> Coder:
    """The coder of that name (a key of ``CODERS``); the model's settings come from the environment."""
    module, function = CODERS[name]
    arguments = () if name == "llm" else (casebook_folder,)
    coder: Coder = getattr(importlib.import_module(module), function)(*arguments)
    return coder


def read_files(names: Iterable[str]) -> Generator[Line, None, None]:
    """The lines of several files in turn, ``-`` being standard input. Blank lines are passed over.

    A document without an id gets its line number; where there are several files, the file's name before it.
    """
    listed = list(names)
    for name in listed:
        with nullcontext(sys.stdin.buffer) if name == _STDIN else Path(name).open("rb") as stream:
            yield from read_lines(name, stream, prefix=f"{name}:" if len(listed) > 1 else "")


def code_line(coder: Coder, line: Line, least: float = 0.0) -> Coded:
    """One line coded: its mentions with at least that confidence, or its fault."""
    try:
        document = read_document(line)
        mentions = [one for one in coder.code(document) if one.confidence >= least]
        if any(document.text[one.start : one.end] != one.quote for one in mentions):
            raise StreamError("a mention's quote is not at its offsets")
        written = tuple(one.model_dump_json() for one in mentions)
        return Coded(line.file, line.number, document.id, written)
    except LineError as error:
        return Coded(line.file, line.number, fault=error.fault)
    except Exception as error:  # one document a coder cannot do must not cost the other million
        found = f"{type(error).__name__}: {error}"
        fault = Fault(line.file, line.number, "", found, "a document the coder can read", "It was passed over.")
        is_own = not isinstance(error, PactwatchError) or isinstance(error, StreamError)
        return Coded(line.file, line.number, fault=fault, is_own_fault=is_own)


def code_lines(
    lines: Iterable[Line], open_coder: Callable[[], Coder], *, jobs: int = 1, least: float = 0.0
) -> Generator[Coded, None, None]:
    """Every line coded, in order, by that many processes; ``open_coder`` is then called once in each (and here).

    With several processes ``open_coder`` must be picklable. What fits one chunk is coded here: no process pays off.
    """
    coder = open_coder()  # here and now, so that a faulty casebook is told once and before anything is written
    if jobs <= 1:
        return (code_line(coder, line, least) for line in lines)
    chunks = chunk_lines(lines)
    head = list(islice(chunks, 2))
    if len(head) < 2:
        return (code_line(coder, line, least) for chunk in head for line in chunk)
    return _code_in_processes(chain(head, chunks), open_coder, jobs, least)


def chunk_lines(lines: Iterable[Line], size: int = CHUNK_SIZE) -> Iterator[list[Line]]:
    """Runs of lines of about that many bytes; a hundred bytes are reckoned for a line itself."""
    chunk: list[Line] = []
    held = 0
    for line in lines:
        chunk.append(line)
        held += len(line.raw or b"") + 100
        if held >= size:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def _code_in_processes(
    chunks: Iterable[list[Line]], open_coder: Callable[[], Coder], jobs: int, least: float
) -> Generator[Coded, None, None]:
    waiting: deque[Future[list[Coded]]] = deque()
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (open_coder, least))
    try:
        for chunk in chunks:
            waiting.append(pool.submit(_code_chunk, chunk))
            if len(waiting) > 2 * jobs:  # bounded: what is read waits no longer than what is being coded
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        raise StreamError("a coding process ended early, perhaps for lack of memory; try fewer --jobs") from None
    finally:
        pool.shutdown(cancel_futures=True)


_worker: dict[str, Any] = {}


def _start_worker(open_coder: Callable[[], Coder], least: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends a worker silently; the parent tells the user
    _worker.update(coder=open_coder(), least=least)


def _code_chunk(chunk: list[Line]) -> list[Coded]:
    return [code_line(_worker["coder"], line, _worker["least"]) for line in chunk]


class SeenIds:
    """Tells where an id was used before. Kept in a temporary database, so that memory stays flat."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self._base.execute("pragma journal_mode = off")
        self._base.execute("create table seen (key integer primary key, place text)")

    def __enter__(self) -> SeenIds:
        """Use it in a ``with`` block: it holds a file."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the file go."""
        self._base.close()

    def note(self, id: str, place: str) -> str | None:  # noqa: A002 - the field's name
        """Note an id at a place; returns the place where it was noted first, if it was."""
        key = int.from_bytes(hashlib.blake2b(id.encode(), digest_size=8).digest(), signed=True)
        if self._base.execute("insert or ignore into seen values (?, ?)", (key, place)).rowcount:
            return None
        return str(self._base.execute("select place from seen where key = ?", (key,)).fetchone()[0])
