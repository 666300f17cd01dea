"""The files that describe an edition to others: Data Package, citation, changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pactwatch.edition.ledger_schema import ALL_TABLES
from pactwatch.edition.schema import Table

DATA_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
"""Profile of the Data Package standard, version 2."""


def describe_package(folder: Path, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """A Data Package 2 descriptor of the Parquet files in ``folder/data``, with sizes, hashes and table schemas;
    ``sources`` are the data sets the edition was computed with, where there are any.
    """
    settings = metadata["settings"]
    sources = [{"title": f"{one['title']}, {one['vintage'] or one['file']}"} for one in metadata.get("datasets", ())]
    return {
        "$schema": DATA_PACKAGE,
        "name": settings["name"],
        "id": metadata["edition"],
        "title": settings["title"],
        "version": settings["version"],
        "licenses": [{"name": settings["licence"]}],
        "contributors": [{"title": editor, "roles": ["editor"]} for editor in settings["editors"]],
        **({"sources": sources} if sources else {}),
        "resources": [_describe_resource(folder, table) for table in ALL_TABLES if table.name in metadata["row_count"]],
    }


def _describe_resource(folder: Path, table: Table) -> dict[str, Any]:
    file = folder / "data" / f"{table.name}.parquet"
    raw = file.read_bytes()
    return {
        "name": table.name,
        "description": table.description,
        "path": f"data/{table.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
        "type": "table",
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.type,
                    "description": column.description,
                    "constraints": {"required": not column.is_nullable},
                }
                for column in table.columns
            ],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [name], "reference": {"resource": target.split(".")[0], "fields": [target.split(".")[1]]}}
                for name, target in table.foreign_keys.items()
            ],
        },
    }


def describe_citation(metadata: Mapping[str, Any]) -> str:
    """A CITATION.cff of the edition; its date is the casebook's own, never the clock's."""
    settings = metadata["settings"]
    authors = "\n".join(f"  - name: {_quote(editor)}" for editor in settings["editors"])
    return (
        "cff-version: 1.2.0\n"
        "message: Please cite this edition by its id.\n"
        "type: dataset\n"
        f"title: {_quote(settings['title'])}\n"
        f"version: {_quote(metadata['edition'])}\n"
        f"date-released: {settings['as_of']}\n"
        f"license: {settings['licence']}\n"
        f"authors:\n{authors}\n"
    )


def describe_changes(edition_id: str, changes: str) -> str:
    """The casebook's own changes under the edition's id. What differs row by row between two editions is told by
    ``pactwatch diff``; it cannot be sealed here, because an edition's bytes must not depend on what else is on a shelf.
    """
    return f"# Changes up to {edition_id}\n\n{changes.strip() or 'The casebook keeps no CHANGES.md.'}\n"


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
