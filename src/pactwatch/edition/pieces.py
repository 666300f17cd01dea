"""Tables of an edition put together of pieces: rows that are the same as long as what they are made of is.

A piece is named by a digest of all its rows are made of (a record's mentions as they stand, a document's coding and
addresses). Rows of pieces that were there before are kept as Arrow, with their canonical JSON, beside the ledger; only
those of new pieces are made. Kept tables are used only where the version, the casebook and the SHA-256 of every kept
value are the same; otherwise they are made again.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from pactwatch.edition.arrays import make_array
from pactwatch.edition.compile import Row, build_table
from pactwatch.edition.schema import Table, column

if TYPE_CHECKING:
    import pyarrow as pa

    from pactwatch.reconcile.items import Store

FORM = 1
"""Raised when what is kept changes its form."""

_PIECE, _JSON = "piece", "json"
_KNOWN = "known"
_NOTHING: Mapping[str, bytes] = {}


class Sealed(NamedTuple):
    """A table with the SHA-256 of its rows as canonical JSON."""

    table: pa.Table
    sha256: str


def canonical(value: object) -> bytes:
    """Values as JSON that is the same for the same values."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def digest_rows(table: pa.Table) -> Sealed:
    """A table with the SHA-256 of its rows."""
    return Sealed(table, hashlib.sha256(canonical(table.to_pylist())).hexdigest())


class Pieces:
    """The pieces of the editions of one casebook and ledger. ``known`` are those whose rows are there."""

    def __init__(self, store: Store | None, casebook: str, basis: str) -> None:
        """Open what is kept in a store, where it was made of the same ``basis``."""
        self._store, self._kind = store, f"edition {casebook}"
        self._basis = f"{FORM} {basis}"
        self._before = None if store is None else store.get(self._kind, "head")
        self._kept = self._open()
        self._next: dict[str, bytes] = {}
        self.known = frozenset(self._kept.get(_KNOWN, b"").decode().split())

    def _open(self) -> Mapping[str, bytes]:
        if self._before is None or self._store is None:
            return _NOTHING
        try:
            head = orjson.loads(self._before)
            if head["basis"] != self._basis:
                return _NOTHING
            kept = self._store.all(self._kind)
            is_sound = all(hashlib.sha256(kept[name]).hexdigest() == sha for name, sha in head["sha256"].items())
        except (ValueError, KeyError, TypeError):
            return _NOTHING
        return kept if is_sound else _NOTHING

    def pieces_of(self, table: str) -> Collection[str]:
        """The pieces whose rows are kept of a table."""
        kept = self._kept.get(table)
        return () if kept is None else frozenset(_read(kept)[_PIECE].to_pylist())

    def put_together(self, table: Table, pieces: Collection[str], fresh: Mapping[str, Iterable[Row]]) -> Sealed:
        """The rows of some pieces, sorted by key: kept ones, and ``fresh`` ones by the piece that tells them."""
        whole = _build(table, fresh)
        is_new, kept = whole.num_rows > 0, self._kept.get(table.name)
        if kept is not None:
            before = _read(kept)
            leaves = [row for row, piece in enumerate(before[_PIECE].to_pylist()) if piece not in pieces]
            is_new |= bool(leaves)
            whole = _merge(table, before, leaves, whole)
        self._next[table.name] = _write(whole) if is_new or kept is None else kept
        told = b"[" + b",".join(whole[_JSON].to_pylist()) + b"]"
        return Sealed(whole.drop_columns([_PIECE, _JSON]), hashlib.sha256(told).hexdigest())

    def keep(self, known: Collection[str]) -> None:
        """Keep the tables put together, and which pieces are known now."""
        if self._store is None:
            return
        self._next[_KNOWN] = "\n".join(sorted(known)).encode()
        sums = {name: hashlib.sha256(value).hexdigest() for name, value in sorted(self._next.items())}
        head = orjson.dumps({"basis": self._basis, "sha256": sums})
        if head == self._before:
            return
        changed = {name: value for name, value in self._next.items() if self._kept.get(name) != value}
        values = {(self._kind, name): value for name, value in changed.items()} | {(self._kind, "head"): head}
        self._store.swap((self._kind, "head"), self._before, values)


def _build(table: Table, fresh: Mapping[str, Iterable[Row]]) -> pa.Table:
    """Rows with their pieces and as JSON."""

    rows = [{**row, _PIECE: piece} for piece, many in fresh.items() for row in many]
    built = build_table(replace(table, columns=(*table.columns, column(_PIECE, "string", ""))), rows)
    told = [canonical(row) for row in built.drop_columns([_PIECE]).to_pylist()]
    return built.append_column(_JSON, make_array("binary", told))


def _merge(table: Table, before: pa.Table, leaves: Sequence[int], fresh: pa.Table) -> pa.Table:
    """Rows sorted by key without some of them and with others: whole stretches of either, since most rows stay."""
    import pyarrow as pa

    keys, others = ([*zip(*(one[name].to_pylist() for name in table.key), strict=True)] for one in (before, fresh))
    cuts = [(row, None) for row in leaves] + [(bisect_left(keys, key), number) for number, key in enumerate(others)]
    parts, at = [], 0
    for row, number in sorted(cuts, key=lambda cut: (cut[0], cut[1] is None, cut[1] or 0)):
        parts.append(before.slice(at, row - at))
        at = row + 1 if number is None else row
        if number is not None:
            parts.append(fresh.slice(number, 1))
    return pa.concat_tables([*parts, before.slice(at)]).combine_chunks()


def _write(table: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    value: bytes = sink.getvalue().to_pybytes()
    return value


def _read(value: bytes) -> Any:
    import pyarrow as pa

    with pa.ipc.open_stream(pa.py_buffer(value)) as reader:
        return reader.read_all()
