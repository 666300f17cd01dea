"""What the audit's network is asked of a sentence, and what the labels answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.audit.reading.frame import (
    ACTIVITY,
    BASELINE,
    FEATURES,
    JUDGED,
    PARTNERS,
    STEPS,
    TOPICS,
    SentenceClass,
    Stance,
)
from pactwatch.audit.reading.senses import OTHER
from pactwatch.audit.reading.things import TYPE_ORDER
from pactwatch.encoder import Window
from pactwatch.encoder.windows import NO_ROW

SINGLE: dict[str, tuple[str, ...]] = {
    "class": tuple(SentenceClass),
    "kind": tuple(JUDGED),
    "stance": tuple(Stance),
    "direction": ("up", "down"),
    "feature": (*FEATURES, "aircraft", "surveillance", "vehicle", "radar", OTHER),
    "topic": TOPICS,
    "earlier": (*STEPS, OTHER),
    "later": (*STEPS, OTHER),
}
"""Questions with one answer, and the names of their answers."""
SEVERAL: dict[str, tuple[str, ...]] = {"types": (ACTIVITY, *TYPE_ORDER), "special": (PARTNERS, BASELINE)}
"""Questions of which any number of names may hold; ``special`` are the groups among a claim's partners."""
ROLES = ("focus", "partners", "actor", "against")
"""Roles of actors; the last is asked only while it learns, since who is set against whom bears on the others."""
WORTH = {
    **{"class": 1.0, "kind": 1.1, "stance": 0.3, "direction": 0.2, "feature": 0.15, "topic": 0.05},
    **{"earlier": 0.1, "later": 0.1, "types": 0.4, "special": 0.3},
    **{"focus": 0.25, "partners": 0.4, "actor": 0.05, "against": 0.05},
}
"""What an error in each counts while it learns."""

Label = Mapping[str, Any]


@dataclass(frozen=True)
class Lesson:
    """A window, what an error in it counts, and the labels of its sentences (``None`` where there is none)."""

    window: Window
    weight: float
    labels: tuple[Label | None, ...]


def make_lessons(windows: Sequence[Window], labels: Mapping[int, Label], weight: float = 1.0) -> list[Lesson]:
    """The lessons of one article; ``labels`` are by the places of its sentences."""
    lessons = []
    for window in windows:
        told = tuple(None if row == NO_ROW else labels.get(row) for row in window.rows)
        if any(one is not None for one in told):
            lessons.append(Lesson(window, weight, told))
    return lessons


def name_of(question: str, label: Label | None) -> int:
    """The number of the labelled answer to a question with one; -1 where the label says nothing of it."""
    if label is None:
        return -1
    if question == "class":
        told = label["class"]
    elif question == "kind":
        told = (label["kind"] or "none") if label["class"] in ("claim", "perception") else None
    elif question == "stance":
        told = label.get("stance")
    else:
        told = label.get("params", {}).get(question)
    if told is None:
        return -1
    names = SINGLE[question]
    return names.index(told) if told in names else names.index(OTHER) if OTHER in names else -1


def holding(question: str, label: Label | None) -> list[float] | None:
    """Which names of a question with several answers hold; ``None`` where the label says nothing of it."""
    told = (label or {}).get("params", {}).get("partners" if question == "special" else question)
    return None if told is None else [float(name in told) for name in SEVERAL[question]]
