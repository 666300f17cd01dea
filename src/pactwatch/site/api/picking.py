"""Which edition is asked, and how an answer or a problem is written."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
from fastapi import Response

from pactwatch.model.errors import NotFoundError
from pactwatch.site.api.reading import Writing
from pactwatch.site.library import Library

PROBLEM = "application/problem+json"


WORDS = {
    400: "The question cannot be answered",
    403: "Sent from a page of another site",
    404: "There is none",
    413: "Too much was sent",
    414: "The question is too long",
    415: "Sent in another form than is taken",
    422: "A parameter is wrong",
    429: "Too many requests; the header Retry-After says when to come back",
    431: "Too many or too large header fields",
    500: "A fault of the server",
    503: "The answer took too long; the header Retry-After says when to come back",
}


class Picker:
    """Opens the edition that a request names."""

    def __init__(self, library: Library) -> None:
        self.library, self.address = library, library.address

    def pick(self, edition: str | None, as_of: date | None) -> Writing:
        """The named edition, the one of a day, or the latest; raises ``NotFoundError`` where there is none."""
        shelf = self.library.shelf
        chosen = shelf.latest
        if edition:
            chosen = shelf.find(edition)
            if as_of and chosen.settings.as_of > as_of.isoformat():
                raise NotFoundError(f"{chosen.id} was gathered up to {chosen.settings.as_of}, which is after {as_of}")
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
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {status: {"description": WORDS[status], "content": {PROBLEM: schema}} for status in statuses}
