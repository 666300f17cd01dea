"""Builders of dates that name their year, or a month or day whose year must be found."""

from __future__ import annotations

from datetime import date

from pactwatch.coder.dates.parts import Parts
from pactwatch.coder.dates.spans import Frame, Point, point


def whole(parts: Parts, frame: Frame) -> Point | None:
    """A date in digits."""
    found = parts.value("whole")
    return found if isinstance(found, Point) and frame else None


def day_month_year(parts: Parts, _frame: Frame) -> Point | None:
    """8 July 2024, and the first day of a range; a range over New Year names the later year only."""
    year, months = parts.year, parts.months
    if year is None or not months:
        return None
    if len(months) > 1 and months[0] > months[1] and parts.kinds.count("year") == 1:
        year -= 1
    return point(year, months[0], parts.day)


def month_year(parts: Parts, frame: Frame) -> Point | None:
    """July 2024, and the first month of a range."""
    if parts.has("year_month"):
        found = parts.value("year_month")
        return found if isinstance(found, Point) else None
    return day_month_year(parts, frame)


def year_alone(parts: Parts, _frame: Frame) -> Point | None:
    """2024, and the first year of a range."""
    return point(parts.year) if parts.year else None


def month_without_year(month: int, day: int | None, frame: Frame) -> Point | None:
    """The month the reading means: by the context where its year holds, by the year of its line, else nearest the
    publication."""
    bound = _bound(month, day, frame)
    if bound is not None:
        return bound
    if frame.line is not None:
        return _in_line(month, day, frame.line, ahead=frame.ahead)
    if frame.published is None:
        return None
    year, told = frame.published.year, (month, day or 0)
    now = (frame.published.month, frame.published.day if day else 0)
    step = 1 if frame.ahead else -1
    if (told < now) if frame.ahead else (told > now):
        year += step
    return next((found for turn in range(9) if (found := point(year + step * turn, month, day))), None)


def _bound(month: int, day: int | None, frame: Frame) -> Point | None:
    """The month in the context's year, unless the context is already later in it."""
    context = frame.context
    if context is None or not frame.binds:
        return None
    if context.month is not None and (month, day or 99) < (context.month, context.day or 0):
        return None
    found = point(context.year, month, day)
    if found is None or frame.published is None:
        return found
    now = (frame.published.year, frame.published.month)
    is_later = (found.year, month) > now
    return found if is_later == frame.ahead or (found.year, month) == now else None


def _in_line(month: int, day: int | None, line: Point, *, ahead: bool) -> Point | None:
    """The month in the year that opens its line; what lies ahead of a day that opens it may lie in the next."""
    is_over = line.month is not None and (month, day or 99) < (line.month, line.day or 0)
    return point(line.year + (ahead and is_over), month, day)


def day_month(parts: Parts, frame: Frame) -> Point | None:
    """8 July."""
    return month_without_year(parts.months[0], parts.day, frame)


def pair(parts: Parts, frame: Frame) -> Point | None:
    """A month and a day in digits."""
    month, day = parts.value("pair") or parts.value("pair_sure")
    return month_without_year(month, day, frame)


def feast(parts: Parts, frame: Frame) -> Point | None:
    """A feast of the calendar, or its eve."""
    month, day = divmod(parts.value("feast"), 100)
    return month_without_year(month, day - parts.has("eve"), frame)


def month_alone(parts: Parts, frame: Frame) -> Point | None:
    """In July."""
    return month_without_year(parts.months[0], None, frame)


def quarter(parts: Parts, frame: Frame) -> Point | None:
    """The first quarter of 2025; of a fiscal year only the year holds, for its quarters are not the calendar's."""
    number = parts.value("quarter_code") or parts.value("ordinal") or parts.value("nth")
    year = parts.year
    if year is None or not 1 <= number <= 4 or frame is None:
        return None
    is_coarse = parts.has("fiscal") or (parts.unit or "quarter") not in {"quarter", "year"}
    return point(year) if is_coarse else point(year, quarter=number)


def quarter_near(parts: Parts, frame: Frame) -> Point | None:
    """The first quarter; the first quarter of next year."""
    number = parts.value("quarter_code") or parts.value("ordinal") or parts.value("nth") or 4
    amounts = parts.amounts
    if frame.published is None or not 1 <= number <= 4 or (amounts and amounts[0][1] != "quarter"):
        return None
    year, now = frame.published.year, (frame.published.month + 2) // 3
    if len(amounts) > 1:
        direction = Parts(parts.tokens[-2:]).direction
        return point(year + direction, quarter=number) if amounts[1][1] == "year" else None
    if frame.ahead and number < now:
        year += 1
    elif not frame.ahead and number > now:
        year -= 1
    return point(year, quarter=number)


def fiscal(parts: Parts, frame: Frame) -> Point | None:
    """A fiscal year is the year it is named by."""
    year = parts.fiscal_year
    return point(year) if year is not None and frame else None


def fiscal_month(parts: Parts, frame: Frame) -> Point | None:
    """The fiscal year that starts, or ends, in a month."""
    year = parts.year
    if year is None:
        return None
    ends, named_by_end = parts.has("end_word"), frame.fiscal.is_named_by_end
    if named_by_end or frame.fiscal.starts == 1:
        return point(year if ends or not named_by_end else year + 1)
    return point(year - 1 if ends and parts.months[0] < 12 else year)


def iso_week(parts: Parts, frame: Frame) -> Point | None:
    """A numbered week takes the month of its Thursday."""
    number = parts.value("week_code") or parts.day
    year = parts.year
    amounts = parts.amounts
    if year is None or number is None or frame is None or (amounts and amounts[0][1] != "week"):
        return None
    try:
        thursday = date.fromisocalendar(year, number, 4)
    except ValueError:
        return None
    return point(thursday.year, thursday.month)
