"""Yearly networks of states as edge lists: one row per tie, with the columns year, a and b."""

from __future__ import annotations

from typing import Any

from pactwatch.datasets.reading.cells import Numbers
from pactwatch.datasets.reading.delimited import read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.shape import FILE_LINE, Glimpse, Kind, Reading, column
from pactwatch.edition.schema import Table

TIES = ("year", "a", "b")
NODES = ("year", "name", "cinc")

EDGES = Table(
    "network_ties",
    "Ties of a yearly network of states.",
    ("year", "first_name", "second_name"),
    (
        column("year", "integer", "year", "year"),
        column("first_name", "string", "one end, as the file names it (Correlates of War abbreviation)"),
        column("first_code", "string", "its actor code at the end of the year"),
        column("second_name", "string", "the other end"),
        column("second_code", "string", "its actor code at the end of the year"),
        FILE_LINE,
    ),
    {},
)
MEMBERS = Table(
    "network_members",
    "States of a yearly network, tied or not.",
    ("year", "member_name"),
    (
        column("year", "integer", "year", "year"),
        column("member_name", "string", "the state, as the file names it"),
        column("actor_code", "string", "its actor code at the end of the year"),
        FILE_LINE,
    ),
    {},
)


def recognise(glimpse: Glimpse) -> bool:
    """By the columns of ties, or of the states that may be tied."""
    return glimpse.has_columns(*TIES) or glimpse.has_columns(*NODES)


def read(source: Source, reading: Reading) -> None:
    """Read ties, or the states of the network."""
    text = decode_text(source.read_whole(), reading.findings)
    is_ties = Glimpse(source.name, tuple(text.split("\n"))).has_columns(*TIES)
    grid = read_grid(text, TIES if is_ties else NODES, reading.findings)
    numbers, seen, rows = Numbers(reading.findings), set(), []
    for row in grid.rows:
        year = numbers.year(row.line, "year", grid.cell(row, "year"))
        names = [grid.cell(row, name) for name in (("a", "b") if is_ties else ("name",))]
        key = (year, *sorted(names))
        if key in seen:
            reading.findings.note("a row stands twice and counts once", row.line)
            continue
        seen.add(key)
        rows.append(_write_row(year, names, reading, row.line))
    reading.rows_read = len(grid.rows)
    reading.findings.require_sound()
    reading.emit((EDGES if is_ties else MEMBERS).name, rows)


def _write_row(year: int | None, names: list[str], reading: Reading, line: int) -> dict[str, Any]:
    codes = [reading.actor("cow_abbreviation", name, year, line) for name in names]
    if len(names) == 1:
        return {"year": year, "member_name": names[0], "actor_code": codes[0], "file_line": line}
    ends = {"first_name": names[0], "first_code": codes[0], "second_name": names[1], "second_code": codes[1]}
    return {"year": year, **ends, "file_line": line}


KIND = Kind(
    name="network",
    family="network",
    title="Yearly network of states",
    publisher="as the file tells",
    terms="As the publisher of the network allows.",
    cite="The network's publisher.",
    where="a CSV of your own with the columns year, a, b (ties), and one with year, name, cinc (states)",
    tables=(EDGES, MEMBERS),
    recognise=recognise,
    read=read,
)
