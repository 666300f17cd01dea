"""What a test found, and what the verdict makes of it: the common shape of every claim kind."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict


class Verdict(StrEnum):
    """The five answers a claim can get."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    MIXED = "mixed"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    NOT_TESTABLE = "not_testable"


SHAPES: dict[Verdict, str] = {
    Verdict.SUPPORTED: "●",
    Verdict.CONTRADICTED: "◆",
    Verdict.MIXED: "◐",
    Verdict.NOT_ENOUGH_EVIDENCE: "○",
    Verdict.NOT_TESTABLE: "–",
}
"""Every verdict has a shape beside its colour and its word."""


NEAR = ", near the one told"
"""How the unit of an estimate ends that is asked to lie near a value: ``smallest_effect`` is then that value, and
``no_effect`` the first on the estimate's side that is no longer near."""


def asks_nearness(unit: str) -> bool:
    """Whether an estimate of some unit is asked to lie near a value."""
    return unit.endswith(NEAR)


class Fact(StrEnum):
    """The answer of a kind that looks something up instead of estimating it; ``missing`` is data not imported."""

    HOLDS = "holds"
    FAILS = "fails"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    MISSING = "missing"


class Finding(BaseModel):
    """The result of one test on one body of evidence.

    ``p`` is one-sided: how often a result at least this far in the claimed direction comes out when there is no
    effect. ``p_refute`` is one-sided the other way: how often a result at least this far short comes out when the
    effect is the smallest worth speaking of. ``detectable`` is the smallest value of the estimate that this much
    evidence would show four times in five (power 0.8 at the level of the tests). ``records`` are the record ids used;
    ``table`` is what the chart draws: flat rows of plain values.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    estimate: float | None
    unit: str
    interval: tuple[float, float] | None = None
    no_effect: float | None = None
    smallest_effect: float | None = None
    p: float | None = None
    p_refute: float | None = None
    n: int
    n_unit: str
    detectable: float | None = None
    fact: Fact | None = None
    sentence: str
    caveats: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    table: tuple[dict[str, Any], ...] = ()


class Variant(BaseModel):
    """The same test after another reasonable choice."""

    model_config = ConfigDict(frozen=True)

    choice: str
    estimate: float | None
    interval: tuple[float, float] | None
    p: float | None
    n: int
    agrees: bool | None
    note: str = ""
    is_reading: bool = False


class ClaimResult(BaseModel):
    """A claim, its finding, its verdict and the reasons for it."""

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    said_by: str
    reading: str
    kind: str
    denies: bool = False
    verdict: Verdict
    why: str
    estimate: float | None
    unit: str
    interval: tuple[float, float] | None
    no_effect: float | None
    smallest_effect: float | None
    p: float | None
    p_adjusted: float | None
    p_refute: float | None
    p_refute_adjusted: float | None
    n: int
    n_unit: str
    detectable: float | None
    sentence: str
    robustness: tuple[Variant, ...]
    caveats: tuple[str, ...]
    records: tuple[str, ...]
    table: tuple[dict[str, Any], ...]
