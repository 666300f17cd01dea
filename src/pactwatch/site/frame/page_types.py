"""What a kind of page is: a pattern of paths, a function that says what is on it, and the paths there are of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.citing import Citation

if TYPE_CHECKING:
    from pactwatch.site.frame.book import Book
    from pactwatch.site.frame.site import Site

Values: TypeAlias = Mapping[str, str]
"""What stands in the placeholders of a pattern, by name."""

Query: TypeAlias = tuple[tuple[str, str], ...]
"""The names and values after the question mark, in order; a name may stand more than once."""

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"
SVG = "image/svg+xml"
PARQUET = "application/vnd.apache.parquet"

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class NoPageError(NotFoundError):
    """No page stands at a path."""


@dataclass(frozen=True)
class Ask:
    """What a page is asked for: the book, what stands in its path, and the query (only names its kind declares)."""

    book: Book
    site: Site
    values: Values = field(default_factory=dict)
    query: Query = ()

    def first(self, name: str, default: str = "") -> str:
        """The first value of a name in the query."""
        return next((value for key, value in self.query if key == name), default)

    def cite(self, title: str, path: str) -> Citation:
        """How a part of the edition is cited; ``path`` is its page."""
        return Citation(self.book.edition, title, path, self.site.address)

    @property
    def is_live(self) -> bool:
        """Whether a server answers; static pages cannot, so forms that need one are left out there."""
        return self.site.is_live


@dataclass(frozen=True)
class Sheet:
    """A page as a template and its values; everything in them is escaped unless it was made by us as markup.

    ``awaits`` is how many claims are tested of how many where the page has to do without their verdicts as yet.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    awaits: tuple[int, int] | None = None


@dataclass(frozen=True)
class File:
    """A file to take away. ``name`` is what a browser saves it as, where that is not the end of its path."""

    body: bytes
    media_type: str
    name: str = ""


Shown: TypeAlias = "Sheet | File"


def _one(_: Site) -> Iterable[Values]:
    return ({},)


@dataclass(frozen=True)
class PageType:
    """A kind of page.

    ``pattern`` is its path from the root of the site; ``{slug}`` stands for a name without a slash, ``{path}`` for
    any path. ``show`` says what is on the page; it raises :class:`NotFoundError` where there is none.
    ``list_values`` gives what may stand in the placeholders, for the static build. ``query`` names what it
    understands after the question mark; anything else is dropped before it is asked. ``cite`` gives, by name, what a
    reader may have cited of the page, so that a pinned page can say what has changed since. ``is_built`` is false
    for what only a server can answer.
    """

    name: str
    pattern: str
    show: Callable[[Ask], Shown]
    list_values: Callable[[Site], Iterable[Values]] = _one
    query: frozenset[str] = frozenset()
    cite: Callable[[Ask], Mapping[str, str]] | None = None
    is_built: bool = True

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern as a regular expression."""
        parts = _PLACEHOLDER.split(self.pattern)
        made = [
            re.escape(part) if place % 2 == 0 else f"(?P<{part}>{'.+' if part == 'path' else '[^/]+'})"
            for place, part in enumerate(parts)
        ]
        return re.compile("".join(made))

    def place(self, values: Values) -> str:
        """The path of one page of this kind."""
        return _PLACEHOLDER.sub(lambda found: values[found[1]], self.pattern)


@dataclass(frozen=True)
class FigureType:
    """A kind of figure: a pattern of names as for pages, what to draw, and the names there are of it."""

    pattern: str
    plan: Callable[[Book, Values], Any]
    list_values: Callable[[Book], Iterable[Values]] = field(default=lambda _: ({},))

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern as a regular expression."""
        parts = _PLACEHOLDER.split(self.pattern)
        made = [re.escape(part) if place % 2 == 0 else f"(?P<{part}>.+)" for place, part in enumerate(parts)]
        return re.compile("".join(made))

    def place(self, values: Values) -> str:
        """The name of one figure of this kind."""
        return _PLACEHOLDER.sub(lambda found: values[found[1]], self.pattern)


class Registry:
    """Every kind of page and figure; a path belongs to one of them. A pattern without placeholders wins."""

    def __init__(self, pages: Iterable[PageType], figures: Iterable[FigureType] = ()) -> None:
        self.pages = tuple(pages)
        self.figures = tuple(figures)
        self._plain = {one.pattern: one for one in self.pages if "{" not in one.pattern}
        self._patterned = [one for one in self.pages if "{" in one.pattern]
        names = [one.name for one in self.pages]
        if len(names) != len(set(names)) or len(self._plain) + len(self._patterned) != len(self.pages):
            raise ValueError("two kinds of page have one name or one path")

    def find_page(self, path: str) -> tuple[PageType, Values]:
        """The kind a path belongs to and what stands in its placeholders; raises :class:`NoPageError`."""
        if path in self._plain:
            return self._plain[path], {}
        for one in self._patterned:
            found = one.regex.fullmatch(path)
            if found:
                return one, found.groupdict()
        raise NoPageError("no page stands at this address")

    def find_figure(self, name: str) -> tuple[FigureType, Values]:
        """The kind a figure's name belongs to; raises :class:`NoPageError`."""
        for one in self.figures:
            found = one.regex.fullmatch(name)
            if found:
                return one, found.groupdict()
        raise NoPageError("there is no figure of this name")
