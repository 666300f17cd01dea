"""How long a server asks to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def read_retry_after(value: str) -> float | None:
    """Seconds to wait by a ``Retry-After`` field, told as a number or as a moment (RFC 9110, 10.2.3); else ``None``."""
    text = value.strip()[:60]
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
