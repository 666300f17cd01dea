"""GDELT event files, 1.0 (57 or 58 columns) and 2.0 (61 columns): tabs, no header, plain or zipped, of any size.

Only events between the casebook's focus actor and its other actors are kept, unless every row is asked for; how many
rows were read and kept is told. Country codes the crosswalk does not know are listed over all rows, kept or not.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pactwatch.datasets.kinds.event_checks import Checked
from pactwatch.datasets.kinds.event_stream import Layout, Piece, read_pieces
from pactwatch.datasets.kinds.events import EVENTS
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.shape import Glimpse, Kind, Reading

if TYPE_CHECKING:
    import pyarrow as pa

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
_TYPES = ("Type1Code", "Type2Code", "Type3Code")
_GEO_1 = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_GEO_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_EVENT = ("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale")
_REPORTS = ("NumMentions", "NumSources", "NumArticles", "AvgTone")


def _columns(geo: tuple[str, ...]) -> tuple[str, ...]:
    actors = (f"Actor{number}{part}" for number in (1, 2) for part in (*_ACTOR, *_TYPES))
    places = (f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in geo)
    dates = ("GlobalEventID", "Day", "MonthYear", "Year", "FractionDate")
    return (*dates, *actors, *_EVENT, *_REPORTS, *places, "DATEADDED", "SOURCEURL")


KEPT = (
    "GlobalEventID",
    "Day",
    "MonthYear",
    "Year",
    *(f"Actor{number}{part}" for number in (1, 2) for part in ("Name", "CountryCode", "KnownGroupCode")),
    *_EVENT,
    "NumMentions",
    "NumSources",
    "NumArticles",
    "ActionGeo_CountryCode",
    "SOURCEURL",
)

VERSION_1 = Layout(_columns(_GEO_1), KEPT, frozenset({57, 58}))
VERSION_2 = Layout(_columns(_GEO_2), KEPT, frozenset({61}))

_SEPARATORS = ("\t", ";", ",")


def recognise(glimpse: Glimpse) -> bool:
    """By lines of 57, 58 or 61 cells that begin with a number and a day."""
    return not glimpse.is_workbook and find_layout(glimpse.lines) is not None


def find_layout(lines: tuple[str, ...]) -> Layout | None:
    """The layout of a file by its first lines; a file resaved with another separator or with a header is one too."""
    for separator in _SEPARATORS:
        rows = [_split(line.rstrip("\r"), separator) for line in lines[:20] if line.strip()]
        is_event = [len(row) > 40 and row[0].isdecimal() and re.fullmatch(r"\d{8}", row[1]) is not None for row in rows]
        if not any(is_event) or sum(is_event) < len(rows) - 2:
            continue
        widths = Counter(len(row) for row, is_one in zip(rows, is_event, strict=True) if is_one)
        width = _trimmed(rows[is_event.index(True)]) if separator != "\t" else widths.most_common(1)[0][0]
        base = VERSION_2 if width in (59, 60, 61) else VERSION_1 if width in (56, 57, 58) else None
        if base is not None:
            return replace(base, delimiter=separator, has_header=not is_event[0])
    return None


def _split(line: str, separator: str) -> list[str]:
    """The cells of a line; GDELT itself quotes nothing, spreadsheets do."""
    if separator == "\t":
        return line.split(separator)
    return next(csv.reader([line], delimiter=separator), [])


def _trimmed(row: list[str]) -> int:
    """Cells of a row without the padding at its end; an address in the last column ends it."""
    while row and not row[-1].strip():
        row = row[:-1]
    return len(row)


def read(source: Source, reading: Reading) -> None:
    """Read an event file in pieces into :data:`EVENTS`."""
    head = source.read_head().decode("utf-8", errors="replace").removeprefix("\ufeff")
    layout = find_layout(tuple(head.split("\n")))
    if layout is None:
        expected = "lines of 57, 58 or 61 cells that begin with an event's number and its day"
        reading.findings.fault(1, "", head[:60], expected, "Is this an export file of GDELT events?")
        raise reading.findings.refusal()
    _tell_layout(layout, reading)
    selector = _Selector(reading)
    with source.open() as stream:
        for piece, size in read_pieces(stream, layout, reading.findings):
            reading.rows_read += piece.table.num_rows
            selector.count_codes(piece)
            reading.emit_arrow(EVENTS.name, _convert(selector.select(piece), layout, reading))
            reading.advance(size)
    selector.list_unknown()
    reading.findings.require_sound()


def _tell_layout(layout: Layout, reading: Reading) -> None:
    reading.facts["layout"] = "2.0, 61 columns" if len(layout.columns) == 61 else "1.0, 57 or 58 columns"
    reading.vintage = "2.0" if len(layout.columns) == 61 else "1.0"
    if layout.has_header:
        reading.findings.note("a header line, which GDELT does not write, was passed over", 1)
    if layout.delimiter != "\t":
        reading.findings.note(f"cells are separated by {layout.delimiter!r}, not by tabs")


class _Selector:
    """Which rows are kept, by the codes of the dyads, and which codes are not known at all."""

    def __init__(self, reading: Reading) -> None:
        import pyarrow as pa

        self.reading = reading
        scope, walk = reading.scope, reading.crosswalk
        self.focus = self._codes(walk.codes_of("cameo", frozenset({scope.focus} - {""})))
        self.others = self._codes(walk.codes_of("cameo", frozenset(scope.others)))
        self.seen: Counter[bytes] = Counter()
        self.first: dict[bytes, int] = {}
        self._empty = pa.scalar(b"", pa.binary())

    @staticmethod
    def _codes(codes: dict[str, str]) -> pa.Array:
        import pyarrow as pa

        return pa.array([code.encode() for code in codes], pa.binary())

    def side(self, table: pa.Table, number: int) -> pa.ChunkedArray:
        """An actor's country code, or its known group where it has none (ASEAN, NATO, the UN)."""
        import pyarrow.compute as pc

        country = table.column(f"Actor{number}CountryCode")
        return pc.if_else(pc.equal(country, self._empty), table.column(f"Actor{number}KnownGroupCode"), country)

    def count_codes(self, piece: Piece) -> None:
        """Count every country code of a piece."""
        import pyarrow.compute as pc

        for number in (1, 2):
            for one in pc.value_counts(piece.table.column(f"Actor{number}CountryCode")).to_pylist():
                self.first.setdefault(one["values"], piece.lines[0].as_py())
                self.seen[one["values"]] += one["counts"]

    def list_unknown(self) -> None:
        """List the codes that no crosswalk row explains; the line is the first of the piece they first stand in."""
        for raw, count in self.seen.items():
            code = raw.decode("utf-8", errors="replace")
            match = self.reading.crosswalk.look_up("cameo", code)
            if code and match.code is None:
                reason = "unknown" if match.status == "unknown" else match.reason
                self.reading.findings.leave_out("cameo", code, reason, self.first[raw], count)

    def select(self, piece: Piece) -> Checked:
        """The rows of a piece that are kept, with their lines."""
        import pyarrow.compute as pc

        table, lines = piece.table, piece.lines
        if self.reading.scope.focus:
            one, other = self.side(table, 1), self.side(table, 2)
            there = pc.and_(pc.is_in(one, self.focus), pc.is_in(other, self.others))
            back = pc.and_(pc.is_in(one, self.others), pc.is_in(other, self.focus))
            places = pc.indices_nonzero(pc.or_(there, back))
            table, lines = table.take(places), lines.take(places)
        return Checked(table, lines, self.reading.findings)


