"""Reading a casebook's CSV files strictly: every fault is named with its line, and nothing is mended in silence."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from pactwatch.model.errors import Fault, shown

LARGEST_FILE = 50_000_000
"""Bytes; a casebook file above it is refused before it is read."""

_BOM = b"\xef\xbb\xbf"


@dataclass(slots=True)
class FaultList:
    """Collects the faults of one file."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, column: str, found: object, expected: str, fix: str) -> None:
        """Note one fault; ``found`` is quoted and shortened."""
        self.faults.append(Fault(self.file, line, column, shown(found), expected, fix))


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: the line it starts on and its cells, stripped, by column."""

    line: int
    cells: dict[str, str]


def read_text(path: Path, faults: FaultList) -> str | None:
    """The text of a file, or ``None`` with the reason noted: missing, too large, BOM, CRLF, not UTF-8, null bytes."""
    if path.is_dir():
        faults.add(0, "", "a folder", f"a file {path.name}", "Move the folder away and put the file in its place.")
        return None
    if not path.is_file():
        faults.add(0, "", "no such file", f"a file {path.name}", "Add it; `pactwatch new DIR` writes a template.")
        return None
    if path.stat().st_size > LARGEST_FILE:
        faults.add(0, "", f"{path.stat().st_size} bytes", f"at most {LARGEST_FILE} bytes", "Split the casebook.")
        return None
    try:
        raw = path.read_bytes()
    except OSError as error:
        faults.add(0, "", error.strerror, "a file that can be read", "Give yourself the right to read it.")
        return None
    before = len(faults.faults)
    if raw.startswith(_BOM):
        faults.add(1, "", "a byte-order mark", "UTF-8 without one", "Save as 'UTF-8', not 'UTF-8 with BOM'.")
    if b"\r" in raw:
        line = raw[: raw.index(b"\r")].count(b"\n") + 1
        faults.add(line, "", "a carriage return (CRLF)", "line ends of LF", "Save with Unix line ends.")
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        faults.add(line, "", "a null byte", "text", "Is this a spreadsheet or UTF-16? Export it as CSV in UTF-8.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        faults.add(line, "", raw[error.start : error.start + 4], "UTF-8", "It looks like Latin-1; save as UTF-8.")
        return None
    return text if len(faults.faults) == before else None


def read_sheet(path: Path, columns: Sequence[str], faults: FaultList) -> list[Row]:
    """The rows of a CSV file whose header must be exactly ``columns``, in any order.

    Faults are noted for a missing, unknown or doubled column, for rows with too few or too many cells, and for control
    characters (line breaks among them) in a cell; such rows are left out.
    """
    text = read_text(path, faults)
    return [] if text is None else parse_sheet(text, columns, faults)


def parse_sheet(text: str, columns: Sequence[str], faults: FaultList) -> list[Row]:
    """The rows of a CSV file's text, by the same rules."""
    if not text.strip():
        faults.add(0, "", "the file is empty", "a header row", f"Write the header: {','.join(columns)}")
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        header = next(reader, [])
        if not _is_header_sound(header, columns, faults):
            return []
        line = reader.line_num + 1
        for cells in reader:
            row = _read_row(line, header, cells, faults) if cells else None
            rows.extend([row] if row else [])
            line = reader.line_num + 1
    except csv.Error as error:
        fix = "Check the quotes of this row and of the one before."
        faults.add(line, "", str(error), "well-formed CSV, no cell above 131072 characters", fix)
    return rows


def has_control(text: str) -> bool:
    """Whether a text holds a control character; line breaks and tabs are some."""
    return any(unicodedata.category(letter) == "Cc" for letter in text)


def _read_row(line: int, header: Sequence[str], cells: Sequence[str], faults: FaultList) -> Row | None:
    if len(cells) != len(header):
        fix = "Quote cells that hold commas; keep a comma for every empty cell."
        faults.add(line, "", f"{len(cells)} cells", f"{len(header)} cells, as in the header", fix)
        return None
    controlled = [(name, cell) for name, cell in zip(header, cells, strict=True) if has_control(cell)]
    for name, cell in controlled:
        faults.add(line, name, cell, "one line of text without control characters", "Remove them; write a space.")
    return None if controlled else Row(line, {name: cell.strip() for name, cell in zip(header, cells, strict=True)})


def _is_header_sound(header: Sequence[str], columns: Sequence[str], faults: FaultList) -> bool:
    before = len(faults.faults)
    if not header:
        faults.add(1, "", "an empty line", "a header row", "Remove the empty lines before the header.")
        return False
    for name in columns:
        if name not in header:
            faults.add(1, name, "no such column", f"a column {name!r}", "Add the column; its cells may be empty.")
    for name in dict.fromkeys(header):
        if name not in columns:
            near = get_close_matches(name, columns, n=1)
            fix = f"Did you mean {near[0]!r}?" if near else f"Remove it; the columns are {', '.join(columns)}."
            faults.add(1, name, name, "a known column", fix)
        elif header.count(name) > 1:
            faults.add(1, name, f"{header.count(name)} columns of that name", "one", "Remove or rename the others.")
    return len(faults.faults) == before
