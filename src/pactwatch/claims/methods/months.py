"""Events put into the months of the year, with the days each month had and the journeys that bind events together."""

from __future__ import annotations

from calendar import month_name, monthrange
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.methods.events import first_of_each, label_events
from pactwatch.claims.methods.statistics import spread_of_sum

if TYPE_CHECKING:
    import pandas as pd

MonthCounting = Literal["event", "record", "month"]
"""One observation per event, per row, or per month of a year in which anything happened."""

TOUR_DAYS = 2
"""Events at most so many days apart are taken for one journey: their month was chosen once."""


@dataclass(frozen=True)
class Calendar:
    """Events as ``(year, month, journey)``, the records behind them, and what had to be left out.

    ``vague`` counts rows whose date tells no month; ``left_out`` is a month of a year left out on purpose.
    """

    events: tuple[tuple[int, int, int], ...]
    rows: int
    record_ids: tuple[str, ...]
    vague: int
    as_of: tuple[int, int, int]
    left_out: tuple[int, int] | None = None

    def count(self, months: tuple[int, ...]) -> int:
        """How many events fall in the months."""
        return sum(month in months for _, month, _ in self.events)

    def effective_n(self) -> int:
        """Independent observations the events are worth: n squared over the sum of squared journey sizes (Kish 1965),
        rounded down."""
        sizes = Counter(journey for _, _, journey in self.events).values()
        return sum(sizes) ** 2 // sum(size * size for size in sizes) if sizes else 0

    def even_shares(self, months: tuple[int, ...]) -> dict[int, float]:
        """Each year's share of days in the months, as far as the year had passed."""
        return {
            year: share_of_days(year, months, self.as_of, self.left_out)
            for year in {year for year, _, _ in self.events}
        }

    def expected_share(self, months: tuple[int, ...]) -> float:
        """Share of the events expected in the months when days alone decide, each event within its own year."""
        shares = self.even_shares(months)
        return sum(shares[year] for year, _, _ in self.events) / len(self.events)


def share_of_days(
    year: int, months: tuple[int, ...], as_of: tuple[int, int, int], left_out: tuple[int, int] | None = None
) -> float:
    """Share of a year's days up to ``as_of`` (year, month, day) that lie in the months.

    >>> round(366 * share_of_days(2024, (2,), (2025, 6, 30)), 6)  # a whole leap year
    29.0
    >>> round(59 * share_of_days(2025, (2,), (2025, 2, 28)), 6)  # a year of 59 days so far
    28.0
    """
    days = dict.fromkeys(range(1, 13), 0)
    for month in days:
        if (year, month) < as_of[:2]:
            days[month] = monthrange(year, month)[1]
        elif (year, month) == as_of[:2]:
            days[month] = as_of[2]
        if (year, month) == left_out:
            days[month] = 0
    total = sum(days.values())
    return sum(days[month] for month in months) / total if total else 0.0


def chance_of_count(calendar: Calendar, months: tuple[int, ...], rise: float = 0.0) -> tuple[float, float]:
    """Exact chances of at least, and of at most, as many events in the months as there are, when days alone decide,
    plus ``rise``.

    A journey of several events falls into one month as a whole: the randomisation of whole clusters, worked out
    instead of drawn.

    >>> apart = Calendar(events=((2023, 4, 0), (2023, 4, 1)), rows=2, record_ids=(), vague=0, as_of=(2024, 1, 1))
    >>> together = Calendar(events=((2023, 4, 0), (2023, 4, 0)), rows=2, record_ids=(), vague=0, as_of=(2024, 1, 1))
    >>> [round(chance_of_count(calendar, (4,))[0] * 365**2) for calendar in (apart, together)]  # 30 * 30, and 30 * 365
    [900, 10950]
    """
    shares = calendar.even_shares(months)
    sizes = Counter(journey for _, _, journey in calendar.events)
    years = {journey: year for year, _, journey in calendar.events}
    groups = Counter((size, years[journey]) for journey, size in sizes.items())
    spread = spread_of_sum((size, many, min(shares[year] + rise, 1.0)) for (size, year), many in sorted(groups.items()))
    count = calendar.count(months)
    return float(min(spread[count:].sum(), 1.0)), float(min(spread[: count + 1].sum(), 1.0))


def read_calendar(
    evidence: Evidence, rows: pd.DataFrame, counting: MonthCounting, without_busiest: bool = False
) -> Calendar:
    """Put rows into months; dates vaguer than a month can't speak, and rows after the edition's date are left out."""
    told = rows["precision"].isin(["day", "month"])
    kept = rows[told & (rows["earliest"] <= evidence.as_of)]
    chosen = kept if counting == "record" else kept.iloc[first_of_each(label_events(kept, evidence.focus))]
    days = [(day.year, day.month, day.toordinal() if precision == "day" else None) for day, precision in _pairs(chosen)]
    if counting == "month":
        days = [(year, month, None) for year, month in dict.fromkeys(day[:2] for day in days)]
    busiest = (
        Counter((year, month) for year, month, _ in days).most_common(1)[0][0] if days and without_busiest else None
    )
    days = [day for day in days if day[:2] != busiest]
    return Calendar(
        events=tuple(
            (year, month, journey)
            for (year, month, _), journey in zip(days, number_journeys([day for _, _, day in days]), strict=True)
        ),
        rows=len(kept),
        record_ids=tuple(sorted(set(kept["record_id"]))),
        vague=int((~told).sum()),
        as_of=(evidence.as_of.year, evidence.as_of.month, evidence.as_of.day),
        left_out=busiest,
    )


def number_journeys(days: list[int | None]) -> list[int]:
    """The journey of each event, days given as ordinals; an event whose day is not told travels alone.

    >>> number_journeys([10, 12, None, 20, 14])  # 10 to 14 in steps of two days is one journey
    [0, 0, 2, 1, 0]
    """
    told = sorted({day for day in days if day is not None})
    journey_of = dict.fromkeys(told[:1], 0)
    for before, after in pairwise(told):
        journey_of[after] = journey_of[before] + (after - before > TOUR_DAYS)
    following = max(journey_of.values(), default=-1)
    numbers: list[int] = []
    for day in days:
        if day is None:
            following += 1
        numbers.append(following if day is None else journey_of[day])
    return numbers


def tabulate_months(
    calendar: Calendar, months: tuple[int, ...], reference: Calendar | None = None
) -> tuple[dict[str, object], ...]:
    """One row per month of the year: events, events expected (from days, or from the reference), whether the claim
    names the month."""
    total = len(calendar.events)
    return tuple(
        {
            "month": month_name[month],
            "events": calendar.count((month,)),
            "expected": total
            * (
                calendar.expected_share((month,))
                if reference is None
                else reference.count((month,)) / len(reference.events)
            ),
            "claimed": "yes" if month in months else "no",
        }
        for month in range(1, 13)
    )


def _pairs(rows: pd.DataFrame) -> list[tuple[pd.Timestamp, str]]:
    return list(zip(rows["earliest"].tolist(), rows["precision"].tolist(), strict=True))
