"""``POST /audit``: an article held against the records, as the page's form has it done."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from pactwatch.site.api.audit_models import Article, AuditAnswer
from pactwatch.site.api.picking import say_problems
from pactwatch.site.auditing import AuditMaker, RefusedError
from pactwatch.site.auditing.form import Form
from pactwatch.site.web.problems import make_problem

PATH = "/audit"
REFUSED = say_problems(400, 403, 404, 413, 415, 422, 429, 500, 503)


def make_audits(maker: AuditMaker) -> APIRouter:
    """The one address that takes something: it keeps nothing of it."""
    router = APIRouter(tags=["audit"])

    @router.post(PATH, response_model=AuditAnswer, responses=REFUSED)
    async def audit(article: Article) -> Response:
        """Which sentences of an article hold, and on what evidence: what `pactwatch audit --json` prints. Send a text
        or an address, in English. It takes seconds; two articles are audited at once, the third is told to come back.
        Nothing is kept or logged."""
        words = await maker.make(read_article(article), is_page=False)
        return Response(words.encode("utf-8", "replace"), media_type="application/json", headers=UNKEPT)

    return router


UNKEPT = {"cache-control": "no-store"}


def read_article(article: Article) -> Form:
    """What was sent as the making takes it."""
    published = article.published.isoformat() if article.published else ""
    short = {"address": article.address, "title": article.title, "published": published, "edition": article.edition}
    return Form.clean(article.text.encode(), **short)


async def say_refused(_: Request, refusal: Exception) -> Response:
    """A refusal as a problem document."""
    assert isinstance(refusal, RefusedError)  # noqa: S101 - it is registered for no other
    made = make_problem(refusal.status, " ".join(refusal.words), refusal.faults)
    headers: dict[str, Any] = UNKEPT | {name.decode(): value.decode() for name, value in refusal.headers}
    return Response(made.body, made.status, headers, made.media_type)
