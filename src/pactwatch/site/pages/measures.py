"""The measures: what each is, what it cannot show, its table, and files of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pactwatch.measures import MEASURES
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book
from pactwatch.site.frame.page_types import CSV, PARQUET, Ask, File, PageType, Sheet, Values
from pactwatch.site.frame.places import EDITION_FOLDER, name_file
from pactwatch.site.frame.tables import format_csv, format_parquet
from pactwatch.site.pages.measure_charts import OWN_FIGURES

if TYPE_CHECKING:
    import pyarrow as pa

    from pactwatch.measures.ties import Weigher

ROWS_SHOWN = 200
"""Rows of a measure that its page shows; the files have all."""


@dataclass(frozen=True)
class Computed:
    """A measure of the edition: its name and its table."""

    name: str
    table: pa.Table

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """All rows as plain values."""
        found: list[dict[str, Any]] = self.table.to_pylist()
        return found


class Computing:
    """The measures of a book, each computed once; one at a time, since they share a database connection, which is
    not the one that others use."""

    def __init__(self, book: Book) -> None:
        self._measure = book.measure
        self._edition = replace(book.edition)  # its own connection: claims are tested in another thread meanwhile
        self._found: dict[str, Computed] = {}
        self._lock = threading.Lock()

    def read(self, name: str) -> Computed:
        """A measure by its name; raises :class:`NotFoundError`."""
        with self._lock:
            if name not in self._found:
                self._found[name] = Computed(name, self._measure(name, self._edition))
            return self._found[name]

    def weigh_ties(self, weights: Mapping[str, float], half_life: float, year: int) -> list[dict[str, Any]]:
        """Rows of the measure of ties in one year under other weights."""
        with self._lock:
            rows: list[dict[str, Any]] = self._weigher.weigh(weights, half_life, year).to_pylist()
        return rows

    def make_ready(self) -> None:
        """Plan what a reader's own weights are asked of, before somebody waits for it."""
        with self._lock:
            _ = self._weigher

    @cached_property
    def _weigher(self) -> Weigher:
        from pactwatch.measures.ties import Weigher

        return Weigher(self._edition)

    def expose_pairs(self) -> list[list[Any]]:
        """Sums over the completed records of each pair, type and year: codes, type, year, share, records."""
        from pactwatch.measures.ties import expose_pairs

        with self._lock:
            rows = expose_pairs(self._edition).to_pyarrow().to_pylist()
        sums: dict[tuple[str, str, str, int], list[float]] = {}
        for row in rows:
            key = row["actor_a_code"], row["actor_b_code"], row["record_type"], row["year"]
            found = sums.setdefault(key, [0.0, 0])
            found[0] += row["share"]
            found[1] += 1
        return [[*key, round(share, 9), int(count)] for key, (share, count) in sorted(sums.items())]


def read_measure(book: Book, name: str) -> Computed:
    """A measure of the book's edition, computed when it is first asked for."""
    return book.once(Computing).read(name)


def list_measures(_: object) -> Iterator[Values]:
    """Name of the page of every measure."""
    return ({"slug": name_file(name)} for name in MEASURES)


def find_name(slug: str) -> str:
    """The measure whose page has this name; raises :class:`NotFoundError`."""
    for name in MEASURES:
        if name_file(name) == slug:
            return name
    raise NotFoundError(f"there is no such measure; the measures are {', '.join(MEASURES)}")


def show_measures(_: Ask) -> Sheet:
    """The index of measures."""
    return Sheet("measures.html", {"measures": list(MEASURES.values())})


def show_measure(ask: Ask) -> Sheet:
    """A measure with its definition, its limits and its values."""
    name = find_name(ask.values["slug"])
    rows = read_measure(ask.book, name).rows
    figure = OWN_FIGURES.get(name, f"measure-{name_file(name)}")
    told = {"rows": _pick_rows(rows), "total": len(rows), "files": f"measures/{name_file(name)}"}
    told |= {"figure": ask.site.figure(figure), "snippet": write_snippet(name)}
    return Sheet("measure.html", {"measure": MEASURES[name], **told})


def write_snippet(name: str) -> str:
    """Python that computes a measure again, from the folder of the pages."""
    return (
        "import pactwatch as pw\n"
        f'edition = pw.open_edition("{EDITION_FOLDER}")\n'
        f'table = pw.measure("{name}", edition)\n'
        "print(table.to_pyarrow().to_pandas().tail())"
    )


def take_csv(ask: Ask) -> File:
    """The whole table as CSV."""
    one = read_measure(ask.book, find_name(ask.values["slug"]))
    return File(format_csv(one.rows, one.table.column_names).encode(), CSV)


def take_parquet(ask: Ask) -> File:
    """The whole table as Parquet."""
    return File(format_parquet(read_measure(ask.book, find_name(ask.values["slug"])).table), PARQUET)


def _pick_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last rows where a measure runs over years (its keys ascend, so the latest years), in the table's order."""
    return rows[-ROWS_SHOWN:] if rows and any("year" in name for name in rows[0]) else rows[:ROWS_SHOWN]


PAGES = (
    PageType("measures", "measures/index.html", show_measures),
    PageType("measure", "measures/{slug}.html", show_measure, list_measures),
    PageType("measure-csv", "measures/{slug}.csv", take_csv, list_measures),
    PageType("measure-parquet", "measures/{slug}.parquet", take_parquet, list_measures),
)
