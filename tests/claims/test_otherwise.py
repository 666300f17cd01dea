"""Other readings of a claim's own words, and claims that deny."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pactwatch.claims.family import ClaimError, read_otherwise
from pactwatch.claims.finding import Finding, Verdict
from pactwatch.claims.grid import Cell
from pactwatch.claims.question import Claim
from pactwatch.claims.verdict import reach_verdict


def found(estimate: float, p: float, p_refute: float) -> Finding:
    return Finding(
        estimate=estimate,
        unit="x",
        n=40,
        n_unit="records",
        sentence="Found.",
        no_effect=0.0,
        smallest_effect=1.0,
        p=p,
        p_refute=p_refute,
    )


def judge(*cells: Cell) -> Verdict:
    return reach_verdict(found(2.0, 0.001, 0.9), 0.001, 0.9, cells).verdict


def test_one_reading_that_points_another_way_makes_it_mixed_and_one_count_among_many_does_not() -> None:
    agreeing = [Cell(f"count {number}", found(1.5, 0.01, 0.9)) for number in range(5)]
    contrary = found(-1.0, 0.9, 0.01)
    assert judge(*agreeing, Cell("another count", contrary)) is Verdict.SUPPORTED
    assert judge(*agreeing, Cell("another reading", contrary, is_reading=True)) is Verdict.MIXED


def make(**more: object) -> Claim:
    head = {"id": "a", "text": "A.", "said_by": "b", "reading": "C.", "kind": "trend"}
    return Claim.model_validate({**head, "parameters": {"selection": {"types": ["exercise"], "since": 2014}}, **more})


def test_another_reading_is_laid_over_table_by_table() -> None:
    claim = make(otherwise=[{"words": "later", "parameters": {"selection": {"since": 2018}}}])
    ((words, parameters),) = read_otherwise(claim)
    assert words == "later"
    assert parameters.model_dump()["selection"]["since"] == 2018
    assert parameters.model_dump()["selection"]["types"] == ("exercise",)


def test_a_faulty_reading_is_refused() -> None:
    with pytest.raises(ClaimError, match="smallest_growth"):
        read_otherwise(make(otherwise=[{"words": "x", "parameters": {"smallest_growth": 7}}]))
    with pytest.raises(ValidationError):
        make(otherwise=[{"words": "x", "parameters": {}}])
