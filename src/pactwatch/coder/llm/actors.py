"""The actors a model may name: the codes of the lexicon's states, and of the bodies that count as actors."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ActorCodes:
    """Codes of states (ISO 3166-1 alpha-3) and of bodies."""

    states: frozenset[str]
    bodies: frozenset[str]

    @property
    def all(self) -> tuple[str, ...]:
        """Every code, sorted."""
        return tuple(sorted(self.states | self.bodies))


def load_actor_codes() -> ActorCodes:
    """The codes as the lexicon lists them. Codes are of no language, so one lexicon serves documents in any."""
    states = frozenset(row["code"] for row in _rows("states.csv"))
    bodies = frozenset(row["code"] for row in _rows("bodies.csv") if row["is_actor"].strip().lower() == "true")
    return ActorCodes(states, bodies - states)


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("pactwatch") / "lexicons" / "en" / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
