"""Events that an article tells, looked up among an edition's records.

Which record an event may be of is decided as reconciling decides it, by the same comparisons and points; this module
says what follows for the reader: found, found with another date or amount, or not found. Not found never says false:
records are gathered from public pages, and nobody gathers all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pactwatch.audit.standing import Standing, read_standing
from pactwatch.audit.telling import Told
from pactwatch.claims.words import say_list, say_months
from pactwatch.reconcile import Finder
from pactwatch.reconcile.comparing import ORDER
from pactwatch.reconcile.levels import HOW_MUCH, WHEN
from pactwatch.reconcile.matching import Match

if TYPE_CHECKING:
    from pactwatch.edition import Edition
    from pactwatch.reconcile.weights import Weights

LEAST_AGREEING = -2.5
"""Points from which on a record that agrees in date and amount is the one told: about those of any two tellings. It is
lower than linking's threshold, since a vague telling has to fit a record only, not be told apart from all others. Both
bounds are chosen on the fit half of ``bench/bench_lookup.py``."""

LEAST_DIFFERING = -1.0
"""Points, without what differs, from which on a record with another date or amount is the one meant."""

NEAR = 400
"""Days that a date may lie off for the same item told with another date: a year and a month, as wrong years do."""

SLACK = 1
"""Days that time zones and dates of print may add."""

AMOUNT_SLACK = 0.02
SHOWN = 5


class Lookup(StrEnum):
    """What looking an event up gave."""

    FOUND = "found"
    DIFFERS = "found_differing"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer: the records, and one sentence on what agrees and what differs."""

    status: Lookup
    why: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fit:
    """One milestone beside a told event: the points of the comparison, and what differs in words."""

    standing: Standing
    points: float
    days: int
    is_same_stage: bool
    differing: tuple[str, ...]

    @property
    def record_id(self) -> str:
        return self.standing.side.known

    @property
    def rank(self) -> tuple[bool, bool, float, int, str]:
        """Order of preference, best first."""
        return bool(self.differing), not self.is_same_stage, -self.points, self.days, self.standing.side.id


class Register:
    """An edition's milestones, ready to be looked up in; those that stand on the article itself are left out.

    ``weights`` are those by which the casebook's mentions are linked.
    """

    def __init__(self, edition: Edition, weights: Weights, article: str = "") -> None:
        self._left_out = frozenset(_told_only_by(edition, article))
        self._standing = {one.side.id: one for one in read_standing(edition)}
        self._finder = Finder((one.side for one in self._standing.values()), weights)
        actors = edition.arrow("actors").to_pydict()
        self._names: dict[str, str] = dict(zip(actors["actor_code"], actors["actor_name"], strict=True))
        self._as_of = edition.settings.as_of

    def without(self, record_ids: Collection[str]) -> Register:
        """The same register as if some records were not there."""
        other = copy(self)
        gone = {id_ for id_, one in self._standing.items() if one.side.known in record_ids}
        other._left_out = self._left_out | gone
        return other

    def look_up(self, told: Told) -> Looked:
        """Whether an event is among the records; with another date or amount; or not."""
        fits = sorted(self._fits(told), key=lambda one: one.rank)
        agreeing = [one for one in fits if not one.differing]
        if agreeing:
            return self._tell_found(told, agreeing)
        if fits:
            differing = say_list(fits[0].differing)
            why = f"A record of the same parties and kind is there, and it differs: {differing}. {_name(fits[0])}"
            return Looked(Lookup.DIFFERS, why, _ids(fits)[:SHOWN])
        return Looked(Lookup.NOT_FOUND, self._tell_coverage(told))

    def _fits(self, told: Told) -> Iterator[_Fit]:
        """The milestones that a told event may be of."""
        for side in told.sides:
            for match in self._finder.find(side):
                if match.side.id not in self._left_out and set(told.parties) <= set(match.side.parties):
                    fit = _judge(told, match, self._standing[match.side.id])
                    if fit is not None:
                        yield fit

    def _tell_found(self, told: Told, agreeing: Sequence[_Fit]) -> Looked:
        others = f", and {len(_ids(agreeing)) - 1} more fit" if len(_ids(agreeing)) > 1 else ""
        vague = "" if told.day else " The article gives no year, so others of this kind fit as well."
        denied = " The article says that it did not happen; the record says it did." if told.is_denied else ""
        return Looked(Lookup.FOUND, f"{_name(agreeing[0])}{others}.{vague}{denied}", _ids(agreeing)[:SHOWN])

    def _tell_coverage(self, told: Told) -> str:
        parties = set(told.parties)
        sides = (one.side for id_, one in self._standing.items() if id_ not in self._left_out)
        count = len({side.known for side in sides if parties <= set(side.parties) and side.type in told.types})
        names = say_list([self._names.get(code, code) for code in told.parties])
        kinds = " or ".join(told.types)
        held = f"{count or 'no'} {kinds} record{'s' if count > 1 else ''} of {names}"
        return (
            f"Not found, which does not say that it is false. The edition has {held}; records reach to {self._as_of} "
            "and are gathered from public pages, never in full."
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


def _judge(told: Told, match: Match, standing: Standing) -> _Fit | None:
    """A milestone beside a told event; ``None`` where it is not the one told."""
    is_same_stage = told.stage in ("", match.side.stage)
    dates, amounts = _compare_dates(told, match, standing), _compare_amounts(told, match)
    days = match.days or 0
    if dates or amounts:
        points = match.points({*(WHEN if dates else ()), *(HOW_MUCH if amounts else ())})
        is_one = is_same_stage and days <= NEAR and points > LEAST_DIFFERING
    else:
        # the article's own day says little of when: analyses look years back
        points = match.points(() if told.day else WHEN)
        is_one = (is_same_stage or _may_imply(told, match.side.stage)) and points > LEAST_AGREEING
    return _Fit(standing, match.points(), days, is_same_stage, (*dates, *amounts)) if is_one else None


def _may_imply(told: Told, stage: str) -> bool:
    """Whether a record's stage says that the told one was reached: the told one has no date of its own, and something
    else singles the item out."""
    return told.is_singled and told.day is None and ORDER[stage] > ORDER[told.stage] and stage != "cancelled"


def _compare_dates(told: Told, match: Match, standing: Standing) -> list[str]:
    if match.days is not None and match.days > SLACK:
        return [f"the article has {told.day}, the record {standing.date_words}"]
    if told.months and standing.month is not None and standing.month not in told.months:
        return [f"the article has {say_months(told.months)}, the record {standing.date_words}"]
    return []


def _compare_amounts(told: Told, match: Match) -> list[str]:
    differing, side = [], match.side
    if told.amount is not None and side.money is not None and side.money[1] == told.currency:
        amount = side.money[0]
        if abs(amount - told.amount) > AMOUNT_SLACK * max(amount, told.amount):
            differing.append(f"the article has {told.amount:,.0f} {told.currency}, the record {amount:,.0f}")
    counts = [count for _, _, count in side.items if count]
    if told.quantity is not None and counts and told.quantity not in {*counts, sum(counts)}:
        counted = say_list([str(one) for one in sorted({*counts})])
        differing.append(f"the article counts {told.quantity}, the record {counted}")
    return differing


def _name(fit: _Fit) -> str:
    stage = fit.standing.side.stage.replace("_", " ")
    return f"{fit.record_id}: {fit.standing.title}, {stage} {fit.standing.date_words}"


def _ids(fits: Iterable[_Fit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.record_id for one in fits))