def _convert(rows: Checked, layout: Layout, reading: Reading) -> pa.Table:
    """Kept rows as events, every column checked against the others that tell the same."""
    import pyarrow as pa
    import pyarrow.compute as pc

    day, ids = rows.text("Day"), rows.identifiers("GlobalEventID")
    dates = pc.strptime(day, format="%Y%m%d", unit="s", error_is_null=True)
    is_day = pc.and_(pc.is_valid(dates), pc.match_substring_regex(day, r"^\d{8}$"))
    rows.refuse(pc.invert(is_day), "Day", day, "a day as 20151027")
    for name, length in (("MonthYear", 6), ("Year", 4)):
        rows.require_equal(pc.utf8_slice_codeunits(day, 0, length), rows.text(name), name, rows.text(name))
    codes, roots, plover, _ = rows.codes("EventCode")
    told_root = pc.utf8_lpad(rows.text("EventRootCode"), width=2, padding="0")
    rows.require_equal(roots, told_root, "EventRootCode", rows.text("EventRootCode"))
    return pa.table(
        {
            "event_id": ids,
            "event_date": pc.cast(dates, pa.date32()),
            "source_name": rows.text("Actor1Name"),
            "source_code": _actors(rows, 1, reading),
            "target_name": rows.text("Actor2Name"),
            "target_code": _actors(rows, 2, reading),
            "cameo_code": codes,
            "cameo_root": roots,
            "plover_code": plover,
            "quad_class": rows.counts("QuadClass", (1, 4)),
            "goldstein": _goldstein(rows, layout),
            "is_root_event": pc.equal(rows.text("IsRootEvent"), "1"),
            "mention_count": rows.counts("NumMentions"),
            "source_count": rows.counts("NumSources"),
            "article_count": rows.counts("NumArticles"),
            "place_country": rows.text("ActionGeo_CountryCode"),
            "source_url": rows.text("SOURCEURL"),
            "file_line": rows.lines,
        }
    )


def _goldstein(rows: Checked, layout: Layout) -> pa.Array:
    """The scale, -10 to 10; of a file resaved with semicolons with its decimal commas read."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if layout.delimiter == ";":
        place = rows.table.column_names.index("GoldsteinScale")
        text = rows.text("GoldsteinScale")
        if pc.any(pc.match_substring(text, ",")).as_py():
            rows.findings.note("numbers have decimal commas and were read so")
        mended = pc.cast(pc.replace_substring(text, ",", "."), pa.binary())
        rows = replace(rows, table=rows.table.set_column(place, "GoldsteinScale", mended))
    return rows.numbers("GoldsteinScale", (-10, 10))


def _actors(rows: Checked, number: int, reading: Reading) -> pa.Array:
    import pyarrow as pa

    country, group = rows.text(f"Actor{number}CountryCode"), rows.text(f"Actor{number}KnownGroupCode")
    pairs = zip(country.to_pylist(), group.to_pylist(), strict=True)
    walk = reading.crosswalk
    return pa.array([walk.look_up("cameo", one or other).code for one, other in pairs], pa.string())


KIND = Kind(
    name="gdelt",
    family="gdelt",
    title="GDELT event database",
    publisher="The GDELT Project",
    terms="Free for any use with attribution and a link to gdeltproject.org.",
    cite="Leetaru and Schrodt, 'GDELT: Global Data on Events, Location and Tone' (2013); the GDELT Project.",
    where="data.gdeltproject.org: *.export.CSV.zip",
    tables=(EVENTS,),
    recognise=recognise,
    read=read,
    is_streamed=True,
)
