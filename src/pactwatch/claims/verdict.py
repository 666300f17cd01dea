"""From a finding, its adjusted p values and the grid to one of five verdicts, with the reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.claims.finding import ClaimResult, Fact, Finding, Variant, Verdict, asks_nearness
from pactwatch.claims.grid import Cell
from pactwatch.claims.thresholds import ALPHA, FRAGILE_SHARE, MINIMUM_N

_FACTS = {
    Fact.HOLDS: (Verdict.SUPPORTED, "The evidence shows it."),
    Fact.FAILS: (Verdict.CONTRADICTED, "The records show otherwise."),
    Fact.PARTLY: (Verdict.MIXED, "The records show a part of it."),
    Fact.UNKNOWN: (Verdict.NOT_ENOUGH_EVIDENCE, "The records do not settle it."),
    Fact.MISSING: (Verdict.NOT_ENOUGH_EVIDENCE, "The data set it is tested on is not imported."),
}

_TESTED = {
    (True, True): (
        Verdict.MIXED,
        "There is an effect in the claimed direction, and it is smaller than what is worth speaking of.",
    ),
    (True, False): (Verdict.SUPPORTED, "The effect is in the claimed direction and beyond chance."),
    (False, True): (
        Verdict.CONTRADICTED,
        "Had there been an effect worth speaking of, a result this far short of it would be rare.",
    ),
    (False, False): (
        Verdict.NOT_ENOUGH_EVIDENCE,
        "Neither chance nor an effect worth speaking of can be ruled out.",
    ),
}
"""By whether chance is ruled out, and whether the smallest effect worth speaking of is."""

_NEAR = {
    Verdict.SUPPORTED: "It is near what is told, and chance is ruled out.",
    Verdict.CONTRADICTED: "Had it been near what is told, a result this far off would be rare.",
    Verdict.NOT_ENOUGH_EVIDENCE: "Neither that it is near what is told nor that it is not can be ruled out.",
}
"""The same where the question is whether something lies near what is told; it cannot be both."""


def adjust_p_values(p_values: Sequence[float | None]) -> list[float | None]:
    """Benjamini-Hochberg adjusted p values over a family; missing ones stay missing and do not count.

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.

    >>> adjust_p_values([0.01, None, 0.04, 0.03])
    [0.03, None, 0.04, 0.04]
    """
    order = sorted((p, index) for index, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    smallest = 1.0
    for rank in range(len(order), 0, -1):
        p, index = order[rank - 1]
        smallest = min(smallest, p * len(order) / rank)
        adjusted[index] = smallest
    return adjusted


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, why, and where it would lean without the grid."""

    verdict: Verdict
    why: str
    leaning: Verdict


def reach_verdict(
    finding: Finding, p_adjusted: float | None, p_refute_adjusted: float | None, grid: Sequence[Cell]
) -> Judged:
    """The verdict and why.

    ``supported`` needs an effect in the claimed direction beyond chance; ``contradicted`` needs a result too small (or
    too contrary) to come from the smallest effect worth speaking of; both at once, or a grid that points the other way,
    is ``mixed``; neither is ``not_enough_evidence``.
    """
    leaning, why = _lean(finding, p_adjusted, p_refute_adjusted)
    against = find_opposing(leaning, finding, grid)
    if not against:
        return Judged(leaning, why, leaning)
    words = f"{why} But other reasonable choices point another way: {'; '.join(against)}."
    return Judged(Verdict.MIXED, words, leaning)


def _lean(finding: Finding, p_adjusted: float | None, p_refute_adjusted: float | None) -> tuple[Verdict, str]:
    if finding.fact is not None:
        return _FACTS[finding.fact]
    if finding.n < MINIMUM_N:
        return Verdict.NOT_ENOUGH_EVIDENCE, f"Only {finding.n} {finding.n_unit}; fewer than {MINIMUM_N} decide nothing."
    if p_adjusted is None:
        return Verdict.NOT_ENOUGH_EVIDENCE, "The data do not allow the test."
    if p_refute_adjusted is None and p_adjusted > ALPHA:
        return Verdict.NOT_ENOUGH_EVIDENCE, "Chance cannot be ruled out, and nothing here could refute the claim."
    refuted = p_refute_adjusted is not None and p_refute_adjusted <= ALPHA
    # What would be an effect beyond chance if it stood alone must not be called contradicted.
    shown = (finding.p if refuted and finding.p is not None else p_adjusted) <= ALPHA
    leaning, why = _TESTED[shown, refuted]
    return leaning, _NEAR.get(leaning, why) if asks_nearness(finding.unit) else why


def find_opposing(verdict: Verdict, main: Finding, grid: Sequence[Cell]) -> list[str]:
    """The choices that point another way, when they are too many for a sharp verdict; otherwise none.

    One is too many where it is another reading of the claim's own words: what is vague cannot be sharply right or
    wrong.
    """
    if verdict not in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        return []
    ways = [(cell.choice, points_same_way(verdict, main, cell)) for cell in grid]
    usable = [way for _, way in ways if way is not None]
    against = [choice for choice, way in ways if way is False]
    read_otherwise = [
        cell.choice for cell, (_, way) in zip(grid, ways, strict=True) if cell.is_reading and way is False
    ]
    return against if read_otherwise or len(against) > FRAGILE_SHARE * len(usable) else []


def points_same_way(verdict: Verdict, main: Finding, cell: Cell) -> bool | None:
    """Whether the finding under another choice points the way of the verdict; ``None`` when it cannot tell.

    It is judged by the rule of the main test, so that a choice which changes nothing always agrees. For
    ``supported``: its estimate lies on the claimed side of no effect. For ``contradicted``: it neither reaches the
    smallest effect worth speaking of nor rules chance out. For ``not_enough_evidence``: it is undecided too.
    """
    other = cell.finding
    if main.fact is not None:
        return None if other.fact in (None, Fact.UNKNOWN, Fact.MISSING) else other.fact == main.fact
    if other.n < MINIMUM_N or cell.p is None or verdict is Verdict.MIXED:
        return None
    if verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        return bears_out(other, is_shown=verdict is Verdict.SUPPORTED)
    return cell.p > ALPHA and (cell.p_refute is None or cell.p_refute > ALPHA)


def bears_out(other: Finding | ClaimResult, *, is_shown: bool) -> bool:
    """Whether a finding points the way of a claim that is shown, or else refuted (see :func:`points_same_way`)."""
    if is_shown:
        return effect_size(other) > 0
    return effect_size(other) < 1 and other.p is not None and other.p > ALPHA


def effect_size(finding: Finding | ClaimResult) -> float:
    """The estimate on the scale of the claim: 0 is no effect, 1 the smallest worth speaking of, negative is
    contrary.
    """
    if finding.estimate is None or finding.no_effect is None or finding.smallest_effect is None:
        return 0.0
    return (finding.estimate - finding.no_effect) / (finding.smallest_effect - finding.no_effect)


def describe_grid(leaning: Verdict, main: Finding, grid: Sequence[Cell]) -> tuple[Variant, ...]:
    """The grid as it is published: each choice with its figures and whether it points the way of the main test."""
    return tuple(
        Variant(
            choice=cell.choice,
            estimate=cell.finding.estimate,
            interval=cell.finding.interval,
            p=cell.finding.p,
            n=cell.finding.n,
            agrees=points_same_way(leaning, main, cell),
            note=cell.finding.sentence,
            is_reading=cell.is_reading,
        )
        for cell in grid
    )
