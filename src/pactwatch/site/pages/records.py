"""The records: searched on a server; on static pages all of them with a script that filters by the same names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pactwatch.model.errors import PactwatchError
from pactwatch.site.frame.book import Book, RecordView
from pactwatch.site.frame.page_types import CSV, JSON, PARQUET, Ask, File, PageType, Sheet
from pactwatch.site.frame.places import place_record
from pactwatch.site.frame.tables import format_csv, format_parquet
from pactwatch.site.pages.record_map import view_map
from pactwatch.site.pages.record_timeline import view_timeline
from pactwatch.site.search import (
    NAMES,
    PAGE_SIZE,
    Found,
    Option,
    Search,
    SearchError,
    read_index,
    read_search,
    write_search,
)
from pactwatch.site.search.asking import SORTS, VIEWS
from pactwatch.site.search.facets import FACETS

PAGE = "records/index.html"

_PICTURES: Mapping[str, Callable[[Ask, Search], object]] = {"timeline": view_timeline, "map": view_map}
"""Views of what was found that have a picture; a static page has them all, and a script shows the one asked for."""


def show_records(ask: Ask) -> Sheet:
    """The records found, a page of them at a time, with the choices that would narrow or widen the search."""
    search, faults, found, options = _find(ask)
    size = PAGE_SIZE if ask.is_live else max(1, found.total)
    told = {
        "search": search,
        "faults": faults,
        "given": dict.fromkeys(NAMES, "") | (dict(ask.query) if faults else {}),
        "found": found,
        "records": [ask.book.records[one] for one in ([] if faults else found.page(size))],
        "options": options,
        "pages": max(1, -(-found.total // size)),
        "query": write_search(search, page=""),
        "listed": write_search(search, page="", view=""),
        "description": describe_search(ask.book, search),
        "citation": ask.cite(describe_search(ask.book, search), cite_path(search)),
        "pictures": {} if faults else _draw(ask, search),
        "span": read_index(ask.book).span,
    }
    fixed = {"views": VIEWS, "facets": FACETS, "sorts": SORTS, "write": write_search, "list_data": list_data}
    return Sheet("records.html", {**told, **fixed}, 400 if faults else 200)


def _find(ask: Ask) -> tuple[Search, dict[str, str], Found, dict[str, list[Option]]]:
    """What is asked for, what is wrong with that, and what is found; all records where anything is wrong."""
    index = read_index(ask.book)
    try:
        search = read_search(ask.query)
        return search, {}, index.find(search), index.list_options(search)
    except SearchError as error:
        faults = error.faults
    except PactwatchError as error:
        faults = {"q": str(error)}
    return Search(), faults, index.find(Search()), index.list_options(Search())


def _draw(ask: Ask, search: Search) -> dict[str, object]:
    """The picture of the view that is asked for; on static pages all there are."""
    seen = (search.view,) if ask.is_live else tuple(_PICTURES)
    return {name: show(ask, search) for name, show in _PICTURES.items() if name in seen}


def cite_path(search: Search) -> str:
    """The path and query of a search's page."""
    query = write_search(search, page="")
    return f"{PAGE}?{query}" if query else PAGE


def describe_search(book: Book, search: Search) -> str:
    """A search in words, as the title of what it finds."""
    parts = [f"“{search.words}”"] if search.words else []
    for facet in FACETS:
        chosen = search.of(facet.name)
        if chosen:
            parts.append(f"{facet.title.lower()}: {' or '.join(facet.say(book, value) for value in chosen)}")
    if search.since or search.until:
        parts.append(
            " ".join(f"{word} {value}" for word, value in (("from", search.since), ("to", search.until)) if value)
        )
    return f"Records, {'; '.join(parts)}" if parts else "All records"


def list_data(book: Book, record: RecordView) -> dict[str, str]:
    """What the script of static pages filters a record by: values of each facet, apart by line feeds, and its days."""
    told = {facet.name: "\n".join(sorted(facet.values(book, record))) for facet in FACETS}
    row = record.main.row
    days = {"from": row["earliest_date"].isoformat(), "to": row["latest_date"].isoformat()}
    return {**told, **days, "firm": "yes" if record.is_firm else ""}


def flatten(book: Book, record: RecordView) -> dict[str, Any]:
    """A record as one row, at the milestone that dates it."""
    row = record.main.row
    return {
        "record_id": record.id,
        "title": record.title,
        "type": record.type,
        "instrument": record.row["instrument"],
        "parties": ";".join(record.parties),
        "stage": row["stage"],
        "date": row["date_edtf"],
        "earliest_date": row["earliest_date"],
        "latest_date": row["latest_date"],
        "is_verified": bool(row["is_verified"]),
        "review_status": record.row["review_status"],
        "best_source_grade": record.best_grade or None,
        "source_count": len(record.sources),
        "place": row["place"],
        "edition": book.edition.id,
        "page": place_record(record.id),
    }


def take_list(write: Callable[[Ask, Search, list[dict[str, Any]]], bytes], media_type: str, ask: Ask) -> File:
    """All records a search finds as a file, in its order; raises :class:`SearchError` for a query with faults."""
    search = read_search(ask.query)
    found = read_index(ask.book).find(search)
    rows = [flatten(ask.book, ask.book.records[record_id]) for record_id in found.ids.take(0)]
    return File(write(ask, search, rows), media_type)


def _write_csv(_: Ask, __: Search, rows: list[dict[str, Any]]) -> bytes:
    return format_csv(rows, COLUMNS).encode()


def _write_json(ask: Ask, search: Search, rows: list[dict[str, Any]]) -> bytes:
    import orjson

    told = {"edition": ask.book.edition.id, "search": describe_search(ask.book, search), "count": len(rows)}
    citation = ask.cite(describe_search(ask.book, search), cite_path(search))
    return orjson.dumps({**told, "cite": citation.apa, "records": rows}, option=orjson.OPT_INDENT_2)


def _write_parquet(_: Ask, __: Search, rows: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa

    kinds = {"earliest_date": pa.date32(), "latest_date": pa.date32(), "is_verified": pa.bool_()}
    kinds["source_count"] = pa.int64()
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    return format_parquet(pa.Table.from_pylist(rows, schema))


COLUMNS = (
    *("record_id", "title", "type", "instrument", "parties", "stage", "date", "earliest_date", "latest_date"),
    *("is_verified", "review_status", "best_source_grade", "source_count", "place", "edition", "page"),
)
"""Columns of the files of a list."""

_LISTS = {"csv": (_write_csv, CSV), "json": (_write_json, JSON), "parquet": (_write_parquet, PARQUET)}

PAGES = (
    PageType("records", PAGE, show_records, query=NAMES),
    *(
        PageType(f"records-{ending}", f"records/list.{ending}", partial(take_list, write, media_type), query=NAMES)
        for ending, (write, media_type) in _LISTS.items()
    ),
)
