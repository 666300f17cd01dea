"""Builders of dates told from a date before: that December, nine days later, the same year, the 14th."""

from __future__ import annotations

from pactwatch.coder.dates.parts import Parts
from pactwatch.coder.dates.relative import moved, moved_by
from pactwatch.coder.dates.spans import Frame, Point, add_months, day_point, point


def month_of_context(parts: Parts, frame: Frame) -> Point | None:
    """July of the same year; that December; the following March."""
    context, month = frame.context, parts.months[0]
    if context is None:
        return None
    if parts.unit:
        return point(context.year + parts.direction, month, parts.day) if parts.unit == "year" else None
    is_next = parts.has("following") and context.month is not None and month <= context.month
    return point(context.year + is_next, month)


def season_of_context(parts: Parts, frame: Frame) -> Point | None:
    """That summer; the following spring; the winter before: to the year."""
    context, middle = frame.context, parts.value("season")
    if context is None:
        return None
    if context.month is None or not parts.direction:
        return point(context.year + parts.direction * (context.month is None))
    if parts.direction > 0:
        later_season = middle > context.month + 1
        return point(context.year + (not later_season))
    return point(context.year - (middle >= context.month - 1))


def day_of_context(parts: Parts, frame: Frame) -> Point | None:
    """The 24th of that month; the same day of this year."""
    context, units = frame.context, [unit for _, unit in parts.amounts]
    if context is None or context.month is None:
        return None
    if units == ["month"]:
        month = add_months(context, 0 if parts.has("that", "same") else parts.direction)
        return point(month.year, month.month, parts.day) if month else None
    if units == ["day", "year"] and frame.published:
        return point(frame.published.year + parts.direction, context.month, context.day)
    return None


def shift_back(parts: Parts, frame: Frame) -> Point | None:
    """Two years after they met: the meeting lies before the date told, so the count runs the other way."""
    return moved_by(frame.context, parts.amounts, -parts.direction) if frame.context else None


def context_unit(parts: Parts, frame: Frame) -> Point | None:
    """The same day, that year, the following month, the previous week; later that month."""
    unit = parts.unit or "day"
    pointing = parts.has("that", "same")
    direction = 0 if pointing else parts.direction
    start = frame.context
    is_near = parts.has("next", "preceding") and not pointing
    if is_near and frame.published and (start is None or (frame.ahead and parts.has("next"))):
        start = day_point(frame.published)
    if start is None or unit == "decade":
        return None
    if unit == "quarter":
        month = add_months(start, 3 * direction)
        return point(month.year, quarter=((month.month or 1) + 2) // 3) if month else None
    return moved(start, direction, unit)


def context_day(parts: Parts, frame: Frame) -> Point | None:
    """Hours later is the same day."""
    context = frame.context
    return context if context and context.day and parts else None


def shift(parts: Parts, frame: Frame) -> Point | None:
    """Nine days later; two years before that; the month before."""
    if frame.context is None:
        return None
    return moved_by(frame.context, parts.amounts, parts.direction)


def nth_day(parts: Parts, frame: Frame) -> Point | None:
    """The 14th: of the month told before, or else the one nearest the publication; Friday the 14th must be a Friday."""
    day, context, today = parts.day, frame.context, frame.published
    if day is None or (today is None and context is None):
        return None
    if parts.weekday is None and context is not None and context.month is not None:
        return point(context.year, context.month, day)
    if today is None:
        return None
    step = 1 if frame.ahead else -1
    first = 0 if (today.day <= day if frame.ahead else day <= today.day) else step
    turns = (first, first + step, first + 2 * step) if parts.weekday is None else (0, -1, 1, -2, 2)
    months = (add_months(day_point(today), turn) for turn in turns)
    days = (found for month in months if month and (found := point(month.year, month.month, day)))
    return next((found for found in days if parts.weekday in {None, _weekday(found)}), None)


def _weekday(found: Point) -> int | None:
    return found.as_date.weekday() if found.as_date else None


def nothing(parts: Parts, frame: Frame) -> Point | None:  # noqa: ARG001 - told, but naming no date
    """A stretch or a time too vague to date."""
    return None
