"""Arrow arrays of Python values, made without ``pyarrow.array``, which takes longer to import pandas than a table."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_EPOCH = date(1970, 1, 1).toordinal()


def make_array(kind: str, values: Sequence[Any]) -> pa.Array:
    """An array of values or ``None``; ``kind`` is a column's type in the schema, or ``binary``.

    Raises ``ValueError`` or ``TypeError`` where a value is not of the kind, ``OverflowError`` for over 2 GB of text.
    """
    import pyarrow as pa

    types = {
        "string": pa.string(), "binary": pa.binary(), "integer": pa.int64(), "number": pa.float64(),
        "boolean": pa.bool_(), "date": pa.date32(),
    }  # fmt: skip
    missing = values.count(None) if isinstance(values, (list, tuple)) else sum(one is None for one in values)
    valid = pa.py_buffer(_pack([one is not None for one in values])) if missing else None
    buffers = [valid, *map(pa.py_buffer, _BUFFERS[kind](values))]
    return pa.Array.from_buffers(types[kind], len(values), buffers, missing)


def _pack(flags: Sequence[bool]) -> bytes:
    """Flags as bits, the first lowest."""
    bits = "".join(["1" if flag else "0" for flag in reversed(flags)])
    return int(bits or "0", 2).to_bytes((len(flags) + 7) // 8, "little")


def _texts(values: Sequence[str | None]) -> list[bytes]:
    return _bytes([None if one is None else one.encode() for one in values])


def _bytes(values: Sequence[bytes | None]) -> list[bytes]:
    told = [one or b"" for one in values]
    return [array("i", [0, *accumulate(map(len, told))]).tobytes(), b"".join(told)]


def _numbers(code: str, empty: float) -> Callable[[Sequence[Any]], list[bytes]]:
    return lambda values: [array(code, [empty if one is None else one for one in values]).tobytes()]


def _days(values: Sequence[date | None]) -> list[bytes]:
    return [array("i", [0 if one is None else one.toordinal() - _EPOCH for one in values]).tobytes()]


_BUFFERS: dict[str, Callable[[Sequence[Any]], list[bytes]]] = {
    "string": _texts,
    "binary": _bytes,
    "integer": _numbers("q", 0),
    "number": _numbers("d", 0.0),
    "boolean": lambda values: [_pack([bool(one) for one in values])],
    "date": _days,
}
