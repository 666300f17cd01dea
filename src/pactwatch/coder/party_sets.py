"""Which actors take part together: likely sets are drawn from the single odds and weighed as sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from operator import itemgetter
from typing import Any

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.linear import Features, LinearModel, Part

_LIKELIEST = 6


def _subsets(size: int) -> list[Callable[[list[str]], tuple[str, ...]]]:
    """How to take each set of at least two from a sorted list of so many, the sets in order."""
    places = [chosen for many in range(2, size + 1) for chosen in combinations(range(size), many)]
    return [itemgetter(*chosen) for chosen in sorted(places)]


_SUBSETS = [_subsets(size) for size in range(_LIKELIEST + 1)]


def likely_sets(candidate: Candidate, odds: dict[str, float], told: list[Candidate]) -> list[tuple[str, ...]]:
    """Sets worth weighing: all of the likeliest actors, everyone more likely than not, and sets told before."""
    top = sorted(odds, key=lambda code: (-odds[code], code))[:_LIKELIEST]
    if candidate.type == "policy":
        return [(code,) for code in top]
    ordered = sorted(top)
    sets = [take(ordered) for take in _SUBSETS[len(ordered)]]
    more = {other.parties for other in told if len(other.parties) > 1 and all(code in odds for code in other.parties)}
    more.add(tuple(sorted(code for code in odds if odds[code] >= 0)))
    more = {one for one in more if len(one) > 1 and not set(one) <= set(top)}
    if not sets and not more and "ASEAN" in odds and len(odds) == 1:
        return [("ASEAN",)]
    return sorted([*sets, *more]) if more else sets


class PartySets:
    """Weighs the sets of one candidate; what all its sets share is worked out once. Sets are bits of one number."""

    def __init__(self, candidate: Candidate, context: Context, odds: dict[str, float], told: list[Candidate]) -> None:
        self._type = candidate.type
        self._odds = {code: max(-9.0, min(9.0, value)) for code, value in odds.items()}
        self._bits = {code: 1 << place for place, code in enumerate(odds)}
        self._gapped = candidate.lemma if candidate.lemma.startswith("<") else ""
        sentence, chunk = candidate.sentence, candidate.chunk
        namings = [
            naming
            for naming in context.namings[sentence.index]
            if not naming.is_dateline and naming.span.surface != "place"
        ]
        self._here = self._near = 0
        lists: dict[int, int] = {}
        for naming in namings:
            named = self._mask(naming.span.codes)
            self._here |= named
            if abs(sentence.chunk(naming.span.i) - chunk) <= 1:
                self._near |= named
            lists[naming.list_id] = lists.get(naming.list_id, 0) | named
        self._whole_lists = [members for members in lists.values() if members.bit_count() > 1]
        self._lists = [(members, min(members.bit_count(), 3)) for members in self._whole_lists]
        self._counts = [span.count for span in sentence.anaphors if abs(sentence.chunk(span.i) - chunk) <= 1]
        self._title, self._host = self._mask(context.title), self._mask((context.host,) if context.host else ())
        self._named = min(self._here.bit_count(), 3), min(self._near.bit_count(), 3)
        self._told = [self._mask(other.parties) for other in told]
        alike = [mask for mask, other in zip(self._told, told, strict=True) if other.type == self._type]
        self._ever_told = frozenset(self._told)
        self._last_alike = alike[-1] if alike else -1
        self._is_alike = bool(told) and told[-1].type == self._type

    def _mask(self, codes: Iterable[str]) -> int:
        """A set of actors as bits."""
        bits, mask = self._bits, 0
        for code in codes:
            bit = bits.get(code)
            if bit is None:
                bit = bits[code] = 1 << len(bits)
            mask |= bit
        return mask

    def scores(self, sets: Sequence[tuple[str, ...]], model: LinearModel) -> list[float]:
        """The log-odds of each set, as of its features: there are many sets, so no features are put together."""
        sums, odds = model.sums.__getitem__, self._odds.__getitem__
        summed, least = model.weights.get("odds", 0.0), model.weights.get("least", 0.0)
        scores: list[float] = []
        for chosen in sets:
            values = [*map(odds, chosen)]
            scores.append(model.bias + sum(map(sums, self._parts(chosen))) + summed * sum(values) + least * min(values))
        return scores

    def features(self, chosen: tuple[str, ...]) -> Features:
        """Features of one set."""
        odds = [self._odds[code] for code in chosen]
        return Features([], {"odds": sum(odds), "least": min(odds)}, self._parts(chosen))

    def _parts(self, chosen: tuple[str, ...]) -> list[Part]:
        members, near, here = sum(map(self._bits.__getitem__, chosen)), self._near, self._here
        size, outside = len(chosen), (members & ~here).bit_count()
        covers_near = not near & ~members
        parts: list[Part] = [
            (
                _standing,
                min(5, size),
                min(3, outside),
                members == here,
                members == near,
                covers_near,
                not here & ~members,
                *self._named,
                members == self._title,
                self._host & members != 0,
                self._type,
            )
        ]
        if self._told:
            parts.append(self._told_part(members, size, covers_near))
        if self._lists:
            parts += [(_list, _share(listed, members), many, self._type) for listed, many in self._lists]
            parts.append((_is_list, members in self._whole_lists, self._type))
        if self._counts:
            is_last = members == self._told[-1] if self._told else None
            parts += [(_anaphor, count, count == size, is_last) for count in self._counts]
        return parts

    def _told_part(self, members: int, size: int, covers_near: bool) -> Part:
        told = self._told
        kept = (members & told[-1]).bit_count()
        return (
            _told,
            members == told[-1],
            members in self._ever_told,
            members == told[0],
            members == self._last_alike,
            min(2, kept),
            min(3, size),
            self._named[1],
            covers_near,
            self._is_alike,
            self._gapped,
        )


def _share(listed: int, members: int) -> str:
    """How much of a list is in a set."""
    share = listed & members
    return "all" if share == listed else "part" if share else "none"


def _standing(size: int, outside: int, *rest: Any) -> list[str]:
    is_here, is_near, covers_near, covers_here, here, near, is_title, has_host, kind = rest
    return [
        f"size={size}+{kind}",
        f"is-here={is_here}+{here}",
        f"is-near={is_near}+{near}",
        f"covers-near={covers_near}+{near}",
        f"covers-here={covers_here}+{here}",
        f"outside={outside}+{here}+{kind}",
        f"is-title={is_title}",
        f"host={has_host}+{kind}",
    ]


def _told(is_last: bool, is_told: bool, is_first: bool, is_last_alike: bool, *rest: Any) -> list[str]:
    kept, size, near, covers_near, is_alike, gapped = rest
    return [
        f"is-last={is_last}+{is_alike}",
        f"is-last={is_last}+{near}",
        f"keeps={kept}+{size}+{is_alike}+{near}",
        f"keeps={kept}+{covers_near}+{gapped}",
        f"is-told={is_told}",
        f"is-first={is_first}",
        f"is-last-alike={is_last_alike}+{near}",
    ]


def _list(told: str, size: int, kind: str) -> list[str]:
    return [f"list={told}+{kind}+{size}"]


def _is_list(is_list: bool, kind: str) -> list[str]:
    return [f"is-list={is_list}+{kind}"]


def _anaphor(count: int, fits: bool, is_last: bool | None) -> list[str]:
    names = [f"anaphor={count}+{'fits' if fits else 'not'}"]
    return names if is_last is None else [*names, f"anaphor={count}+last={is_last}"]
