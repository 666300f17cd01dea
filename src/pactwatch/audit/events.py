"""Events that an article tells, looked up among an edition's records.

Each candidate is compared field by field; the answer says which agree and which differ. Not found never says false:
records are gathered from public pages, and nobody gathers all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import isnan
from typing import TYPE_CHECKING, Any

from pactwatch.claims.words import say_list, say_months, say_row_date
from pactwatch.model.dates import FuzzyDate, parse_date
from pactwatch.model.mentions import Mention

if TYPE_CHECKING:
    import pandas as pd

    from pactwatch.claims.evidence import Evidence
    from pactwatch.edition import Edition

NEAR = timedelta(days=400)
"""How far a date may lie off for the same item told with another date: a year and a month, as wrong years do."""

SLACK = timedelta(days=1)
"""Days that time zones and dates of print may add."""

AMOUNT_SLACK = 0.02
SHOWN = 5


class Lookup(StrEnum):
    """What looking an event up gave."""

    FOUND = "found"
    DIFFERS = "found_differing"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Told:
    """An event as an article tells it, as far as it is told."""

    types: tuple[str, ...]
    parties: tuple[str, ...]
    stage: str = ""
    day: FuzzyDate | None = None
    months: tuple[int, ...] = ()
    instrument: str = ""
    name: str = ""
    categories: tuple[str, ...] = ()
    quantity: int | None = None
    amount: float | None = None
    currency: str = ""
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer: the records, and one sentence on what agrees and what differs."""

    status: Lookup
    why: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    """One milestone beside a told event: its points, and what differs in words."""

    points: float
    row: dict[str, Any]
    differing: tuple[str, ...]


def told_by(mention: Mention) -> Told:
    """The event of a coder's mention."""
    return Told(
        types=(str(mention.type),),
        parties=mention.parties,
        stage=str(mention.stage),
        day=parse_date(mention.date) if mention.date else None,
        instrument=str(mention.instrument or ""),
        name=mention.name or "",
        categories=tuple(sorted({str(item.category) for item in mention.items} - {"other"})),
        quantity=next((item.quantity for item in mention.items if item.quantity is not None), None),
        amount=float(mention.money.amount) if mention.money else None,
        currency=mention.money.currency if mention.money else "",
        is_denied=str(mention.modality) == "denied",
    )


class Register:
    """An edition's milestones, ready to be looked up in; those that stand on the article itself are left out."""

    def __init__(self, edition: Edition, evidence: Evidence, article: str = "") -> None:
        self._evidence = evidence
        own = _told_only_by(edition, article)
        self._rows = [row for row in _gather(edition, evidence) if row["milestone_id"] not in own]

    def look_up(self, told: Told) -> Looked:
        """Whether an event is among the records; with another date or amount; or not."""
        matches = [match for row in self._rows if (match := _compare(told, row)) is not None]
        matches.sort(key=lambda one: (len(one.differing), -one.points, one.row["milestone_id"]))
        agreeing = [one for one in matches if not one.differing]
        if agreeing:
            return self._tell_found(told, agreeing)
        if matches:
            best = [one for one in matches if len(one.differing) == len(matches[0].differing)][:SHOWN]
            differing = say_list(best[0].differing)
            why = f"A record of the same parties and kind is there, and it differs: {differing}. {self._name(best[0])}"
            return Looked(Lookup.DIFFERS, why, _ids(best))
        return Looked(Lookup.NOT_FOUND, self._tell_coverage(told))

    def _tell_found(self, told: Told, agreeing: Sequence[_Match]) -> Looked:
        best = agreeing[0]
        others = f", and {len(_ids(agreeing)) - 1} more fit" if len(_ids(agreeing)) > 1 else ""
        vague = "" if told.day else " The article gives no year, so others of this kind fit as well."
        denied = " The article says that it did not happen; the record says it did." if told.is_denied else ""
        return Looked(Lookup.FOUND, f"{self._name(best)}{others}.{vague}{denied}", _ids(agreeing)[:SHOWN])

    def _name(self, match: _Match) -> str:
        row = match.row
        return f"{row['record_id']}: {row['title']}, {row['stage'].replace('_', ' ')} {say_row_date(row)}"

    def _tell_coverage(self, told: Told) -> str:
        parties = frozenset(told.parties)
        between = [row for row in self._rows if parties <= row["parties"] and row["record_type"] in told.types]
        names = say_list([self._evidence.name(code) for code in told.parties])
        kinds = " or ".join(told.types)
        count = len({row["record_id"] for row in between})
        held = (
            f"The edition has {count} {kinds} records of {names}"
            if count
            else f"The edition has no {kinds} record of {names}"
        )
        return (
            f"Not found, which does not say that it is false. {held}; records reach to "
            f"{self._evidence.as_of.date().isoformat()} and are gathered from public pages, never in full."
        )


