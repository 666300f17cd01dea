"""The whole ledger as JSON Lines, out and in again byte for byte: from one database to another, or to keep.

A line is the canonical JSON of one entry with its digest. Both ways go a few megabytes at a time, so that a ledger may
be larger than the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from pactwatch.ledger.appending import insert_rows, last_entry, row_of
from pactwatch.ledger.bodies import KINDS, read_body
from pactwatch.ledger.chain import Written, canonical, parse
from pactwatch.ledger.checking import Checker
from pactwatch.ledger.engine import writing
from pactwatch.ledger.errors import LedgerDamagedError, LedgerError, RefusedEntryError
from pactwatch.ledger.ledger import Ledger
from pactwatch.ledger.paging import follow, unwatched
from pactwatch.model.errors import Fault, InputError, shown

LONGEST_LINE = 512 * 1024 * 1024
"""Bytes of the longest line that is read; neither database takes an entry of twice that size."""

_FIELDS = {"at": str, "author": str, "body": dict, "digest": str, "kind": str, "previous": str, "seq": int}
_FIX = "Export the ledger again with `pactwatch ledger export`, or use another copy; nothing was imported"


@dataclass(frozen=True, slots=True)
class Transferred:
    """How many entries went, and the digest of the last one; both sides of a transfer tell the same."""

    entries: int
    digest: str


def export_ledger(ledger: Ledger, stream: BinaryIO, advance: Callable[[int], None] = unwatched) -> Transferred:
    """Write every entry there is when it begins, one a line; ``advance`` is told the bytes written.

    Raises ``LedgerDamagedError`` at an entry whose digest is not its own, so that no broken copy passes for a good one.
    """
    count, digest = 0, ""
    for written in follow(ledger.engine, ledger.location, until=ledger.last()):
        if written.sealed().digest != written.digest or written.seq != count + 1:
            raise LedgerDamagedError(f"entry {count + 1} is not as it was appended; `pactwatch verify` tells more")
        line = written.line().encode() + b"\n"
        stream.write(line)
        advance(len(line))
        count, digest = written.seq, written.digest
    return Transferred(count, digest)


def import_ledger(
    ledger: Ledger, stream: BinaryIO, name: str, advance: Callable[[int], None] = unwatched
) -> Transferred:
    """Fill an empty ledger from an export, in one transaction: all of it or nothing.

    ``name`` is how messages name the file; ``advance`` is told the bytes read. Raises ``LedgerError`` where the ledger
    is not empty, ``InputError`` with the line that is not as it was exported.
    """
    checker = Checker()
    with writing(ledger.engine, ledger.location) as connection:
        there = last_entry(connection)[0]
        if there:
            raise LedgerError(
                f"{ledger.location.shown} holds {there:,} entries already; an export goes into an empty ledger. "
                "Name another --home for it"
            )
        insert_rows(connection, _read(stream, name, checker, advance))
    return Transferred(checker.seq, checker.digest if checker.seq else "")


def _read(stream: BinaryIO, name: str, checker: Checker, advance: Callable[[int], None]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE), b""), 1):
        try:
            written = _as_written(line)
        except (ValueError, RefusedEntryError) as error:
            raise _refusal(name, number, str(error)) from None
        fault = checker.find_fault(written) or _find_unreadable(written)
        if fault:
            raise _refusal(name, number, fault)
        yield row_of(written, checker.columns)
        advance(len(line))


def _as_written(line: bytes) -> Written:
    """The entry of a line; raises ``ValueError`` with what was found where it is not one that was exported."""
    if not line.endswith(b"\n"):
        raise ValueError("a line that is cut off")
    try:
        data = parse(line)
    except ValueError:
        raise ValueError(f"no JSON: {shown(line[:60])}") from None
    if not isinstance(data, dict) or {key: type(value) for key, value in data.items()} != _FIELDS:
        raise ValueError(f"no entry of a ledger: {shown(line[:60])}")
    body = canonical(data.pop("body"))
    written = Written(**data, body=body)
    if written.line().encode() != line[:-1]:
        raise ValueError(f"entry {written.seq}: it is not written as it was exported (spaces, order or numbers differ)")
    return written


def _find_unreadable(written: Written) -> str:
    try:
        read_body(KINDS[written.kind], written.body)
    except LedgerDamagedError:
        return f"entry {written.seq}: its body is not that of a {written.kind}"
    return ""


def _refusal(name: str, line: int, found: str) -> InputError:
    return InputError([Fault(name, line, "", found, "the next entry as `pactwatch ledger export` wrote it", _FIX)])
