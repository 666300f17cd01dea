"""Everything to take away: the edition's own files, its tables as CSV, the records joined, the verdicts, and how to
cite."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pactwatch.edition import Edition
from pactwatch.edition.sums import SUMS_FILE
from pactwatch.site.places import EDITION_FOLDER
from pactwatch.site.reading import Book
from pactwatch.site.writing import Writer


def write_downloads(book: Book, writer: Writer) -> None:
    """Write the files and the page that lists them, with the SHA-256 of each."""
    for name in list_sealed(book.edition):
        writer.write_bytes(f"{EDITION_FOLDER}/{name}", (book.edition.path / name).read_bytes())
    _write_tables(book, writer)
    writer.write_csv("data/csv/records_joined.csv", join_records(book))
    verdicts = {"edition": book.edition.id, "claims": [result.model_dump(mode="json") for result in book.results]}
    writer.write_text("data/verdicts.json", json.dumps(verdicts, ensure_ascii=False, indent=1) + "\n")
    listed = list_files(writer)
    writer.write_text(
        "data/checksums.txt", "".join(f"{file['sha256']}  {file['path'].removeprefix('data/')}\n" for file in listed)
    )
    writer.write_page("data.html", "data.html", files=listed, tables=book.edition.tables, bibtex=write_bibtex(book))


def list_sealed(edition: Edition) -> list[str]:
    """Paths of the files that an edition's seal covers, the seal among them; every file of one without a seal.

    What else lies in the folder, or is named by the seal but stands outside it, is left out, so that the copy verifies
    as its original does.
    """
    root = edition.path.resolve()
    paths = {path.relative_to(edition.path).as_posix() for path in edition.path.rglob("*") if path.is_file()}
    inside = {path for path in paths if (edition.path / path).resolve().is_relative_to(root)}
    if SUMS_FILE not in inside:
        return sorted(inside)
    lines = (edition.path / SUMS_FILE).read_text("utf-8", errors="replace").splitlines()
    return sorted(inside & {SUMS_FILE, *(line.partition("  ")[2] for line in lines)})


def join_records(book: Book) -> list[dict[str, Any]]:
    """One row per milestone with its record's columns and its sources, for a spreadsheet."""
    return [
        {
            **{name: value for name, value in record.row.items() if name != "milestone_count"},
            **{name: value for name, value in one.row.items() if name != "record_id"},
            "items": "; ".join(str(item["item_name"]) for item in one.items),
            "source_ids": ";".join(source["source_id"] for source in one.sources),
            "source_urls": " ".join(source["url"] or "" for source in one.sources).strip(),
        }
        for record in book.records.values()
        for one in record.milestones
    ]


def list_files(writer: Writer) -> list[dict[str, Any]]:
    """Path, size and SHA-256 of every file under ``data``, in order of path."""
    paths = sorted(path for path in (writer.folder / "data").rglob("*") if path.is_file())
    return [
        {
            "path": path.relative_to(writer.folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in paths
    ]


def write_bibtex(book: Book) -> str:
    """A BibTeX entry of the edition."""
    settings = book.edition.settings
    fields = {
        "title": settings.title,
        "author": " and ".join(f"{{{editor}}}" for editor in settings.editors),
        "year": settings.as_of[:4],
        "version": book.edition.id,
        "note": f"Data set, licence {settings.licence}",
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{book.edition.id},\n{body}\n}}"


def _write_tables(book: Book, writer: Writer) -> None:
    for table in book.edition.tables:
        rows = book.edition.arrow(table.name).to_pylist()
        writer.write_csv(f"data/csv/{table.name}.csv", rows, [column.name for column in table.columns])
