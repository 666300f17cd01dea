"""The chain: how an entry is written down, and the digest by which each holds the one before.

An entry's digest is the SHA-256 of the canonical JSON of its ``at``, ``author``, ``body``, ``kind``, ``previous`` and
``seq``: keys sorted, no spaces, UTF-8, numbers in their shortest form. ``previous`` is the digest of the entry before,
64 zeros for the first. Whoever holds one digest can tell whether anything up to that entry was changed since.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson

from pactwatch.ledger.errors import RefusedEntryError

FIRST_PREVIOUS = "0" * 64
"""What the first entry holds in place of a digest before it."""

_AT_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"
_SURROGATE = re.compile("[\ud800-\udfff]")


def canonical(value: Any) -> str:
    """Canonical JSON of plain values; half a surrogate pair, which is no UTF-8, stays escaped.

    Raises ``RefusedEntryError`` for what JSON readers would not give back as it was: integers beyond 64 bits.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError as error:
        if "64-bit" in str(error):
            raise RefusedEntryError("an integer beyond 64 bits cannot be kept; correct it first") from error
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def parse(text: str | bytes) -> Any:
    """The values of a JSON text; raises ``ValueError`` where it is none."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)  # knows escaped halves of surrogate pairs


def write_time(moment: datetime) -> str:
    """A moment in UTC to the microsecond, of one width so that texts sort as moments do."""
    return moment.astimezone(UTC).strftime(_AT_FORM).rjust(27, "0")


def read_time(text: str) -> datetime:
    """The moment of a text that :func:`write_time` wrote; raises ``ValueError`` for any other."""
    moment = datetime.strptime(text, _AT_FORM).replace(tzinfo=UTC)
    if write_time(moment) != text:
        raise ValueError(f"{text!r} is no time of the ledger")
    return moment


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is written down: all texts as stored, ``body`` in canonical JSON."""

    seq: int
    kind: str
    author: str
    at: str
    previous: str
    body: str
    digest: str = ""

    def sealed(self) -> Written:
        """The same entry with the digest it must have."""
        return replace(self, digest=hashlib.sha256(self._line("").encode()).hexdigest())

    def line(self) -> str:
        """Canonical JSON of the whole entry, as the ledger is exported."""
        return self._line(f'"digest":"{self.digest}",')

    def _line(self, digest: str) -> str:
        return (
            f'{{"at":{canonical(self.at)},"author":{canonical(self.author)},"body":{self.body},{digest}'
            f'"kind":{canonical(self.kind)},"previous":{canonical(self.previous)},"seq":{self.seq}}}'
        )
