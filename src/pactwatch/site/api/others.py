"""Everything beside records: where to start, files in bulk, editions, actors, sources, claims, measures, changes."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response

from pactwatch.measures import MEASURES
from pactwatch.model.errors import NotFoundError
from pactwatch.site.api import models
from pactwatch.site.api.asking import AsOf, Cursor, EditionName, Limit, read_cursor, write_cursor
from pactwatch.site.api.picking import Picker, answer, say_problems
from pactwatch.site.api.reading import Plain, write_edition, write_source
from pactwatch.site.api.records import write_citation
from pactwatch.site.frame.changes import list_changes
from pactwatch.site.frame.citing import Citation
from pactwatch.site.frame.places import place_record
from pactwatch.site.pages.bulk import list_bulk
from pactwatch.site.pages.claims import find_result
from pactwatch.site.pages.measures import find_name, read_measure

BROKEN = say_problems(400, 404, 422)
ADDRESSES = ("bulk", "editions", "records", "facets", "actors", "sources", "claims", "measures", "changes", "citation")


def make_start(picker: Picker) -> APIRouter:
    """Where to start, files in bulk, editions, citation."""
    router = APIRouter(tags=["start"])
    base = f"{picker.address}api/v1/"

    @router.get("", include_in_schema=False)
    @router.get("/", response_model=models.Welcome)
    def welcome() -> Response:
        """Where to start."""
        edition = picker.library.shelf.latest
        settings = edition.settings
        head = {"title": settings.title, "edition": edition.id, "as_of": settings.as_of, "licence": settings.licence}
        addresses = {name: base + name for name in ADDRESSES}
        return answer({**head, "bulk": f"{base}bulk", "openapi": f"{base}openapi.json", "addresses": addresses})

    @router.get("/bulk", response_model=models.BulkList, responses=BROKEN)
    def bulk(edition: EditionName = None, as_of: AsOf = None) -> Response:
        """Files that hold everything: take these rather than paging through lists."""
        writing = picker.pick(edition, as_of)
        files = [{**one, "url": writing.link(one["path"])} for one in list_bulk(writing.book)]
        return answer({"edition": writing.edition, "files": files})

    @router.get("/editions", response_model=models.EditionList)
    def editions() -> Response:
        """The editions there are, oldest first."""
        shelf = picker.library.shelf
        told = [write_edition(one, picker.address, one.id == shelf.latest.id) for one in shelf.editions]
        return answer({"latest": shelf.latest.id, "editions": told})

    @router.get("/citation", response_model=models.Cited, responses=BROKEN)
    def cite(edition: EditionName = None, as_of: AsOf = None) -> Response:
        """How a whole edition is cited."""
        writing = picker.pick(edition, as_of)
        return answer(write_citation(Citation(writing.book.edition, address=picker.address)))

    return router


def make_tables(picker: Picker) -> APIRouter:
    """Actors, sources and changes."""
    router = APIRouter(tags=["tables"])

    @router.get("/actors", response_model=models.ActorList, responses=BROKEN)
    def actors(edition: EditionName = None, as_of: AsOf = None) -> Response:
        """States and bodies that occur in the records."""
        writing = picker.pick(edition, as_of)
        told = [writing.actor(row) for row in writing.book.actors.values()]
        return answer({"edition": writing.edition, "actors": told})

    @router.get("/sources", response_model=models.SourceList, responses=BROKEN)
    def sources(edition: EditionName = None, as_of: AsOf = None, limit: Limit = 50, cursor: Cursor = None) -> Response:
        """Pages and papers that the records stand on, by id."""
        place = 0
        if cursor:
            edition, place = read_cursor(cursor, "sources")
        writing = picker.pick(edition, None if cursor else as_of)
        every = list(writing.book.sources.values())
        told = [write_source(row) for row in every[place : place + limit]]
        return _part(picker, "sources", writing.edition, (told, place + limit, len(every), limit))

    @router.get("/changes", response_model=models.ChangeList, responses=BROKEN)
    def changes(
        kind: Literal["new", "changed", "withdrawn"] | None = None, limit: Limit = 50, cursor: Cursor = None
    ) -> Response:
        """What each edition added, changed and withdrew, the latest edition first."""
        what = f"changes-{kind or 'all'}"
        edition, place = read_cursor(cursor, what) if cursor else (None, 0)
        writing = picker.pick(edition, None)
        every = [one for one in writing.book.once(list_changes) if kind is None or one.kind == kind]
        told = [
            {
                **{name: getattr(one, name) for name in ("edition", "record", "kind", "title")},
                "what": list(one.what),
                "url": writing.link(place_record(one.record)),
            }
            for one in every[place : place + limit]
        ]
        extra = f"&kind={kind}" if kind else ""
        return _part(picker, "changes", writing.edition, (told, place + limit, len(every), limit), (what, extra))

    return router


def make_findings(picker: Picker) -> APIRouter:
    """Claims and measures."""
    router = APIRouter(tags=["findings"])

    @router.get("/claims", response_model=models.ClaimList, responses=BROKEN)
    def claims(edition: EditionName = None, as_of: AsOf = None) -> Response:
        """The tested claims with their verdicts."""
        writing = picker.pick(edition, as_of)
        told = [writing.claim(result) for result in writing.book.results]
        return answer({"edition": writing.edition, "claims": told})

    @router.get("/claims/{claim}", response_model=models.ClaimAnswer, responses=BROKEN)
    def read_claim(claim: str, edition: EditionName = None, as_of: AsOf = None) -> Response:
        """A claim with its numbers, its grid and its records."""
        writing = picker.pick(edition, as_of)
        result = find_result(writing.book, claim)
        url = writing.claim(result)["url"]
        return answer({"edition": writing.edition, "url": url, "claim": result.model_dump(mode="json")})

    @router.get("/measures", response_model=models.MeasureList, responses=BROKEN)
    def measures(edition: EditionName = None, as_of: AsOf = None) -> Response:
        """What is counted and computed from the records."""
        writing = picker.pick(edition, as_of)
        told = [writing.measure(measure) for measure in MEASURES.values()]
        return answer({"edition": writing.edition, "measures": told})

    @router.get("/measures/{measure}", response_model=models.MeasureAnswer, responses=BROKEN)
    def read_one(measure: str, edition: EditionName = None, as_of: AsOf = None) -> Response:
        """A measure's whole table."""
        writing = picker.pick(edition, as_of)
        name = find_name(measure)
        rows = read_measure(writing.book, name).rows
        told = {"measure": writing.measure(MEASURES[name]), "total": len(rows), "rows": rows}
        return answer({"edition": writing.edition, **told})

    return router


def _part(
    picker: Picker,
    name: str,
    edition: str,
    told: tuple[list[Plain], int, int, int],
    what: tuple[str, str] | None = None,
) -> Response:
    """A part of a list: the entries, the place after them, how many there are in all, and how many were asked for."""
    entries, after, total, limit = told
    if after - limit > total:
        raise NotFoundError("the list ends before this place")
    question, extra = what or (name, "")
    link = None
    if after < total:
        cursor = write_cursor(edition, question, after)
        link = f"{picker.address}api/v1/{name}?limit={limit}&cursor={cursor}{extra}"
    return answer({"edition": edition, "total": total, "next": link, name: entries}, link)
