"""Delimited text read into rows of equal width, with the line of each; the damage spreadsheets do is undone or told.

Mended and noted: another delimiter than the publisher's, whole lines wrapped in quotes, padding at the ends of lines,
records split by an unquoted line break, a missing preamble. Refused with their line: records of another width, a quote
that never closes, a file cut within a record.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from pactwatch.datasets.reading.notes import UNENDED, Findings

DELIMITERS = (",", ";", "\t", "|")

LONGEST_PREAMBLE = 60
"""Lines searched for the header."""

LONGEST_RECORD = 12
"""Physical lines a quoted record may span; more means a quote that never closes."""

_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it starts on and its cells, stripped."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is and how its line is split."""

    index: int
    cells: tuple[str, ...]
    delimiter: str
    unwrap: Callable[[str], str]
    mended: str


@dataclass(frozen=True)
class Grid:
    """A table as read: what stood above it, its header, and its rows, each as wide as the header."""

    preamble: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each column is, by its folded name; of a name that stands twice, the first."""
        return {fold(name): at for at, name in reversed(list(enumerate(self.header)))}

    def column(self, name: str) -> int:
        """The place of a column by its name; raises ``KeyError`` where there is none."""
        return self.places[fold(name)]

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        return fold(name) in self.places

    def cell(self, row: Row, name: str) -> str:
        """A row's cell under a name; empty where the file has no such column."""
        place = self.places.get(fold(name))
        return "" if place is None else row.cells[place]


@cache
def fold(name: str) -> str:
    """A column's name without capitals, spaces and punctuation, as files resaved elsewhere may have changed them."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def find_header(lines: Sequence[str], required: Sequence[str], native: str = ",") -> Header | None:
    """The first line that holds all required column names, under any delimiter and wrapping; the publisher's first."""
    wanted = {fold(name) for name in required}
    ways = [(native, _plain, ""), *((one, _plain, "") for one in DELIMITERS if one != native)]
    ways += [(native, _without_padding, "padding at the ends of the lines was passed over")]
    ways += [(native, _without_wrapping, "whole lines stood in quotes and were unwrapped")]
    for index, line in enumerate(lines[:LONGEST_PREAMBLE]):
        for delimiter, unwrap, mended in ways:
            cells = tuple(cell.strip() for cell in _split(unwrap(line), delimiter))
            if wanted <= {fold(cell) for cell in cells} and not cells[-1].endswith((";", "\t")):
                other = f"cells are separated by {_NAMES[delimiter]}, not by {_NAMES[native]}"
                return Header(index, _trim(cells), delimiter, unwrap, mended if delimiter == native else other)
    return None


def read_grid(
    text: str, required: Sequence[str], findings: Findings, *, native: str = ",", may_join: bool = False
) -> Grid:
    """The table of a text whose header holds ``required``; faults and notes go to ``findings``.

    ``may_join`` lets two neighbouring short lines that together have the header's width be one record.
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    is_ended = not lines[-1]
    while lines and not lines[-1].strip():
        lines.pop()
    header = find_header(lines, required, native)
    if header is None:
        names = ", ".join(required)
        findings.fault(0, "", "no header line", f"a line with the columns {names}", "Is this the file you mean?")
        raise findings.refusal()
    if header.mended:
        findings.note(header.mended, header.index + 1)
    if not is_ended:
        findings.note(UNENDED, len(lines))
    records = _split_records(lines, header, findings)
    rows = tuple(_even_out(records, header, findings, len(lines) if may_join else 0))
    _note_doubled(rows, findings)
    return Grid(tuple(lines[: header.index]), header.cells, rows, header.delimiter)


def _note_doubled(rows: Sequence[Row], findings: Findings) -> None:
    """Note rows that stand twice word for word: a few may be meant, many tell that files were joined."""
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        if row.cells in seen:
            findings.note("a row stands twice, word for word", row.line)
        seen.add(row.cells)


def _split_records(lines: Sequence[str], header: Header, findings: Findings) -> Iterator[Row]:
    """Records by quotes and delimiters alone, whatever their width."""
    start = header.index + 1
    reader = csv.reader((f"{header.unwrap(line)}\n" for line in lines[start:]), delimiter=header.delimiter)
    before = start
    try:
        for cells in reader:
            line, before = before + 1, start + reader.line_num
            if before - line + 1 > LONGEST_RECORD:
                fix = "Close the quote there, or download the file again."
                findings.fault(line, "", f"a quote open over {before - line + 1} lines", "a closed quote", fix)
                return
            yield Row(line, tuple(" ".join(cell.split()) for cell in cells))
    except csv.Error as error:
        findings.fault(before + 1, "", str(error), "delimited text", "Check the quotes from this line on.")


def _even_out(records: Iterator[Row], header: Header, findings: Findings, joined_until: int) -> Iterator[Row]:
    """Rows of the header's width: padding cut, split records joined, all else refused."""
    width, pending = len(header.cells), None
    for row in records:
        cells = _fit(row.cells, width)
        if cells != row.cells and len(row.cells) > width:
            findings.note("empty cells beyond the last column were passed over", row.line)
        if not any(cells):
            findings.note("an empty line among the records was passed over", row.line)
            continue
        if cells == header.cells:
            findings.note("the header is repeated: are these several files in one?", row.line)
            continue
        if pending is not None:
            joined = (*pending.cells[:-1], f"{pending.cells[-1]} {cells[0]}".strip(), *cells[1:])
            if joined_until and len(joined) == width:
                findings.note("a record split by a line break was joined with the next line", pending.line)
                yield Row(pending.line, joined)
                pending = None
                continue
            _refuse_width(pending, width, findings, is_last=False)
            pending = None
        if len(cells) == width:
            yield Row(row.line, cells)
        elif len(cells) < width:
            pending = Row(row.line, cells)
        else:
            _refuse_width(row, width, findings, is_last=False)
    if pending is not None:
        _refuse_width(pending, width, findings, is_last=True)


def _refuse_width(row: Row, width: int, findings: Findings, *, is_last: bool) -> None:
    found = f"{len(row.cells)} cells"
    if is_last:
        findings.fault(row.line, "", f"{found} on the last line", f"{width}", "The file was cut; download it again.")
    else:
        fix = "Quote cells that hold the delimiter, or download the file again."
        findings.fault(row.line, "", found, f"{width} cells, as in the header", fix)


def _fit(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return cells


def _trim(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty names that padding leaves at the end; names that are blank within the header stay."""
    return _fit(cells, 1)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _plain(line: str) -> str:
    return line


def _without_padding(line: str) -> str:
    return line.rstrip().rstrip(";,\t").rstrip()


def _without_wrapping(line: str) -> str:
    """A line of which a spreadsheet made one quoted cell, quotes within it doubled."""
    bare = _without_padding(line)
    return bare[1:-1].replace('""', '"') if len(bare) > 1 and bare[0] == bare[-1] == '"' else bare
