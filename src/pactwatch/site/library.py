"""The editions of a workspace as sites: the latest, and any other by its id."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pactwatch.edition import Edition
from pactwatch.edition.shelf import list_editions_of
from pactwatch.edition.sums import require_sealed
from pactwatch.flow.tables import keep_table
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import read_book
from pactwatch.site.frame.site import Site
from pactwatch.site.frame.testing import LaterVerdicts
from pactwatch.site.registry import REGISTRY
from pactwatch.site.verdicts import keep_verdicts, recall_verdicts

if TYPE_CHECKING:
    from pactwatch.charts.press import Press

MOST_OPEN = 4
"""Editions other than the latest that are held open."""
LOOK_AGAIN = 5.0
"""Seconds after which the shelf is looked at for a new edition."""


@dataclass(frozen=True)
class Shelf:
    """Editions of one casebook that are sound enough to be shown, oldest first."""

    editions: tuple[Edition, ...]

    @property
    def latest(self) -> Edition:
        """The edition that is shown where none is named."""
        return self.editions[-1]

    def find(self, edition_id: str) -> Edition:
        """An edition by its id or the start of it; raises :class:`NotFoundError`."""
        matches = [one for one in self.editions if one.id == edition_id]
        matches = matches or [one for one in self.editions if edition_id and one.id.startswith(edition_id)]
        if len(matches) != 1:
            problem = "stands for several editions" if matches else "is no edition here"
            raise NotFoundError(
                f"{edition_id[:80]!r} {problem}; there are {', '.join(one.id for one in self.editions)}"
            )
        return matches[0]

    def find_as_of(self, day: str) -> Edition:
        """The last edition gathered up to a day (ISO) or before; raises :class:`NotFoundError`."""
        matches = [one for one in self.editions if one.settings.as_of <= day]
        if not matches:
            first = min(one.settings.as_of for one in self.editions)
            raise NotFoundError(f"no edition was gathered up to {day} or before; the first is of {first}")
        return max(matches, key=lambda one: (one.settings.as_of, self.editions.index(one)))


class Library:
    """Sites of a workspace's editions, opened when they are asked for. Safe to ask from several threads."""

    def __init__(self, home: Path, edition: Edition, press: Press, address: str = "", is_fixed: bool = False) -> None:
        """``edition`` is one to start with; later ones of its casebook on the shelf of ``home`` take over, unless it
        ``is_fixed``. ``has_review`` may be set before a site is opened: its pages link to the review then."""
        self._home, self._first, self._press, self.address = home, edition, press, address
        self._is_fixed, self.has_review = is_fixed, False
        self._casebook = edition.settings.name
        self._shelf = Shelf((edition,))
        self._looked = -LOOK_AGAIN
        self._sites: OrderedDict[str, Site] = OrderedDict()
        self._lock = threading.RLock()
        self._opening: dict[str, threading.Lock] = {}
        self._turns = threading.Lock()

    @property
    def base(self) -> str:
        """The path under which the site stands in public, with a slash at both ends."""
        return urlsplit(self.address).path or "/"

    @property
    def shelf(self) -> Shelf:
        """The editions there are now."""
        if time.monotonic() - self._looked > LOOK_AGAIN:
            self._looked = time.monotonic()
            found = list_editions_of(self._home, self._casebook)
            others = [edition for edition in found if edition.path.resolve() != self._first.path.resolve()]
            if self._is_fixed or len(others) == len(found):
                found = [*others, self._first]
            self._shelf = Shelf(tuple(found))
        return self._shelf

    def open(self, edition: Edition) -> Site:
        """The site of an edition; raises ``IntegrityError`` where its bytes are not what its seal says."""
        with self._lock:
            if edition.id in self._sites:
                self._sites.move_to_end(edition.id)
                return self._sites[edition.id]
            opening = self._opening.setdefault(edition.id, threading.Lock())
        with opening:
            with self._lock:
                if edition.id in self._sites:
                    return self._sites[edition.id]
            site = self._make(edition)
            with self._lock:
                self._sites[edition.id] = site
                self._drop_old()
                return site

    def _make(self, edition: Edition) -> Site:
        require_sealed(edition)
        editions = self.shelf.editions
        earlier = editions[: editions.index(edition)] if edition in editions else ()
        recall = partial(recall_verdicts, home=self._home)
        total = len(edition.claims)
        test = LaterVerdicts(partial(recall, edition), partial(keep_verdicts, edition, self._home), total, self._turns)
        book = read_book(edition, test, earlier, recall)
        book.measure = partial(keep_table, home=self._home)
        site = Site(book, REGISTRY, self._press, is_live=True, address=self.address)
        site.has_review = self.has_review
        return site

    def _drop_old(self) -> None:
        latest = self.shelf.latest.id
        others = [edition_id for edition_id in self._sites if edition_id != latest]
        for edition_id in others[:-MOST_OPEN]:
            del self._sites[edition_id]
