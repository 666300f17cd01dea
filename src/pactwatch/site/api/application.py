"""The API as one application: its routes, its problems, its description, and answers kept for those who ask again."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, MutableMapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException

from pactwatch.model.errors import NotFoundError, PactwatchError
from pactwatch.site.api import models
from pactwatch.site.api.audits import PATH as AUDIT
from pactwatch.site.api.audits import make_audits, say_refused
from pactwatch.site.api.others import make_findings, make_start, make_tables
from pactwatch.site.api.picking import Picker, say_problems
from pactwatch.site.api.records import make_records
from pactwatch.site.auditing import PATIENCE, AuditMaker, RefusedError
from pactwatch.site.frame.testing import UntestedError
from pactwatch.site.library import Library
from pactwatch.site.search import SearchError
from pactwatch.site.web.answers import LONGEST_ANSWER, Answer, Headers, Kept, Receive, Room, Scope, Send, send_answer
from pactwatch.site.web.forms import read_body
from pactwatch.site.web.problems import make_problem
from pactwatch.version import __version__

PREFIX = "/api/v1"

EVERYWHERE = (414, 429, 431, 503)
"""Problems that any address may answer with."""

DESCRIPTION = (
    "Dated, cited records of defence partnerships, tested claims and measures. Everything can be read without a key. "
    "Take whole files from `/bulk` before you page through lists. Every answer names its edition, and an edition never "
    "changes: ask with `edition=` to get the same again, or with `as_of=` for what was gathered up to a day. Answers "
    "carry an entity tag and a date. `POST /audit` holds an "
    "article against the records and keeps nothing of it. Too many requests are refused with 429 and told when to come "
    "back."
)


def make_api(library: Library, kept: Kept, maker: AuditMaker) -> Room:
    """The ASGI application under ``/api``; ``maker`` has articles audited."""
    picker = Picker(library)
    api = FastAPI(
        title="pactwatch",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    api.openapi_url = None
    tables = (make_start(picker), make_records(picker), make_findings(picker), make_tables(picker))
    for router in (*tables, make_audits(maker)):
        api.include_router(router, prefix=PREFIX)
    _add_problems(api)
    described = describe(api)
    api.add_route(f"{PREFIX}/openapi.json", lambda _: _write(described), methods=["GET", "HEAD"])
    return KeptApi(api, library, kept, maker)


def describe(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    document = get_openapi(title=api.title, version=api.version, description=api.description, routes=api.routes)
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for model in (models.Problem, models.Fault):
        schemas[model.__name__] = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas[model.__name__].pop("$defs", None)
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"] |= {str(status): one for status, one in say_problems(*EVERYWHERE).items()}
    document["servers"] = [{"url": "/"}]
    document["info"]["license"] = {"name": "Apache-2.0 (code); each edition names the licence of its facts"}
    return document


def _is_audit(scope: Scope) -> bool:
    return bool(scope["method"] == "POST" and scope["path"].rstrip("/") == PREFIX + AUDIT)


class KeptApi:
    """Answers of the API kept by path and query for as long as the latest edition is the same; any page of the web may
    read them. Beside reading, an article may be sent for its audit, by this site and by programs."""

    def __init__(self, api: FastAPI, library: Library, kept: Kept, maker: AuditMaker) -> None:
        self._api, self._library, self._kept, self._maker = api, library, kept, maker

    def find_patience(self, scope: Scope) -> float:
        """Seconds in which a request is answered."""
        return PATIENCE if _is_audit(scope) else LONGEST_ANSWER

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["method"] == "OPTIONS":
            await send_answer(Answer(b"", "text/plain", 204, headers=PREFLIGHT), scope, send)
            return
        if _is_audit(scope):
            await self._audit(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            words = "The API can be read, not written to."
            await send_answer(make_problem(405, words, headers=((b"allow", b"GET, HEAD, OPTIONS"),)), scope, send)
            return
        answer = self.peek(scope)
        if answer is None:
            answer = await self._ask({**scope, "method": "GET"}, receive)
            if answer.status == 200:
                self._kept.put(self._name(scope), answer)
        await send_answer(answer, scope, send)

    def peek(self, scope: Scope) -> Answer | None:
        """The answer that is kept for a request."""
        return self._kept.get(self._name(scope)) if scope["method"] in ("GET", "HEAD") else None

    async def _audit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have an article audited; the answer is sent once and not kept."""
        try:
            self._maker.check(scope, "application/json")
        except RefusedError as refusal:
            made = make_problem(refusal.status, " ".join(refusal.words), headers=refusal.headers)
            await send_answer(made, scope, send)
            return
        body = await read_body(receive)  # here, so that one that is too large is told as such

        async def replay() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        await self._api(scope, replay, send)

    def _name(self, scope: Scope) -> Hashable:
        return "api", self._library.shelf.latest.id, scope["path"], scope["query_string"]

    async def _ask(self, scope: Scope, receive: Receive) -> Answer:
        status, parts, head = 500, [], {}

        async def collect(message: MutableMapping[str, Any]) -> None:
            nonlocal status, head
            if message["type"] == "http.response.start":
                status, head = message["status"], dict(message["headers"])
            else:
                parts.append(message.get("body", b""))

        await self._api(scope, receive, collect)
        body = b"".join(parts)
        media_type = head.get(b"content-type", b"application/json").decode("latin-1")
        others = tuple((name, head[name]) for name in (b"link", b"location", b"allow") if name in head)
        if status != 200:
            return Answer(body, media_type, status, headers=others)
        edition = self._library.shelf.latest
        modified = (edition.path / "edition.json").stat().st_mtime
        tag = hashlib.blake2b(body, digest_size=12).hexdigest()
        return Answer(body, media_type, 200, tag, modified, (*others, (b"cache-control", b"no-cache")))


