"""Files that hold everything: what the page Data and the API point to first."""

from __future__ import annotations

from collections.abc import Iterator

from pactwatch.site.frame.book import Book
from pactwatch.site.frame.page_types import CSV, JSON, PARQUET
from pactwatch.site.frame.places import EDITION_FOLDER
from pactwatch.site.pages.exports import EXPORTS


def list_bulk(book: Book) -> list[dict[str, str]]:
    """Path, description and media type of every file that holds all of its kind, the most useful first."""
    return [{"path": path, "description": words, "media_type": kind} for path, words, kind in _list(book)]


def _list(book: Book) -> Iterator[tuple[str, str, str]]:
    yield "data/csv/records_joined.csv", "one row per milestone with its record and its sources", CSV
    yield "data/verdicts.json", "every claim with its verdict, numbers, grid, caveats and record ids", JSON
    for table in book.edition.tables:
        yield f"{EDITION_FOLDER}/data/{table.name}.parquet", table.description, PARQUET
    if (book.edition.path / "datapackage.json").is_file():
        yield f"{EDITION_FOLDER}/datapackage.json", "the sealed tables described (data package)", JSON
    for table in book.edition.tables:
        yield f"data/csv/{table.name}.csv", table.description, CSV
    for export in EXPORTS:
        yield export.path, export.description, export.media_type
