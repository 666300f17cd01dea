"""The common shape of every data set: how its files are recognised and read, and the typed tables they become."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pactwatch.datasets.crosswalk import Crosswalk, Scheme, When
from pactwatch.datasets.reading.delimited import LONGEST_PREAMBLE, find_header
from pactwatch.datasets.reading.notes import Findings
from pactwatch.datasets.reading.opening import Source
from pactwatch.edition.schema import Column, ColumnType, Table

if TYPE_CHECKING:
    import pyarrow as pa

FILE_LINE = Column("file_line", "integer", "line of the file (of a workbook: row of the sheet) the row was read from")

ARROW_TYPES: dict[ColumnType, str] = {
    "string": "string",
    "integer": "int64",
    "number": "float64",
    "boolean": "bool",
    "date": "date32",
}

_GENERATED = re.compile(r"Data generated: *(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What recognition may look at: the file's name and the lines of its first bytes."""

    name: str
    lines: tuple[str, ...]
    is_workbook: bool = False

    def has_columns(self, *names: str, native: str = ",") -> bool:
        """Whether one of the first lines is a header with these columns, however it was resaved."""
        return not self.is_workbook and find_header(self.lines[:LONGEST_PREAMBLE], names, native) is not None


@dataclass(frozen=True, slots=True)
class Scope:
    """The dyads event files are filtered to: the focus actor with each of the others. Empty: every row is kept."""

    focus: str = ""
    others: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The filter as provenance tells it."""
        return f"{self.focus} with {', '.join(self.others)}" if self.focus else "every row"


@dataclass
class Reading:
    """One file being read: where rows go, what was noticed, and what the file tells about itself.

    ``emit`` takes a table's name and rows (dictionaries with the table's columns); ``emit_arrow`` takes an Arrow table.
    ``vintage`` is the day the publisher made the file, or its version, as the file tells it.
    """

    findings: Findings
    crosswalk: Crosswalk
    scope: Scope
    sink: Callable[[str, pa.Table], None]
    tables: Mapping[str, Table]
    advance: Callable[[int], None] = lambda _: None
    vintage: str = ""
    rows_read: int = 0
    facts: dict[str, str] = field(default_factory=dict)

    def emit(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Store rows of a table."""
        import pyarrow as pa

        self.sink(table, pa.Table.from_pylist(list(rows), schema=arrow_schema(self.tables[table])))

    def emit_arrow(self, table: str, rows: pa.Table) -> None:
        """Store rows that are an Arrow table already."""
        self.sink(table, rows.select(arrow_schema(self.tables[table]).names).cast(arrow_schema(self.tables[table])))

    def actor(self, scheme: Scheme, value: str, when: When, line: int) -> str | None:
        """The actor code of a name or code on a day or in a year; what has none is listed and its row kept."""
        match = self.crosswalk.look_up(scheme, value, when)
        if match.status == "outside":
            self.findings.note(f"{value!r} is used outside its time: {match.reason}", line)
        elif match.code is None and value.strip():
            self.findings.leave_out(scheme, value, match.reason if match.status != "unknown" else UNKNOWN, line)
            if match.status == "unknown" and match.reason.startswith("stands for"):
                self.findings.note(f"{scheme} {value} {match.reason}", line)
        return match.code

    def read_sipri_date(self, preamble: Iterable[str]) -> None:
        """Take the day SIPRI's own preamble tells as the vintage; note where there is no preamble."""
        found = next((match for line in preamble if (match := _GENERATED.search(line))), None)
        if found is None:
            self.findings.note("no preamble with the day the data were generated: the vintage is not known")
        else:
            month = _MONTHS.index(found[2]) + 1
            self.vintage = datetime(int(found[3]), month, int(found[1])).date().isoformat()  # noqa: DTZ001


UNKNOWN = "unknown"
"""The reason under which names that no crosswalk row explains are listed."""


@dataclass(frozen=True)
class Kind:
    """One kind of data set file.

    ``family`` groups kinds of one publisher (``pactwatch import sipri`` takes each of them); ``terms`` tells what the
    publisher allows, ``cite`` whom to cite, ``where`` where a user gets the file.
    """

    name: str
    family: str
    title: str
    publisher: str
    terms: str
    cite: str
    where: str
    tables: tuple[Table, ...]
    recognise: Callable[[Glimpse], bool]
    read: Callable[[Source, Reading], None]
    is_streamed: bool = False


def column(name: str, type_: ColumnType, description: str, unit: str = "") -> Column:
    """A column that may be empty: other people's data are often incomplete."""
    return Column(name, type_, description, is_nullable=True, unit=unit)


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a declared table."""
    import pyarrow as pa

    return pa.schema([pa.field(one.name, pa.type_for_alias(ARROW_TYPES[one.type])) for one in table.columns])
