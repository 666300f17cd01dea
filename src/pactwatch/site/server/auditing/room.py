"""The way of a request for an audit: from this site, not too often, a whole form, a free worker, an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from pactwatch.edition import Edition
from pactwatch.model.errors import NotFoundError
from pactwatch.site.audit_page import page_policy
from pactwatch.site.frame.page_types import HTML, JSON, Sheet
from pactwatch.site.frame.places import place_pinned
from pactwatch.site.library import Library
from pactwatch.site.server.auditing.desk import LONGEST_AUDIT, LONGEST_START, AuditDesk, BusyError
from pactwatch.site.server.auditing.form import Form, FormError, find_faults, read_form
from pactwatch.site.server.auditing.work import Kind, Task, Told
from pactwatch.site.server.forms import FORM, is_form, is_from_here, read_body
from pactwatch.site.server.limits import RateLimit
from pactwatch.site.web.answers import Answer, Headers, Receive, Scope, Send, send_answer, wants_page
from pactwatch.site.web.problems import make_error_page, make_problem

AGAIN = 10
"""Seconds after which who finds no free worker is asked to come back."""
UNKEPT: Headers = ((b"cache-control", b"no-store"),)

log = logging.getLogger("pactwatch.site")


class RefusedError(Exception):
    """There is no audit: status, words, the form as it was filled in, and headers."""

    def __init__(self, status: int, words: Sequence[str], form: Form | None = None, headers: Headers = ()) -> None:
        super().__init__(status)
        self.status, self.words, self.form, self.headers = status, words, form or Form(), headers


class AuditRoom:
    """Answers ``POST /audit`` with the audit's page, or its JSON where that is asked for; keeps and logs no article."""

    longest = LONGEST_AUDIT + LONGEST_START

    def __init__(self, library: Library, desk: AuditDesk, per_minute: int = 0) -> None:
        """One reader may have ``per_minute`` articles audited; 0 is no limit."""
        self._library, self.desk, self._rate = library, desk, RateLimit(per_minute)

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
        self._check(scope)
        form = await _read(receive)
        edition = await asyncio.to_thread(self._find_edition, form)
        faults = find_faults(form)
        if faults:
            raise RefusedError(400, faults, form)
        return await self._audit(form, edition, wants_page(scope))

    def _check(self, scope: Scope) -> None:
        """Refuse what is refused before its body is read."""
        if scope["method"] != "POST":
            raise RefusedError(405, ["Send the form with POST."], headers=((b"allow", b"GET, HEAD, POST"),))
        if not is_from_here(scope, self._library.address):
            raise RefusedError(403, ["The form was sent from a page of another site. Paste the article here."])
        if not is_form(scope):
            raise RefusedError(415, [f"The article has to come as a form ({FORM})."])
        if not self._rate.per_minute:
            return
        standing = self._rate.count(str((scope.get("client") or ("",))[0]))
        if not standing.is_allowed:
            words = f"{self._rate.per_minute} articles a minute are audited for one reader; come back in "
            raise RefusedError(429, [f"{words}{standing.seconds} s."], headers=_say_again(standing.seconds))

    async def _audit(self, form: Form, edition: Edition, is_page: bool) -> Answer:
        root = self._library.base + (place_pinned(edition.id, "") if form.edition else "")
        task = Task(form.text, form.address, form.title, form.day, edition.path, root, not is_page)
        try:
            told = await self.desk.audit(task)
        except BusyError:
            words = "Other articles are being audited just now, and each takes some seconds. Send yours again shortly."
            raise RefusedError(503, [words], form, _say_again(AGAIN)) from None
        return await asyncio.to_thread(_write, told, form, is_page)

    def _find_edition(self, form: Form) -> Edition:
        shelf = self._library.shelf
        try:
            edition = shelf.find(form.edition) if form.edition else shelf.latest
        except NotFoundError as error:
            raise RefusedError(404, [f"{error}."], form) from None
        self._library.open(edition)  # its bytes are what its seal says
        return edition

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


async def _read(receive: Receive) -> Form:
    try:
        return read_form(await read_body(receive))
    except FormError as error:
        raise RefusedError(400, [str(error)]) from None


def _write(told: Told, form: Form, is_page: bool) -> Answer:
    if told.kind is Kind.REFUSED:
        raise RefusedError(400, [told.words], form)
    if told.kind is Kind.LOST:
        words = f"The audit was given up ({told.words}). Audit a shorter text, or on your own machine: "
        raise RefusedError(503, [f"{words}pactwatch audit FILE."], form, _say_again(AGAIN))
    if told.kind is Kind.FAULT:
        log.error("an audit failed: %s", told.words)
        words = "The audit failed. What kind of fault it was stands in the log; the article does not."
        raise RefusedError(500, [words], form)
    body = told.words.encode("utf-8", "replace")
    policy = (b"content-security-policy", f"{page_policy()}; frame-ancestors 'none'".encode())
    answer = Answer(body, HTML, headers=(*UNKEPT, policy)) if is_page else Answer(body, JSON, headers=UNKEPT)
    _ = answer.packed  # in this thread, not in the one that answers everybody
    return answer


def _say_again(seconds: int) -> Headers:
    return ((b"retry-after", str(seconds).encode()),)
