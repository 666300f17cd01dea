"""The common shape of a claim kind: what it asks in ``claims.toml`` and how it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding
from pactwatch.claims.question import Question


@dataclass(frozen=True)
class Effort:
    """How much chance a test may draw: the number of permutations or resamples, and the seed they start from."""

    draws: int = 10_000
    seed: int = 20_260_401


@dataclass(frozen=True)
class Choice:
    """Another reasonable choice of the robustness grid: how the parameters or the evidence differ, in words."""

    words: str
    parameters: Question
    evidence: Evidence


P_contra = TypeVar("P_contra", bound=Question, contravariant=True)


class Test(Protocol[P_contra]):
    """A claim test: evidence and parameters in, a finding out. Same inputs and effort, same finding."""

    def __call__(self, evidence: Evidence, parameters: P_contra, effort: Effort) -> Finding:
        """Run the test."""
        ...


class Alternatives(Protocol[P_contra]):
    """Other cut-offs and windows a careful reader might choose, as (words, parameters)."""

    def __call__(self, parameters: P_contra, /) -> list[tuple[str, Question]]:
        """List them."""
        ...


Q = TypeVar("Q", bound=Question)


@dataclass(frozen=True)
class Kind(Generic[Q]):
    """One claim kind. ``asks`` and ``null`` are printed in the documentation."""

    name: str
    asks: str
    null: str
    parameters: type[Q]
    test: Test[Q]
    alternatives: Alternatives[Q] = field(default=lambda _: [])
    chart: str = "bars"
