"""The two kinds that ask the law's basket of cases, on small baskets worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Fact
from pactwatch.claims.kinds import loosening, opened
from pactwatch.claims.kinds.shape import Effort


def row(day: str, **outcomes: str) -> dict[str, Any]:
    """A row of the basket."""
    counts = {name: list(outcomes.values()).count(name) for name in ("allowed", "conditional", "denied", "unknown")}
    return {"date": date.fromisoformat(day), **counts, "gained": [], "lost": [], "rules": [], "outcomes": outcomes}


UP = [
    row("1976-02-27", a="denied", b="denied", c="denied"),
    row("1983-01-14", a="allowed", b="denied", c="denied"),
    row("2014-04-01", a="allowed", b="conditional", c="denied"),
    row("2016-03-29", a="allowed", b="allowed", c="denied"),
    row("2026-04-21", a="allowed", b="allowed", c="allowed"),
]
DOWN = [*UP, row("2026-06-01", a="denied", b="allowed", c="allowed")]


def evidence(basket: list[dict[str, Any]]) -> Evidence:
    import pandas as pd

    empty = Evidence(
        pd.DataFrame(), pd.DataFrame(), "JPN", {"partners": (), "baseline": ()}, pd.Timestamp("2026-07-01")
    )
    return replace(empty, basket=basket)


def since(**more: Any) -> loosening.Parameters:
    return loosening.Parameters.model_validate({"since": "1976-02-27", **more})


@pytest.mark.parametrize(
    ("basket", "parameters", "fact", "steps"),
    [
        (UP, since(), Fact.HOLDS, 3),
        (UP, since(counts="allowed_or_conditional"), Fact.HOLDS, 3),
        (UP, since(least_steps=4), Fact.PARTLY, 3),
        (DOWN, since(), Fact.PARTLY, 4),
        (DOWN[-2:], since(), Fact.FAILS, 1),
        ([], since(), Fact.UNKNOWN, 0),
    ],
)
def test_loosening(basket: list[dict[str, Any]], parameters: loosening.Parameters, fact: Fact, steps: int) -> None:
    finding = loosening.test(evidence(basket), parameters, Effort())
    assert (finding.fact, finding.n) == (fact, steps)


@pytest.mark.parametrize(
    ("before", "share", "fact", "estimate"),
    [
        ("2013-12-31", 0.5, Fact.HOLDS, 2 / 3),
        ("2013-12-31", 0.9, Fact.PARTLY, 2 / 3),
        ("2026-05-01", 0.5, Fact.FAILS, 0.0),
        ("1970-01-01", 0.5, Fact.UNKNOWN, None),
    ],
)
def test_opened(before: str, share: float, fact: Fact, estimate: float | None) -> None:
    parameters = opened.Parameters.model_validate({"before": before, "least_share": share})
    finding = opened.test(evidence(UP), parameters, Effort())
    assert finding.fact is fact
    assert finding.estimate == (pytest.approx(estimate) if estimate is not None else None)


def test_other_choices_count_conditional_cases_the_other_way() -> None:
    ((words, other),) = loosening.alternatives(since())
    assert "conditional" in words and other != since()
    parameters = opened.Parameters.model_validate({"before": "2013-12-31"})
    assert [words for words, _ in opened.alternatives(parameters)] == [
        "compared with 1 January 2013",
        "conditional cases counted as allowed",
    ]


def test_a_day_must_be_a_day() -> None:
    with pytest.raises(ValueError, match="2013-12-31"):
        loosening.Parameters.model_validate({"since": 1976})
