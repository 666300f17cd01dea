"""Milestones of mentions: which tell one, which value each field takes, what stands beside it."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from pactwatch.model.amounts import Item, Money
from pactwatch.model.codes import Domain, Doubt, ItemCategory, Level, Modality, RecordType, SourceGrade, Stage
from pactwatch.model.dates import DateError, FuzzyDate, parse_date
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Conflict, Milestone
from pactwatch.reconcile.items import Evidence, Told
from pactwatch.reconcile.rules import APART_DAYS, ONCE, Voice, prefer
from pactwatch.reconcile.sourcing import Sourcing

_LONGEST_QUOTE = 240
_SEA = frozenset({ItemCategory.VESSEL})
_AIR = frozenset({ItemCategory.AIRCRAFT, ItemCategory.HELICOPTER})
_WEAK = frozenset({SourceGrade.D, SourceGrade.E})


@lru_cache(maxsize=65536)
def read_date(text: str) -> FuzzyDate:
    """A date as a mention tells it."""
    return parse_date(text)


@dataclass(slots=True)
class Sheaf:
    """Mentions that tell one milestone; ``known`` is the casebook's own, if it has it."""

    stage: Stage
    known: Milestone | None = None
    told: list[Told] = field(default_factory=list)
    denials: list[Told] = field(default_factory=list)
    dates: set[FuzzyDate] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Start with the casebook's dates, if it has the milestone."""
        if self.known is not None:
            self.dates.update(_known_dates(self.known))

    def add(self, told: Told) -> None:
        """One mention more."""
        self.told.append(told)
        if told.mention.date:
            self.dates.add(read_date(told.mention.date))

    @property
    def first_day(self) -> date:
        """The earliest day of any date told."""
        return min(one.earliest for one in self.dates)

    def days_to(self, told: FuzzyDate) -> int:
        """Days to the nearest date in it; 0 where they overlap."""
        gaps = (max((told.earliest - one.latest).days, (one.earliest - told.latest).days, 0) for one in self.dates)
        return min(gaps, default=10**6)


def _known_dates(known: Milestone) -> list[FuzzyDate]:
    """The casebook's date, and those it keeps beside it."""
    dates = [known.date]
    for conflict in known.conflicts:
        if conflict.field == "date":
            with suppress(DateError):
                dates.append(read_date(conflict.value))
    return dates


def bind(told: Sequence[tuple[Stage, Told]], known: Sequence[Milestone]) -> tuple[list[Sheaf], list[Told]]:
    """Mentions by the milestone they tell; those without a place (undated, and no milestone to go with) come last.

    Dates told to the day or month come first, so that vaguer ones find them; then in order of date and id.
    """
    sheaves: dict[Stage, list[Sheaf]] = defaultdict(list)
    for milestone in known:
        sheaves[milestone.stage].append(Sheaf(milestone.stage, milestone))
    dated = [(stage, one, read_date(one.mention.date)) for stage, one in told if one.mention.date]
    for stage, one, day in sorted(dated, key=lambda row: (_width(row[2]) > 31, row[2].earliest, row[1].id)):
        _place(sheaves[stage], stage, one, day)
    loose = []
    for stage, one in sorted(told, key=lambda row: row[1].id):
        if not one.mention.date and not _place_undated(sheaves[stage], one):
            loose.append(one)
    return [sheaf for stage in Stage for sheaf in sheaves.get(stage, ())], loose


def _width(day: FuzzyDate) -> int:
    return (day.latest - day.earliest).days


def _place(sheaves: list[Sheaf], stage: Stage, told: Told, day: FuzzyDate) -> None:
    near = min(sheaves, key=lambda sheaf: sheaf.days_to(day), default=None)
    is_once = stage in ONCE and not any(sheaf.known for sheaf in sheaves)
    if near is None or (near.days_to(day) > APART_DAYS and not is_once):
        near = Sheaf(stage)
        sheaves.append(near)
    near.add(told)


def _place_undated(sheaves: list[Sheaf], told: Told) -> bool:
    """An undated mention goes with the last milestone of its stage before it was published, if there is one."""
    published = told.published
    past = [sheaf for sheaf in sheaves if published is None or sheaf.first_day <= published]
    if not past or (published is None and len(past) > 1):
        return False
    max(past, key=lambda sheaf: sheaf.first_day).add(told)
    return True


