"""From what was sent to the answer: from this site, not too often, whole, against an edition, by a free worker."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

from pactwatch.edition import Edition
from pactwatch.model.errors import NotFoundError
from pactwatch.site.auditing.desk import LONGEST_AUDIT, LONGEST_START, AuditDesk, BusyError
from pactwatch.site.auditing.form import Form, find_faults
from pactwatch.site.auditing.work import Kind, Task, Told
from pactwatch.site.frame.places import place_pinned
from pactwatch.site.library import Library
from pactwatch.site.web.answers import Headers, Scope
from pactwatch.site.web.forms import is_from_here, is_of_type
from pactwatch.site.web.rates import RateLimit

AGAIN = 10
"""Seconds after which who finds no free worker is asked to come back."""
PATIENCE = LONGEST_AUDIT + LONGEST_START
"""Seconds in which an audit is answered, whatever becomes of it."""

log = logging.getLogger("pactwatch.site")


class RefusedError(Exception):
    """There is no audit: status, words, the form as it was sent, headers, and the faults by field where there are."""

    def __init__(self, status: int, words: Sequence[str], form: Form | None = None, headers: Headers = ()) -> None:
        super().__init__(status)
        self.status, self.words, self.form, self.headers = status, words, form or Form(), headers
        self.faults: Mapping[str, str] = {}


class AuditMaker:
    """Has articles audited, for the page and for the API; keeps and logs none."""

    def __init__(self, library: Library, desk: AuditDesk, per_minute: int = 0) -> None:
        """One reader may have ``per_minute`` articles audited, whichever way they are sent; 0 is no limit."""
        self.library, self.desk, self._rate = library, desk, RateLimit(per_minute)

    def check(self, scope: Scope, media_type: str) -> None:
        """Refuse what is refused before its body is read: raises :class:`RefusedError`. ``media_type`` is what the
        body has to be."""
        if not is_from_here(scope, self.library.address):
            raise RefusedError(403, ["This was sent from a page of another site. Paste the article here."])
        if not is_of_type(scope, media_type):
            raise RefusedError(415, [f"The article has to be sent as {media_type}."])
        if not self._rate.per_minute:
            return
        standing = self._rate.count(str((scope.get("client") or ("",))[0]))
        if not standing.is_allowed:
            words = f"{self._rate.per_minute} articles a minute are audited for one reader; come back in "
            raise RefusedError(429, [f"{words}{standing.seconds} s."], headers=say_again(standing.seconds))

    async def make(self, form: Form, is_page: bool) -> str:
        """The audit as a page with links into the site, or as the document that ``pactwatch audit --json`` prints.
        Raises :class:`RefusedError`."""
        edition = await asyncio.to_thread(self._find_edition, form)
        faults = find_faults(form)
        if faults:
            refusal = RefusedError(400, list(faults.values()), form)
            refusal.faults = faults
            raise refusal
        root = self.library.base + (place_pinned(edition.id, "") if form.edition else "")
        task = Task(form.text, form.address, form.title, form.day, edition.path, root, not is_page)
        try:
            told = await self.desk.audit(task)
        except BusyError:
            words = "Other articles are being audited just now, and each takes some seconds. Send yours again shortly."
            raise RefusedError(503, [words], form, say_again(AGAIN)) from None
        return _take(told, form)

    def _find_edition(self, form: Form) -> Edition:
        shelf = self.library.shelf
        try:
            edition = shelf.find(form.edition) if form.edition else shelf.latest
        except NotFoundError as error:
            raise RefusedError(404, [f"{error}."], form) from None
        self.library.open(edition)  # its bytes are what its seal says
        return edition


def say_again(seconds: int) -> Headers:
    """When to come back."""
    return ((b"retry-after", str(seconds).encode()),)


def _take(told: Told, form: Form) -> str:
    """The words of an answer; raises :class:`RefusedError` where there is none."""
    if told.kind is Kind.REFUSED:
        refusal = RefusedError(400, [told.words], form)
        refusal.faults = {"text" if form.text else "address": told.words}
        raise refusal
    if told.kind is Kind.LOST:
        words = f"The audit was given up ({told.words}). Audit a shorter text, or on your own machine: "
        raise RefusedError(503, [f"{words}pactwatch audit FILE."], form, say_again(AGAIN))
    if told.kind is Kind.FAULT:
        log.error("an audit failed: %s", told.words)
        words = "The audit failed. What kind of fault it was stands in the log; the article does not."
        raise RefusedError(500, [words], form)
    return told.words
