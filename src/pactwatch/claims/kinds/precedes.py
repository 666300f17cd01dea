"""precedes: does one kind of step come before another, up a ladder, or near another, partner by partner?"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.firsts import find_order
from pactwatch.claims.methods.ladder import find_ladder
from pactwatch.claims.methods.nearness import find_nearness
from pactwatch.claims.question import Question, Selection
from pactwatch.model.codes import Instrument, Stage


class Parameters(Question):
    """One of three: ``earlier`` and ``later`` (first dates), the same ``within_months`` (nearness), or a ``ladder``.

    ``smallest_rise`` is above chance; left out it is 0.20, and 0.15 for nearness.
    """

    earlier: Selection | None = None
    later: Selection | None = None
    within_months: int | None = Field(default=None, ge=1, description="either side")
    ladder: tuple[Instrument, ...] = Field(default=(), description="instruments from the first rung up")
    stages: tuple[Stage, ...] = Field(default=(), description="of the ladder; left out: any step completed")
    among: tuple[str, ...] = ("partners",)
    smallest_rise: float | None = Field(default=None, gt=0, lt=1)
    later_alone: Literal["left out", "against"] = Field(default="left out", description="partners without earlier step")
    shuffled: Literal["within partners", "across partners"] = Field(
        default="within partners", description="of a ladder"
    )
    earlier_called: str = "the earlier step"
    later_called: str = "the later step"

    @model_validator(mode="after")
    def _ask_one_thing(self) -> Parameters:
        told = [self.earlier is not None, self.later is not None]
        is_pair, is_ladder = all(told) and not self.ladder, len(set(self.ladder)) > 1 and not any(told)
        if not is_pair and not (is_ladder and self.within_months is None):
            raise ValueError("expected earlier and later (perhaps with within_months), or a ladder of two instruments")
        return self


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:
    """Test the ladder, the nearness or the order of first dates, by which parameters are given."""
    if parameters.ladder:
        return find_ladder(evidence, parameters, effort)
    if parameters.within_months is not None:
        return find_nearness(evidence, parameters, effort)
    return find_order(evidence, parameters)


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Shorter ladders and the calendar kept; other spans; two-party records; partners with the later step alone."""
    changes = _change_ladder(parameters) if parameters.ladder else _change_pair(parameters)
    return [(words, parameters.model_copy(update=change)) for words, change in changes]


def _change_ladder(parameters: Parameters) -> list[tuple[str, dict[str, Any]]]:
    changes: list[tuple[str, dict[str, Any]]] = []
    if parameters.shuffled == "within partners":
        changes.append(("the calendar of each instrument kept", {"shuffled": "across partners"}))
    if len(parameters.ladder) > 2:
        changes.append((f"without {parameters.ladder[0]} at the foot", {"ladder": parameters.ladder[1:]}))
        changes.append((f"without {parameters.ladder[-1]} at the top", {"ladder": parameters.ladder[:-1]}))
    return changes


def _change_pair(parameters: Parameters) -> list[tuple[str, dict[str, Any]]]:
    pair = {"earlier": parameters.earlier, "later": parameters.later}
    changes: list[tuple[str, dict[str, Any]]] = [
        (
            "two-party records only",
            {name: part.model_copy(update={"multilateral": False}) for name, part in pair.items() if part},
        )
    ]
    if parameters.within_months is None:
        if parameters.later_alone == "left out":
            changes.append(("partners without the earlier step count against", {"later_alone": "against"}))
        return changes
    spans = (max(1, parameters.within_months // 2), parameters.within_months * 2)
    return changes + [(f"within {span} months", {"within_months": span}) for span in spans]


KIND = Kind(
    name="precedes",
    asks="whether one step comes before another, up a ladder of instruments, or near another, partner by partner",
    null="the dates of each partner shuffled over its steps; for nearness, shifted at the pace of its activity",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="order",
)
