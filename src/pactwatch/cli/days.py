"""Days as a user types them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pactwatch.model.errors import PactwatchError


class DayUsageError(PactwatchError):
    """An option should be a day and is none."""


def read_moment(option: str, text: str | None) -> datetime | None:
    """The moment of an option: an instant, or the end of a day (of UTC where no zone is told).

    Raises :class:`DayUsageError` for what is neither.
    """
    if text is None:
        return None
    try:
        told = datetime.fromisoformat(text.strip())
    except ValueError as error:
        words = "write a day like 2024-03-26 or an instant like 2024-03-26T09:30:00Z"
        raise DayUsageError(f"{option} {text!r} is no day and no instant: {words} ({error})") from error
    moment = told if told.tzinfo else told.replace(tzinfo=UTC)
    is_day = "T" not in text.upper() and " " not in text.strip()
    return moment + timedelta(days=1, microseconds=-1) if is_day else moment


def read_day(option: str, text: str | None) -> date | None:
    """The day of an option; raises :class:`DayUsageError` for what is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise DayUsageError(f"{option} {text!r} is no day: write it like 2024-03-26 ({error})") from error
