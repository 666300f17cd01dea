"""Records, their citations, and what may be chosen among them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from pactwatch.site.api import models
from pactwatch.site.api.asking import (
    AsOf,
    EditionFilter,
    EditionName,
    ListFilter,
    name_search,
    read_cursor,
    write_cursor,
)
from pactwatch.site.api.picking import Picker, answer, say_problems
from pactwatch.site.frame.citing import Citation
from pactwatch.site.frame.places import place_record
from pactwatch.site.search import read_index


def make_records(picker: Picker) -> APIRouter:
    """The routes under ``/records``."""
    router = APIRouter(tags=["records"])

    @router.get("/records", response_model=models.RecordList, responses=say_problems(400, 404, 422))
    def list_records(asked: Annotated[ListFilter, Query()]) -> Response:
        """Records found by any filter, a part at a time."""
        search = asked.read(asked.sort)
        what = name_search(search)
        place = 0
        name = asked.edition
        if asked.cursor:
            name, place = read_cursor(asked.cursor, what)
        writing = picker.pick(name, None if asked.cursor else asked.as_of)
        found = read_index(writing.book).find(search)
        heads = [writing.head(writing.book.records[one]) for one in found.ids.take(place, place + asked.limit)]
        after = place + asked.limit
        link = None
        if after < found.total:
            cursor = write_cursor(writing.edition, what, after)
            query = "&".join(part for part in (what, f"limit={asked.limit}", f"cursor={cursor}") if part)
            link = f"{picker.address}api/v1/records?{query}"
        return answer({"edition": writing.edition, "total": found.total, "next": link, "records": heads}, link)

    @router.get("/facets", response_model=models.FacetList, responses=say_problems(400, 404, 422))
    def list_facets(asked: Annotated[EditionFilter, Query()]) -> Response:
        """What may be chosen of each facet under a search, with the number of records each choice finds."""
        search = asked.read()
        writing = picker.pick(asked.edition, asked.as_of)
        index = read_index(writing.book)
        facets = {
            name: [{"value": one.value, "words": one.words, "count": one.count} for one in options]
            for name, options in index.list_options(search).items()
        }
        return answer({"edition": writing.edition, "total": index.find(search).total, "facets": facets})

    @router.get("/records/{record}", response_model=models.Record, responses=say_problems(400, 404, 422))
    def read_record(record: str, edition: EditionName = None, as_of: AsOf = None) -> Response:
        """A record in full. One whose id is no plain name is asked for by the name of its page."""
        writing = picker.pick(edition, as_of)
        return answer(writing.record(writing.book.find_record(record)))

    @router.get("/records/{record}/citation", response_model=models.Cited, responses=say_problems(400, 404, 422))
    def cite_record(record: str, edition: EditionName = None, as_of: AsOf = None) -> Response:
        """How a record is cited, its edition named."""
        writing = picker.pick(edition, as_of)
        view = writing.book.find_record(record)
        return answer(write_citation(Citation(writing.book.edition, view.title, place_record(view.id), picker.address)))

    return router


def write_citation(citation: Citation) -> dict[str, Any]:
    """A citation in every form."""
    told = {"apa": citation.apa, "bibtex": citation.bibtex, "csl": citation.csl}
    return {"edition": citation.edition.id, **told}
