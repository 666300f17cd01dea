"""Event files of any size, in pieces: lines in, Arrow tables out, with the line of every row.

A piece whose lines are all as wide as the layout goes straight to Arrow's reader; any other piece is gone through
line by line, so that what is damaged is told with its line and what older files lack is filled in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from pactwatch.datasets.reading.notes import UNENDED, Findings

if TYPE_CHECKING:
    import pyarrow as pa

PIECE_BYTES = 24 << 20
"""Bytes read at a time: enough for Arrow to work in parallel, few enough for memory."""

LONGEST_LINE = 1 << 20
"""Bytes of the longest line taken for one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How an event file is written.

    ``columns`` are all columns in order; ``kept`` those that are read. ``widths`` are the numbers of cells a line may
    have: a shorter one lacks the last columns. ``delimiter`` other than a tab is a resaved file.
    """

    columns: tuple[str, ...]
    kept: tuple[str, ...]
    widths: frozenset[int]
    delimiter: str = "\t"
    has_header: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file: the kept columns as binary text, and the line of each row."""

    table: pa.Table
    lines: pa.Array


def read_pieces(stream: BinaryIO, layout: Layout, findings: Findings) -> Iterator[tuple[Piece, int]]:
    """The rows of a stream in pieces, each with the bytes it took; faults and notes go to ``findings``."""
    line = 1
    for number, read in enumerate(_read_ahead(stream)):
        raw, lines = read, read.count(b"\n") + (not read.endswith(b"\n"))
        if number == 0:
            raw, skipped = _without_head(read, layout, findings)
            line, lines = line + skipped, lines - skipped
        if not read.endswith(b"\n"):
            findings.note(UNENDED, line + lines - 1)
        if raw:
            yield _parse(raw, layout, line, findings), len(raw)
        line += lines


def _read_ahead(stream: BinaryIO) -> Iterator[bytes]:
    """Whole lines of about ``PIECE_BYTES``, the next piece being read while one is worked on."""
    with ThreadPoolExecutor(1) as reader:
        rest = b""
        upcoming = reader.submit(stream.read, PIECE_BYTES)
        while raw := upcoming.result():
            upcoming = reader.submit(stream.read, PIECE_BYTES)
            cut = raw.rfind(b"\n") + 1
            if not cut:
                rest += raw
                continue
            yield rest + raw[:cut]
            rest = raw[cut:]
        if rest:
            yield rest


def _without_head(raw: bytes, layout: Layout, findings: Findings) -> tuple[bytes, int]:
    """The first piece without byte-order mark and header, and how many lines the header took."""
    if raw.startswith(b"\xef\xbb\xbf"):
        findings.note("a byte-order mark at the start was passed over")
        raw = raw[3:]
    if not layout.has_header:
        return raw, 0
    _, _, rest = raw.partition(b"\n")
    return rest, 1


def _parse(raw: bytes, layout: Layout, line: int, findings: Findings) -> Piece:
    """A piece as a table of the kept columns, with the lines its rows stood on."""
    import numpy as np
    import pyarrow as pa

    if layout.delimiter == "\t" and b"\r" not in raw[:4096]:
        table = _parse_fast(raw, layout)
        if table is not None:
            return Piece(table, pa.array(np.arange(line, line + table.num_rows)))
    evened, lines = _even_lines(raw, layout, line, findings)
    table = _parse_fast(evened, layout)
    return Piece(_parse_nothing(layout) if table is None else table, pa.array(lines, pa.int64()))


def _parse_fast(raw: bytes, layout: Layout) -> pa.Table | None:
    """The piece by Arrow's reader; ``None`` when a line has another width."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    if not raw:
        return None
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(raw),
            read_options=arrow_csv.ReadOptions(column_names=list(layout.columns), block_size=4 << 20),
            parse_options=arrow_csv.ParseOptions(
                delimiter="\t", quote_char=False, newlines_in_values=False, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                include_columns=list(layout.kept),
                column_types=dict.fromkeys(layout.kept, pa.binary()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:  # a line of another width, or one longer than a block
        return None


def _parse_nothing(layout: Layout) -> pa.Table:
    import pyarrow as pa

    return pa.table({name: pa.array([], pa.binary()) for name in layout.kept})


def _even_lines(raw: bytes, layout: Layout, line: int, findings: Findings) -> tuple[bytes, list[int]]:
    """The lines as wide as the layout, and which they were; a line of another width is told and left out."""
    width = len(layout.columns)
    evened, kept = [], []
    lines = raw.removesuffix(b"\n").split(b"\n")
    last = line + len(lines) - 1 if not raw.endswith(b"\n") else None
    for number, one in enumerate(lines, line):
        cells = _split_line(one.removesuffix(b"\r"), layout.delimiter)
        if len(cells) > width and not any(cells[width:]):
            findings.note("empty cells beyond the last column were passed over", number)
            cells = cells[:width]
        if len(cells) not in layout.widths:
            _refuse_width(cells, layout, (number, number == last), findings)
            continue
        if len(cells) < width:
            findings.note("lines without the last column (older files have none)", number)
        evened.append(b"\t".join((*cells, *([b""] * (width - len(cells))))))
        kept.append(number)
    return b"".join(one + b"\n" for one in evened), kept


def _refuse_width(cells: Sequence[bytes], layout: Layout, place: tuple[int, bool], findings: Findings) -> None:
    number, is_last = place
    told = " or ".join(str(one) for one in sorted(layout.widths))
    fix = "The file was cut; download it again." if is_last else "The line is damaged; download it again."
    findings.fault(number, "", f"{len(cells)} cells", f"{told} cells", fix)


def _split_line(line: bytes, delimiter: str) -> Sequence[bytes]:
    if delimiter == "\t":
        return line.split(b"\t")
    text = line.decode("utf-8", errors="surrogateescape")
    cells = next(csv.reader([text], delimiter=delimiter), [])
    return [cell.replace("\t", " ").encode("utf-8", errors="surrogateescape") for cell in cells]
