"""SIPRI trade register, both layouts: orders, and their deliveries by year.

The layout until spring 2024 (and again later) has one row per order, ``?`` flags in columns without a name, and lists
of delivery years: the volume of an order is split evenly over its years, which is an estimate and is marked one. The
layout of April 2024 has one row per order and delivery year with its volume.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise

from pactwatch.datasets.kinds.register_new import NEW, NEW_NUMBERS, read_new
from pactwatch.datasets.kinds.register_old import OLD, OLD_NUMBERS, read_old
from pactwatch.datasets.kinds.register_rows import Register
from pactwatch.datasets.kinds.register_tables import DELIVERIES, ORDERS
from pactwatch.datasets.kinds.sipri import CITE, PUBLISHER, TERMS, WHERE_ARMS
from pactwatch.datasets.reading.cells import Numbers
from pactwatch.datasets.reading.delimited import Grid, read_grid
from pactwatch.datasets.reading.opening import Source
from pactwatch.datasets.reading.text import decode_text
from pactwatch.datasets.shape import Glimpse, Kind, Reading

_SPAN = re.compile(r"year range\D*(\d{4})\D+(\d{4})")


def recognise(glimpse: Glimpse) -> bool:
    """By the columns of either layout."""
    return glimpse.has_columns(*OLD) or glimpse.has_columns(*NEW)


def read(source: Source, reading: Reading) -> None:
    """Read a register of either layout into orders and deliveries."""
    text = decode_text(source.read_whole(), reading.findings, native="iso-8859-1")
    is_new = Glimpse(source.name, tuple(text.split("\n"))).has_columns(*NEW)
    grid = read_grid(text, NEW if is_new else OLD, reading.findings, may_join=True)
    reading.facts["layout"] = "one row per order and delivery year" if is_new else "one row per order"
    reading.read_sipri_date(grid.preamble)
    reading.rows_read = len(grid.rows)
    register = Register(reading, grid, _span_of(grid), _numbers(reading, grid, NEW_NUMBERS if is_new else OLD_NUMBERS))
    orders, deliveries = (read_new if is_new else read_old)(register)
    _check_end(grid, reading, "Supplier" if is_new else "Recipient")
    reading.findings.require_sound()
    reading.emit(ORDERS.name, orders)
    reading.emit(DELIVERIES.name, deliveries)


def _numbers(reading: Reading, grid: Grid, names: tuple[str, ...]) -> Numbers:
    places = [grid.column(name) for name in names if grid.has(name)]
    return Numbers.of(reading.findings, chain.from_iterable((row.cells[at] for at in places) for row in grid.rows))


def _span_of(grid: Grid) -> tuple[int, int]:
    """The years of delivery the preamble tells; open where it tells none, or speaks of orders too."""
    found = next((match for line in grid.preamble if (match := _SPAN.search(line))), None)
    return (int(found[1]), int(found[2])) if found else (1900, 2100)


def _check_end(grid: Grid, reading: Reading, first_part: str) -> None:
    """A register of all countries that is in alphabetical order and ends early was cut between two records."""
    names = [row.cells[grid.column(first_part)].casefold() for row in grid.rows]
    steps = sum(1 for one, other in pairwise(names) if one[:1] > other[:1])
    is_whole = any("All countries" in line for line in grid.preamble) or not grid.preamble
    if names and is_whole and steps <= len(set(names)) // 10 and names[-1][:1] < "u" and len(set(names)) > 20:
        reading.findings.note(f"the list ends at {names[-1]!r}: if it should go on to Z, the file was cut", 0)


KIND = Kind(
    name="sipri-register",
    family="sipri",
    title="SIPRI Arms Transfers Database: trade register",
    publisher=PUBLISHER,
    terms=TERMS,
    cite=CITE.format("Arms Transfers Database"),
    where=WHERE_ARMS,
    tables=(ORDERS, DELIVERIES),
    recognise=recognise,
    read=read,
)
