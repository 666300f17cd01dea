"""Which edition is asked, and how an answer or a problem is written."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
from fastapi import Response

from pactwatch.site.api.reading import Writing
from pactwatch.site.library import Library
from pactwatch.site.search import SearchError

PROBLEM = "application/problem+json"


class Picker:
    """Opens the edition that a request names."""

    def __init__(self, library: Library) -> None:
        self.library, self.address = library, library.address

    def pick(self, edition: str | None, as_of: date | None) -> Writing:
        """The named edition, the one of a day, or the latest; raises ``NotFoundError`` where there is none."""
        shelf = self.library.shelf
        if edition and as_of:
            raise SearchError({"as_of": "name an edition or a day, not both"})
        chosen = shelf.latest
        if edition:
            chosen = shelf.find(edition)
        elif as_of:
            chosen = shelf.find_as_of(as_of.isoformat())
        return Writing(self.library.open(chosen).book, self.address)


def answer(value: Any, link: str | None = None) -> Response:
    """Plain values as JSON; ``link`` is where the next part of a list stands (also told as a header, RFC 8288)."""
    headers = {"link": f'<{link}>; rel="next"'} if link else None
    return Response(
        orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY), media_type="application/json", headers=headers
    )


def say_problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems a route may answer with, for its description."""
    words = {400: "The question cannot be answered", 404: "There is none", 422: "A parameter is wrong"}
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {status: {"description": words[status], "content": {PROBLEM: schema}} for status in statuses}
