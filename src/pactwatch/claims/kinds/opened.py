"""opened: how much of what the rules allow at the end did they not allow on an earlier day?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Fact, Finding
from pactwatch.claims.kinds.loosening import Counts, Day, permitted
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.question import Question
from pactwatch.claims.words import say_percent
from pactwatch.model.dates import FuzzyDate


class Parameters(Question):
    """The earlier day, and the share that makes the claim."""

    before: Day = Field(description="the earlier day")
    least_share: float = Field(
        default=0.5, gt=0, le=1, description="share of what is allowed at the end that was not allowed on that day"
    )
    counts: Counts = Field(default="allowed", description="whether conditional cases count as allowed")


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001
    """Compare the basket of the earlier day with that of the end.

    Enough of what is allowed now was not then: holds. Some: partly. None: fails. No basket: unknown.
    """
    then, now = _row_on(evidence.basket, parameters.before), evidence.basket[-1] if evidence.basket else None
    if then is None or now is None:
        return Finding(estimate=None, unit=_UNIT, n=0, n_unit="cases", fact=Fact.UNKNOWN, sentence=_NOTHING)
    today = permitted(now, parameters.counts)
    new = today - permitted(then, parameters.counts)
    share = len(new) / len(today) if today else 0.0
    day = parameters.before
    return Finding(
        estimate=share,
        unit=_UNIT,
        n=len(today),
        n_unit="cases",
        fact=Fact.HOLDS if new and share >= parameters.least_share else Fact.PARTLY if new else Fact.FAILS,
        sentence=(
            f"Of {len(today)} typical cases allowed at the end {len(new)} were not allowed on "
            f"{FuzzyDate(day.year, day.month, day.day)} ({say_percent(share)})."
        ),
        caveats=("The basket is a choice of the editors; another would give another share.",),
        table=tuple(
            {"case": name, "then": then["outcomes"][name], "now": now["outcomes"][name]} for name in now["outcomes"]
        ),
    )


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """The year's other end, and conditional cases counted the other way."""
    first = date(parameters.before.year, 1, 1)
    start = first if parameters.before != first else date(parameters.before.year, 12, 31)
    counts: Counts = "allowed" if parameters.counts != "allowed" else "allowed_or_conditional"
    words = "conditional cases counted as allowed" if counts != "allowed" else "conditional cases not counted"
    return [
        (
            f"compared with {FuzzyDate(start.year, start.month, start.day)}",
            parameters.model_copy(update={"before": start}),
        ),
        (words, parameters.model_copy(update={"counts": counts})),
    ]


def _row_on(basket: Sequence[Mapping[str, Any]], day: date) -> Mapping[str, Any] | None:
    return next((row for row in reversed(basket) if row["date"] <= day), None)


_UNIT = "share of what is allowed at the end"
_NOTHING = "The casebook has no basket of cases for that day; nothing can be counted."

KIND = Kind(
    name="opened",
    asks="Of the basket of cases in `rules/basket.toml`, how much of what is allowed at the end was not allowed on an "
    "earlier day?",
    null="none: the rules of each day are asked; nothing is estimated",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="cases",
)
