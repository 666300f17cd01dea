"""How far a second reader of the coded documents agrees with their first coding.

    python bench/coded_agreement.py

The second reader coded each document by the codebook without having seen the first coding. Agreement is F1 over
mentions: strict where type, stage, modality and parties are the same, loose where type and parties are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CODED = Path(__file__).parent / "coded"
FIRST = CODED / "first"

Mentions = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Agreement:
    """How many mentions two coders have alike, and how many each has."""

    alike: int = 0
    first: int = 0
    second: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.alike + other.alike, self.first + other.first, self.second + other.second)

    @property
    def f1(self) -> float:
        """Twice what is alike by all that either has (Dice 1945); 1 where neither has any."""
        return 2 * self.alike / (self.first + self.second) if self.first + self.second else 1.0


def strict(mention: Mapping[str, Any]) -> Hashable:
    """What must be the same for strict agreement."""
    return mention["stage"], mention["modality"], loose(mention)


def loose(mention: Mapping[str, Any]) -> Hashable:
    """What must be the same for loose agreement."""
    return mention["type"], tuple(mention["parties"])


def compare(first: Mentions, second: Mentions) -> tuple[Agreement, Agreement]:
    """The strict and the loose agreement on one document."""
    told = []
    for key in (strict, loose):
        one, other = Counter(map(key, first)), Counter(map(key, second))
        told.append(Agreement((one & other).total(), one.total(), other.total()))
    return told[0], told[1]


def read_mentions(path: Path) -> dict[str, Mentions]:
    """The mentions of each document of a file."""
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {one["id"]: one["mentions"] for one in told}


def main() -> None:
    """Print the agreement of every file that was coded twice, and of all."""
    every = (Agreement(), Agreement())
    for path in sorted(FIRST.glob("*.jsonl")):
        first, second = read_mentions(path), read_mentions(CODED / path.name)
        pairs = [compare(first[name], second[name]) for name in first]
        here = sum((pair[0] for pair in pairs), Agreement()), sum((pair[1] for pair in pairs), Agreement())
        every = every[0] + here[0], every[1] + here[1]
        _print(path.stem, here)
    _print("all", every)


def _print(name: str, told: tuple[Agreement, Agreement]) -> None:
    exact, near = told
    counts = f"first {exact.first:5}  second {exact.second:5}"
    print(f"{name:10} {counts}  strict F1 {exact.f1:.3f}  loose F1 {near.f1:.3f}")


if __name__ == "__main__":
    main()
