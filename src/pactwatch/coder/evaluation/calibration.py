"""Whether a confidence means what it says: of mentions coded with 0.8, four in five should be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The mentions whose confidence lies in one tenth (its lower bound included; 1 belongs to the last)."""

    low: float
    high: float
    mentions: int
    mean_confidence: float
    share_right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Reliability table without empty tenths, expected calibration error and Brier score (both 0 at best)."""

    bins: tuple[Bin, ...]
    expected_error: float | None
    brier: float | None


def calibrate(judged: Iterable[tuple[float, bool]]) -> Calibration:
    """Calibration of (confidence, was it right).

    Expected calibration error: mean gap between confidence and share right over the tenths, weighted by mentions
    (Naeini et al. 2015). Brier score: mean squared gap between confidence and outcome (Brier 1950).

    >>> calibrate([(0.9, True), (0.9, False)]).brier
    0.41
    """
    listed = sorted(judged)
    if not listed:
        return Calibration((), None, None)
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in listed:
        groups.setdefault(min(int(confidence * TENTHS), TENTHS - 1), []).append((confidence, is_right))
    bins = tuple(_bin(tenth, group) for tenth, group in sorted(groups.items()))
    error = sum(one.mentions * abs(one.mean_confidence - one.share_right) for one in bins) / len(listed)
    brier = sum((confidence - is_right) ** 2 for confidence, is_right in listed) / len(listed)
    return Calibration(bins, round(error, 12), round(brier, 12))


def _bin(tenth: int, group: list[tuple[float, bool]]) -> Bin:
    number = len(group)
    mean = sum(confidence for confidence, _ in group) / number
    right = sum(is_right for _, is_right in group) / number
    return Bin(tenth / TENTHS, (tenth + 1) / TENTHS, number, mean, right)
