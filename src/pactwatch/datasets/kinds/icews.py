"""ICEWS coded events: tab-separated with a header, ``NA`` for missing, states by name.

Kept are events between the casebook's focus actor and its other actors, unless every row is asked for; country names
the crosswalk does not know are listed over all rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pactwatch.datasets.kinds.event_checks import Checked
from pactwatch.datasets.kinds.event_stream import Layout, Piece, read_pieces
from pactwatch.datasets.kinds.events import EVENTS
from pactwatch.datasets.reading.cells import read_days
from pactwatch.datasets.reading.delimited import find_header
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.shape import Glimpse, Kind, Reading

if TYPE_CHECKING:
    import pyarrow as pa

REQUIRED = ("Event ID", "Event Date", "Source Name", "Source Country", "CAMEO Code", "Target Name", "Target Country")
OPTIONAL = ("Intensity", "Publisher", "Country")


def recognise(glimpse: Glimpse) -> bool:
    """By its columns."""
    return glimpse.has_columns(*REQUIRED, native="\t")


def read(source: Source, reading: Reading) -> None:
    """Read an event file in pieces into :data:`EVENTS`."""
    head = source.read_head().decode("utf-8", errors="replace").removeprefix("\ufeff")
    header = find_header(head.split("\n")[:1], REQUIRED, "\t")
    if header is None:
        expected = f"a first line with the columns {', '.join(REQUIRED)}"
        reading.findings.fault(1, "", head[:60], expected, "Is this an ICEWS event file?")
        raise reading.findings.refusal()
    if header.mended:
        reading.findings.note(header.mended, 1)
    kept = (*REQUIRED, *(name for name in OPTIONAL if name in header.cells))
    layout = Layout(header.cells, kept, frozenset({len(header.cells)}), header.delimiter, has_header=True)
    seen: Counter[tuple[str, int]] = Counter()
    with source.open() as stream:
        for piece, size in read_pieces(stream, layout, reading.findings):
            reading.rows_read += piece.table.num_rows
            rows = _select(piece, reading, seen)
            reading.emit_arrow(EVENTS.name, _convert(rows, reading))
            reading.advance(size)
    _list_unknown(seen, reading)
    reading.findings.require_sound()


def _select(piece: Piece, reading: Reading, seen: Counter[tuple[str, int]]) -> Checked:
    """The rows of the dyads, with their lines; every country name is counted on the way."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = Checked(piece.table, piece.lines, reading.findings)
    codes = []
    for name in ("Source Country", "Target Country"):
        names = rows.text(name)
        for one in pc.value_counts(names).to_pylist():
            seen[one["values"], piece.lines[0].as_py()] += one["counts"]
        codes.append(_codes(names, reading))
    if not reading.scope.focus:
        return rows
    focus, others = pa.array([reading.scope.focus]), pa.array(list(reading.scope.others), pa.string())
    there = pc.and_(pc.is_in(codes[0], focus), pc.is_in(codes[1], others))
    back = pc.and_(pc.is_in(codes[0], others), pc.is_in(codes[1], focus))
    places = pc.indices_nonzero(pc.or_(there, back))
    return replace(rows, table=piece.table.take(places), lines=piece.lines.take(places))


def _codes(names: pa.Array, reading: Reading) -> pa.Array:
    import pyarrow as pa

    told = names.to_pylist()
    known = {name: None if name == "NA" else reading.crosswalk.look_up("name", name).code for name in set(told)}
    return pa.array([known[name] for name in told], pa.string())


def _list_unknown(seen: Counter[tuple[str, int]], reading: Reading) -> None:
    for (name, line), count in sorted(seen.items(), key=lambda one: one[0][1]):
        match = reading.crosswalk.look_up("name", name)
        if name not in ("", "NA") and match.code is None:
            reason = "unknown" if match.status == "unknown" else match.reason
            reading.findings.leave_out("name", name, reason, line, count)


def _convert(rows: Checked, reading: Reading) -> pa.Table:
    """Kept rows as events."""
    import pyarrow as pa

    dates = list(zip(rows.lines.to_pylist(), rows.text("Event Date").to_pylist(), strict=True))
    ids = rows.identifiers("Event ID")
    codes, roots, plover, quads = rows.codes("CAMEO Code")
    names = rows.table.column_names
    nothing = pa.nulls(len(ids))
    return pa.table(
        {
            "event_id": ids,
            "event_date": pa.array(read_days(dates, "Event Date", reading.findings), pa.date32()),
            "source_name": _missing(rows.text("Source Name")),
            "source_code": _codes(rows.text("Source Country"), reading),
            "target_name": _missing(rows.text("Target Name")),
            "target_code": _codes(rows.text("Target Country"), reading),
            "cameo_code": codes,
            "cameo_root": roots,
            "plover_code": plover,
            "quad_class": quads,
            "goldstein": rows.numbers("Intensity", (-10, 10)) if "Intensity" in names else nothing,
            **dict.fromkeys(("is_root_event", "mention_count", "source_count", "article_count"), nothing),
            "place_country": _missing(rows.text("Country")) if "Country" in names else nothing,
            "source_url": _missing(rows.text("Publisher")) if "Publisher" in names else nothing,
            "file_line": rows.lines,
        }
    )


def _missing(text: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    return pc.if_else(pc.equal(text, "NA"), None, text)


KIND = Kind(
    name="icews",
    family="icews",
    title="Integrated Crisis Early Warning System: coded event data",
    publisher="Lockheed Martin and others",
    terms="Free for research with citation (Harvard Dataverse).",
    cite="Boschee and others, 'ICEWS Coded Event Data', doi:10.7910/DVN/28075.",
    where="doi.org/10.7910/DVN/28075: events.*.tab",
    tables=(EVENTS,),
    recognise=recognise,
    read=read,
    is_streamed=True,
)
