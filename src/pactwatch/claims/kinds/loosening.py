"""loosening: did the rules allow more of the basket of cases at every step, and in several steps?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Fact, Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.question import Question
from pactwatch.claims.words import say_count
from pactwatch.model.dates import FuzzyDate

Counts = Literal["allowed", "allowed_or_conditional"]


def _read_day(value: object) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    if type(value) is not date:
        raise ValueError("a day like 2013-12-31, without quotes")
    return value


Day = Annotated[date, BeforeValidator(_read_day)]
"""A day as TOML writes it, or as the ISO text that an edition keeps of it."""


class Parameters(Question):
    """From which day on, and how many steps make it step by step."""

    since: Day = Field(description="the state of this day is where the steps begin")
    least_steps: int = Field(default=3, ge=2, description="steps that allow more, for it to be step by step")
    counts: Counts = Field(default="allowed", description="whether conditional cases count as allowed")


@dataclass(frozen=True)
class StepTaken:
    """A day on which the cases that count as allowed changed."""

    day: date
    gained: frozenset[str]
    lost: frozenset[str]
    allowed: int


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001
    """Count the days on which the rules allowed more of the basket, and those on which they allowed less.

    Only more, in enough steps: holds. Both, or too few steps: partly. Only less: fails. No basket: unknown.
    """
    steps = list_steps(evidence.basket, parameters)
    up, down = sum(bool(one.gained) for one in steps), sum(bool(one.lost) for one in steps)
    return Finding(
        estimate=up / (up + down) if up + down else None,
        unit="share of steps that allowed more",
        n=len(steps),
        n_unit="changes of what is allowed",
        fact=weigh(up, down, parameters.least_steps) if evidence.basket else Fact.UNKNOWN,
        sentence=_write_sentence(evidence.basket, steps, parameters),
        caveats=("The basket is a choice of the editors; another would count other steps.",),
        table=tuple(_tabulate(row) for row in evidence.basket),
    )


def permitted(row: Mapping[str, Any], counts: Counts) -> frozenset[str]:
    """The cases of a row of the basket that count as allowed."""
    wanted = {"allowed"} if counts == "allowed" else {"allowed", "conditional"}
    return frozenset(name for name, outcome in row["outcomes"].items() if outcome in wanted)


def list_steps(basket: Sequence[Mapping[str, Any]], parameters: Parameters) -> list[StepTaken]:
    """The changes after ``since``, in order."""
    steps = []
    for before, after in pairwise(basket):
        old, new = permitted(before, parameters.counts), permitted(after, parameters.counts)
        if after["date"] > parameters.since and old != new:
            steps.append(StepTaken(after["date"], new - old, old - new, len(new)))
    return steps


def weigh(up: int, down: int, least: int) -> Fact:
    """The fact behind "loosened step by step".

    >>> weigh(5, 0, 3), weigh(5, 1, 3), weigh(0, 2, 3)
    (<Fact.HOLDS: 'holds'>, <Fact.PARTLY: 'partly'>, <Fact.FAILS: 'fails'>)
    """
    if up >= least and not down:
        return Fact.HOLDS
    return Fact.PARTLY if up else Fact.FAILS


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Conditional cases counted the other way."""
    other: Counts = "allowed" if parameters.counts != "allowed" else "allowed_or_conditional"
    words = "conditional cases counted as allowed" if other != "allowed" else "conditional cases not counted"
    return [(words, parameters.model_copy(update={"counts": other}))]


def _write_sentence(basket: Sequence[Mapping[str, Any]], steps: list[StepTaken], parameters: Parameters) -> str:
    if not basket:
        return "The casebook has no basket of cases; nothing can be counted."
    since = parameters.since
    started = [row for row in basket if row["date"] <= since] or basket[:1]
    first, total = len(permitted(started[-1], parameters.counts)), len(basket[0]["outcomes"])
    last = steps[-1].allowed if steps else first
    up, down = sum(bool(one.gained) for one in steps), sum(bool(one.lost) for one in steps)
    return (
        f"Of {total} typical cases {first} were allowed on {FuzzyDate(since.year, since.month, since.day)} and {last} "
        f"at the end; {say_count(up, 'step')} allowed more, {say_count(down, 'step')} less."
    )


def _tabulate(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "date": row["date"].isoformat(),
        **{name: row[name] for name in ("allowed", "conditional", "denied", "unknown")},
        "gained": ", ".join(row["gained"]),
        "lost": ", ".join(row["lost"]),
        "rules": ", ".join(row["rules"]),
    }


KIND = Kind(
    name="loosening",
    asks="Of the basket of cases in `rules/basket.toml`, did every change of the rules since a day allow more, in "
    "several steps?",
    null="none: the rules of each day are asked; nothing is estimated",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="basket",
)