PREFLIGHT = (
    (b"access-control-allow-methods", b"GET, HEAD, OPTIONS"),
    (b"access-control-allow-headers", b"if-none-match, if-modified-since, range, accept"),
    (b"access-control-max-age", b"86400"),
)


def _add_problems(api: FastAPI) -> None:
    @api.exception_handler(RequestValidationError)
    async def say_invalid(_: Request, error: RequestValidationError) -> Response:
        faults = {".".join(str(part) for part in one["loc"][1:]) or "query": one["msg"] for one in error.errors()}
        return _problem(422, "One or more parameters are wrong.", faults)

    api.add_exception_handler(RefusedError, say_refused)

    @api.exception_handler(SearchError)
    async def say_unanswerable(_: Request, error: SearchError) -> Response:
        return _problem(400, "The question cannot be answered.", error.faults)

    @api.exception_handler(NotFoundError)
    async def say_missing(_: Request, error: NotFoundError) -> Response:
        return _problem(404, str(error))

    @api.exception_handler(UntestedError)
    async def say_untested(_: Request, error: UntestedError) -> Response:
        return _problem(503, f"{error}. Ask again in some seconds.")

    @api.exception_handler(PactwatchError)
    async def say_other(_: Request, error: PactwatchError) -> Response:
        return _problem(400, str(error))

    @api.exception_handler(HTTPException)
    async def say_http(_: Request, error: HTTPException) -> Response:
        words = {
            404: "There is nothing at this address; /api/v1/ says where to start.",
            405: "This address takes an article with POST; /api/v1/openapi.json describes it.",
        }
        headers = tuple((name.lower().encode(), value.encode()) for name, value in (error.headers or {}).items())
        return _problem(error.status_code, words.get(error.status_code) or str(error.detail), headers=headers)


def _problem(status: int, detail: str, faults: dict[str, str] | None = None, headers: Headers = ()) -> Response:
    made = make_problem(status, detail, faults)
    told = {name.decode(): value.decode() for name, value in headers}
    return Response(made.body, status, told, made.media_type)


def _write(document: dict[str, Any]) -> Response:
    import orjson

    return Response(orjson.dumps(document), media_type="application/json")
