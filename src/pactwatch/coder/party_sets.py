"""Which actors take part together: likely sets are drawn from the single odds and weighed as sets."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.linear import Features, Part

_LIKELIEST = 6


def likely_sets(candidate: Candidate, odds: dict[str, float], told: list[Candidate]) -> list[tuple[str, ...]]:
    """Sets worth weighing: all of the likeliest actors, everyone more likely than not, and sets told before."""
    top = sorted(odds, key=lambda code: (-odds[code], code))[:_LIKELIEST]
    if candidate.type == "policy":
        return [(code,) for code in top]
    sets = {tuple(sorted(chosen)) for size in range(2, len(top) + 1) for chosen in combinations(top, size)}
    likely = tuple(sorted(code for code in odds if odds[code] >= 0))
    if len(likely) > 1:
        sets.add(likely)
    sets |= {other.parties for other in told if len(other.parties) > 1 and all(code in odds for code in other.parties)}
    if not sets and "ASEAN" in odds and len(odds) == 1:
        sets.add(("ASEAN",))
    return sorted(sets)


class PartySets:
    """Weighs the sets of one candidate; what all its sets share is worked out once. Sets are bits of one number."""

    def __init__(self, candidate: Candidate, context: Context, odds: dict[str, float], told: list[Candidate]) -> None:
        self._type = candidate.type
        self._odds = {code: max(-9.0, min(9.0, value)) for code, value in odds.items()}
        self._bits: dict[str, int] = {}
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
        self._lists = [members for members in lists.values() if members.bit_count() > 1]
        self._counts = [span.count for span in sentence.anaphors if abs(sentence.chunk(span.i) - chunk) <= 1]
        self._title, self._host = self._mask(context.title), self._mask((context.host,) if context.host else ())
        self._told = [self._mask(other.parties) for other in told]
        alike = [mask for mask, other in zip(self._told, told, strict=True) if other.type == self._type]
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

    def features(self, chosen: tuple[str, ...]) -> Features:
        """Features of one set."""
        members, kind, near, here = self._mask(chosen), self._type, self._near, self._here
        covers_near = not near & ~members
        stands = members == here, members == near, covers_near, not here & ~members
        named = min(here.bit_count(), 3), min(near.bit_count(), 3)
        told_of = members == self._title, bool(self._host & members)
        outside = min((members & ~here).bit_count(), 3)
        parts: list[Part] = [(_standing, min(len(chosen), 5), outside, *stands, *named, *told_of, kind)]
        if self._told:
            parts.append(self._told_part(members, named[1], covers_near))
        if self._lists:
            parts += self._list_parts(members)
        for count in self._counts:
            is_last = members == self._told[-1] if self._told else None
            parts.append((_anaphor, count, count == len(chosen), is_last))
        odds = [self._odds[code] for code in chosen]
        return Features([], {"odds": sum(odds), "least": min(odds)}, parts)

    def _told_part(self, members: int, near: int, covers_near: bool) -> Part:
        last = self._told[-1]
        is_any = members == last, members in self._told, members == self._told[0], members == self._last_alike
        kept = min((members & last).bit_count(), 2)
        size = min(members.bit_count(), 3)
        return _told, *is_any, kept, size, near, covers_near, self._is_alike, self._gapped

    def _list_parts(self, members: int) -> list[Part]:
        parts: list[Part] = []
        for listed in self._lists:
            share = listed & members
            told = "all" if share == listed else "part" if share else "none"
            parts.append((_list, told, min(listed.bit_count(), 3), self._type))
        parts.append((_is_list, members in self._lists, self._type))
        return parts


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
