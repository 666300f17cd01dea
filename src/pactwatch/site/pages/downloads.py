"""Everything to take away: the edition's own files, its tables as CSV, the records joined, the verdicts, and how to
cite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pactwatch.edition import Edition
from pactwatch.edition.sums import SUMS_FILE
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book
from pactwatch.site.frame.page_types import CSV, JSON, PARQUET, TEXT, Ask, File, PageType, Sheet, Values
from pactwatch.site.frame.places import EDITION_FOLDER
from pactwatch.site.frame.site import Site
from pactwatch.site.frame.tables import format_csv
from pactwatch.site.pages.exports import EXPORTS

MEDIA_TYPES = {".parquet": PARQUET, ".json": JSON, ".csv": CSV}
"""Media types of sealed files by their endings; the others are text."""

SUMS = "data/checksums.txt"


def show_data(ask: Ask) -> Sheet:
    """The page that lists every file with its SHA-256."""
    return Sheet(
        "data.html",
        {
            "files": list_files(ask.site),
            "tables": ask.book.edition.tables,
            "whole": ask.cite("", ""),
            "exports": EXPORTS,
        },
    )


def take_sealed(ask: Ask) -> File:
    """A file of the sealed edition, as it stands."""
    name, edition = ask.values["path"], ask.book.edition
    if name not in list_sealed(edition):
        raise NotFoundError("no sealed file of this edition has this name")
    ending = name[name.rfind(".") :] if "." in name else ""
    return File((edition.path / name).read_bytes(), MEDIA_TYPES.get(ending, TEXT))


def take_table(ask: Ask) -> File:
    """A table of the edition as CSV."""
    tables = ask.book.edition.tables
    table = next((table for table in tables if table.name == ask.values["slug"]), None)
    if table is None:
        raise NotFoundError(f"there is no such table; the tables are {', '.join(table.name for table in tables)}")
    rows = ask.book.edition.arrow(table.name).to_pylist()
    return File(format_csv(rows, [column.name for column in table.columns]).encode(), CSV)


def take_joined(ask: Ask) -> File:
    """The records joined with their milestones, for a spreadsheet."""
    return File(format_csv(join_records(ask.book)).encode(), CSV)


def take_verdicts(ask: Ask) -> File:
    """Every tested claim with its numbers."""
    claims = [result.model_dump(mode="json") for result in ask.book.results]
    verdicts = {"edition": ask.book.edition.id, "claims": claims}
    return File((json.dumps(verdicts, ensure_ascii=False, indent=1) + "\n").encode(), JSON)


def take_sums(ask: Ask) -> File:
    """The SHA-256 of every file under ``data``, for ``sha256sum -c``."""
    listed = list_files(ask.site)
    return File("".join(f"{file['sha256']}  {file['path'].removeprefix('data/')}\n" for file in listed).encode(), TEXT)


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


def list_files(site: Site) -> list[dict[str, Any]]:
    """Path, size and SHA-256 of every file under ``data``, in order of path."""
    kinds = [one for one in site.registry.pages if one.pattern.startswith("data/") and one.pattern != SUMS]
    paths = sorted(one.place(values) for one in kinds if one.is_built for values in one.list_values(site))
    found = []
    for path in paths:
        size, digest = site.measure_file(path)
        found.append({"path": path, "bytes": size, "sha256": digest})
    return found


def _list_sealed(site: Site) -> Iterator[Values]:
    return ({"path": name} for name in list_sealed(site.book.edition))


def _list_tables(site: Site) -> Iterator[Values]:
    return ({"slug": table.name} for table in site.book.edition.tables)


PAGES = (
    PageType("sealed", f"{EDITION_FOLDER}/{{path}}", take_sealed, _list_sealed),
    PageType("joined", "data/csv/records_joined.csv", take_joined),
    PageType("table", "data/csv/{slug}.csv", take_table, _list_tables),
    PageType("verdicts", "data/verdicts.json", take_verdicts),
    PageType("sums", SUMS, take_sums),
    PageType("data", "data.html", show_data),
)
