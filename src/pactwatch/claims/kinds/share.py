"""``share``: is the share of one kind of record among others above, below, or near a threshold?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import NEAR, Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.events import (
    Counting,
    label_events,
    mean_by_event,
    name_unit,
    other_countings,
    tell_joining,
)
from pactwatch.claims.methods.statistics import detectable_share, exact_interval, lower_tail, upper_tail
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.words import say_p, say_percent

if TYPE_CHECKING:
    import pandas as pd


class Parameters(Question):
    """What is counted, among what, and from which share on the claim is right."""

    selection: Selection = Field(description="the records whose share is asked")
    among: Selection = Field(description="the records it is a share of; those of `selection` outside it do not count")
    threshold: float = Field(default=0.5, gt=0, lt=1, description="the share the claim speaks of")
    smallest_rise: float = Field(
        default=0.10,
        gt=0,
        lt=1,
        description="smallest distance from the threshold worth speaking of; with `near` the first too far off",
    )
    direction: Literal["above", "below", "near"] = "above"
    counting: Counting = Field(default="event", description="what counts as one observation")
    called: str = Field(default="are of the kind asked", description="completes: records that ...")

    @model_validator(mode="after")
    def _stays_a_share(self) -> Parameters:
        for share in self.ends:
            if not 0 < share < 1:
                raise ValueError(f"threshold and smallest_rise give {share:.2f}; expected a share between 0 and 1")
        return self

    @property
    def ends(self) -> tuple[float, ...]:
        """The shares that lie as far from the threshold as is worth speaking of, on the sides that are asked."""
        sides = {"above": (1,), "below": (-1,), "near": (-1, 1)}[self.direction]
        return tuple(self.threshold + side * self.smallest_rise for side in sides)

    @property
    def smallest_effect(self) -> float:
        """The share at the smallest effect worth speaking of; with ``near`` the one that is told."""
        return self.threshold if self.direction == "near" else self.ends[0]

    def no_effect_for(self, estimate: float) -> float:
        """The share there is if nothing is in the claim; with ``near`` the first on the estimate's side that is not."""
        if self.direction != "near":
            return self.threshold
        return self.ends[estimate > self.threshold]


def find_members(evidence: Evidence, among: Selection, feature: Selection) -> tuple[pd.DataFrame, list[bool]]:
    """The rows of ``among`` and whether each is of ``feature``: by record, or by milestone where ``among`` counts
    milestones.

    By record, since a record's first milestone of one selection need not be its first of the other.
    """
    rows = evidence.select(among)
    key = "record_id" if among.unit == "record" else "milestone_id"
    members = set(evidence.select(feature)[key])
    return rows, [value in members for value in rows[key]]


def judge_share(successes: float, trials: float, parameters: Parameters) -> tuple[float, float, float | None]:
    """One-sided p, p against the smallest effect, and the detectable share, all from the exact binomial.

    "Below" is "above" for the rows without the feature; "near" is two one-sided tests at once, against the first share
    on either side that is no longer near (Schuirmann 1987, J. of Pharmacokinetics and Biopharmaceutics 15, 657-680).

    >>> one = Parameters(selection=Selection(), among=Selection(), threshold=0.5, smallest_rise=0.1)
    >>> p, p_refute, detectable = judge_share(8, 10, one)  # P(X >= 8 | 0.5) = 56 / 1024, P(X <= 8 | 0.6) = 0.954
    >>> round(p, 4), round(p_refute, 3)
    (0.0547, 0.954)
    """
    if parameters.direction == "near":
        return *_judge_near(successes, trials, parameters), None
    if parameters.direction == "above":
        p, p_refute = (
            upper_tail(successes, trials, parameters.threshold),
            lower_tail(successes, trials, parameters.smallest_effect),
        )
        return p, p_refute, detectable_share(trials, parameters.threshold)
    p, p_refute = (
        lower_tail(successes, trials, parameters.threshold),
        upper_tail(successes, trials, parameters.smallest_effect),
    )
    mirrored = detectable_share(trials, 1 - parameters.threshold)
    return p, p_refute, None if mirrored is None else 1 - mirrored


