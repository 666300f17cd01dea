"""Pages made when they are asked for, once for all who ask at the same time, and kept."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from pactwatch.edition import Edition
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.page_types import HTML, NoPageError, Query, Sheet
from pactwatch.site.frame.places import place_pinned
from pactwatch.site.frame.site import Page, Pin, Site
from pactwatch.site.frame.testing import UntestedError
from pactwatch.site.library import Library
from pactwatch.site.registry import REGISTRY
from pactwatch.site.web.answers import Answer, Headers, Kept

MOST_FIELDS = 200
"""Names and values that may stand after the question mark."""
PASSING: Headers = ((b"cache-control", b"no-store"), (b"retry-after", b"5"))
"""Sent with a page that lacks verdicts as yet."""


class QueryError(ValueError):
    """What stands after the question mark cannot be read."""


@dataclass(frozen=True)
class Moved:
    """The page stands elsewhere: the path and query to go to, from the root."""

    location: str


class Asked(NamedTuple):
    """A page that is asked for; ``pinned`` is the latest edition where the page is pinned and has to tell of it."""

    edition: str
    path: str
    query: Query
    pinned: str


def read_query(raw: bytes) -> Query:
    """Names and values of a query, whatever its bytes are; raises :class:`QueryError` for too many."""
    try:
        pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise QueryError(f"Too many fields: {MOST_FIELDS} may stand after the question mark.") from error
    return tuple((name.replace("\x00", ""), value.replace("\x00", "")) for name, value in pairs)


class PageMaker:
    """Makes pages of a library's editions in threads and keeps them."""

    def __init__(self, library: Library, kept: Kept, workers: int = 8) -> None:
        self._library, self._kept = library, kept
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="page")
        self._making: dict[Asked, asyncio.Future[Answer]] = {}

    def peek(self, path: str, query: Query) -> Answer | Moved | None:
        """The page at a path if it is kept, or where it moved; see :meth:`answer`."""
        found = self._find(path, query)
        return found if isinstance(found, Moved) else self._kept.get(found)

    async def answer(self, path: str, query: Query) -> Answer | Moved:
        """The page at a path from the root, pinned where it begins with ``e/<edition>/``.

        Raises ``NotFoundError`` where there is none, and what the page raises for a query it cannot answer.
        """
        found = self._find(path, query)
        if isinstance(found, Moved):
            return found
        return self._kept.get(found) or await self._make_once(found)

    def _find(self, path: str, query: Query) -> Asked | Moved:
        """What is asked for, in one form for all who ask the same."""
        latest = self._library.shelf.latest
        edition, inner, moved = self._find_edition(path, latest)
        asked = f"?{urlencode(query)}" if query else ""
        if moved:
            return Moved(moved + asked)
        try:
            page_type, _ = REGISTRY.find_page(inner)
        except NoPageError:
            return Moved(f"{path.removesuffix(inner)}{find_nearby(inner)}{asked}")
        own = tuple(pair for pair in query if pair[0] in page_type.query)
        is_pinned = edition is not latest or path.startswith("e/")
        return Asked(edition.id, inner, own, latest.id if is_pinned else "")

    async def _make_once(self, asked: Asked) -> Answer:
        """Make a page in a thread; who asks for the same page meanwhile waits for it."""
        if asked not in self._making:
            loop = asyncio.get_running_loop()
            self._making[asked] = loop.run_in_executor(self._pool, self._make, asked)
        making = self._making[asked]
        try:
            answer = await asyncio.shield(making)
        finally:
            if making.done():
                self._making.pop(asked, None)
        if answer.status == 200 and not answer.is_passing:
            self._kept.put(asked, answer)
        return answer

    def _make(self, asked: Asked) -> Answer:
        edition = self._library.shelf.find(asked.edition)
        site = self._library.open(edition)
        pin, page = self._make_page(site, asked)
        if page.is_passing:
            return Answer(page.body, page.media_type, page.status, headers=PASSING, is_passing=True)
        headers = ((b"cache-control", b"public, max-age=300" if pin else b"no-cache"),)
        modified = (edition.path / "edition.json").stat().st_mtime
        answer = Answer(page.body, page.media_type, page.status, page.etag, modified, headers)
        _ = answer.packed, answer.head  # in this thread, not in the one that answers everybody
        return answer

    def _make_page(self, site: Site, asked: Asked) -> tuple[Pin | None, Page]:
        """The page, and what it says of the latest edition; without verdicts where they are still being reached."""
        try:
            pin = self._pin(site, asked.path, asked.query) if asked.pinned else None
            return pin, site.make(asked.path, asked.query, pin)
        except UntestedError as untested:
            if not asked.path.endswith(".html"):
                raise
            sheet = Sheet("untested.html", status=503, awaits=untested.progress)
            body = site.write(asked.path, sheet).encode()
            return None, Page(body, HTML, sheet.status, is_passing=True)

    def _pin(self, site: Site, path: str, query: Query) -> Pin:
        """What a pinned page says of the latest edition."""
        latest = self._library.shelf.latest
        depth = "../" * (2 + path.count("/"))
        link = f"{depth}{path}{'?' + urlencode(query) if query else ''}"
        if site.book.edition.id == latest.id:
            return Pin(latest.id, link)
        try:
            here = site.cite(path)
            now = self._library.open(latest).cite(path) if here is not None else None
        except NotFoundError:
            return Pin(latest.id, f"{depth}index.html", is_gone=True)
        if here is None or now is None:
            return Pin(latest.id, link)
        names = dict.fromkeys((*here, *now))
        changes = tuple(
            (name, here.get(name, ""), now.get(name, "")) for name in names if here.get(name, "") != now.get(name, "")
        )
        return Pin(latest.id, link, changes)

    def _find_edition(self, path: str, latest: Edition) -> tuple[Edition, str, str]:
        """The edition of a path, the path inside it, and where to go instead if the path is not whole."""
        if path != "e" and not path.startswith("e/"):
            return latest, path or "index.html", ""
        name, _, inner = path.removeprefix("e").removeprefix("/").partition("/")
        edition = self._library.shelf.find(name)
        if not inner or name != edition.id:
            return edition, inner, place_pinned(edition.id, inner or "index.html")
        return edition, inner, ""


def find_nearby(path: str) -> str:
    """The page somebody means who leaves out ``index.html`` or ``.html``; raises :class:`NoPageError`."""
    stem = path.rstrip("/")
    guesses = (stem,) if stem.endswith(".html") else (f"{stem}/index.html", f"{stem}.html")
    for guess in guesses:
        try:
            REGISTRY.find_page(guess)
        except NoPageError:
            continue
        if guess != path:
            return guess
    raise NoPageError("no page stands at this address")
