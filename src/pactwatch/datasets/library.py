"""The data sets an edition was computed with, as tables for the measures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.datasets.kinds import KINDS
from pactwatch.datasets.store import JOINED, Import, MissingImportError, choose_import, list_imports

if TYPE_CHECKING:
    import ibis

    from pactwatch.edition import Edition


@dataclass(frozen=True)
class Library:
    """Imports that may be used, and the connection their tables are read through."""

    imports: tuple[Import, ...]
    connection: ibis.BaseBackend

    def has(self, kind: str) -> bool:
        """Whether a kind is there."""
        return any(one.kind.name == kind for one in self.imports)

    def used(self, kind: str) -> tuple[Import, ...]:
        """The imports a kind's tables are read from; raises :class:`MissingImportError` when there is none."""
        if kind in JOINED and self.has(kind):
            return tuple(one for one in self.imports if one.kind.name == kind)
        return (choose_import(self.imports, KINDS[kind]),)

    def table(self, kind: str, name: str) -> ibis.Table:
        """A table of a kind; of kinds whose files add up, all their rows."""
        files = [str(one.file(name)) for one in self.used(kind) if one.has(name)]
        if not files:
            raise MissingImportError(KINDS[kind])
        return self.connection.read_parquet(files)


def list_named(edition: Edition) -> tuple[Import, ...]:
    """The imports an edition names that are in the workspace it lies in.

    An import that the edition names and the workspace no longer has is missing like one that never was.
    """
    named = {one["import_id"] for one in edition.datasets}
    here = list_imports(edition.path.parent.parent) if named else []
    return tuple(one for one in here if one.id in named)


def open_library(edition: Edition) -> Library:
    """The imports an edition names, as :func:`list_named` finds them, with a connection to read them through."""
    return Library(list_named(edition), edition.connection)


def open_workspace(home: Path) -> Library:
    """Every import of a workspace, for figures that rest on no edition."""
    import ibis

    return Library(tuple(list_imports(home)), ibis.duckdb.connect())