class Weaver:
    """Makes milestones of sheaves for one record."""

    def __init__(self, key: str, type_: RecordType, sourcing: Sourcing) -> None:
        self.key = key
        self.type = type_
        self.sourcing = sourcing

    def weave(self, sheaf: Sheaf, taken: Collection[str]) -> tuple[Milestone, Evidence]:
        """A milestone and what it stands on."""
        if sheaf.known is not None:
            return self._enrich(sheaf, sheaf.known)
        dated = [one for one in sheaf.told if one.mention.date]
        first = self._prefer_date(dated)
        told_date = read_date(first.mention.date or "")
        values: dict[str, object] = {"date": told_date}
        fields = {"date": self._telling(dated, first, lambda mention: mention.date)}
        conflicts = self._date_conflicts(dated, told_date)
        for name, read, write in _FIELDS:
            if name in _ONLY and self.type is not _ONLY[name]:
                continue
            voices = [one for one in sheaf.told if read(one.mention)]
            if voices:
                best = self._prefer(name, voices, read)
                values[name] = write(read(best.mention))
                fields[name] = self._telling(voices, best, read)
                conflicts += self._conflicts(name, voices, best, read)
        conflicts += self._denials(sheaf.denials)
        milestone = self._milestone(sheaf, first, values, conflicts, taken)
        return milestone, _evidence(sheaf, fields)

    def _milestone(
        self, sheaf: Sheaf, first: Told, values: dict[str, object], conflicts: list[Conflict], taken: Collection[str]
    ) -> Milestone:
        kept = tuple(dict.fromkeys(conflicts))
        return Milestone.model_validate(
            {
                **values,
                "milestone_id": self._id(sheaf, taken),
                "stage": sheaf.stage,
                "what": f"“{_cut(first.mention.quote)}”",
                "is_hadr": any(one.mention.hadr for one in sheaf.told),
                "domain": _domain(sheaf.told),
                "source_ids": tuple(sorted({self.sourcing.id_of(one) for one in sheaf.told})),
                "conflicts": kept,
                "doubts": self._doubts(sheaf, is_disputed=bool(kept)),
            }
        )

    def _id(self, sheaf: Sheaf, taken: Collection[str]) -> str:
        plain = f"{self.key}-{sheaf.stage.replace('_', '')}"
        if sheaf.stage in ONCE and plain not in taken:
            return plain
        founder = min((one.published or date.max, one.id) for one in sheaf.told)[1]
        digest = hashlib.sha256(f"{sheaf.stage}|{founder}".encode()).digest()
        return f"{plain}-{base64.b32encode(digest)[:6].decode()}"

    def _enrich(self, sheaf: Sheaf, known: Milestone) -> tuple[Milestone, Evidence]:
        """The casebook's own milestone: its values stay; sources are added, and what a person accepted as conflict."""
        dated = [one for one in sheaf.told if one.mention.date]
        listed = _known_dates(known)
        differing = [one for one in dated if all(_differs(read_date(one.mention.date or ""), day) for day in listed)]
        accepted = [one for one in differing if one.decision is not None]
        conflicts = self._date_conflicts(accepted, known.date)
        conflicts += self._denials([one for one in sheaf.denials if one.decision is not None])
        apart = {one.id for one in differing}
        fields = {"date": tuple(sorted(one.id for one in dated if one.id not in apart))}
        disputes = tuple(sorted(one.id for one in differing if one.decision is None))
        evidence = _evidence(sheaf, {name: ids for name, ids in fields.items() if ids}, disputes)
        if not sheaf.told and not conflicts:
            return known, evidence
        sources = dict.fromkeys([*known.source_ids, *sorted(self.sourcing.id_of(one) for one in sheaf.told)])
        fresh = [one for one in conflicts if one not in known.conflicts]
        doubts = known.doubts | {Doubt.CONFLICT} if fresh else known.doubts
        update = {"source_ids": tuple(sources), "conflicts": (*known.conflicts, *fresh), "doubts": doubts}
        return known.model_copy(update=update), evidence

    def _voices(self, told: Sequence[Told], read: Callable[[Mention], object]) -> list[Voice]:
        values = [str(read(one.mention)) for one in told]
        reports: dict[str, set[str]] = defaultdict(set)
        for one, value in zip(told, values, strict=True):
            reports[value].add(one.report or one.mention.doc)
        return [
            Voice(one, self.sourcing.grade(one), len(reports[value])) for one, value in zip(told, values, strict=True)
        ]

    def _prefer(self, name: str, told: Sequence[Told], read: Callable[[Mention], object]) -> Told:
        return prefer(name, self._voices(told, read)).told

    def _prefer_date(self, told: Sequence[Told]) -> Told:
        """The preferred date, or a more precise one within it: both are right then."""
        first = self._prefer("date", told, lambda mention: mention.date)
        span = read_date(first.mention.date or "")
        finer = [one for one in told if _is_within(read_date(one.mention.date or ""), span)]
        return self._prefer_date(finer) if finer else first

    @staticmethod
    def _telling(told: Sequence[Told], best: Told, read: Callable[[Mention], object]) -> tuple[str, ...]:
        return tuple(sorted(one.id for one in told if read(one.mention) == read(best.mention)))

    def _date_conflicts(self, told: Sequence[Told], preferred: FuzzyDate) -> list[Conflict]:
        found: dict[str, Conflict] = {}
        for one in sorted(told, key=lambda each: each.id):
            day = read_date(one.mention.date or "")
            if _differs(day, preferred):
                found.setdefault(day.edtf, Conflict(field="date", value=day.edtf, told_by=self.sourcing.told_by(one)))
        return [found[value] for value in sorted(found)]

    def _conflicts(
        self, name: str, told: Sequence[Told], best: Told, read: Callable[[Mention], object]
    ) -> list[Conflict]:
        found: dict[str, Conflict] = {}
        for one in sorted(told, key=lambda each: each.id):
            value = _shown(read(one.mention))
            if _disagree(read(one.mention), read(best.mention)):
                found.setdefault(value, Conflict(field=name, value=value, told_by=self.sourcing.told_by(one)))
        return [found[value] for value in sorted(found)]

    def _denials(self, denials: Sequence[Told]) -> list[Conflict]:
        ordered = sorted(denials, key=lambda each: each.id)
        return [Conflict(field="stage", value="denied", told_by=self.sourcing.told_by(one)) for one in ordered]

    def _doubts(self, sheaf: Sheaf, *, is_disputed: bool) -> frozenset[Doubt]:
        doubts = {Doubt.CONFLICT} if is_disputed else set()
        if all(one.mention.modality is not Modality.ACTUAL for one in sheaf.told):
            doubts |= {Doubt.PREVIEW_ONLY, Doubt.PLANNED_DATE}
        if all(self.sourcing.grade(one) in _WEAK for one in sheaf.told):
            doubts.add(Doubt.SECONDARY_SOURCE)
        return frozenset(doubts)


