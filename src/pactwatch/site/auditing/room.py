"""The form of the page: what was filled in goes to the making, a page comes back."""

from __future__ import annotations

import asyncio

from pactwatch.site.audit_page import page_policy
from pactwatch.site.auditing.form import FormError, read_form
from pactwatch.site.auditing.making import PATIENCE, AuditMaker, RefusedError
from pactwatch.site.frame.page_types import HTML, Sheet
from pactwatch.site.web.answers import Answer, Headers, Receive, Scope, Send, send_answer, wants_page
from pactwatch.site.web.forms import FORM, read_body
from pactwatch.site.web.problems import make_error_page, make_problem

UNKEPT: Headers = ((b"cache-control", b"no-store"),)
"""Sent with every audit: nobody keeps it."""


class AuditRoom:
    """Answers ``POST /audit`` with the audit's page, or with the form again and what is wrong with it."""

    def __init__(self, maker: AuditMaker) -> None:
        self.maker, self._library = maker, maker.library

    def find_patience(self, _: Scope) -> float:
        """Seconds in which a request is answered."""
        return PATIENCE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            answer = await self._answer(scope, receive)
        except RefusedError as refusal:
            answer = await asyncio.to_thread(self._refuse, refusal, wants_page(scope))
        await send_answer(answer, scope, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        if scope["path"].strip("/") != "audit":
            return await asyncio.to_thread(self._say_missing, wants_page(scope))
        if scope["method"] in ("GET", "HEAD"):
            location = f"{self._library.base}audit.html".encode()
            return Answer(b"", "text/plain", 303, headers=((b"location", location), *UNKEPT))
        if scope["method"] != "POST":
            raise RefusedError(405, ["Send the form with POST."], headers=((b"allow", b"GET, HEAD, POST"),))
        if not wants_page(scope):
            raise RefusedError(406, ["Here is a page for people; programs send JSON to /api/v1/audit."])
        self.maker.check(scope, FORM)
        try:
            form = read_form(await read_body(receive))
        except FormError as error:
            raise RefusedError(400, [str(error)]) from None
        return await asyncio.to_thread(_write, await self.maker.make(form, is_page=True))

    def _refuse(self, refusal: RefusedError, is_page: bool) -> Answer:
        """The form again with what was filled in and what is wrong with it; for programs a problem document."""
        headers = (*UNKEPT, *refusal.headers)
        if not is_page:
            return make_problem(refusal.status, " ".join(refusal.words), headers=headers)
        site = self._library.open(self._library.shelf.latest)
        sheet = Sheet("audit.html", {"given": refusal.form.as_shown(), "faults": refusal.words})
        body = site.write("audit.html", sheet, root=self._library.base).encode("utf-8", "replace")
        return Answer(body, HTML, refusal.status, headers=headers)

    def _say_missing(self, is_page: bool) -> Answer:
        words = "An audit is made when it is asked for and is not kept; paste the article again."
        if not is_page:
            return make_problem(404, words, headers=UNKEPT)
        site = self._library.open(self._library.shelf.latest)
        return make_error_page(site, self._library.base, (404, words), UNKEPT)


def _write(words: str) -> Answer:
    policy = (b"content-security-policy", f"{page_policy()}; frame-ancestors 'none'".encode())
    answer = Answer(words.encode("utf-8", "replace"), HTML, headers=(*UNKEPT, policy))
    _ = answer.packed  # in this thread, not in the one that answers everybody
    return answer
