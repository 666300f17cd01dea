"""Two tellings compared, one comparison at a time. Each gives a level by name; what a level weighs is data.

A level is what the comparison found (``date_event_near``), never a number; the levels and their words are in
``levels.py``. Nothing told on one side is no evidence: most comparisons then give no level.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from pactwatch.model.codes import Modality
from pactwatch.reconcile.names import is_kin
from pactwatch.reconcile.sides import Side

SPECIFIC = frozenset({"RAA", "VFA", "ACSA", "GSOMIA", "DETTA"})
"""Instruments of which two states have one; the other codes are kinds of paper or of money."""

TOTALS = frozenset({"agreed", "contracted"})
"""Stages of a transfer that tell the whole number; what is delivered comes in parts."""

EVENTS = frozenset({"event", "dialogue"})
ORDER: Mapping[str, int] = {
    stage: place
    for place, group in enumerate(
        (
            ("proposed", "requested"),
            ("negotiating", "planned"),
            ("agreed", "decided"),
            ("signed", "contracted", "published", "held", "enacted"),
            ("approved",),
            ("in_force", "delivered"),
            ("ended", "repealed", "cancelled"),
        )
    )
    for stage in group
}
"""How far along a stage is."""

RATES: Mapping[str, float] = {
    "USD": 1.0, "EUR": 1.12, "GBP": 1.3, "JPY": 0.0085, "AUD": 0.7, "NZD": 0.64, "CAD": 0.76, "INR": 0.0135,
    "KRW": 0.00082, "PHP": 0.019, "VND": 0.000043, "IDR": 0.000068, "MYR": 0.235, "SGD": 0.74, "THB": 0.03,
    "CNY": 0.147, "SEK": 0.1, "NOK": 0.105, "CHF": 1.1,
}  # fmt: skip
"""Rough US dollars for a unit, about the middle of 2006 to 2026: good to tell the same sum from another, no more."""

_DAYS_OF_ONE = 3
"""Days that reports of one event may differ by when they call it by names of their own."""
_NEAR = 0.15
_NEAR_ABROAD = 0.4


def compare(a: Side, b: Side, members: Mapping[str, frozenset[str]], words: int) -> list[str]:
    """The levels of a pair; ``members`` are the states of each body, ``words`` the rarity of the words they share."""
    levels = [
        _parties(a.parties, b.parties, members),
        *_kind(a, b),
        *_date(a, b),
        *_telling(a, b),
        _words(words),
    ]
    if a.name and b.name:
        levels.append("name_other_days" if are_named_apart(a, b) else _name(a.name, b.name))
    if a.instrument and b.instrument:
        levels.append(_instrument(a.instrument, b.instrument))
    if a.items and b.items:
        levels += _items(a.items, b.items, is_total=a.stage == b.stage and a.stage in TOTALS)
    if a.money and b.money:
        levels.append(_money(a.money, b.money))
    return levels


def are_named_apart(a: Side, b: Side) -> bool:
    """Whether two events bear names of which neither may stand for the other, and lie days apart."""
    if not (a.name and b.name and a.is_dated and b.is_dated and a.family == b.family and a.family in EVENTS):
        return False
    return gap(a, b) > _DAYS_OF_ONE and not is_kin(a.name, b.name)


def cover(parties: frozenset[str], members: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The parties and the members of the bodies among them."""
    return parties.union(*(members.get(party, frozenset()) for party in parties))


def _parties(a: tuple[str, ...], b: tuple[str, ...], members: Mapping[str, frozenset[str]]) -> str:
    if a == b:
        return "parties_same" if len(a) < 3 else "parties_same_many"
    left, right = frozenset(a), frozenset(b)
    if left < right or right < left:
        return "parties_within_alone" if min(len(left), len(right)) == 1 else "parties_within"
    both = left & right
    if left <= cover(right, members) or right <= cover(left, members):
        return "parties_by_body"
    if len(both) >= 2:
        return "parties_overlap"
    return "parties_one" if both else "parties_apart"


def _kind(a: Side, b: Side) -> list[str]:
    if a.type != b.type:
        return ["type_akin"]
    levels = []
    if a.stage == b.stage:
        levels.append(f"stage_same_{a.family}")
    else:
        levels.append(f"stage_other_{a.family}")
    if a.level and b.level:
        levels.append("level_same" if a.level == b.level else "level_other")
    if a.supplier and b.supplier and a.recipient and b.recipient:
        same = a.supplier == b.supplier and a.recipient == b.recipient
        levels.append("direction_same" if same else "direction_other")
    return levels


def gap(a: Side, b: Side) -> int:
    """Days between the spans in which two dated tellings may lie; 0 where they overlap."""
    return max(0, a.early - b.late, b.early - a.late)