def _evidence(sheaf: Sheaf, fields: dict[str, tuple[str, ...]], disputes: tuple[str, ...] = ()) -> Evidence:
    told, denials = (tuple(sorted(one.id for one in many)) for many in (sheaf.told, sheaf.denials))
    return Evidence(told, fields, denials, disputes)


def _differs(day: FuzzyDate, preferred: FuzzyDate) -> bool:
    """Whether two dates cannot both be right; a month and a day in it can."""
    return day.earliest > preferred.latest or day.latest < preferred.earliest


def _is_within(day: FuzzyDate, span: FuzzyDate) -> bool:
    """Whether a date lies within another and tells more."""
    return span.earliest <= day.earliest and day.latest <= span.latest and _width(day) < _width(span)


def _disagree(value: object, other: object) -> bool:
    """Whether two values cannot both be right. Things agree whatever they are called, or if a number is not told."""
    if not isinstance(value, tuple) or not isinstance(other, tuple):
        return value != other
    counts: list[dict[str, int]] = [{}, {}]
    for many, counted in zip((value, other), counts, strict=True):
        for one in many:
            counted[one.category] = counted.get(one.category, 0) + (one.quantity or 0)
    left, right = counts
    shared = {category for category in left if left[category] and right.get(category)}
    return left.keys().isdisjoint(right) or any(left[category] != right[category] for category in shared)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(
            f"{one.category}: {one.name}" + (f" ({one.quantity})" if one.quantity else "") for one in value
        )
    amount = getattr(value, "amount", None)
    return f"{amount:f} {getattr(value, 'currency', '')}" if amount is not None else str(value)


def _cut(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _domain(told: Sequence[Told]) -> Domain:
    if any(one.mention.level in (Level.PORT_CALL, Level.GOODWILL) for one in told):
        return Domain.MARITIME
    categories = Counter(item.category for one in told for item in one.mention.items)
    if categories and set(categories) <= _SEA:
        return Domain.MARITIME
    if categories and set(categories) <= _AIR:
        return Domain.AIR
    return Domain.HADR if told and all(one.mention.hadr for one in told) else Domain.GENERAL


def _write_items(items: object) -> tuple[Item, ...]:
    return tuple(
        Item(one.category, one.name, one.quantity, one.quantity) for one in (items if isinstance(items, tuple) else ())
    )


def _write_money(money: object) -> Money:
    return Money(getattr(money, "amount"), getattr(money, "currency"))  # noqa: B009 - a value of any mention


_ONLY = {"items": RecordType.TRANSFER, "level": RecordType.EXERCISE}
_FIELDS: tuple[tuple[str, Callable[[Mention], object], Callable[[object], object]], ...] = (
    ("money", lambda mention: mention.money, _write_money),
    ("items", lambda mention: mention.items, _write_items),
    ("level", lambda mention: mention.level, lambda level: level),
)
