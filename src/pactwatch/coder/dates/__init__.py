"""Reading dates: what an expression of time may mean, told as done and told as ahead."""

from pactwatch.coder.dates.reader import DateReader
from pactwatch.coder.dates.spans import DateSpan, When

__all__ = ["DateReader", "DateSpan", "When"]
