"""From when to when a claim speaks: the years that its sentence or those before it tell, among which weights pick.

A year may begin what is counted ("since 2014"), end it ("until 2014"), stand outside of it ("before 2014") or say
nothing of it ("under the law of 2014"). Which it does depends on the words before it and on the kind of the claim.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pactwatch.audit.reading.actors import Memory
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.picking import RULE, Option, make_options
from pactwatch.audit.reading.sentences import Seen

SINCE, UNTIL = "since", "until"
_GROUPS = ("since_then", "that_time")
"""Words that take up a time told before."""
_MOST_SHOWN = 2
_LONGEST = 200
"""Years that a told length may have."""


@dataclass(frozen=True, slots=True)
class ToldTime:
    """Words ``i`` to ``j`` (excluded) that tell a time, from its first year to its last.

    ``sort`` says in which way, ``cue`` is the nearest small word before it that may say what it stands for.
    """

    i: int
    j: int
    sort: str
    first: int
    last: int
    cue: str = "-"


def times_of(seen: Seen, day: date, cues: Collection[str] = ()) -> list[ToldTime]:
    """The times that a sentence tells, in order: its dates, its decades, and lengths in years that end at ``day``.

    ``cues`` are the small words that may say what a time stands for.
    """
    dates = list(_dates_of(seen))
    taken = {i for one in dates for i in range(one.i, one.j)}
    others = [one for one in _lengths_of(seen, day) if not taken & set(range(one.i, one.j))]
    words, first = seen.tokens.words, seen.sentence.first
    times = sorted((*dates, *others), key=lambda one: one.i)
    before = [next((words[i] for i in range(one.i - 1, first - 1, -1) if words[i] in cues), "-") for one in times]
    return [replace(one, cue=cue) for one, cue in zip(times, before, strict=True)]


def years_of(seen: Seen, day: date) -> tuple[int, ...]:
    """The years in which the times of a sentence begin, each once, in order."""
    return tuple(dict.fromkeys(one.first for one in times_of(seen, day)))


def year_options(
    name: str, seen: Seen, times: Sequence[ToldTime], kind: str, rule: int | None, memory: Memory
) -> list[Option]:
    """When what is counted begins or ends (``name``): a year told here or before, or none, as most claims tell none."""
    told: dict[int | None, list[str]] = {None: ["nothing"]}
    for place, one in enumerate(times):
        for year, side in _sides_of(name, one):
            told.setdefault(year, []).extend(_features_of(seen, one, f"{one.sort}-{side}"))
            told[year] += [f"{side}-{min(place, _MOST_SHOWN)}", *([f"{side}-end"] if one is times[-1] else [])]
    for year, feature in _years_before(memory):
        told.setdefault(year, []).append(feature)
    if rule is not None:
        told.setdefault(rule, []).append(RULE)
    shared = [kind, f"times{min(len(times), _MOST_SHOWN + 1)}", *(group for group in _GROUPS if seen.has(group))]
    return make_options(told, shared)


def read_period(seen: Seen, kind: str, day: date) -> dict[str, int]:
    """The first and last year a sentence speaks of by the phrases of the lexicon; spans of years end at ``day``."""
    hits = [*seen.hits.get("period", ()), *(seen.hits.get("earlier_day", ()) if kind == "opened" else ())]
    period: dict[str, int] = {}
    for hit in hits:
        if "span" in hit.payload:
            for key, value in _PERIODS[hit.payload["span"]](hit, day).items():
                period.setdefault(key, value)
    return {} if period.get(SINCE, 0) > period.get(UNTIL, 9999) else period


_PERIODS: dict[str, Callable[[Hit, date], dict[str, int]]] = {
    "since": lambda hit, _: {SINCE: hit.values[0]},
    "until": lambda hit, _: {UNTIL: hit.values[0]},
    "before": lambda hit, _: {UNTIL: hit.values[0] - 1},
    "between": lambda hit, _: {SINCE: min(hit.values), UNTIL: max(hit.values)},
    "years": lambda hit, day: {SINCE: day.year - (hit.values[0] if hit.values else int(hit.payload["years"]))},
    "ago": lambda hit, day: {UNTIL: day.year - int(hit.payload["years"])},
}
"""What each sort of phrase says: the values of its slots, or the years the lexicon names."""


def _dates_of(seen: Seen) -> Iterator[ToldTime]:
    """The coder's dates that come to a year: from the first to the last year in their words, else that one."""
    tokens = seen.tokens
    for one in seen.sentence.dates:
        if one.past.date:
            i, j = bisect_left(tokens.starts, one.start), bisect_left(tokens.starts, one.end)
            years = [int(word) for word in tokens.words[i:j] if _is_year(word)] or [int(one.past.date[:4])]
            yield ToldTime(i, j, f"{one.kind}-{one.past.precision}", min(years), max(years))


def _lengths_of(seen: Seen, day: date) -> Iterator[ToldTime]:
    """Decades, and numbers of years up to ``day``."""
    for hit in seen.hits.get("decade", ()):
        first = int(hit.payload["decade"])
        yield ToldTime(hit.i, hit.j, "decade", first, first + 9)
    for hit in seen.hits.get("years_long", ()):
        length = int(hit.payload.get("years", 0)) or hit.values[0] * int(hit.payload["unit"])
        if 0 < length <= _LONGEST:
            yield ToldTime(hit.i, hit.j, str(hit.payload.get("sort", "length")), day.year - length, day.year)


def _sides_of(name: str, one: ToldTime) -> tuple[tuple[int, str], tuple[int, str]]:
    """The years at which what is counted may begin or end by a told time: at its end, or right beyond the other."""
    if name == SINCE:
        return (one.first, "at"), (one.last + 1, "beyond")
    return (one.last, "at"), (one.first - 1, "beyond")


def _features_of(seen: Seen, one: ToldTime, base: str) -> Iterator[str]:
    """How a time is told: the words before and behind it, the nearest small word before it, and its clause."""
    words, first, stop = seen.tokens.words, seen.sentence.first, seen.sentence.stop
    before = [words[i] if i >= first else "^" for i in (one.i - 2, one.i - 1)]
    yield base
    yield f"{base}|{before[1]}"
    yield f"{base}|{before[0]} {before[1]}"
    yield f"{base}>{words[one.j] if one.j < stop else '$'}"
    yield f"{base}<{one.cue}"
    yield f"{base}:{'main' if seen.main[0] <= one.i < seen.main[1] else 'aside'}"


def _years_before(memory: Memory) -> Iterator[tuple[int, str]]:
    """The years told in the sentences before, the last first."""
    for back, here, said in memory.before("years"):
        yield said.years[0], f"before-{back}-first{here}"
        yield said.years[-1], f"before-{back}-last{here}"
        if said is memory.said[-1]:
            yield said.years[-1], f"right-before{here}"


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdigit()


def is_told_here(year: int | None, times: Sequence[ToldTime]) -> bool:
    """Whether a year stands for one of a sentence's own times."""
    return any(year in (one.first, one.last, one.first - 1, one.last + 1) for one in times)
