"""What ``feeds.toml`` and ``watchlists.toml`` say, checked: where news comes from, and what of it somebody waits for.

A casebook may do without either. They serve watching alone and are no part of an edition.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from pactwatch.casebook.settings import Line, Strict
from pactwatch.casebook.sheets import FaultList
from pactwatch.casebook.toml_files import TomlFile, read_model, read_toml
from pactwatch.model.codes import Instrument, RecordType

FEEDS_FILE = "feeds.toml"
WATCHLISTS_FILE = "watchlists.toml"

_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_SPAN = re.compile(r"([1-9]\d{0,4})\s?(m|h|d)")
_MINUTES = {"m": 1, "h": 60, "d": 1440}
_SHORTEST, _LONGEST = 5, 31 * 1440


def read_span(text: str) -> int:
    """The minutes of ``30m``, ``6h`` or ``1d``; raises ``ValueError`` in words, also below five minutes."""
    told = _SPAN.fullmatch(text.strip())
    minutes = int(told[1]) * _MINUTES[told[2]] if told else 0
    if not _SHORTEST <= minutes <= _LONGEST:
        raise ValueError("a span like 30m, 6h or 1d, of at least 5m and at most 31d")
    return minutes


class Feed(Strict):
    """A feed (or page) to be asked for news: its name, address and publisher, how often it is asked, and what the
    editors want known of it.
    """

    name: str = Field(pattern=_SLUG)
    url: Line
    publisher: Line
    every: str = "6h"
    note: str = Field(default="", max_length=500)

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            raise ValueError("an address like https://example.org/feed.xml, without name or password")
        return url

    @field_validator("every")
    @classmethod
    def _is_span(cls, every: str) -> str:
        read_span(every)
        return every

    @property
    def minutes(self) -> int:
        """Minutes from one question to the next."""
        return read_span(self.every)


class Watchlist(Strict):
    """What somebody waits for. All that is given must hold: a mention of one of the ``types`` and ``instruments`` with
    one of the ``actors`` (with all of them where ``together``), in a text with one of the ``words``.
    """

    name: str = Field(pattern=_SLUG)
    title: Line
    actors: tuple[Line, ...] = ()
    together: bool = False
    types: tuple[RecordType, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    words: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _asks_for_something(self) -> Watchlist:
        if not (self.actors or self.types or self.instruments or self.words):
            raise ValueError("at least one of actors, types, instruments and words")
        return self


class Feeds(Strict):
    """Everything ``feeds.toml`` holds."""

    feed: tuple[Feed, ...] = ()


class Watchlists(Strict):
    """Everything ``watchlists.toml`` holds."""

    watchlist: tuple[Watchlist, ...] = ()


def read_feeds(folder: Path, faults: FaultList) -> tuple[Feed, ...]:
    """The feeds of a casebook; none where there is no file."""
    path = folder / FEEDS_FILE
    file = read_toml(path, faults) if path.exists() else None
    told = read_model(file, Feeds, file.values, faults) if file else None
    if file is None or told is None:
        return ()
    _refuse_twice(file, "feed", [one.name for one in told.feed], "name", faults)
    _refuse_twice(file, "feed", [one.url for one in told.feed], "url", faults)
    return told.feed


def read_watchlists(folder: Path, codes: Collection[str], faults: FaultList) -> tuple[Watchlist, ...]:
    """The watchlists of a casebook, their actors among its own; none where there is no file."""
    path = folder / WATCHLISTS_FILE
    file = read_toml(path, faults) if path.exists() else None
    told = read_model(file, Watchlists, file.values, faults) if file else None
    if file is None or told is None:
        return ()
    _refuse_twice(file, "watchlist", [one.name for one in told.watchlist], "name", faults)
    for index, one in enumerate(told.watchlist):
        for code in one.actors:
            if codes and code not in codes:
                line = file.line_of("actors", "watchlist", index)
                faults.add(line, "actors", code, "a code of actors.csv", "Correct it, or add the actor.")
    return told.watchlist


V = TypeVar("V", bound=str)


def _refuse_twice(file: TomlFile, table: str, values: list[V], key: str, faults: FaultList) -> None:
    for index, value in enumerate(values):
        if value in values[:index]:
            line = file.line_of(key, table, index)
            faults.add(line, key, value, f"a {key} of its own", "Rename or remove one of them.")
