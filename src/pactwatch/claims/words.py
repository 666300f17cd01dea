"""Numbers and periods as the sentences of the findings print them."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pactwatch.model.dates import FuzzyDate


def say_percent(share: float) -> str:
    """A share in percent; one decimal where a whole number would mislead.

    >>> say_percent(0.287), say_percent(0.083), say_percent(0.0)
    ('29 %', '8.3 %', '0 %')
    """
    percent = 100 * share
    return f"{percent:.1f} %" if 0 < percent < 9.95 or 90 < percent < 100 else f"{percent:.0f} %"


def say_points(difference: float) -> str:
    """A difference of shares in percentage points, unsigned.

    >>> say_points(-0.094)
    '9 points'
    """
    points = round(abs(100 * difference))
    return "1 point" if points == 1 else f"{points} points"


def say_change(difference: float) -> str:
    """A change of a share with its direction, or that there is none to speak of.

    >>> say_change(0.12), say_change(-0.012), say_change(-0.001)
    ('a rise of 12 points', 'a fall of 1 point', 'no change')
    """
    if round(abs(100 * difference)) == 0:
        return "no change"
    return f"a {'rise' if difference > 0 else 'fall'} of {say_points(difference)}"


def say_p(p: float | None) -> str:
    """A p value to the two digits it deserves.

    >>> say_p(0.3149), say_p(0.00031), say_p(None)
    ('p = 0.31', 'p < 0.001', 'no test')
    """
    if p is None:
        return "no test"
    if p < 0.001:
        return "p < 0.001"
    return f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def say_months(months: Sequence[int]) -> str:
    """Months in words, a run as a span.

    >>> say_months([3]), say_months([1, 2, 3]), say_months([3, 9])
    ('March', 'January-March', 'March and September')
    """
    ordered = sorted(set(months))
    names = [calendar.month_name[month] for month in ordered]
    if len(ordered) > 1 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{names[0]}-{names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def say_count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> say_count(1, "event"), say_count(12, "event")
    ('1 event', '12 events')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def say_units(number: int, units: str) -> str:
    """A number with a unit told in the plural, as a finding's ``n_unit`` is.

    >>> say_units(1, "records"), say_units(12, "milestones")
    ('1 record', '12 milestones')
    """
    return say_count(number, units.removesuffix("s"), units)


def say_date(earliest: date, precision: str, is_inferred: bool = False) -> str:
    """A date to the precision told, from the first day it may be; one that no source tells says so.

    >>> say_date(date(2024, 7, 1), "month"), say_date(date(2024, 7, 1), "quarter"), say_date(date(2024, 1, 1), "year")
    ('July 2024', 'third quarter of 2024', '2024')
    >>> say_date(date(2024, 7, 1), "month", True)
    'July 2024 (inferred)'
    """
    year, month = earliest.year, earliest.month
    told = {
        "day": FuzzyDate(year, month, earliest.day),
        "month": FuzzyDate(year, month),
        "quarter": FuzzyDate(year, quarter=(month + 2) // 3),
    }
    return str(replace(told.get(precision, FuzzyDate(year)), is_uncertain=is_inferred))


def say_row_date(row: Mapping[Any, Any]) -> str:
    """The date of a milestone of the evidence."""
    return say_date(row["earliest"], str(row["precision"]), bool(row["is_inferred"]))


def say_list(words: Sequence[str]) -> str:
    """Words joined as a sentence joins them.

    >>> say_list(["a"]), say_list(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def tell_room(share: float, change: float) -> tuple[str, ...]:
    """The caveat of a share too near its bound for the smallest change worth speaking of; nothing where there is room.

    >>> tell_room(0.25, 0.1)
    ()
    """
    if 0 <= share + change <= 1:
        return ()
    way = "rise" if change > 0 else "fall"
    return (
        f"From {say_percent(share)} a {way} of {say_points(change)} is not possible: a smaller change cannot speak "
        "against the claim.",
    )
