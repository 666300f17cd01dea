"""Shapes of dates: rows of token classes, compiled once and matched against a sentence's classes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_FIRST_SIGN = 0xE000  # one private character for each class, so that a row of classes is a string
_BUILT_IN = (
    "other day number year nth short_year span whole year_month decade_name comma dot dash slash currency month_low "
    "pair pair_sure mark colon letter quarter_code half_code week_code clock"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One shape: what builds its date, its kind, and how to match it."""

    build: str
    kind: str
    matcher: re.Pattern[str]


@dataclass(slots=True)
class Match:
    """A pattern found at tokens ``first`` up to, not including, ``last``."""

    pattern: Pattern
    first: int
    last: int


class Grammar:
    """The shapes of one language, found by the first two classes of a row."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        names = [*_BUILT_IN.split(), *words["classes"], *words["values"]]
        self.signs = {name: chr(_FIRST_SIGN + place) for place, name in enumerate(dict.fromkeys(names))}
        self._groups: dict[str, str] = words["groups"]
        never_first = "".join(self.signs[name] for name in ("comma", "dot", "dash", "slash"))
        self._by_start: dict[str, dict[int, Pattern]] = {}
        shapes = [(shape, entry) for entry in words["pattern"] for shape in entry["shapes"]]
        for number, (shape, entry) in enumerate(shapes):
            pattern = Pattern(entry["build"], entry["kind"], re.compile(self._expression(shape)))
            for start in self._starts(shape):
                if start[0] not in never_first:
                    self._by_start.setdefault(start, {})[number] = pattern
        self._starting = re.compile(self._start_expression())
        self._candidates: dict[str, tuple[Pattern, ...]] = {}

    def next_start(self, row: str, place: int) -> int:
        """The first token from one on that any shape may start with; -1 if there is none."""
        found = self._starting.search(row, place)
        return found.start() if found is not None else -1

    def longest(self, row: str, place: int) -> Match | None:
        """The longest shape that starts at a token; of equals the one written first."""
        best: Match | None = None
        start = row[place : place + 2]
        candidates = self._candidates.get(start)
        for pattern in self._found(start) if candidates is None else candidates:
            found = pattern.matcher.match(row, place)
            if found and (best is None or found.end() > best.last):
                best = Match(pattern, place, found.end())
        return best

    def _found(self, start: str) -> tuple[Pattern, ...]:
        """The patterns that may start with two classes, in the order written."""
        numbered = self._by_start.get(start[0], {}) | self._by_start.get(start, {})
        self._candidates[start] = tuple(numbered[number] for number in sorted(numbered))
        return self._candidates[start]

    def _start_expression(self) -> str:
        """Where any shape may start, by the class and the one behind it: most of "in", "the", "a" start none."""
        seconds: dict[str, str] = {}
        for start in sorted(self._by_start):
            seconds[start[0]] = seconds.get(start[0], "") + start[1:]
        alone = "".join(first for first in seconds if first in self._by_start)
        pairs = [f"{first}(?=[{after}])" for first, after in seconds.items() if first not in self._by_start]
        return "|".join([f"[{alone}]"] * bool(alone) + pairs)

    def _expression(self, shape: str) -> str:
        out: list[str] = []
        for part in shape.split():
            name = part.strip("?<^>!")
            signs = self._signs(name)
            choices = [f"[{signs}]"] if signs else []
            follows = "|".join(choices + (["$"] if "end" in self._names(name) else []))
            around = {"<": f"(?<=[{signs}])", "^": f"(?<![{signs}])", ">": f"(?={follows})", "!": f"(?![{signs}])"}
            out.append(around.get(part[0]) or f"[{signs}]" + ("?" if part.endswith("?") else ""))
        return "".join(out)

    def _starts(self, shape: str) -> set[str]:
        """The first classes a shape may have: one where it may be a single token, else two."""
        parts = [part for part in shape.split() if part[0] not in "<^>!"]
        out: set[str] = set()
        for place, part in enumerate(parts):
            seconds, is_single = self._firsts(parts[place + 1 :])
            for sign in self._signs(part.strip("?")):
                out.update(sign + second for second in seconds)
                out.update({sign} if is_single else ())
            if not part.endswith("?"):
                break
        return out

    def _firsts(self, parts: list[str]) -> tuple[set[str], bool]:
        """The classes that may come first, and whether there may be none at all."""
        out: set[str] = set()
        for part in parts:
            out.update(self._signs(part.strip("?")))
            if not part.endswith("?"):
                return out, False
        return out, True

    def _names(self, names: str) -> list[str]:
        """The classes of a choice, its groups opened."""
        out: list[str] = []
        for name in names.split("|"):
            out.extend(self._names(self._groups[name]) if name in self._groups else [name])
        return out

    def _signs(self, names: str) -> str:
        return "".join(self.signs[name] for name in self._names(names) if name != "end")
