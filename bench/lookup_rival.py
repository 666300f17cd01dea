"""A look-up by fields alone, as the alternative: parties, kind, instrument, name and things must not disagree.

No weights and no words: a record that disagrees in none of these is the one told, and one told within 400 days of it is
the same with another date. This is how the audit looked events up before it asked reconciling.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pactwatch.audit.events import AMOUNT_SLACK, SHOWN, Lookup
from pactwatch.audit.standing import Standing
from pactwatch.audit.telling import Told

NEAR, SLACK = timedelta(days=400), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Match:
    points: float
    standing: Standing
    differing: int


def look_up(told: Told, milestones: list[Standing]) -> tuple[Lookup, tuple[str, ...]]:
    """The status and the records, best first."""
    matches = [match for one in milestones if (match := _compare(told, one)) is not None]
    matches.sort(key=lambda one: (one.differing, -one.points, one.standing.side.id))
    best = [one for one in matches if one.differing == matches[0].differing]
    records = tuple(dict.fromkeys(one.standing.side.known for one in best))[:SHOWN]
    if not matches:
        return Lookup.NOT_FOUND, ()
    return (Lookup.DIFFERS if matches[0].differing else Lookup.FOUND), records


def _compare(told: Told, one: Standing) -> _Match | None:
    side = one.side
    if side.type not in told.types or not _same_parties(told, one) or _conflicts(told, one):
        return None
    points = 2.0 * (told.instrument == side.instrument != "") + 2.0 * bool(told.name and side.name)
    points += 1.0 * (told.stage == side.stage) + 1.0 * bool(set(told.categories) & _categories(one))
    points += 0.5 * (set(told.parties) == set(side.parties))
    differing, is_other_stage = 0, told.stage not in ("", side.stage)
    if told.day is not None:
        gap = _gap(told.day.earliest, told.day.latest, one)
        if gap > NEAR or (gap > SLACK and is_other_stage):
            return None
        differing += gap > SLACK
        points += 2.0 - gap.days / NEAR.days
    is_thin = not (told.day or told.months or told.instrument or told.name or told.categories)
    if is_thin and is_other_stage:
        return None
    return _Match(points, one, differing + _count_differing(told, one))


def _conflicts(told: Told, one: Standing) -> bool:
    forms = {told.instrument, one.side.instrument} - {""}
    if len(forms) > 1 and "other" not in forms:
        return True
    name, other = told.name.casefold(), one.side.name.casefold()
    if name and other and name not in other and other not in name:
        return True
    categories = _categories(one)
    return bool(told.categories and categories and not set(told.categories) & categories)


def _categories(one: Standing) -> set[str]:
    return {category for category, _, _ in one.side.items}


def _count_differing(told: Told, one: Standing) -> int:
    differing, money = 0, one.side.money
    if told.amount is not None and money is not None and money[1] == told.currency:
        differing += abs(money[0] - told.amount) > AMOUNT_SLACK * max(money[0], told.amount)
    counts = {count for _, _, count in one.side.items if count}
    return differing + bool(told.quantity is not None and counts and told.quantity not in counts)


def _same_parties(told: Told, one: Standing) -> bool:
    parties, others = set(told.parties), set(one.side.parties)
    return bool(parties) and parties <= others and (len(parties) > 1 or len(others) == 1)


def _gap(first: date, last: date, one: Standing) -> timedelta:
    earliest, latest = date.fromordinal(one.side.early), date.fromordinal(one.side.late)
    return max(first - latest, earliest - last, timedelta(0))
