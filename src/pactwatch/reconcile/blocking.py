"""Which tellings are compared at all: those that share a key. Keys grow with a telling, never with the collection.

A block of more than ``SMALL`` tellings is sorted by date and each compared with its ``WINDOW`` next neighbours and
with every milestone of the casebook, so that work grows with the number of tellings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from pactwatch.reconcile.comparing import EVENTS, SPECIFIC
from pactwatch.reconcile.node import Place
from pactwatch.reconcile.sides import Side

SMALL = 30
WINDOW = 12
_MOST_PARTIES = 7
_MONTH = 30.5


def keys_of(side: Side) -> tuple[str, ...]:
    """The keys of a telling, each once, sorted."""
    pairs = [*_pairs(side.parties)]
    times = [*_times(side)]
    keys = {f"{side.family}|{pair}|{time}" for pair in pairs for time in times}
    keys.update(_names(side))
    if side.family == "deal":
        keys.update(_subjects(side, pairs))
    if side.money:
        keys.add(f"{side.family}|{side.money[1]}|{side.money[0]:.2g}")
    return tuple(sorted(keys))


def timeless_keys_of(side: Side) -> tuple[str, ...]:
    """The keys of a telling that its dates have no part in: what asks about one telling also asks about dates told
    wrong, and few enough that every pair of parties can be a key."""
    return tuple([f"{side.family}|{pair}" for pair in _pairs(side.parties, len(side.parties))])


def _pairs(parties: Sequence[str], most: int = _MOST_PARTIES) -> Iterator[str]:
    if len(parties) == 1:
        yield parties[0]
        return
    for first, second in combinations(parties[:most], 2):
        yield f"{first}+{second}"


def _times(side: Side) -> Iterator[str]:
    """Months that overlap by half, so that neighbours share one; the year for what is told to the year."""
    if side.is_exact:
        month = int(((side.early + side.late) / 2) / _MONTH)
        yield from (f"m{month}", f"m{month + 1}")
    if side.is_dated and (side.known or not side.is_exact):
        yield f"y{_year(side.early)}"
    if not side.is_dated and side.published:
        month = int(side.published / _MONTH)
        yield from (f"m{month - 1}", f"m{month}", f"m{month + 1}")


def _year(ordinal: int) -> int:
    return int(ordinal / 365.2425)


def _names(side: Side) -> Iterator[str]:
    """A key for each word of the name; events with their year, since their names come back every year."""
    day = side.early or side.published
    years = (_year(day), _year(day) + 1) if side.family in EVENTS else (0,)
    for token in side.name.split():
        if len(token) >= 4:
            yield from (f"{side.family}|n{token[:6]}|{year}" for year in years)


def _subjects(side: Side, pairs: Sequence[str]) -> Iterator[str]:
    if side.instrument in SPECIFIC:
        yield from (f"deal|{pair}|{side.instrument}" for pair in pairs)
    for category in {one[0] for one in side.items}:
        yield from (f"deal|{pair}|{category}" for pair in pairs)
    day = side.early or side.published
    if day:
        yield from (f"deal|{pair}|{side.type}|{year}" for pair in pairs for year in (_year(day), _year(day) + 1))


def pairs_of(block: Sequence[int], place: Callable[[int], Place]) -> Iterator[tuple[int, int]]:
    """The pairs of a block that are compared, smaller number first; two milestones of the casebook never are."""
    if len(block) <= SMALL:
        for a, b in combinations(sorted(block), 2):
            if not (place(a).known and place(b).known):
                yield a, b
        return
    known = [one for one in block if place(one).known]
    told = sorted((one for one in block if not place(one).known), key=place)
    for at, a in enumerate(told):
        for b in (*told[at + 1 : at + 1 + WINDOW], *known):
            yield (a, b) if a < b else (b, a)
