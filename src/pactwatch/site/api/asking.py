"""What may be asked of the API: editions, filters as on the pages, cursors."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from pactwatch.model.codes import RecordType, Stage
from pactwatch.site.search import Search, SearchError, read_search, write_search
from pactwatch.site.search.facets import FACETS

MOST_LISTED = 200
"""Entries of one part of a list."""

EditionName = Annotated[
    str | None,
    Query(max_length=200, description="An edition's id, or the start of it; the latest where it is not given."),
]
AsOf = Annotated[
    date | None, Query(description="The last edition whose records were gathered up to this day or before.")
]
Limit = Annotated[int, Query(ge=1, le=MOST_LISTED, description="Entries of one part.")]
Cursor = Annotated[
    str | None, Query(max_length=300, description="Where to go on, from `next`; it stays with its edition.")
]


class Filter(BaseModel):
    """Filters as on the page of records; values of one facet widen a search, facets narrow it."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=1000, description='Words; "a phrase", -without, begin*')
    type: list[RecordType] = Field([], max_length=20)
    stage: list[Stage] = Field([], max_length=20, description="stages reached")
    partner: list[str] = Field([], max_length=100, description="codes of actors")
    instrument: list[str] = Field([], max_length=50)
    place: list[str] = Field([], max_length=100)
    reviewed: list[str] = Field([], max_length=10, description="curated, reviewed, unreviewed, verified, unverified")
    grade: list[str] = Field([], max_length=10, description="best Admiralty grade of a source, A-F")
    since: str = Field("", alias="from", max_length=40, description="a year, month or day: 2024, 2024-07, 2024-07-08")
    to: str = Field("", max_length=40)

    def read(self, sort: str = "latest") -> Search:
        """The search; raises :class:`SearchError` for what only looking shows to be wrong, such as 31 February."""
        pairs = [("q", self.q), ("from", self.since), ("to", self.to), ("sort", sort)]
        for facet in FACETS:
            pairs += [(facet.name, str(value)) for value in getattr(self, facet.name)]
        return read_search(tuple(pairs))


class EditionFilter(Filter):
    """Filters, and the edition they are put to."""

    edition: str | None = Field(None, max_length=200, description="an edition's id, or the start of it")
    as_of: date | None = Field(None, description="the last edition gathered up to this day or before")


class ListFilter(EditionFilter):
    """Filters, an edition, an order, and where to go on."""

    sort: Literal["latest", "earliest", "title", "type", "sources", "relevance"] = "latest"
    limit: int = Field(50, ge=1, le=MOST_LISTED, description="entries of one part")
    cursor: str | None = Field(None, max_length=300, description="where to go on, from `next`")


def write_cursor(edition: str, what: str, place: int) -> str:
    """A cursor: the edition, a digest of what was asked, and the place to go on from."""
    return base64.urlsafe_b64encode(f"{edition}|{_digest(what)}|{place}".encode()).decode().rstrip("=")


def read_cursor(cursor: str, what: str) -> tuple[str, int]:
    """Edition and place of a cursor; raises :class:`SearchError` for one of another question, or none at all."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        edition, digest, place = base64.urlsafe_b64decode(padded.encode("ascii")).decode("ascii").split("|")
        number = int(place)
    except ValueError as error:
        raise SearchError({"cursor": "this is no cursor; take `next` of an answer as it stands"}) from error
    if digest != _digest(what) or not 0 <= number < 10**9:
        raise SearchError({"cursor": "this cursor belongs to another question; ask again without it"})
    return edition, number


def name_search(search: Search) -> str:
    """What was asked, in one way."""
    return write_search(search, page="")


def _digest(what: str) -> str:
    return hashlib.blake2b(what.encode("utf-8", "replace"), digest_size=6).hexdigest()
