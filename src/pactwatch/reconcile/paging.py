"""Mappings that lie in pages of a store until a value of theirs is asked for: little is read for a small change.

A page is never read half old: it begins with the turn at which it was written, and one written after the turn that was
opened is refused (:class:`OutdatedError`). What is in memory is an ordinary dictionary.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import orjson

if TYPE_CHECKING:
    from _collections_abc import dict_items, dict_keys, dict_values

K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")

PAGE = 64
"""Values of a page, about, when a mapping is first kept."""

MOST_PAGE = 4 * PAGE
"""Values of a page on the average at which a mapping is put into more pages."""

_TURN = 12  # digits


class OutdatedError(Exception):
    """What was kept is not what was opened: another process wrote since, or it is damaged."""


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Form(Generic[V]):
    """How a mapping's values are written as JSON and read back; ``is_numbered`` where its keys are whole numbers."""

    name: str
    write: Callable[[V], Any] = field(default=_same)
    read: Callable[[Any], V] = field(default=_same)
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a mapping's pages lie: one by its number, all of them; the last turn that counts, and how many pages."""

    get: Callable[[str], bytes | None]
    all: Callable[[], Mapping[str, bytes]]
    turn: int
    pages: int


class Paged(dict[K, V]):
    """A dictionary of which only the pages that were asked for are in memory; all of it without a shelf.

    Keys that are whole numbers share a page with their neighbours, others with those of like hash. A value that was
    changed in place is found by :meth:`changed`, which compares what would be written with what was read.
    """

    def __init__(self, form: Form[V], shelf: Shelf | None = None, size: int = 0) -> None:
        super().__init__()
        self.form = form
        self._shelf = shelf
        self._kept: dict[int, bytes] = {}
        self._unread = size

    def _page_of(self, key: Any, pages: int) -> int:
        if self.form.is_numbered:
            return int(key) // PAGE
        return zlib.crc32(key.encode("utf-8", "surrogatepass")) % pages

    def _fetch(self, key: object) -> None:
        shelf = self._shelf
        if shelf is not None:
            page = self._page_of(key, shelf.pages)
            if page not in self._kept and page < shelf.pages:
                self._take(page, shelf.get(str(page)) or b"")

    def _take(self, page: int, value: bytes) -> None:
        """Put a page's values in."""
        self._kept[page] = value
        shelf = self._shelf
        if shelf is None or not value[:_TURN].isdigit() or int(value[:_TURN]) > shelf.turn:
            raise OutdatedError(f"page {page} of {self.form.name}")
        try:
            rows = orjson.loads(value[_TURN:])
            read = self.form.read
            for key, row in rows:
                super().__setitem__(key, read(row))
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise OutdatedError(f"page {page} of {self.form.name}: {error}") from error
        self._unread -= len(rows)

    def _fetch_all(self) -> None:
        """Read every page that is not in memory."""
        if self._shelf is None or not self._unread:
            return
        for page, value in self._shelf.all().items():
            if int(page) not in self._kept:
                self._take(int(page), value)
        if self._unread:
            raise OutdatedError(f"{self.form.name} lacks {self._unread} values")

    def __missing__(self, key: K) -> V:
        self._fetch(key)
        if super().__contains__(key):
            return super().__getitem__(key)
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        if super().__contains__(key):
            return True
        self._fetch(key)
        return super().__contains__(key)

    @overload
    def get(self, key: K, default: None = None, /) -> V | None: ...
    @overload
    def get(self, key: K, default: V | D, /) -> V | D: ...
    def get(self, key: K, default: Any = None, /) -> Any:
        """The value of a key, or another."""
        self._fetch(key)
        return super().get(key, default)

    def __setitem__(self, key: K, value: V) -> None:
        self._fetch(key)
        super().__setitem__(key, value)

    def __delitem__(self, key: K) -> None:
        self._fetch(key)
        super().__delitem__(key)

    def setdefault(self, key: K, default: V, /) -> V:
        """The value of a key, put in if there is none."""
        self._fetch(key)
        return super().setdefault(key, default)

    def pop(self, key: K, default: Any = None, /) -> Any:
        """Take a value out; ``default`` where there is none."""
        self._fetch(key)
        return super().pop(key, default)

    def __iter__(self) -> Iterator[K]:
        self._fetch_all()
        return super().__iter__()

    def __len__(self) -> int:
        return super().__len__() + self._unread

    def __bool__(self) -> bool:
        return len(self) > 0

    def keys(self) -> dict_keys[K, V]:
        """All keys."""
        self._fetch_all()
        return super().keys()

    def values(self) -> dict_values[K, V]:
        """All values."""
        self._fetch_all()
        return super().values()

    def items(self) -> dict_items[K, V]:
        """All keys with their values."""
        self._fetch_all()
        return super().items()

    @property
    def pages(self) -> int:
        """How many pages it is to be put in."""
        before = 0 if self._shelf is None else self._shelf.pages
        if self.form.is_numbered:
            return max([before, *(self._page_of(key, 0) + 1 for key in dict.keys(self))])
        return before if before and len(self) <= MOST_PAGE * before else 1 << (len(self) // PAGE).bit_length()

    @property
    def is_whole(self) -> bool:
        """Whether all pages are to be written: nothing was kept before, or it is put into more pages now."""
        return self._shelf is None or (self.pages != self._shelf.pages and not self.form.is_numbered)

    def changed(self, turn: int) -> dict[str, bytes]:
        """The pages to be written at a turn: those that hold something else than was read, or all of them."""
        pages, kept = self.pages, self._kept
        if self.is_whole:
            self._fetch_all()
            kept = {}
        before = 0 if self.is_whole or self._shelf is None else self._shelf.pages
        rows: dict[int, list[tuple[K, Any]]] = {page: [] for page in (*kept, *range(before, pages))}
        write = self.form.write
        for key, value in super().items():
            rows[self._page_of(key, pages)].append((key, write(value)))
        told = ((page, orjson.dumps(many)) for page, many in rows.items())
        head = f"{turn:0{_TURN}d}".encode()
        return {str(page): head + value for page, value in told if page not in kept or value != kept[page][_TURN:]}
