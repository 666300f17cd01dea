"""The whole site, written beside its place and put there when it is complete."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pactwatch.charts.press import Press
from pactwatch.claims.finding import ClaimResult
from pactwatch.edition import Edition
from pactwatch.model.errors import PactwatchError
from pactwatch.site.frame.book import Book, Recall, read_book
from pactwatch.site.frame.site import Site
from pactwatch.site.registry import REGISTRY

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
    edition: Edition,
    results: Sequence[ClaimResult],
    folder: Path,
    progress: Progress | None = None,
    earlier: Sequence[Edition] = (),
    recall: Recall = lambda _: None,
) -> SiteReport:
    """Build the pages of an edition and its tested claims into ``folder``; same edition and results, same bytes.

    The folder must be new, empty, or an earlier site, which is replaced whole; anything else raises
    :class:`SiteError` and is left alone.
    ``progress`` is told what is being done. ``earlier`` are the editions that changes are told from, oldest first;
    ``recall`` gives their tested claims where they are known.
    """
    _check_place(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        book = read_book(edition, lambda: results, earlier, recall)
        pages, total = _write_site(book, working, progress or _say_nothing)
        working.chmod(0o755)
        _swap(working, folder)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return SiteReport(folder, pages, total)


def _say_nothing(words: str) -> None:
    """Progress for nobody."""
    del words


def _write_site(book: Book, folder: Path, progress: Progress) -> tuple[int, int]:
    """Write every page and file; how many pages, and how many bytes in all."""
    pages = total = 0
    with Press() as press:
        site = Site(book, REGISTRY, press)
        progress("planning the charts")
        for _ in site.gallery.list_names():
            pass  # each is handed to the press, which draws while pages without charts are written
        progress("writing the pages")
        for path in site.list_paths():
            total += _write(folder / path, site.make(path).body)
            pages += path.endswith(".html")
    return pages, total + _write(folder / MARKER, f"{book.edition.id}\n".encode())


def _write(file: Path, raw: bytes) -> int:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.write_bytes(raw)


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
