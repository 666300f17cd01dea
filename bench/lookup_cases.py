"""Events told rightly, with another date or amount, vaguely, or of a record that is not there, and the right answers.

Cases are made of the labelled mentions of ``bench/linked`` and the records of the default casebook, by fixed rules and
a seed: nothing is chosen by hand. A case whose altered telling fits another record as well is left out, since then no
answer is the right one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from linked_sets import Labelled
from pactwatch.audit.events import Lookup
from pactwatch.model.codes import Precision
from pactwatch.model.dates import FuzzyDate, parse_date
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Record

SEED = 20_260_402
APART = timedelta(days=45)
"""Days within which another record of the same parties, type and stage makes a case undecidable."""

DAYS = (4, 25)
"""Days by which a date is told wrong: more than time zones and days of print may add."""

WRONG = 1.6
"""By what a sum is multiplied to be another."""


@dataclass(frozen=True, slots=True)
class Case:
    """A telling, the records that are left out of the register, and the answer: the status and the record it is of."""

    kind: str
    mention: Mention
    published: date | None
    status: Lookup
    record: str
    gone: frozenset[str] = frozenset()


class Maker:
    """Makes cases of mentions whose record is known."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = {record.record_id: record for record in records}
        self._random = random.Random(SEED)

    def make(self, labelled: Labelled, strip: Callable[[Mention], Mention] | None = None) -> Iterator[Case]:
        """All cases of a set; ``strip`` takes from each mention what a way of telling leaves out."""
        self._random.seed(SEED)
        for told in labelled.told:
            record = labelled.items[told.id]
            mention = strip(told.mention) if strip else told.mention
            if record not in self.records:
                if "JPN" in mention.parties:
                    yield Case("of no record", mention, told.published, Lookup.NOT_FOUND, "")
                continue
            for kind, status, one, gone in self._tellings(mention, self.records[record]):
                yield Case(kind, one, told.published, status, record if not gone else "", gone)

    def _tellings(self, mention: Mention, record: Record) -> Iterator[tuple[str, Lookup, Mention, frozenset[str]]]:
        none: frozenset[str] = frozenset()
        if self._agrees(mention, record):
            yield "as the record has it", Lookup.FOUND, mention, none
            yield from ((kind, Lookup.FOUND, one, none) for kind, one in _vaguer(mention))
            yield from ((kind, Lookup.DIFFERS, one, none) for kind, one in self._altered(mention, record))
        if not self._has_twin(mention, record):
            yield "record taken out", Lookup.NOT_FOUND, mention, frozenset({record.record_id})

    def _agrees(self, mention: Mention, record: Record) -> bool:
        """Whether the record says what the mention does, as far as both tell it (labels are of items, not of facts)."""
        day = parse_date(mention.date) if mention.date else None
        stages = [one.date for one in record.milestones if one.stage == mention.stage]
        return any(day is None or _gap(day, one) <= timedelta(1) for one in stages)

    def _altered(self, mention: Mention, record: Record) -> Iterator[tuple[str, Mention]]:
        if mention.date is not None:
            day = parse_date(mention.date)
            for kind, other in self._other_dates(day):
                altered = _dated(mention, other)
                if not self._agrees(altered, record) and not self._has_twin(altered, record):
                    yield kind, altered
        milestone = next((one for one in record.milestones if one.stage == mention.stage), None)
        if milestone is None:
            return
        if mention.money is not None and milestone.money is not None:
            more = mention.money.model_copy(update={"amount": round(mention.money.amount * Decimal(str(WRONG)))})
            yield "another sum", mention.model_copy(update={"money": more})
        counted = [one for one in mention.items if one.quantity is not None]
        if counted and any(one.low is not None for one in milestone.items):
            items = tuple(one.model_copy(update={"quantity": (one.quantity or 0) * 2 + 1}) for one in mention.items)
            yield "another number", mention.model_copy(update={"items": items})

    def _other_dates(self, day: FuzzyDate) -> Iterator[tuple[str, FuzzyDate]]:
        sign = self._random.choice((-1, 1))
        year = FuzzyDate(day.year + sign, day.month, min(day.day, 28) if day.day else None)
        yield "another year", year
        if day.month is not None:
            month = (day.month - 1 + sign * self._random.randint(2, 5)) % 12 + 1
            yield "another month", FuzzyDate(day.year, month, min(day.day, 28) if day.day else None)
        if day.day is not None:
            moved = day.earliest + timedelta(days=sign * self._random.randint(*DAYS))
            yield "another day", FuzzyDate(moved.year, moved.month, moved.day)

    def _has_twin(self, mention: Mention, record: Record) -> bool:
        """Whether a telling fits another record of the same parties and type about as well."""
        day = parse_date(mention.date) if mention.date else None
        return any(
            other.record_id != record.record_id
            and other.type == mention.type
            and set(mention.parties) <= set(other.parties)
            and any(day is None or _gap(day, one.date) <= APART for one in other.milestones)
            for other in self.records.values()
        )


def _vaguer(mention: Mention) -> Iterator[tuple[str, Mention]]:
    day = parse_date(mention.date) if mention.date else None
    if day is not None and day.day is not None:
        yield "month alone", _dated(mention, FuzzyDate(day.year, day.month))
    if day is not None and day.month is not None:
        yield "year alone", _dated(mention, FuzzyDate(day.year))
    if day is not None:
        yield "no date", mention.model_copy(update={"date": None, "precision": Precision.NONE})
    if len(mention.parties) > 2 and {mention.supplier, mention.recipient} == {None}:
        kept = tuple(sorted({"JPN", *mention.parties[:2]})) if "JPN" in mention.parties else mention.parties[:-1]
        yield "a party left out", mention.model_copy(update={"parties": kept})


def _dated(mention: Mention, day: FuzzyDate) -> Mention:
    parts = [f"{day.year:04d}", *(f"{part:02d}" for part in (day.month, day.day) if part is not None)]
    return mention.model_copy(update={"date": "-".join(parts), "precision": day.precision})


def _gap(day: FuzzyDate, other: FuzzyDate) -> timedelta:
    return max(day.earliest - other.latest, other.earliest - day.latest, timedelta(0))


def half_told(mention: Mention) -> Mention:
    """A mention in every other word of its own: reports share some words of a record, not all."""
    return _quoting(mention, " ".join(mention.quote.split()[::2]))


def tell_plainly(names: Mapping[str, str]) -> Callable[[Mention], Mention]:
    """What tells mentions by their codes alone, in the shortest words; ``names`` are those of the actors."""

    def tell(mention: Mention) -> Mention:
        parties = " and ".join(names.get(code, code) for code in mention.parties)
        things = " ".join(one.name for one in mention.items)
        kind = f"{mention.stage.value.replace('_', ' ')} {mention.type.value} {mention.instrument or ''}"
        return _quoting(mention, " ".join(f"{parties} {kind} {things} {mention.name or ''}".split()))

    return tell


def _quoting(mention: Mention, quote: str) -> Mention:
    return mention.model_copy(update={"quote": quote, "start": 0, "end": len(quote), "spans": {}})
