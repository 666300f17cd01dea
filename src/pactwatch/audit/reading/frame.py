"""How a sentence is read: its class and stance, and the claim in it as a frame of few parameters."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


class SentenceClass(StrEnum):
    """What a sentence is (docs/audit_labels.md tells them apart)."""

    EVENT = "event"
    CLAIM = "claim"
    FORECAST = "forecast"
    LEGAL = "legal"
    PERCEPTION = "perception"
    OPINION = "opinion"
    QUESTION = "question"
    OTHER = "other"


class Stance(StrEnum):
    """How the author puts it; where several fit, the first counts."""

    ASKED = "asked"
    QUOTED = "quoted"
    DENIED = "denied"
    HEDGED = "hedged"
    ASSERTED = "asserted"


LAW, NONE = "law", "none"
"""Kinds that are no claim tests: what the law room answers, and what no data here could test."""

PARTNERS, BASELINE, OTHERS = "partners", "baseline", "others"
ACTIVITY = "activity"
UP, DOWN = "up", "down"

INSTRUMENTS = ("RAA", "VFA", "ACSA", "GSOMIA", "DETTA", "MOU", "OSA", "ODA", "treaty", "joint_statement", "contract")
"""The instruments by which a claim may be narrowed."""
STEPS = ("agreement", "transfer", "exercise", "training", "dialogue", "policy", *INSTRUMENTS)
"""What can come before or after something else."""
FEATURES = (*STEPS, "partners", "hadr", "multilateral", "bilateral", "hard", "soft", "vessel", "port_call", "combined")
"""What can be watched as a part of something, beside the categories of equipment that a sentence names."""
TOPICS = ("arms_imports", "dependence", "military_spending", "un_votes", "exercises_imported")
"""Yearly figures of published data sets."""

JUDGED: dict[str, tuple[str, ...]] = {
    "trend": ("focus", "partners", "types", "direction", "instruments", "hadr", "since", "until", "against"),
    "cluster": ("focus", "partners", "types", "months", "instruments", "since", "until"),
    "shift": ("focus", "partners", "types", "feature", "direction", "against", "since"),
    "share": ("focus", "partners", "types", "feature", "direction", "months", "since", "until"),
    "compare": ("focus", "partners", "types", "feature", "direction", "against", "months"),
    "concentration": ("focus", "partners", "types", "direction"),
    "depth": ("focus", "partners", "direction", "since"),
    "precedes": ("focus", "partners", "earlier", "later"),
    "first": ("focus", "actor", "instruments", "among"),
    "exists": (
        *("focus", "partners", "types", "instruments", "hadr", "categories", "levels"),
        *("months", "since", "until", "at_least"),
    ),
    "network": ("focus", "direction"),
    "series": ("focus", "direction", "partners"),
    "loosening": ("focus", "direction", "since"),
    "opened": ("focus", "until"),
    "imported_trend": ("focus", "topic", "direction", "since", "until"),
    "imported_change": ("partners", "topic", "direction"),
    "imported_level": ("focus", "topic"),
    LAW: ("focus",),
    NONE: (),
}
"""The parameters of each kind, as the labelling guide lists them."""


@dataclass(frozen=True)
class Frame:
    """The parameters of a reading; what a kind does not ask stays empty.

    ``told`` names those that the sentence itself tells; the others come from its context or from what is usual.
    ``near`` are values that come near to those that were picked: the parameter, the value and its chance. ``bound``
    tells how a ``threshold`` told in figures is meant: at least, at most or about; empty where it is vague.
    """

    focus: str = ""
    partners: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    direction: str = ""
    months: tuple[int, ...] = ()
    since: int | None = None
    until: int | None = None
    feature: str = ""
    against: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    hadr: bool = False
    earlier: str = ""
    later: str = ""
    actor: str = ""
    among: tuple[str, ...] = ()
    topic: str = ""
    at_least: int | None = None
    threshold: float | None = None
    bound: str = ""
    level: float | None = None
    names: tuple[str, ...] = ()
    told: frozenset[str] = field(default=frozenset(), compare=False)
    near: tuple[tuple[str, Any, float], ...] = field(default=(), compare=False)

    def tells(self, *names: str) -> bool:
        """Whether the sentence itself tells any of some parameters: what it takes up from before is one reading."""
        return not self.told.isdisjoint(names)

    def shown(self, kind: str) -> dict[str, Any]:
        """The parameters a kind is judged by that are not empty, as plain values."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key in JUDGED.get(kind, ())
            if (value := values[key]) not in ((), "", None, False)
        }


@dataclass(frozen=True)
class Reading:
    """What a sentence is and how its claim is read; ``kind`` is empty for classes that have none.

    ``is_denied`` and ``is_hedged`` hold whatever else the stance is: a quoted statement may deny too. ``lacks`` names
    the parameters without which the kind cannot be tested and that the sentence does not tell. ``sure`` is the chance
    that class and kind are as they should be, by the weights and the network.
    """

    sentence_class: SentenceClass
    stance: Stance
    kind: str = ""
    frame: Frame = Frame()
    is_denied: bool = False
    is_hedged: bool = False
    need: str = ""
    lacks: tuple[str, ...] = ()
    sure: float = field(default=1.0, compare=False)

    def told(self) -> str:
        """The reading on one line, as the lexicon's examples write it.

        >>> Reading(SentenceClass.CLAIM, Stance.ASSERTED, "network", Frame(focus="JPN", direction="up")).told()
        'claim asserted network focus=JPN direction=up'
        """
        parts = [self.sentence_class.value, self.stance.value, *([self.kind] if self.kind else [])]
        for key, value in self.frame.shown(self.kind).items():
            shown = ",".join(map(str, value)) if isinstance(value, list) else str(value)
            parts.append(f"{key}={shown}")
        return " ".join(parts)
