"""States and bodies a case may name: those of the edition, and every other state of the world by its ISO code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pactwatch.casebook.world import read_states


@dataclass(frozen=True)
class Actors:
    """Codes by the words that stand for them, in small letters, and names by code."""

    codes: Mapping[str, str]
    names: Mapping[str, str]
    bodies: frozenset[str]

    def find(self, words: str) -> str | None:
        """The code behind a code or a name, whatever its capitals; ``None`` for others."""
        return self.codes.get(words.strip().casefold().removeprefix("the "))

    def name(self, code: str) -> str:
        """An actor's name; its code where none is known."""
        return self.names.get(code, code)

    def say(self, code: str) -> str:
        """An actor's name as it stands inside a sentence."""
        name = self.name(code)
        return f"the {name}" if name.startswith(("United ", "Philippines")) else name


def gather_actors(own: Iterable[tuple[str, str, bool]]) -> Actors:
    """Actors of a casebook or an edition (code, name, whether a body) beside the states of the world."""
    codes, names, bodies = dict(_states()[0]), dict(_states()[1]), set()
    for code, name, is_body in own:
        codes |= {code.casefold(): code, name.casefold(): code}
        names[code] = name
        if is_body:
            bodies.add(code)
    return Actors(codes, names, frozenset(bodies))


@cache
def _states() -> tuple[dict[str, str], dict[str, str]]:
    rows = read_states()
    codes = {alias.casefold(): row["code"] for row in rows for alias in row["aliases"].split(";") if alias}
    codes |= {row["name"].casefold(): row["code"] for row in rows} | {
        row["code"].casefold(): row["code"] for row in rows
    }
    return codes, {row["code"]: row["name"] for row in rows}
