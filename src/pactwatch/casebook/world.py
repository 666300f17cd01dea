"""The world's states and bodies by their codes, for actors that a casebook does not list."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from pactwatch.model.codes import ActorKind
from pactwatch.model.records import Actor

STATES_FILE, BODIES_FILE = "lexicons/en/states.csv", "lexicons/en/bodies.csv"
"""Names as the coder reads them too."""

ELSEWHERE = "elsewhere"
"""The region of an actor that a casebook does not list."""


@cache
def read_states() -> tuple[dict[str, str], ...]:
    """A row for each state: ``code name aliases`` and what else the file tells."""
    return tuple(row for row in _read(STATES_FILE) if len(row["code"]) == 3)


def find_actor(code: str) -> Actor:
    """A state or body by its code; one that nobody knows is named by it."""
    names = {row["code"]: row["name"] for row in read_states()}
    if code in names:
        return Actor(code=code, name=names[code], kind=ActorKind.STATE, region=ELSEWHERE)
    bodies = {row["code"]: row["name"] for row in _read(BODIES_FILE) if row["code"]}
    return Actor(code=code, name=bodies.get(code, code), kind=ActorKind.BODY, region=ELSEWHERE)


def _read(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files("pactwatch").joinpath(name).read_text("utf-8").splitlines()))


def list_codes() -> frozenset[str]:
    """The codes of all states, and of the bodies that act as one."""
    bodies = {row["code"] for row in _read(BODIES_FILE) if row["is_actor"] == "true" and row["code"]}
    return frozenset(row["code"] for row in read_states()) | bodies
