"""Browsers that are known again by a cookie, and the mark that every form of theirs has to bear."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

COOKIE = "pactwatch-review"
LONGEST_REST = 12 * 3600.0
"""Seconds without a request after which a browser is no longer known."""
MOST_SESSIONS = 1000


@dataclass(frozen=True)
class Session:
    """A browser of a reviewer. ``mark`` stands in each of its forms; who cannot read its pages does not know it."""

    reviewer: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    mark: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def has_sent(self, mark: str) -> bool:
        """Whether a form bears this session's mark."""
        return hmac.compare_digest(self.mark.encode(), mark.encode("utf-8", "replace"))


class Sessions:
    """The sessions of a server, in memory: they end with it. Safe to ask from several threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._used: OrderedDict[str, tuple[Session, float]] = OrderedDict()

    def begin(self, reviewer: str) -> Session:
        """A new session; the one that rested longest goes where there are too many."""
        session = Session(reviewer)
        with self._lock:
            self._used[session.id] = session, self._now()
            if len(self._used) > MOST_SESSIONS:
                self._used.popitem(last=False)
        return session

    def find(self, cookies: str) -> Session | None:
        """The session that a request's cookies name, where it is known."""
        name = _read_cookie(cookies)
        with self._lock:
            session, used = self._used.pop(name, (None, 0.0))
            if session is None or self._now() - used > LONGEST_REST:
                return None
            self._used[name] = session, self._now()
            return session

    def end(self, session: Session) -> None:
        """Forget a session."""
        with self._lock:
            self._used.pop(session.id, None)


def write_cookie(session: Session | None, path: str, is_secure: bool) -> bytes:
    """The header that gives a browser its cookie, or takes it away; no script can read it and no other site's form
    carries it."""
    value, age = (session.id, "") if session else ("", "; Max-Age=0")
    secure = "; Secure" if is_secure else ""
    return f"{COOKIE}={value}; Path={path}; HttpOnly; SameSite=Lax{age}{secure}".encode()


def _read_cookie(cookies: str) -> str:
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
