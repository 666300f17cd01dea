"""Reading dates: what an expression of time may mean, told as done and told as ahead."""

from pactwatch.coder.dates.fiscal import JAPANESE, FiscalYear, FiscalYears
from pactwatch.coder.dates.lines import OPENS_LINE, DatedLine, DatedLines, find_dated_lines
from pactwatch.coder.dates.reader import DateReader
from pactwatch.coder.dates.spans import Around, DateSpan, When

__all__ = [
    "JAPANESE",
    "OPENS_LINE",
    "Around",
    "DateReader",
    "DateSpan",
    "DatedLine",
    "DatedLines",
    "FiscalYear",
    "FiscalYears",
    "When",
    "find_dated_lines",
]
