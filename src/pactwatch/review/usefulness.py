"""How useful an answer would be: how uncertain the machine is, times how much hangs on it.

Uncertainty of a chance p is 4p(1-p): 1 where both answers are as likely, 0 where one is sure. The larger of the
coding's and the filing's counts. Consequence is a product of shares: of the item's reports that this one is, of the
heaviest type's tie weight, and of what the casebook watches.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pactwatch.model.codes import TENTATIVE_STAGES, RecordType
from pactwatch.model.mentions import Mention
from pactwatch.review.questions import Usefulness

LEAST_WEIGHT = 0.1
"""The share of a type whose tie weight is zero: it counts in other measures."""

TENTATIVE = 0.5
"""The share of a step that tells an intention: most measures do not count it."""

PARTNER_ALONE, NOBODY_WATCHED = 0.5, 0.05
"""The share of what happens without the focus actor, with a partner; and with neither, which no edition holds."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a casebook watches and how it weighs it."""

    focus: str
    partners: frozenset[str]
    weights: Mapping[RecordType, float]


def doubt_of(chance: float) -> float:
    """How uncertain a chance is, from 0 to 1.

    >>> doubt_of(0.5), doubt_of(1.0), round(doubt_of(0.9), 2)
    (1.0, 0.0, 0.36)
    """
    return 4 * chance * (1 - chance)


def weigh(
    mention: Mention, chances: Collection[float], reports: int, watch: Watch, *, is_coding_open: bool
) -> Usefulness:
    """The usefulness of a decision about a mention.

    ``chances`` are those of its open links, ``reports`` how many other reports tell the same item.
    """
    coding = doubt_of(mention.confidence) if is_coding_open else 0.0
    filing = max((doubt_of(chance) for chance in chances), default=0.0)
    heaviest = max(watch.weights.values(), default=0.0) or 1.0
    weight = max(LEAST_WEIGHT, watch.weights.get(mention.type, 0.0) / heaviest)
    step = TENTATIVE if mention.stage in TENTATIVE_STAGES else 1.0
    watched = _share_watched(mention, watch)
    reasons = (
        f"chance {mention.confidence:.2f} that it is coded right" if coding >= filing else _tell_filing(chances),
        "its only report" if not reports else f"one of {reports + 1} reports",
        f"{mention.type} weighs {weight:.2f} of the heaviest type",
        *(["an intention"] if step < 1 else []),
        *(["without the focus actor"] if watched < 1 else []),
    )
    return Usefulness(max(coding, filing), weight * step * watched / (reports + 1), reasons)


def _tell_filing(chances: Collection[float]) -> str:
    nearest = min(chances, key=lambda chance: abs(chance - 0.5))
    return f"chance {nearest:.2f} that it tells the same as another"


def _share_watched(mention: Mention, watch: Watch) -> float:
    if watch.focus in mention.parties:
        return 1.0
    return PARTNER_ALONE if watch.partners & set(mention.parties) else NOBODY_WATCHED
