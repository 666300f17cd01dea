"""Which actors take part together: likely sets are drawn from the single odds and weighed as sets."""

from __future__ import annotations

from itertools import combinations

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.linear import Features

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
    """Weighs the sets of one candidate; what all its sets share is worked out once."""

    def __init__(self, candidate: Candidate, context: Context, odds: dict[str, float], told: list[Candidate]) -> None:
        self._type = candidate.type
        self._odds = {code: max(-9.0, min(9.0, value)) for code, value in odds.items()}
        self._context = context
        self._told = [frozenset(other.parties) for other in told]
        self._last_is_alike = bool(told) and told[-1].type == candidate.type
        self._alike = [members for members, other in zip(self._told, told, strict=True) if other.type == candidate.type]
        self._gapped = candidate.lemma if candidate.lemma.startswith("<") else ""
        sentence = candidate.sentence
        chunk = candidate.chunk
        namings = [
            naming
            for naming in context.namings[sentence.index]
            if not naming.is_dateline and naming.span.surface != "place"
        ]
        self._here = frozenset(code for naming in namings for code in naming.span.codes)
        self._near = frozenset(
            code for naming in namings if abs(sentence.chunk(naming.span.i) - chunk) <= 1 for code in naming.span.codes
        )
        lists: dict[int, set[str]] = {}
        for naming in namings:
            lists.setdefault(naming.list_id, set()).update(naming.span.codes)
        self._lists = [members for members in lists.values() if len(members) > 1]
        self._counts = [span.count for span in sentence.anaphors if abs(sentence.chunk(span.i) - chunk) <= 1]

    def features(self, chosen: tuple[str, ...]) -> Features:
        """Features of one set."""
        members, kind = frozenset(chosen), self._type
        odds = [self._odds[code] for code in chosen]
        near, here = min(len(self._near), 3), min(len(self._here), 3)
        names = [
            f"size={min(len(members), 5)}+{kind}",
            f"is-here={members == self._here}+{here}",
            f"is-near={members == self._near}+{near}",
            f"covers-near={self._near <= members}+{near}",
            f"covers-here={self._here <= members}+{here}",
            f"outside={min(len(members - self._here), 3)}+{here}+{kind}",
            f"is-title={members == self._context.title}",
            f"host={self._context.host in members}+{kind}",
        ]
        names += self._told_features(members, near) + self._list_features(members)
        for count in self._counts:
            names.append(f"anaphor={count}+{'fits' if count == len(members) else 'not'}")
            if self._told:
                names.append(f"anaphor={count}+last={self._told[-1] == members}")
        return Features(names, {"odds": sum(odds), "least": min(odds)})

    def _told_features(self, members: frozenset[str], near: int) -> list[str]:
        if not self._told:
            return []
        last, alike = self._told[-1], self._last_is_alike
        is_last = last == members
        kept = min(len(members & last), 2)
        return [
            f"is-last={is_last}+{alike}",
            f"is-last={is_last}+{near}",
            f"keeps={kept}+{min(len(members), 3)}+{alike}+{near}",
            f"keeps={kept}+{self._near <= members}+{self._gapped}",
            f"is-told={members in self._told}",
            f"is-first={self._told[0] == members}",
            f"is-last-alike={bool(self._alike) and self._alike[-1] == members}+{near}",
        ]

    def _list_features(self, members: frozenset[str]) -> list[str]:
        names = []
        for listed in self._lists:
            share = len(listed & members)
            told = "all" if share == len(listed) else "none" if not share else "part"
            names.append(f"list={told}+{self._type}+{min(len(listed), 3)}")
        if self._lists:
            names.append(f"is-list={any(listed == members for listed in self._lists)}+{self._type}")
        return names
