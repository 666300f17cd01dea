"""``cluster``: do events fall in some months of the year more than days alone would have it?"""

from __future__ import annotations

from pydantic import Field, field_validator

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.events import name_unit, tell_joining
from pactwatch.claims.methods.months import (
    TOUR_DAYS,
    Calendar,
    MonthCounting,
    chance_of_count,
    read_calendar,
    tabulate_months,
)
from pactwatch.claims.methods.statistics import (
    detectable_difference,
    detectable_share,
    exact_interval,
    newcombe_interval,
    unconditional_p,
)
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.thresholds import MINIMUM_N
from pactwatch.claims.words import say_months, say_p, say_percent, say_points


class Parameters(Question):
    """Which events, which months, and what they are compared with."""

    selection: Selection = Field(description="the records whose months are asked")
    months: tuple[int, ...] = Field(min_length=1, max_length=11, description="months of the year, 1 to 12")
    smallest_share_rise: float = Field(
        default=0.10, gt=0, lt=1, description="smallest rise of the months' share worth speaking of"
    )
    reference: Selection | None = Field(
        default=None,
        description="records (others than `selection`) whose months are the usual ones; none: an even spread over days",
    )
    counting: MonthCounting = Field(
        default="event", description="`month`: every month of every year counts once at most"
    )
    without_busiest: bool = Field(default=False, description="leave out the one month of one year with the most events")

    @field_validator("months")
    @classmethod
    def _are_months(cls, months: tuple[int, ...]) -> tuple[int, ...]:
        if not all(1 <= month <= 12 for month in months) or len(set(months)) < len(months):
            raise ValueError(f"{list(months)}; expected different numbers from 1 to 12")
        return months


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001 - exact, nothing is drawn
    """Exact test of the months' share among the events, against the days of the months or against the reference."""
    rows = evidence.select(parameters.selection)
    calendar = read_calendar(evidence, rows, parameters.counting, parameters.without_busiest)
    if not calendar.events:
        return Finding(
            estimate=None,
            unit="share of events",
            n=0,
            n_unit="events",
            sentence="No record fits with a date told to the month or the day.",
            caveats=_list_caveats(calendar, parameters),
        )
    if parameters.reference is None:
        return _test_against_days(calendar, parameters)
    others = evidence.select(parameters.reference)
    others = others[~others["record_id"].isin(list(rows["record_id"]))]
    return _test_against_reference(
        calendar, read_calendar(evidence, others, parameters.counting, parameters.without_busiest), parameters
    )


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Other observations, without the busiest month, and the other comparison: the usual calendar of these parties,
    or days alone.

    Neighbouring months are no other choice of the same claim; they stand in the finding's table.
    """
    countings: dict[MonthCounting, str] = {
        "event": "one event per date and partner",
        "record": "every row by itself",
        "month": "every month of a year counted once",
    }
    others: list[tuple[str, Question]] = [
        (words, parameters.model_copy(update={"counting": counting}))
        for counting, words in countings.items()
        if counting != parameters.counting
    ]
    if not parameters.without_busiest:
        others.append(("without the busiest month", parameters.model_copy(update={"without_busiest": True})))
    if parameters.reference is not None:
        return [*others, ("compared with an even spread over days", parameters.model_copy(update={"reference": None}))]
    everything = Selection(
        **parameters.selection.model_dump(include={"with_any", "with_all", "since", "until", "focus", "unit"})
    )
    if everything != parameters.selection:
        others.append(
            (
                "compared with all other records of these parties",
                parameters.model_copy(update={"reference": everything}),
            )
        )
    return others


def worth_speaking_of(usual: float, rise: float) -> float:
    """The share at the smallest effect: the usual share and the rise, at most half of what is left to 1.

    >>> worth_speaking_of(0.25, 0.1), worth_speaking_of(0.9, 0.2)
    (0.35, 0.95)
    """
    return min(usual + rise, (1 + usual) / 2)


def _test_against_days(calendar: Calendar, parameters: Parameters) -> Finding:
    estimate, usual = _share(calendar, parameters), calendar.expected_share(parameters.months)
    smallest = worth_speaking_of(usual, parameters.smallest_share_rise)
    effective = calendar.effective_n()
    p, _ = chance_of_count(calendar, parameters.months)
    _, p_refute = chance_of_count(calendar, parameters.months, smallest - usual)
    detectable = detectable_share(effective, usual)
    return _describe(calendar, parameters).model_copy(
        update={
            "interval": exact_interval(estimate * effective, effective),
            "no_effect": usual,
            "smallest_effect": smallest,
            "p": p,
            "p_refute": p_refute,
            "detectable": detectable,
            "sentence": _say(
                calendar,
                parameters,
                f"even spread over days {say_percent(usual)}",
                p,
                detectable and detectable - usual,
            ),
            "table": tabulate_months(calendar, parameters.months),
        }
    )


def _test_against_reference(calendar: Calendar, reference: Calendar, parameters: Parameters) -> Finding:
    """The two shares compared exactly; the interval carries the reference's own uncertainty."""
    described = _describe(calendar, parameters)
    first, second = calendar.effective_n(), reference.effective_n()
    if min(first, second) < MINIMUM_N:
        return described.model_copy(
            update={"sentence": f"Fewer than {MINIMUM_N} independent events on one side allow no comparison of months."}
        )
    estimate, usual = _share(calendar, parameters), _share(reference, parameters)
    smallest = worth_speaking_of(usual, parameters.smallest_share_rise)
    one, two = (estimate * first, first), (usual * second, second)
    low, high = newcombe_interval(one, two)
    p, p_refute = unconditional_p(one, two), unconditional_p(two, one, usual - smallest)
    detectable = detectable_difference(first, second, usual)
    return described.model_copy(
        update={
            "interval": (max(usual + low, 0.0), min(usual + high, 1.0)),
            "no_effect": usual,
            "smallest_effect": smallest,
            "p": p,
            "p_refute": p_refute,
            "detectable": detectable,
            "sentence": _say(
                calendar,
                parameters,
                f"{say_percent(usual)} of {len(reference.events)} other events",
                p,
                detectable and detectable - usual,
            ),
            "records": tuple(sorted({*calendar.record_ids, *reference.record_ids})),
            "table": tabulate_months(calendar, parameters.months, reference),
        }
    )