def _told_only_by(edition: Edition, article: str) -> set[str]:
    """Milestones that nothing supports but an article or its near copies: a text is no evidence for itself."""
    documents = edition.arrow("documents").to_pydict()
    reports = dict(zip(documents["document_id"], documents["report_id"], strict=True))
    if article not in reports:
        return set()
    own = {doc for doc, report in reports.items() if report == reports[article]}
    supports = edition.arrow("supports").to_pydict()
    told: set[str] = set()
    elsewhere: set[str] = set()
    for milestone, relation, source in zip(
        supports["milestone_id"], supports["relation"], supports["source_id"], strict=True
    ):
        if relation == "supports":
            (told if source in own else elsewhere).add(milestone)
    return told - elsewhere


def _gather(edition: Edition, evidence: Evidence) -> list[dict[str, Any]]:
    milestones = edition.frame("milestones").set_index("milestone_id")[["money_amount", "currency_code"]]
    rows = evidence.milestones.merge(milestones, left_on="milestone_id", right_index=True, how="left")
    items = edition.arrow("items").to_pydict()
    low: dict[str, set[int]] = {}
    for milestone, least in zip(items["milestone_id"], items["quantity_low"], strict=True):
        if least is not None:
            low.setdefault(milestone, set()).add(int(least))
    return [{**row, "quantities": low.get(row["milestone_id"], set())} for row in _plain_rows(rows)]


def _plain_rows(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]


def _compare(told: Told, row: dict[str, Any]) -> _Match | None:
    """A milestone beside a told event; ``None`` where they cannot be the same."""
    if row["record_type"] not in told.types or not _same_parties(told, row) or _conflicts(told, row):
        return None
    points = 2.0 * (told.instrument == row["instrument"] != "") + 2.0 * bool(told.name and row["proper_name"])
    points += 1.0 * (told.stage == row["stage"]) + 1.0 * bool(set(told.categories) & set(row["categories"]))
    points += 0.5 * (set(told.parties) == row["parties"])
    differing: list[str] = []
    is_other_stage = told.stage != "" and told.stage != row["stage"]
    if told.day is not None:
        gap = _gap(told.day, row)
        if gap > NEAR or (gap > SLACK and is_other_stage):
            return None
        if gap > SLACK:
            differing.append(f"the article has {told.day}, the record {say_row_date(row)}")
        points += 2.0 - gap.days / NEAR.days
    if told.months and row["month"] not in told.months:
        differing.append(f"the article has {say_months(told.months)}, the record {say_row_date(row)}")
    is_thin = not (told.day or told.months or told.instrument or told.name or told.categories)
    if is_thin and is_other_stage:
        return None
    return _Match(points, row, (*differing, *_compare_amounts(told, row)))


def _conflicts(told: Told, row: dict[str, Any]) -> bool:
    """Whether instrument, name or equipment tell another item: each only where both sides name it."""
    forms = {told.instrument, row["instrument"]} - {"", None}
    if len(forms) > 1 and "other" not in forms:
        return True
    if told.name and row["proper_name"] and not _same_name(told.name, str(row["proper_name"])):
        return True
    return bool(told.categories and row["categories"] and not set(told.categories) & row["categories"])


def _compare_amounts(told: Told, row: dict[str, Any]) -> list[str]:
    differing = []
    amount = _number(row.get("money_amount"))
    is_same_currency = told.currency != "" and row.get("currency_code") == told.currency
    if told.amount is not None and amount is not None and is_same_currency:
        is_near = abs(amount - told.amount) <= AMOUNT_SLACK * max(amount, told.amount)
        told_sum = f"the article has {told.amount:,.0f} {told.currency}, the record {amount:,.0f}"
        differing += [] if is_near else [told_sum]
    if told.quantity is not None and row["quantities"] and told.quantity not in row["quantities"]:
        counted = say_list([str(one) for one in sorted(row["quantities"])])
        differing.append(f"the article counts {told.quantity}, the record {counted}")
    return differing


def _number(value: Any) -> float | None:
    """A cell as a number; nothing where it is empty (a frame has NaN for that)."""
    number = float("nan") if value is None else float(value)
    return None if isnan(number) else number


def _same_parties(told: Told, row: dict[str, Any]) -> bool:
    """All parties told are the record's: an article may leave some out; of one party alone nothing else can be it."""
    parties = set(told.parties)
    return bool(parties) and parties <= row["parties"] and (len(parties) > 1 or len(row["parties"]) == 1)


def _same_name(one: str, two: str) -> bool:
    first, second = one.casefold(), two.casefold()
    return first in second or second in first


def _gap(day: FuzzyDate, row: dict[str, Any]) -> timedelta:
    earliest: date = row["earliest"].date()
    latest: date = row["latest"].date()
    first, last = day.earliest, day.latest
    if first <= latest and earliest <= last:
        return timedelta(0)
    return max(first - latest, earliest - last, timedelta(0))


def _ids(matches: Iterable[_Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(one.row["record_id"]) for one in matches))
