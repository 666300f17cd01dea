"""What a sentence is, looked at twice: by itself, and among the sentences of its article.

The first look weighs the words of a sentence alone. The second weighs the chances that the first gave it beside those
it gave the sentences before and behind, in the same paragraph and in the whole article (stacked sequential learning:
Cohen and Carvalho, IJCAI 2005). Sentences around are those of paragraphs that the coder reads, so paragraphs that say
nothing of defence change nothing. What a network makes of the sentence comes last, where there is one (``sensing``).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pactwatch.audit.reading.chances import Chooser
from pactwatch.audit.reading.frame import SentenceClass
from pactwatch.audit.reading.lexicon import AuditLexicon
from pactwatch.audit.reading.rules import first_fitting
from pactwatch.audit.reading.sensing import Weighing
from pactwatch.audit.reading.sentences import Seen

CLASS, KIND = "class", "kind"
SECOND = "-again"
"""What is added to the name of a chooser for that of the second look."""

_BEFORE, _BEHIND, _KINDS_BEFORE, _KINDS_BEHIND = 3, 2, 2, 1
"""How many sentences before and behind are looked at, for their classes and for their kinds."""
_MANY = 60
"""Sentences from which on an article is no longer than others."""
_LEAST = 1e-4
"""What is added to a chance before its logarithm is taken."""
_KIND_MARK = "kind "


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sentence stands: its paragraph, whether the coder reads that, and its class where it is certain."""

    paragraph: int = 0
    is_read: bool = True
    certain: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """The chances of each class, and those of each kind if it is a claim or a perception."""

    classes: Mapping[str, float]
    kinds: Mapping[str, float]


def find_spot(seen: Seen, lexicon: AuditLexicon) -> Spot:
    """Where a sentence stands, and what it certainly is."""
    certain = first_fitting(lexicon.certain, seen)
    return Spot(seen.paragraph, seen.is_read, "" if certain is None else certain[0].name)


def look_alone(features: Sequence[str], spot: Spot, choosers: Mapping[str, Chooser]) -> Look:
    """The first look at a sentence; a certain class is certain from here on."""
    return Look(_settle(choosers[CLASS].chances(features), spot), choosers[KIND].chances(features))


def look_again(looks: Sequence[Look], spots: Sequence[Spot], choosers: Mapping[str, Chooser]) -> list[Look]:
    """The second look at every sentence of an article, in order; the first stands where no other sentence is read."""
    classes, kinds = choosers[CLASS + SECOND], choosers[KIND + SECOND]
    read = sum(spot.is_read for spot in spots)
    return [
        Look(_settle(classes.chances((), numbers), spot), kinds.chances((), numbers)) if read - spot.is_read else look
        for look, spot, numbers in zip(looks, spots, numbers_around(looks, spots), strict=True)
    ]


def weigh_in(looks: Sequence[Look], spots: Sequence[Spot], weighings: Sequence[Weighing | None]) -> list[Look]:
    """The looks at the sentences of an article with what the network makes of them, where there is one."""
    return [
        look
        if weighing is None
        else Look(_settle(weighing.join(CLASS, look.classes), spot), weighing.join(KIND, look.kinds))
        for look, spot, weighing in zip(looks, spots, weighings, strict=True)
    ]


def _settle(classes: Mapping[str, float], spot: Spot) -> Mapping[str, float]:
    """The chances of each class; where one is certain, that alone."""
    return {name: float(name == spot.certain) for name in classes} if spot.certain else classes


def numbers_around(looks: Sequence[Look], spots: Sequence[Spot]) -> list[dict[str, float]]:
    """What the second look weighs, for every sentence of an article.

    Its own chances as logarithms; those of the sentences around it; their means over its paragraph and the article,
    itself left out; how far on in the article it stands, and the logarithm of how many sentences that has.
    """
    told = [_chances_of(look) for look in looks]
    article = _Around(told, [place for place, spot in enumerate(spots) if spot.is_read])
    paragraphs = {
        number: _Around(told, [place for place in places if spots[place].is_read])
        for number, places in _paragraphs_of(spots)
    }
    found = []
    for place, (look, spot) in enumerate(zip(looks, spots, strict=True)):
        numbers = {f"own:{name}": math.log(chance + _LEAST) for name, chance in _names_of(look)}
        numbers |= article.beside(place)
        numbers |= {f"article:{name}": value for name, value in article.mean_without(place).items()}
        numbers |= {
            f"paragraph:{name}": value for name, value in paragraphs[spot.paragraph].mean_without(place).items()
        }
        numbers |= article.standing(place)
        found.append(numbers)
    return found


class _Around:
    """Sentences of an article that may say something of others, by their places."""

    def __init__(self, told: Sequence[Mapping[str, float]], places: Collection[int]) -> None:
        self._told, self._places, self._among = told, sorted(places), frozenset(places)
        self._sums: dict[str, float] = {}
        for place in self._places:
            for name, chance in told[place].items():
                self._sums[name] = self._sums.get(name, 0.0) + chance

    def _rank(self, place: int) -> tuple[int, bool]:
        """How many of the sentences stand before a place, and whether one stands there."""
        return bisect_left(self._places, place), place in self._among

    def beside(self, place: int) -> dict[str, float]:
        """The chances of the sentences before and behind a place."""
        rank, is_one = self._rank(place)
        found: dict[str, float] = {}
        for side, most, kinds in (("before", _BEFORE, _KINDS_BEFORE), ("behind", _BEHIND, _KINDS_BEHIND)):
            for step in range(1, most + 1):
                other = rank - step if side == "before" else rank + step - (not is_one)
                if 0 <= other < len(self._places):
                    for name, chance in self._told[self._places[other]].items():
                        if step <= kinds or not name.startswith(_KIND_MARK):
                            found[f"{side}-{step}:{name}"] = chance
        return found

    def mean_without(self, place: int) -> dict[str, float]:
        """The mean chances of the sentences, that at a place left out; nothing where there is no other."""
        own = self._told[place] if place in self._among else {}
        count = len(self._places) - (place in self._among)
        return {name: (total - own.get(name, 0.0)) / count for name, total in self._sums.items()} if count else {}

    def standing(self, place: int) -> dict[str, float]:
        """How far on a place is, from 0 to 1, and the logarithm of how many sentences there are."""
        count = max(1, len(self._places))
        return {"far-on": self._rank(place)[0] / count, "sentences": math.log(min(count, _MANY))}


def _chances_of(look: Look) -> dict[str, float]:
    """The chances of each class, and of each kind that it is a claim of that kind."""
    is_claim = look.classes[SentenceClass.CLAIM]
    return {**look.classes, **{f"{_KIND_MARK}{name}": is_claim * chance for name, chance in look.kinds.items()}}


def _names_of(look: Look) -> Iterator[tuple[str, float]]:
    yield from look.classes.items()
    yield from ((f"{_KIND_MARK}{name}", chance) for name, chance in look.kinds.items())


def _paragraphs_of(spots: Sequence[Spot]) -> Iterator[tuple[int, list[int]]]:
    for number, places in groupby(range(len(spots)), key=lambda place: spots[place].paragraph):
        yield number, list(places)
