"""The way of a request for the review: from this site, of somebody known, about what stands now."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pactwatch.model.errors import NotFoundError, PactwatchError
from pactwatch.site.frame.page_types import HTML, Sheet
from pactwatch.site.frame.places import place_record
from pactwatch.site.library import Library
from pactwatch.site.server.reviewing.decisions import Done, Refused, StaleError, act
from pactwatch.site.server.reviewing.form import Form, FormError, read_form
from pactwatch.site.server.reviewing.office import Office
from pactwatch.site.server.reviewing.reviewers import Reviewers, is_loopback
from pactwatch.site.server.reviewing.sessions import Session, Sessions, write_cookie
from pactwatch.site.server.reviewing.views import view
from pactwatch.site.web.answers import Answer, Headers, Receive, Scope, Send, find_header, send_answer
from pactwatch.site.web.forms import FORM, is_from_here, is_of_type, read_body
from pactwatch.site.web.problems import make_error_page
from pactwatch.site.web.rates import RateLimit

if TYPE_CHECKING:
    from pactwatch.flow.desk import Desk
    from pactwatch.flow.sitting import Sitting

SIGN_INS_PER_MINUTE = 10
"""Tokens that one address may try in a minute, half of them at once."""
UNKEPT: Headers = ((b"cache-control", b"no-store"),)

log = logging.getLogger("pactwatch.site")


PATIENCE = 60.0
"""Seconds in which a question is answered, lining all of them up where that has to be done first."""


class RefusedError(Exception):
    """The request is not answered: status, words, headers."""

    def __init__(self, status: int, words: str, headers: Headers = ()) -> None:
        super().__init__(words)
        self.status, self.words, self.headers = status, words, headers


class ReviewRoom:
    """Answers ``/review``: the next question with ``GET``, an answer to it with ``POST``."""

    def __init__(self, library: Library, office: Office, reviewers: Reviewers) -> None:
        self._library, self.office, self._reviewers = library, office, reviewers
        self._sessions, self._rate = Sessions(), RateLimit(SIGN_INS_PER_MINUTE)

    def find_patience(self, _: Scope) -> float:
        """Seconds in which a request is answered."""
        return PATIENCE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            answer = await self._answer(scope, receive)
        except RefusedError as refused:
            answer = await asyncio.to_thread(self._refuse, refused.status, refused.words, refused.headers)
        await send_answer(answer, scope, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        self._check_host(scope)
        part = scope["path"].strip("/").partition("/")[2]
        session = self._sessions.find(find_header(scope, b"cookie"))
        if scope["method"] in ("GET", "HEAD") and not part:
            return await asyncio.to_thread(self._show, session, scope["query_string"])
        if part not in ("", "sign-in", "sign-out"):
            raise RefusedError(404, "The review has one page.")
        if scope["method"] != "POST":
            raise RefusedError(405, "Answers are sent with POST.", ((b"allow", b"GET, HEAD, POST"),))
        form = await self._read(scope, receive)
        if part == "sign-in":
            return await asyncio.to_thread(self._sign_in, form, str((scope.get("client") or ("",))[0]))
        if session is None or not session.has_sent(form.mark):
            words = "This form is not from a page that this server gave to you: it was started anew, you were away for "
            raise RefusedError(403, f"{words}long, or cookies are off. Nothing was kept; open the review again.")
        if part == "sign-out":
            self._sessions.end(session)
            return self._go("", self._cookie(None))
        return await asyncio.to_thread(self._take, session, form)

    def _check_host(self, scope: Scope) -> None:
        """Without tokens only this machine is answered, by a name of its own: another name that leads here could be
        that of a page that reads along (DNS rebinding)."""
        host = urlsplit(f"//{find_header(scope, b'host')}").hostname or ""
        if self._reviewers.alone and not is_loopback(host):
            raise RefusedError(403, "The review is answered on this machine alone, as localhost or 127.0.0.1.")

    async def _read(self, scope: Scope, receive: Receive) -> Form:
        if not is_from_here(scope, self._library.address):
            raise RefusedError(403, "The form was sent from a page of another site. Nothing was kept.")
        if not is_of_type(scope, FORM):
            raise RefusedError(415, f"An answer has to come as a form ({FORM}).")
        try:
            return read_form(await read_body(receive))
        except FormError as error:
            raise RefusedError(400, f"{error} Nothing was kept.") from None

    def _show(self, session: Session | None, query: bytes) -> Answer:
        if session is None and not self._reviewers.alone:
            return self._write("review_sign_in.html", {"words": ""})
        headers: Headers = ()
        if session is None:
            session = self._sessions.begin(self._reviewers.alone)
            headers = self._cookie(session)
        try:
            with self.office.sit(session.reviewer) as sitting:
                question = sitting.desk.next_question()
                shown = view(sitting, question, {}) if question else None
                return self._write(
                    "review.html",
                    {**self._share(session, sitting), "shown": shown, "said": _read_said(query)},
                    headers=headers,
                )
        except PactwatchError as error:
            status = 200 if isinstance(error, NotFoundError) else 503
            return self._write("review_empty.html", self._explain(session, error), status, headers)

    def _take(self, session: Session, form: Form) -> Answer:
        try:
            with self.office.sit(session.reviewer) as sitting:
                try:
                    done = act(sitting, form)
                except StaleError as stale:
                    values = {**self._share(session, sitting), "words": str(stale), "form": form}
                    return self._write("review_stale.html", values, 409)
                if isinstance(done, Done):
                    return self._go(f"?{done.query}")
                return self._write("review.html", self._view_refused(session, sitting, done, form), 422)
        except PactwatchError as error:
            log.warning("an answer in the review was not kept: %s", type(error).__name__)
            return self._write("review_empty.html", self._explain(session, error), 503)

    def _view_refused(self, session: Session, sitting: Sitting, refused: Refused, form: Form) -> dict[str, Any]:
        shown = view(sitting, refused.question, refused.given, refused.faults)
        told = {"words": refused.words, "reason": form.reason, "is_editing": bool(refused.given)}
        return {**self._share(session, sitting), "shown": shown, "said": {}, **told, "chosen": form.candidate}

    def _share(self, session: Session, sitting: Sitting) -> dict[str, Any]:
        """What every page of the review knows of its reader."""
        desk = sitting.desk
        return {
            "reviewer": session.reviewer,
            "mark": session.mark,
            "has_token": not self._reviewers.alone,
            "open_count": desk.open_count,
            "tally": sitting.tally,
            "last": sitting.decided[-1] if sitting.decided else None,
            "waiting": desk.waiting_count,
            "told_count": len(desk.telling.hearing.told),
            "links": self._link(desk),
            **{"words": "", "reason": "", "is_editing": False, "chosen": 0},
        }

    def _link(self, desk: Desk) -> dict[str, str]:
        """Pages of the records that the next question may belong to, where the edition shown has them."""
        records = self._library.open(self._library.shelf.latest).book.records
        question = desk.next_question()
        keys = [one.key for one in question.candidates] if question else []
        return {key: place_record(key) for key in keys if key in records}

    def _explain(self, session: Session, error: PactwatchError) -> dict[str, Any]:
        is_empty = isinstance(error, NotFoundError)
        shared = {"reviewer": session.reviewer, "mark": session.mark, "has_token": not self._reviewers.alone}
        return {**shared, "is_empty": is_empty, "words": str(error)}

    def _sign_in(self, form: Form, address: str) -> Answer:
        standing = self._rate.count(address)
        if not standing.is_allowed:
            words = f"Too many tokens were tried; try again in {standing.seconds} s."
            raise RefusedError(429, words, ((b"retry-after", str(standing.seconds).encode()),))
        reviewer = self._reviewers.find(form.token)
        if not reviewer:
            return self._write("review_sign_in.html", {"words": "This is nobody's token."}, 403)
        return self._go("", self._cookie(self._sessions.begin(reviewer)))

    def _cookie(self, session: Session | None) -> Headers:
        is_secure = self._library.address.startswith("https:")
        return ((b"set-cookie", write_cookie(session, f"{self._library.base}review", is_secure)),)

    def _go(self, query: str, headers: Headers = ()) -> Answer:
        location = f"{self._library.base}review{query}".encode()
        return Answer(b"", "text/plain", 303, headers=((b"location", location), *UNKEPT, *headers))

    def _write(self, template: str, values: dict[str, Any], status: int = 200, headers: Headers = ()) -> Answer:
        site = self._library.open(self._library.shelf.latest)
        body = site.write("review", Sheet(template, values), root=self._library.base).encode("utf-8", "replace")
        return Answer(body, HTML, status, headers=(*UNKEPT, *headers))

    def _refuse(self, status: int, words: str, headers: Headers) -> Answer:
        site = self._library.open(self._library.shelf.latest)
        return make_error_page(site, self._library.base, (status, words), (*UNKEPT, *headers))


def _read_said(query: bytes) -> dict[str, str]:
    """What the page before did, as the address tells it: numbers of entries by what was done, and nothing else."""
    pairs = (part.partition("=") for part in query.decode("latin-1")[:100].split("&"))
    return {name: value for name, _, value in pairs if name in ("kept", "skipped", "undone") and value.isdecimal()}