def _date(a: Side, b: Side) -> list[str]:
    where = "delivery" if a.stage == b.stage == "delivered" else a.family
    if not a.is_dated or not b.is_dated:
        return [_undated(a, b, where)]
    if a.stage != b.stage and where not in EVENTS:
        return [_in_order(a, b, where)]
    days = gap(a, b)
    if days == 0:
        if not (a.is_exact and b.is_exact):
            return [f"date_{where}_within_year"]
        exact = a.early == a.late and b.early == b.late
        return [f"date_{where}_same_day" if exact else f"date_{where}_within_month"]
    for limit, level in ((3, "near"), (10, "week"), (45, "month"), (200, "season"), (800, "years")):
        if days <= limit:
            return [f"date_{where}_{level}"]
    return [f"date_{where}_far"]


def _undated(a: Side, b: Side, where: str) -> str:
    """A telling without a date is hinted at by its publication: it tells of something about then, or before."""
    left, right = (a, b) if not a.is_dated else (b, a)
    if not left.published:
        return f"date_{where}_untold"
    if not right.is_dated:
        if not right.published:
            return f"date_{where}_untold"
        apart = abs(left.published - right.published)
        return f"published_{where}_{_hint(apart)}"
    ahead = left.modality in (Modality.PLANNED, Modality.POSSIBLE)
    if right.early > left.published + 3 and not ahead and left.stage == right.stage:
        return f"published_{where}_before"
    return f"published_{where}_{_hint(max(0, left.published - right.late, right.early - left.published))}"


def _hint(days: int) -> str:
    return "near" if days <= 10 else "month" if days <= 60 else "year" if days <= 400 else "far"


def _in_order(a: Side, b: Side, where: str) -> str:
    first, second = (a, b) if ORDER[a.stage] <= ORDER[b.stage] else (b, a)
    if ORDER[first.stage] != ORDER[second.stage] and second.late < first.early:
        return f"order_{where}_wrong"
    days = gap(a, b)
    for limit, level in ((31, "month"), (400, "year"), (1500, "years")):
        if days <= limit:
            return f"order_{where}_{level}"
    return f"order_{where}_far"


def _telling(a: Side, b: Side) -> list[str]:
    """What standing in one document says: the same told twice there is one mention, so two are rather two items."""
    if a.docs.isdisjoint(b.docs):
        return []
    return ["document_same_stage" if a.stage == b.stage else "document_other_stage"]


@lru_cache(maxsize=200_000)
def _name(a: str, b: str) -> str:
    if a == b:
        return "name_same"
    alike = fuzz.token_set_ratio(a, b)
    if alike >= 88 or is_kin(a, b):
        return "name_near"
    return "name_partly" if alike >= 65 else "name_other"


def _instrument(a: str, b: str) -> str:
    if a == b:
        return "instrument_same" if a in SPECIFIC else "instrument_same_kind"
    return "instrument_other" if a in SPECIFIC or b in SPECIFIC else "instrument_other_kind"


@lru_cache(maxsize=200_000)
def _items(a: tuple[tuple[str, str, int], ...], b: tuple[tuple[str, str, int], ...], *, is_total: bool) -> list[str]:
    categories = {one[0] for one in a} & {one[0] for one in b}
    if not categories:
        return ["items_other"]
    alike, counted = 0.0, ""
    for category, name, count in a:
        for other_category, other_name, other_count in b:
            if category != other_category:
                continue
            score = fuzz.token_set_ratio(name, other_name)
            if score >= alike:
                alike = score
                counted = "" if not count or not other_count else "same" if count == other_count else "other"
    levels = ["items_same" if alike >= 85 else "items_alike" if alike >= 60 else "items_kind"]
    if counted == "other" and is_total:
        counted = "other_total"
    return [*levels, f"quantity_{counted}"] if counted else levels


def _money(a: tuple[float, str], b: tuple[float, str]) -> str:
    if a[1] != b[1]:
        if a[1] not in RATES or b[1] not in RATES:
            return "money_unlike"
        apart = _apart(a[0] * RATES[a[1]], b[0] * RATES[b[1]])
        return "money_abroad" if apart <= _NEAR_ABROAD else "money_abroad_other"
    apart = _apart(a[0], b[0])
    return "money_same" if apart <= 0.01 else "money_near" if apart <= _NEAR else "money_other"


def _apart(a: float, b: float) -> float:
    return abs(a - b) / max(a, b, 1e-9)


def _words(shared: int) -> str:
    """``shared``: rarity of the words both have, in hundredths of a natural logarithm."""
    for limit, level in ((300, "none"), (600, "few"), (1000, "some"), (1600, "many"), (2500, "most")):
        if shared <= limit:
            return f"words_{level}"
    return "words_all"
