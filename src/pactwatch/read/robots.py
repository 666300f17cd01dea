"""robots.txt as RFC 9309 defines it: groups by product token, the longest matching path wins, ``*`` and ``$``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

PRODUCT = "pactwatch"
_MOST_RULES = 10_000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for pactwatch: path patterns with whether they are open. Without rules all is open."""

    rules: tuple[tuple[str, bool], ...] = ()
    is_closed: bool = False

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be asked for; ``/robots.txt`` always may."""
        if path == "/robots.txt":
            return True
        if self.is_closed:
            return False
        asked = _plain(path)
        matching = [(len(pattern), is_open) for pattern, is_open in self.rules if _matches(pattern, asked)]
        return max(matching)[1] if matching else True  # of two as long, the open one


def parse_robots(text: str) -> Robots:
    """The rules for ``pactwatch``, else for everybody."""
    own: list[tuple[str, bool]] = []
    everybody: list[tuple[str, bool]] = []
    agents: list[str] = []
    is_naming, is_named = False, False
    for line in text.removeprefix("\ufeff").splitlines():
        name, _, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "user-agent":
            agents = [*agents, value.lower()] if is_naming else [value.lower()]
            is_naming = True
            is_named = is_named or _is_us(value)
        elif name in ("allow", "disallow"):
            is_naming = False
            rule = [(_plain(value), name == "allow")] if value else []
            own += rule if any(map(_is_us, agents)) else []
            everybody += rule if "*" in agents else []
    return Robots(tuple((own if is_named else everybody)[:_MOST_RULES]))


def _is_us(agent: str) -> bool:
    return re.split(r"[/\s]", agent.strip().lower())[0] == PRODUCT


def _plain(path: str) -> str:
    """A path in one notation: what may stand unescaped is, the rest is escaped."""
    return quote(unquote(path, "utf-8", "surrogateescape").encode("utf-8", "surrogateescape"), safe="/*$?&=+;:@!,'()~")


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern fits a path from its beginning; parts between stars are looked for in order, without going
    back, so that no pattern takes long.
    """
    is_whole = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not is_whole or at == len(path):
        return True
    return len(parts) > 1 and path.endswith(parts[-1])
