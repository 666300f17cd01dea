"""Documents as JSON Lines: one object a line with `text`, and where known `id`, `published`, `title` and `url`.

A line that cannot be read is told with its place and what to mend; the lines after it are still read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from pactwatch.model.codes import Precision
from pactwatch.model.dates import DateError, parse_date
from pactwatch.model.documents import Document
from pactwatch.model.errors import Fault, PactwatchError, shown

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of the longest line that is read; no article comes near it, a file that is no JSON Lines may."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file; ``raw`` is ``None`` where it was too long to be kept."""

    file: str
    number: int
    raw: bytes | None
    default_id: str


class LineError(PactwatchError):
    """A line of documents cannot be used."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def read_lines(name: str, stream: BinaryIO, *, prefix: str = "", longest: int = LONGEST_LINE) -> Iterator[Line]:
    """The lines of one open file."""
    number = 0
    while raw := stream.readline(longest + 1):
        number += 1
        if len(raw) > longest and not raw.endswith(b"\n"):
            _pass_over_rest(stream)
            yield Line(name, number, None, f"{prefix}{number}")
            continue
        if number == 1:
            raw = raw.removeprefix(_BOM)
        if raw.strip():
            yield Line(name, number, raw, f"{prefix}{number}")


def _pass_over_rest(stream: BinaryIO) -> None:
    while (part := stream.readline(1024 * 1024)) and not part.endswith(b"\n"):
        pass


def read_object(line: Line) -> dict[str, Any]:
    """The JSON object of a line; raises :class:`LineError`."""
    if line.raw is None:
        found, limit = f"a line longer than {LONGEST_LINE // 1024**2} MB", "one document on a line"
        raise _wrong(line, "", found, limit, "Write one JSON object per line (JSON Lines).")
    try:
        values = json.loads(line.raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        found = f"byte 0x{line.raw[error.start]:02x} at position {error.start + 1}"
        raise _wrong(line, "", found, "UTF-8", "Save the file as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        found = shown(line.raw[:200].decode("utf-8", "replace").strip())
        raise _wrong(line, "", found, "one JSON object on a line", f"Mend the JSON: {error}.") from None
    if not isinstance(values, dict):
        raise _wrong(line, "", shown(values), "a JSON object", 'Write {"text": "..."}.')
    return values


def read_document(line: Line, values: dict[str, Any] | None = None) -> Document:
    """The document of a line; raises :class:`LineError`. Keys that documents do not have are left alone."""
    values = read_object(line) if values is None else values
    if "text" not in values:
        raise _wrong(line, "text", shown(sorted(values)), "a key `text`", "Give the document's text.")
    texts = {key: _read_text(line, key, values.get(key)) for key in ("title", "url") if values.get(key) is not None}
    text, published = _read_text(line, "text", values["text"]), _read_day(line, values.get("published"))
    return Document(
        id=_read_id(line, values.get("id")),
        text=text,
        title=texts.get("title", ""),
        published=published,
        url=texts.get("url", ""),
    )


def _read_id(line: Line, value: object) -> str:
    if value is None or value == "":
        return line.default_id
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _read_text(line, "id", value)


def _read_text(line: Line, field: str, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(line, field, shown(value), "a string", f"Write {field} in quotation marks.")
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            found = f"half a surrogate pair at character {error.start + 1}"
            raise _wrong(line, field, found, "whole Unicode characters", "Export the text again.") from None
    return value


def _read_day(line: Line, value: object) -> date | None:
    """The day of an ISO date or time, as its own place counts it."""
    if value is None or value == "":
        return None
    try:
        if not isinstance(value, str):
            raise DateError("a string")
        day = parse_date(value[:10])
        if day.precision is not Precision.DAY or day.is_uncertain:
            raise DateError("a day")
        return datetime.fromisoformat(value).date() if len(value) > 10 else day.earliest
    except (DateError, ValueError):
        fix = "Mend it, or leave it out: dates told as `Monday` then stay unresolved."
        expected = "a day of the common era like 2024-07-08, or an ISO time"
        raise _wrong(line, "published", shown(value), expected, fix) from None


def _wrong(line: Line, field: str, found: str, expected: str, fix: str) -> LineError:
    return LineError(Fault(line.file, line.number, field, found, expected, fix))
