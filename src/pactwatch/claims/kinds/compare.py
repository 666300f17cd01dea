"""``compare``: do the records of one group have a feature more often than those of another?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pactwatch.claims.evidence import Evidence, keep_firsts
from pactwatch.claims.finding import Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.events import (
    Counting,
    label_events,
    mean_by_event,
    name_unit,
    other_countings,
    tell_joining,
)
from pactwatch.claims.methods.statistics import (
    detectable_difference,
    exact_interval,
    leaves_room,
    newcombe_interval,
    unconditional_p,
)
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.thresholds import MINIMUM_N
from pactwatch.claims.words import say_count, say_p, say_percent, say_points, tell_room

if TYPE_CHECKING:
    import pandas as pd


class Parameters(Question):
    """Two groups of records and the feature whose share is compared."""

    selection: Selection = Field(description="the group the claim is about")
    against: Selection = Field(
        description="the group it is compared with; a record is in the group of its first milestone of either"
    )
    feature: Selection = Field(description="what is counted in both")
    smallest_difference: float = Field(
        default=0.15, gt=0, lt=1, description="smallest difference of the two shares worth speaking of"
    )
    direction: Literal["more", "less"] = "more"
    counting: Counting = Field(default="event", description="what counts as one observation")
    called: str = Field(default="have the feature", description="completes: events that ...")


@dataclass(frozen=True)
class Side:
    """One group counted: rows, events, and events with the feature (an event whose rows differ counts in part)."""

    rows: int
    events: int
    having: float

    @property
    def share(self) -> float:
        """Share of the events with the feature."""
        return self.having / self.events


def judge_difference(one: Side, two: Side, smallest: float) -> tuple[float, float, float | None]:
    """One-sided p of "the first share is higher", p against "by at least ``smallest``", and the detectable difference.

    Exact and unconditional: see :func:`unconditional_p`.

    >>> p, p_refute, _ = judge_difference(Side(3, 3, 3), Side(3, 3, 0), 0.2)  # p: see unconditional_p
    >>> round(1 / p, 6), p_refute
    (64.0, 1.0)
    """
    p = unconditional_p((one.having, one.events), (two.having, two.events))
    p_refute = unconditional_p((two.having, two.events), (one.having, one.events), -smallest)
    reached = detectable_difference(one.events, two.events, two.share)
    return p, p_refute, None if reached is None else reached - two.share


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001 - exact, nothing is drawn
    """Difference of the two groups' shares of events with the feature."""
    rows, flags, is_first, shared = _gather(evidence, parameters)
    one, two = (_count(rows[mask], flags[mask], evidence.focus, parameters.counting) for mask in (is_first, ~is_first))
    sign = 1 if parameters.direction == "more" else -1
    unit = name_unit(len(rows), one.events + two.events, parameters.selection)
    base = Finding(
        estimate=None,
        unit="difference of shares",
        no_effect=0.0,
        smallest_effect=sign * parameters.smallest_difference,
        n=one.events + two.events,
        n_unit=unit,
        sentence=f"The groups have {one.events} and {two.events} {unit}; a comparison takes {MINIMUM_N} in each.",
        caveats=_list_caveats(rows, one, two, shared, parameters),
        records=tuple(sorted(set(rows["record_id"]))),
        table=tuple(_tabulate(name, side) for name, side in (("the group", one), ("compared with", two))),
    )
    if not one.events or not two.events:
        return base
    estimate = one.share - two.share
    described = base.model_copy(
        update={"estimate": estimate, "interval": newcombe_interval((one.having, one.events), (two.having, two.events))}
    )
    if min(one.events, two.events) < MINIMUM_N:
        return described
    high, low = (one, two) if sign > 0 else (two, one)
    p, p_refute, reached = judge_difference(high, low, parameters.smallest_difference)
    smallest = sign * parameters.smallest_difference
    update = {
        "p": p,
        "p_refute": p_refute if leaves_room(two.share, smallest) else None,
        "detectable": None if reached is None else sign * reached,
        "caveats": (*base.caveats, *tell_room(two.share, smallest)),
        "sentence": _say(one, two, p, reached, f"{unit} {parameters.called}"),
    }
    return described.model_copy(update=update)


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Other observations: every row by itself, every named series once."""
    return [
        (words, parameters.model_copy(update={"counting": other}))
        for words, other in other_countings(parameters.counting)
    ]


def _gather(evidence: Evidence, parameters: Parameters) -> tuple[pd.DataFrame, pd.Series[bool], pd.Series[bool], int]:
    """Rows of one group, whether each has the feature, whether it is of the first group, and how many were of both.

    A record with milestones in both groups belongs to that of its first milestone of either; only where that one
    milestone fits both selections (a drill with partners of both groups) no group is its own, and it is left out.
    """
    import pandas as pd

    sides = (parameters.selection, parameters.against)
    groups = [evidence.select(side.model_copy(update={"unit": "milestone"})) for side in sides]
    rows = pd.concat(groups).drop_duplicates("milestone_id")
    rows = keep_firsts(rows) if parameters.selection.unit == "record" else rows
    rows = rows.sort_values(["earliest", "latest", "milestone_id"], ignore_index=True)
    in_first, in_second = (rows["milestone_id"].isin(list(group["milestone_id"])) for group in groups)
    both = in_first & in_second
    key = "record_id" if parameters.selection.unit == "record" else "milestone_id"
    flags = rows[key].isin(list(evidence.select(parameters.feature)[key]))
    return rows[~both], flags[~both], in_first[~both], int(both.sum())


def _count(rows: pd.DataFrame, flags: pd.Series[bool], focus: str, counting: Counting) -> Side:
    if rows.empty:
        return Side(0, 0, 0.0)
    values = mean_by_event(label_events(rows, focus, counting), flags.astype(float).to_numpy())
    return Side(len(rows), len(values), float(values.sum()))


def _list_caveats(rows: pd.DataFrame, one: Side, two: Side, shared: int, parameters: Parameters) -> tuple[str, ...]:
    caveats = tell_joining(len(rows), one.events + two.events, parameters.counting)
    if shared:
        caveats += (f"{say_count(shared, parameters.selection.unit)} of both groups left out.",)
    return (*caveats, "The groups may differ in period and kind of record; the comparison does not adjust for it.")


def _say(one: Side, two: Side, p: float, reached: float | None, told: str) -> str:
    """The sentence; ``told`` is the unit and what it does."""
    reach = "no difference" if reached is None else f"only a difference of {say_points(reached)} or more"
    return (
        f"{say_percent(one.share)} of {one.events} {told}, "
        f"compared with {say_percent(two.share)} of {two.events} ({say_p(p)}); {reach} would show four times in five."
    )


def _tabulate(name: str, side: Side) -> dict[str, object]:
    low, high = exact_interval(side.having, side.events) if side.events else (None, None)
    return {
        "group": name,
        "rows": side.rows,
        "events": side.events,
        "share": side.share if side.events else None,
        "lowest": low,
        "highest": high,
    }


KIND = Kind(
    name="compare",
    asks="Is `feature` more (or less) frequent among `selection` than among `against`?",
    null="Both groups have the feature equally often; events are independent draws.",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
)