def _describe(calendar: Calendar, parameters: Parameters) -> Finding:
    unit = (
        "months"
        if parameters.counting == "month"
        else name_unit(calendar.rows, len(calendar.events), parameters.selection)
    )
    return Finding(
        estimate=_share(calendar, parameters),
        unit=f"share of {unit}",
        n=len(calendar.events),
        n_unit=unit,
        sentence="",
        caveats=_list_caveats(calendar, parameters),
        records=calendar.record_ids,
    )


def _share(calendar: Calendar, parameters: Parameters) -> float:
    return calendar.count(parameters.months) / len(calendar.events)


def _list_caveats(calendar: Calendar, parameters: Parameters) -> tuple[str, ...]:
    caveats = (
        tell_joining(calendar.rows, len(calendar.events))
        if parameters.counting == "event" and calendar.left_out is None
        else ()
    )
    if calendar.vague:
        caveats += (f"{calendar.vague} rows without a month told are left out.",)
    if calendar.left_out is not None:
        caveats += (f"{calendar.left_out[0]}-{calendar.left_out[1]:02d}, the busiest month, is left out.",)
    if calendar.effective_n() < len(calendar.events):
        caveats += (
            f"Events at most {TOUR_DAYS} days apart may belong to one journey and are not independent: the "
            f"{len(calendar.events)} events tell as much as {calendar.effective_n()} independent ones would.",
        )
    return caveats


def _say(calendar: Calendar, parameters: Parameters, comparison: str, p: float, rise: float | None) -> str:
    count, total = calendar.count(parameters.months), len(calendar.events)
    unit = name_unit(calendar.rows, total, parameters.selection)
    what = "months with any" if parameters.counting == "month" else f"dated {unit}"
    reach = "no rise would" if rise is None else f"only a rise of {say_points(rise)} or more would"
    return (
        f"{count} of {total} {what} fell in {say_months(parameters.months)} "
        f"({say_percent(count / total)}; {comparison}; {say_p(p)}); {reach} show four times in five."
    )


KIND = Kind(
    name="cluster",
    asks="Do the events of `selection` fall in `months` more than an even spread, or the `reference`, would have it?",
    null="Every event, or journey of events, falls on any day of its year alike (or follows the reference's months).",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
)
