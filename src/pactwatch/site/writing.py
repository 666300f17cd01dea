"""Templates and data turned into files, counted as they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2

from pactwatch.site import places
from pactwatch.site.words import FILTERS


class Writer:
    """Writes pages and files under a folder. Everything a template is given is escaped unless it was made by us as
    markup."""

    def __init__(self, folder: Path, shared: Mapping[str, Any]) -> None:
        self.folder = folder
        self.pages = 0
        self.bytes = 0
        self._environment = make_environment()
        self._shared = dict(shared)

    def write_page(self, path: str, template: str, **values: Any) -> None:
        """A page at a path from the root of the site."""
        given = {"root": places.root_of(path), "path": path, **self._shared, **values}
        self.write_text(path, self._environment.get_template(template).render(given))
        self.pages += 1

    def write_text(self, path: str, text: str) -> None:
        """A text file in UTF-8."""
        self.write_bytes(path, text.encode())

    def write_bytes(self, path: str, raw: bytes) -> None:
        """A file."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)
        self.bytes += len(raw)

    def write_csv(self, path: str, rows: Sequence[Mapping[str, Any]], columns: Iterable[str] | None = None) -> None:
        """Rows as CSV with a head line; empty for what is missing."""
        self.write_text(path, format_csv(rows, columns))


def format_csv(rows: Sequence[Mapping[str, Any]], columns: Iterable[str] | None = None) -> str:
    """Rows as CSV text (RFC 4180, but with plain line feeds)."""
    names = list(columns if columns is not None else rows[0] if rows else ())
    stream = io.StringIO()
    table = csv.DictWriter(stream, names, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return stream.getvalue()


def make_environment() -> jinja2.Environment:
    """Templates of this room: every value escaped, a missing one an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pactwatch.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(
        edition_folder=places.EDITION_FOLDER,
        place_record=places.place_record,
        place_actor=places.place_actor,
        place_claim=places.place_claim,
        place_source=places.place_source,
        place_measure=places.place_measure,
        name_file=places.name_file,
    )
    return environment
