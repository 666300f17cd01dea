"""Where every page and file of the site stands, as paths from its root."""

from __future__ import annotations

import hashlib
import re

EDITION_FOLDER = "data/edition"
"""The sealed edition, unchanged and with nothing beside it, so that it can be verified and opened where it stands."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def name_file(identifier: str) -> str:
    """An identifier as a file name or anchor: itself when plain, else a digest of it, so that no identifier can lead
    elsewhere or stand where an index does."""
    if _PLAIN.fullmatch(identifier) and ".." not in identifier and identifier.lower() != "index":
        return identifier
    return "x" + hashlib.sha256(identifier.encode()).hexdigest()[:16]


def place_record(record_id: str) -> str:
    """A record's page."""
    return f"records/{name_file(record_id)}.html"


def place_actor(code: str) -> str:
    """An actor's page."""
    return f"partners/{name_file(code)}.html"


def place_claim(claim_id: str) -> str:
    """A claim's page."""
    return f"claims/{name_file(claim_id)}.html"


def place_source(source_id: str) -> str:
    """A source's page."""
    return f"sources/{name_file(source_id)}.html"


def place_pair(first: str, second: str) -> str:
    """The page of two actors without the focus one, the first in order of code first."""
    return f"pairs/{name_file('-'.join(sorted((first, second))))}.html"


def place_instrument(code: str) -> str:
    """An instrument's page."""
    return f"instruments/{name_file(code)}.html"


def place_series(name: str) -> str:
    """The page of a series of exercises."""
    return f"series/{name_file(slugify(name))}.html"


def place_person(name: str) -> str:
    """An office holder's page."""
    return f"people/{name_file(slugify(name))}.html"


def place_evidence(record_id: str) -> str:
    """What the evidence drawer shows of a record."""
    return f"evidence/{name_file(record_id)}.js"


def slugify(name: str) -> str:
    """A name as it may stand in a path: its words joined by hyphens, with some letters of a digest where that is not
    all there was; itself where its letters are not plain (:func:`name_file` then makes a digest of it).

    >>> slugify("Cobra Gold"), slugify("Sama-Sama"), slugify("日米共同訓練")
    ('Cobra-Gold', 'Sama-Sama-2d8d', '日米共同訓練')
    """
    words = re.findall(r"[A-Za-z0-9]+", name)
    if not words or not name.isascii():
        return name
    plain = "-".join(words)[:80]
    return plain if " ".join(words) == name else f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:4]}"


def place_measure(name: str) -> str:
    """A measure's page."""
    return f"measures/{name_file(name)}.html"


def place_rule(rule_id: str) -> str:
    """A rule's page."""
    return f"law/{name_file(rule_id)}.html"


def place_pinned(edition_id: str, path: str) -> str:
    """A page as it stands in one edition, for ever."""
    return f"e/{name_file(edition_id)}/{path}"


def root_of(path: str) -> str:
    """The way from a page back to the root of the site.

    >>> root_of("records/R1.html"), root_of("index.html")
    ('../', '')
    """
    return "../" * path.count("/")
