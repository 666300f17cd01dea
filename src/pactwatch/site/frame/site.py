"""Any page of a book, made by its path: what the static build writes and the server sends."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pactwatch.site.frame import places
from pactwatch.site.frame.book import Book
from pactwatch.site.frame.citing import Citation
from pactwatch.site.frame.figures import Figure, Gallery
from pactwatch.site.frame.page_types import HTML, Ask, File, PageType, Query, Registry, Sheet
from pactwatch.site.frame.rendering import render

if TYPE_CHECKING:
    from pactwatch.charts.press import Press


@dataclass(frozen=True)
class Page:
    """A page or file as it is sent: bytes, media type, status, and an entity tag that names the bytes.

    One that ``is_passing`` lacks verdicts that are still being reached.
    """

    body: bytes
    media_type: str
    status: int = 200
    name: str = ""
    is_passing: bool = False

    @property
    def etag(self) -> str:
        """An opaque name of the bytes."""
        return hashlib.blake2b(self.body, digest_size=12).hexdigest()


@dataclass(frozen=True)
class Pin:
    """What a page pinned to an edition says about itself: the latest edition, the way there, and what has changed.

    ``changes`` is ``None`` where the page cannot tell; ``is_gone`` where the latest edition has no such page.
    """

    latest: str
    link: str
    changes: tuple[tuple[str, str, str], ...] | None = None
    is_gone: bool = False


class Site:
    """The pages of one book. Safe to ask from several threads."""

    def __init__(self, book: Book, registry: Registry, press: Press, is_live: bool = False, address: str = "") -> None:
        """``address`` is where the site stands in public, with a slash at its end; empty where that is not known.
        ``has_review`` may be set where the server has a review to link to."""
        self.book, self.registry, self.is_live, self.address = book, registry, is_live, address
        self.has_review = False
        self.gallery = Gallery(book, registry, press)
        self._sums: dict[str, tuple[int, str]] = {}
        self._lock = threading.RLock()

    def figure(self, name: str) -> Figure | None:
        """A figure by its name; ``None`` where there is nothing to draw."""
        return self.gallery.show(name)

    def make(self, path: str, query: Query = (), pin: Pin | None = None) -> Page:
        """The page at a path.

        Raises ``NotFoundError`` where there is none, and ``UntestedError`` where there is nothing to show before the
        claims are tested.
        """
        page_type, values = self.registry.find_page(path)
        shown = page_type.show(self.ask(page_type, values, query))
        if isinstance(shown, File):
            page = Page(shown.body, shown.media_type, name=shown.name)
            if not query:
                self._sums[path] = len(page.body), hashlib.sha256(page.body).hexdigest()
            return page
        return Page(self.write(path, shown, pin).encode(), HTML, shown.status, is_passing=shown.awaits is not None)

    def write(self, path: str, sheet: Sheet, pin: Pin | None = None, root: str | None = None) -> str:
        """A sheet as the HTML of the page at ``path``; ``root`` is the way to the first page where the path does not
        tell it (an error page may stand anywhere)."""
        shared: Mapping[str, Any] = {
            "root": places.root_of(path) if root is None else root,
            "path": path,
            "book": self.book,
            "edition": self.book.edition,
            "settings": self.book.edition.settings,
            "is_live": self.is_live,
            "has_review": self.has_review,
            "pin": pin,
            "awaits": sheet.awaits,
            "cited": Citation(self.book.edition, path=path, address=self.address),
        }
        return render(sheet.template, {**shared, **sheet.values})

    def ask(self, page_type: PageType, values: Mapping[str, str], query: Query = ()) -> Ask:
        """What a page of a kind is asked for; names in the query that it does not understand are dropped."""
        return Ask(self.book, self, values, tuple(pair for pair in query if pair[0] in page_type.query))

    def cite(self, path: str) -> Mapping[str, str] | None:
        """What a reader may have cited of the page at a path; ``None`` where its kind does not say."""
        page_type, values = self.registry.find_page(path)
        return page_type.cite(self.ask(page_type, values)) if page_type.cite else None

    def list_paths(self) -> Iterator[str]:
        """Path of every page and file of the static site."""
        for page_type in self.registry.pages:
            if page_type.is_built:
                for values in page_type.list_values(self):
                    yield page_type.place(values)

    def measure_file(self, path: str) -> tuple[int, str]:
        """Bytes and SHA-256 of a file of the site."""
        if path not in self._sums:
            self.make(path)
        return self._sums[path]