def _judge_near(successes: float, trials: float, parameters: Parameters) -> tuple[float, float]:
    """How often shares that are no longer near give a result at least this near, and the nearest of them one at least
    this far."""
    low, high = parameters.ends
    nearer = max(upper_tail(successes, trials, low), lower_tail(successes, trials, high))
    farther = min(lower_tail(successes, trials, low), upper_tail(successes, trials, high))
    return nearer, min(1.0, 2 * farther)


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001 - exact, nothing is drawn
    """Exact test of the share of events against the threshold.

    Every event (see :func:`label_events`) weighs the same; one whose records differ counts as their share.
    """
    rows, flags = find_members(evidence, parameters.among, parameters.selection)
    if rows.empty:
        return _find_nothing(parameters)
    values = mean_by_event(label_events(rows, evidence.focus, parameters.counting), [float(flag) for flag in flags])
    trials, successes = len(values), float(values.sum())
    estimate = successes / trials
    p, p_refute, detectable = judge_share(successes, trials, parameters)
    unit = name_unit(len(rows), trials, parameters.among)
    return Finding(
        estimate=estimate,
        unit=_name_share(unit, parameters),
        interval=exact_interval(successes, trials),
        no_effect=parameters.no_effect_for(estimate),
        smallest_effect=parameters.smallest_effect,
        p=p,
        p_refute=p_refute,
        n=trials,
        n_unit=unit,
        detectable=detectable,
        sentence=_say(sum(flags), len(rows), estimate, p, detectable, parameters),
        caveats=tell_joining(len(rows), trials, parameters.counting),
        records=tuple(sorted(set(rows["record_id"]))),
        table=_tabulate(rows, flags),
    )


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Other observations: every row by itself, every named series once."""
    return [
        (words, parameters.model_copy(update={"counting": other}))
        for words, other in other_countings(parameters.counting)
    ]


def _say(having: int, total: int, estimate: float, p: float, detectable: float | None, parameters: Parameters) -> str:
    told = (
        f"{having} of {total} {parameters.among.unit}s {parameters.called}; {_say_counting(parameters)} that is "
        f"{say_percent(estimate)}"
    )
    if parameters.direction == "near":
        low, high = map(say_percent, parameters.ends)
        return f"{told} (between {low} and {high}: {say_p(p)})."
    reach = (
        "no share at all" if detectable is None else f"only a share of {say_percent(detectable)} or {_side(parameters)}"
    )
    return f"{told} (against {say_percent(parameters.threshold)}: {say_p(p)}); {reach} would show four times in five."


def _say_counting(parameters: Parameters) -> str:
    if parameters.counting == "record":
        return "counted row by row"
    return "counted by event" if parameters.counting == "event" else "with each named series counted once"


def _side(parameters: Parameters) -> str:
    return "more" if parameters.direction == "above" else "less"


def _name_share(unit: str, parameters: Parameters) -> str:
    return f"share of {unit}{NEAR if parameters.direction == 'near' else ''}"


def _tabulate(rows: pd.DataFrame, flags: list[bool]) -> tuple[dict[str, object], ...]:
    """Rows with and without the feature, year by year."""
    from pandas import isna

    years = [None if isna(year) else int(year) for year in rows["year"].tolist()]
    return tuple(
        {
            "year": year,
            "of the kind": sum(flag for flag, own in zip(flags, years, strict=True) if own == year),
            "all": years.count(year),
        }
        for year in sorted(set(years), key=lambda year: year or 0)
    )


def _find_nothing(parameters: Parameters) -> Finding:
    unit = f"{parameters.among.unit}s"
    return Finding(
        estimate=None,
        unit=_name_share(unit, parameters),
        no_effect=parameters.no_effect_for(1.0),
        smallest_effect=parameters.smallest_effect,
        n=0,
        n_unit=unit,
        sentence="No record fits what the share would be taken of.",
    )


KIND = Kind(
    name="share",
    asks="Is the share of `selection` within `among` above (or below, or near) `threshold`?",
    null="The share equals the threshold (`near`: is at least `smallest_rise` off); events are independent draws.",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
)
