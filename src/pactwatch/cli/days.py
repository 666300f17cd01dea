"""Days as a user types them."""

from __future__ import annotations

from datetime import date

from pactwatch.model.errors import PactwatchError


class DayUsageError(PactwatchError):
    """An option should be a day and is none."""


def read_day(option: str, text: str | None) -> date | None:
    """The day of an option; raises :class:`DayUsageError` for what is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise DayUsageError(f"{option} {text!r} is no day: write it like 2024-03-26 ({error})") from error
