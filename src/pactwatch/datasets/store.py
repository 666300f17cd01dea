"""Where imported data sets lie in a workspace: ``datasets/<kind>/<import id>/`` with Parquet tables and
``import.json``.

An import is named by what was read and how: the file's bytes, the kind, the filter, the crosswalk and the version of
the reader. The same file again is the same import. A folder appears whole or not at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pactwatch.datasets.kinds import KINDS
from pactwatch.datasets.shape import Kind
from pactwatch.model.errors import PactwatchError

IMPORT_FILE = "import.json"

JOINED = frozenset({"gdelt", "icews", "survey", "network"})
"""Kinds whose files add up; of the others one file is a whole, and the latest vintage is used."""

_PROVENANCE = ("import_id", "kind", "title", "publisher", "file", "sha256", "vintage", "layout", "filter", "rows")
_NOTES = ("terms", "cite")


class MissingImportError(PactwatchError):
    """A data set that is needed was not imported; the message says how to import it."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        super().__init__(f"{kind.title} is not imported: `pactwatch import {kind.name} FILE` (the file: {kind.where})")


@dataclass(frozen=True)
class Import:
    """One import on disk with its provenance."""

    path: Path
    details: dict[str, Any]

    @property
    def id(self) -> str:
        """The import's permanent id."""
        return str(self.details["import_id"])

    @property
    def kind(self) -> Kind:
        """The kind of its file."""
        return KINDS[self.details["kind"]]

    @property
    def provenance(self) -> dict[str, Any]:
        """What an edition says of it: source, date or version, licence note; nothing that depends on when or where."""
        return {name: self.details[name] for name in (*_PROVENANCE, *_NOTES)}

    def file(self, table: str) -> Path:
        """The Parquet file of a table."""
        return self.path / f"{table}.parquet"

    def has(self, table: str) -> bool:
        """Whether this import has rows in a table."""
        return self.file(table).is_file()


def datasets_of(home: Path) -> Path:
    """Where a workspace keeps its imports."""
    return home / "datasets"


def list_imports(home: Path) -> list[Import]:
    """The imports of a workspace by kind, the latest vintage of each last; folders without provenance are passed
    over."""
    files = datasets_of(home).glob(f"*/*/{IMPORT_FILE}")
    found = [Import(file.parent, json.loads(file.read_text("utf-8"))) for file in files]
    return sorted((one for one in found if one.details["kind"] in KINDS), key=_order)


def describe_imports(imports: Iterable[Import]) -> list[dict[str, Any]]:
    """The provenance of imports as an edition seals it, in an order that depends on their content only."""
    return [one.provenance for one in sorted(imports, key=_order)]


def choose_import(imports: Iterable[Import], kind: Kind) -> Import:
    """The import of a kind that is used: exact values before split ones, then the latest vintage.

    Raises :class:`MissingImportError` when there is none.
    """
    of_kind = sorted((one for one in imports if one.kind is kind), key=_order)
    if not of_kind:
        raise MissingImportError(kind)
    return of_kind[-1]


def _order(one: Import) -> tuple[str, int, str, str]:
    is_exact = int("delivery year" in one.details["layout"])
    return one.kind.name, is_exact, _sortable(one.details["vintage"]), one.id


def _sortable(vintage: str) -> str:
    """Vintages in order: days as they are, versions and years by their last number.

    >>> sorted(["v1.0", "2024-03-18", "2023-12-01"], key=_sortable)
    ['v1.0', '2023-12-01', '2024-03-18']
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", vintage):
        return f"1 {vintage}"
    numbers = re.findall(r"\d+", vintage)
    return f"0 {int(numbers[-1]):08d} {vintage}" if numbers else f"0 {vintage}"
