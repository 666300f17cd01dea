"""Builders of dates told from the day of publication: yesterday, last week, two years ago, on Friday."""

from __future__ import annotations

from datetime import date

from pactwatch.coder.dates.absolute import month_without_year
from pactwatch.coder.dates.parts import Parts
from pactwatch.coder.dates.spans import Frame, Point, add_days, add_months, day_point, point

WEEK_UNITS = {"week": 7, "fortnight": 14}
MONTH_UNITS = {"month": 1, "quarter": 3}
YEAR_UNITS = {"year": 1, "decade": 10}
_MOST = 5000  # of any unit: more is no date


def moved(start: Point, amount: int, unit: str) -> Point | None:
    """A point so many units on, to the precision of the unit: weeks give a month, years a year."""
    if abs(amount) > _MOST:
        return None
    if unit in YEAR_UNITS:
        return point(start.year + amount * YEAR_UNITS[unit])
    if unit in MONTH_UNITS:
        months = amount * MONTH_UNITS[unit]
        return add_months(start, months) or (point(start.year + months // 12) if months % 12 == 0 else None)
    day = add_days(start.as_date, amount * WEEK_UNITS.get(unit, 1)) if start.as_date else None
    if unit in WEEK_UNITS:
        if day is None:
            return point(start.year, start.month) if start.month and abs(amount) == 1 else None
        return point(day.year, day.month)
    return day_point(day) if day else None


def moved_by(start: Point, amounts: list[tuple[int, str]], sign: int) -> Point | None:
    """Several lengths of time on or back (1 month and 21 days); with a day among them the day is kept."""
    if len(amounts) == 1:
        return moved(start, sign * amounts[0][0], amounts[0][1])
    months = sum(n * (MONTH_UNITS | {"year": 12, "decade": 120}).get(unit, 0) for n, unit in amounts)
    days = sum(n * (WEEK_UNITS | {"day": 1}).get(unit, 0) for n, unit in amounts)
    if max(months, days) > _MOST:
        return None
    reached = add_months(start, sign * months)
    if reached is None or not days or start.day is None:
        return reached
    day = next((d for cut in range(4) if (d := point(reached.year, reached.month, max(1, start.day - cut)))), None)
    moved_day = add_days(day.as_date, sign * days) if day and day.as_date else None
    return day_point(moved_day) if moved_day else None


def day_word(parts: Parts, frame: Frame) -> Point | None:
    """Yesterday; this morning; last night; earlier in the day."""
    if frame.published is None or (parts.unit and parts.unit != "day"):
        return near_unit(parts, frame)
    offset = parts.value("day_word") or 0
    if parts.has("last"):
        offset = -1
    day = add_days(frame.published, offset)
    return day_point(day) if day else None


def day_from_day_word(parts: Parts, frame: Frame) -> Point | None:
    """Two days from tomorrow; the day before yesterday."""
    if frame.published is None:
        return None
    start = add_days(frame.published, parts.value("day_word"))
    sign = -1 if parts.has("before") else 1
    return moved(day_point(start), sign * parts.amounts[0][0], parts.amounts[0][1]) if start else None


def near_unit(parts: Parts, frame: Frame) -> Point | None:
    """Last week, this month, next year; the end of the month; later in the year."""
    if frame.published is None:
        return None
    unit = parts.unit or "year"
    if unit == "decade":
        return None
    start = _by_context(frame) if parts.has("the") and parts.has("earlier", "later") else None
    direction = parts.direction if parts.has("last", "next", "coming", "this") else 0
    if parts.has("this"):
        direction = 0
    if unit == "quarter":
        month = moved(day_point(frame.published), direction, "quarter")
        return point(month.year, quarter=((month.month or 1) + 2) // 3) if month else None
    return moved(start or day_point(frame.published), direction, unit)


def _by_context(frame: Frame) -> Point | None:
    return frame.context if frame.binds else None


def ago(parts: Parts, frame: Frame) -> Point | None:
    """Two years ago; ten years ago today; a year ago this month; two years ago in March."""
    if frame.published is None:
        return None
    amounts = [pair for counts, pair in zip(_units(parts), parts.amounts, strict=False) if counts]
    start = day_point(frame.published)
    reached = moved_by(start, amounts, -1)
    if reached is None or len(amounts) > 1:
        return reached
    return _sharpened(parts, reached, start, amounts[0])


def _sharpened(parts: Parts, reached: Point, start: Point, amount: tuple[int, str]) -> Point | None:
    """The day or month told beside the count: today, this month, in March, on Friday."""
    if parts.months:
        return point(reached.year, parts.months[0])
    if amount[1] in YEAR_UNITS and parts.has("day_word", "this"):
        return point(reached.year, start.month, start.day if parts.has("day_word") else None)
    if parts.weekday is not None and amount[1] in WEEK_UNITS and start.as_date:
        day = add_days(start.as_date, -WEEK_UNITS[amount[1]] * min(amount[0], _MOST))
        return _in_week(day, parts.weekday) if day else None
    return reached


def _units(parts: Parts) -> list[bool]:
    """For each unit told, whether it stands before the word that counts back."""
    place = parts.kinds.index("ago")
    return [here < place for here, kind in enumerate(parts.kinds) if kind in {"unit", "units"}]


def ahead(parts: Parts, frame: Frame) -> Point | None:
    """In two years (only of what lies ahead: told of the past it is a length of time); three weeks from now."""
    if frame.published is None or not (frame.ahead or parts.has("now", "hence_word", "time")):
        return None
    return moved_by(day_point(frame.published), parts.amounts, 1)


def _in_week(day: date, weekday: int) -> Point | None:
    found = add_days(day, weekday - day.weekday())
    return day_point(found) if found else None


def weekday(parts: Parts, frame: Frame) -> Point | None:
    """On Friday: the last one up to the publication, or the next one from it."""
    named, today = parts.weekday, frame.published
    if today is None or named is None:
        return None
    if parts.has("this"):
        return _in_week(today, named)
    if parts.has("next"):
        in_next_week = add_days(today, 7)
        return _in_week(in_next_week, named) if in_next_week else None
    if parts.has("last", "past"):
        offset = -((today.weekday() - named - 1) % 7 + 1)
    else:
        offset = (named - today.weekday()) % 7 if frame.ahead else -((today.weekday() - named) % 7)
    day = add_days(today, offset)
    return day_point(day) if day else None


def weekday_of_week(parts: Parts, frame: Frame) -> Point | None:
    """Friday next week; last week on Friday."""
    if frame.published is None or parts.weekday is None or parts.unit != "week":
        return None
    day = add_days(frame.published, 7 * parts.direction)
    return _in_week(day, parts.weekday) if day else None


def weekdays_away(parts: Parts, frame: Frame) -> Point | None:
    """Two Sundays from now."""
    amount = next((token.value or 1 for token in parts.tokens if token.kind in {"count", "day", "number", "a"}), 1)
    if frame.published is None or parts.weekday is None or amount > _MOST:
        return None
    first = (parts.weekday - frame.published.weekday() - 1) % 7 + 1
    day = add_days(frame.published, first + 7 * (amount - 1))
    return day_point(day) if day else None


def nth_weekday(parts: Parts, frame: Frame) -> Point | None:
    """The first Friday of July; the second Monday of next month."""
    month: Point | None
    if not parts.months and not parts.unit:
        month = point(frame.published.year, frame.published.month) if frame.published else None
    elif not parts.months:
        start = day_point(frame.published) if frame.published else None
        month = add_months(start, parts.direction) if start and parts.unit == "month" else None
    elif parts.year:
        month = point(parts.year, parts.months[0])
    else:
        month = month_without_year(parts.months[0], None, frame)
    if month is None or parts.weekday is None:
        return None
    first = date(month.year, month.month or 1, 1)
    day = 1 + (parts.weekday - first.weekday()) % 7 + 7 * (parts.value("ordinal") - 1)
    return point(month.year, month.month, day)


def month_of(parts: Parts, frame: Frame) -> Point | None:
    """August last year; on 8 July this year; next year in March."""
    if frame.published is None or parts.unit != "year":
        return None
    return point(frame.published.year + parts.direction, parts.months[0], parts.day)


def month_near(parts: Parts, frame: Frame) -> Point | None:
    """Last August is over, next March has not begun, this January is this year's."""
    if frame.published is None:
        return None
    year, now, month = frame.published.year, frame.published.month, parts.months[0]
    if parts.direction < 0 and month >= now:
        year -= 1
    elif parts.direction > 0 and month <= now:
        year += 1
    return point(year, month)


def day_of_near_month(parts: Parts, frame: Frame) -> Point | None:
    """The 20th of next month."""
    if frame.published is None or parts.unit != "month":
        return None
    month = add_months(day_point(frame.published), parts.direction)
    return point(month.year, month.month, parts.day) if month else None


def season_year(parts: Parts, frame: Frame) -> Point | None:
    """Spring 2024 is told to the year."""
    if parts.year:
        return point(parts.year)
    return point(frame.published.year) if frame.published else None


def season_near(parts: Parts, frame: Frame) -> Point | None:
    """Last summer, next spring, autumn last year: to the year."""
    if frame.published is None:
        return None
    if parts.unit:
        return point(frame.published.year + parts.direction) if parts.unit == "year" else None
    year, middle, now = frame.published.year, parts.value("season"), frame.published.month
    if parts.direction < 0 and middle >= now:
        year -= 1
    elif parts.direction > 0 and middle - 1 <= now:
        year += 1
    return point(year)


def season_alone(parts: Parts, frame: Frame) -> Point | None:
    """In the spring: the year of the spring meant."""
    found = month_without_year(parts.value("season"), None, frame)
    return point(found.year) if found else None


def fiscal_near(parts: Parts, frame: Frame) -> Point | None:
    """This fiscal year, counted from the month it starts in where it is told of."""
    if frame.published is None:
        return None
    return point(frame.fiscal.of(frame.published) + parts.direction)
