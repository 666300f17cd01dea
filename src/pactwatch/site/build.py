"""The whole site, written beside its place and put there when it is complete."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from altair.utils import schemapi

from pactwatch.charts.press import Press
from pactwatch.claims.finding import ClaimResult
from pactwatch.edition import Edition
from pactwatch.model.errors import PactwatchError
from pactwatch.site.figures import Studio
from pactwatch.site.pages import chronology, claims, downloads, guide, home, law, measures, partners, records, sources
from pactwatch.site.reading import Book, read_book
from pactwatch.site.words import find_address
from pactwatch.site.writing import Writer

MARKER = ".pactwatch-site"
"""A file that says a folder is a built site, so that building again may replace it."""

Progress = Callable[[str], None]


class SiteError(PactwatchError):
    """The site could not be put where it was asked for."""


@dataclass(frozen=True)
class SiteReport:
    """What was built: where, how many pages, how many bytes in all files."""

    folder: Path
    pages: int
    bytes: int


def build_site(
    edition: Edition, results: Sequence[ClaimResult], folder: Path, progress: Progress | None = None
) -> SiteReport:
    """Build the pages of an edition and its tested claims into ``folder``; same edition and results, same bytes.

    The folder must be new, empty, or an earlier site, which is replaced whole; anything else raises
    :class:`SiteError` and is left alone.
    ``progress`` is told what is being done.
    """
    _check_place(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        writer = _write_site(edition, results, working, progress or _say_nothing)
        working.chmod(0o755)
        _swap(working, folder)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return SiteReport(folder, writer.pages, writer.bytes)


def _say_nothing(words: str) -> None:
    """Progress for nobody."""
    del words


def _write_site(edition: Edition, results: Sequence[ClaimResult], folder: Path, progress: Progress) -> Writer:
    progress("reading the edition")
    book = read_book(edition, results)
    writer = Writer(folder, {"book": book, "edition": edition, "settings": edition.settings, "address": find_address})
    with Press() as press, schemapi.debug_mode(False):
        _write_pages(book, writer, Studio(press), progress)
    for file in sorted(files("pactwatch.site").joinpath("static").iterdir(), key=lambda file: file.name):
        writer.write_bytes(f"static/{file.name}", file.read_bytes())
    writer.write_text(MARKER, f"{edition.id}\n")
    return writer


def _write_pages(book: Book, writer: Writer, studio: Studio, progress: Progress) -> None:
    """Plan every figure first, so that drawing goes on while the pages without figures are written."""
    progress("planning the charts of claims")
    of_claims, of_law = claims.plan_claims(book, studio), law.plan_law(book, studio)
    progress("computing the measures")
    computed = measures.compute_measures(book.edition)
    ties, timing = computed["ties"].rows, computed["timing"].rows
    progress("planning the other charts")
    of_home, of_time = home.plan_activity(book, studio), chronology.plan_timeline(book, studio)
    of_months, of_partners = chronology.plan_months(book, studio, timing), partners.plan_partners(book, studio, ties)
    progress("writing the pages of records and sources")
    records.write_records(book, writer)
    sources.write_sources(book, writer)
    measures.write_measures(writer, computed)
    guide.write_guide(book, writer)
    downloads.write_downloads(book, writer)
    progress("writing the pages with charts")
    claims.write_claims(book, writer, studio, of_claims)
    law.write_law(book, writer, studio, of_law)
    home.write_home(book, writer, studio, of_home)
    chronology.write_timeline(book, writer, studio, of_time)
    chronology.write_months(book, writer, studio, of_months)
    partners.write_partners(book, writer, studio, of_partners, ties)


def _check_place(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARKER).is_file()):
        raise SiteError(f"{folder} is there already and is no earlier site; name a new or an empty folder")


def _swap(working: Path, folder: Path) -> None:
    """Put the new site in the place of the old one; if that fails the old one stays."""
    if not folder.exists():
        working.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    folder.rename(old / "site")
    try:
        working.rename(folder)
    except OSError as error:
        (old / "site").rename(folder)
        raise SiteError(f"the site could not be put at {folder}: {error}") from error
    finally:
        shutil.rmtree(old, ignore_errors=True)
