"""What a reading is completed with: the casebook's actors and series, and the years a vague word may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pactwatch.audit.reading import Frame, Places
from pactwatch.model.prose import in_sentence

RECENT, CUT = 12, 6
"""How many years back a vague "recent" or "increasingly" begins, and how many the later of two periods lasts.

Twelve years hold six on either side of a cut, and the tests ask for two with events on each; casebook claims that
were written by hand begin as far back.
"""

SHORTER, LONGER = 8, 20
"""The other readings of a vague period: they must not point another way for a verdict to be sharp."""


@dataclass(frozen=True)
class Setting:
    """The casebook's side of a reading.

    ``series`` are the survey series by id, each with what it measures and its number of figures; ``rules_since`` is the
    day from which on the law is followed, where the casebook has rules.
    """

    places: Places
    as_of: date
    published: date | None
    series: Mapping[str, tuple[str, int]]
    rules_since: date | None = None

    @property
    def last_day(self) -> date:
        """The day up to which an article can speak of what was: its own, or the edition's where that is earlier."""
        return min(self.published or self.as_of, self.as_of)

    def span(self, frame: Frame, years: int = RECENT) -> Span:
        """The years a frame speaks of; those it does not tell reach ``years`` back."""
        end = frame.until or self.last_day.year
        start = frame.since or end - years
        return Span(start, end, is_open=frame.until is None and self.last_day.year >= self.as_of.year)

    @property
    def focus(self) -> str:
        """The actor whose partnerships the casebook watches."""
        return self.places.focus

    def name(self, code: str) -> str:
        """The name of an actor as it stands inside a sentence, or its code where the casebook has none."""
        return in_sentence(self.places.names.get(code, code))


@dataclass(frozen=True, slots=True)
class Span:
    """First and last year; ``is_open`` where nothing ends it but the edition itself."""

    start: int
    end: int
    is_open: bool

    @property
    def cut(self) -> int:
        """The first year of the later of two periods."""
        return max(self.start + 2, self.end - CUT)
