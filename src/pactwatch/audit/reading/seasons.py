"""In which months a claim says that something falls: those its sentence names, those named before, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from pactwatch.audit.reading.actors import Memory
from pactwatch.audit.reading.picking import RULE, Option, make_options
from pactwatch.audit.reading.sentences import Seen

_MOST_SHOWN = 2
_TAKING_UP = ("takes_up", "anaphor", "that_time")


def read_months(seen: Seen, settings: Mapping[str, Any]) -> tuple[int, ...]:
    """The months a sentence names, each once; two with a word of span between them stand for those between, too."""
    hits = list(seen.hits.get("months", ()))
    months = {month for hit in hits for month in hit.payload["months"]}
    words = seen.tokens.words
    before, between = settings["month_pairs"]
    for one, two in pairwise(hits):
        joining = words[one.j : two.i]
        is_pair = joining == [between] and one.i > seen.sentence.first and words[one.i - 1] == before
        if is_pair or (len(joining) == 1 and joining[0] in settings["month_spans"]):
            first, last = one.payload["months"][0], two.payload["months"][-1]
            months |= {(first + step - 1) % 12 + 1 for step in range((last - first) % 12 + 1)}
    return tuple(sorted(months))


def month_options(seen: Seen, kind: str, rule: tuple[int, ...], memory: Memory, words: Sequence[str]) -> list[Option]:
    """The months that may be meant: none, all that are named, one naming by itself, or those named before."""
    hits = seen.hits.get("months", ())
    told: dict[tuple[int, ...], list[str]] = {(): ["nothing"]}
    if rule:
        told.setdefault(rule, []).append(RULE)
    for place, hit in enumerate(hits):
        chosen = told.setdefault(tuple(sorted(hit.payload["months"])), [])
        before = seen.tokens.words[hit.i - 1] if hit.i > seen.sentence.first else "^"
        chosen += [f"named-{min(place, _MOST_SHOWN)}", f"behind:{before}"]
        chosen += ["main"] if seen.main[0] <= hit.i < seen.main[1] else ["aside"]
    for months, feature in _before(memory):
        told.setdefault(months, []).append(feature)
    shared = [kind, f"names{min(len(hits), _MOST_SHOWN)}", *(one for one in _TAKING_UP if seen.has(one))]
    options = make_options(told, shared)
    against = tuple(f"nothing|{word}" for word in words)
    return [one if one.value else Option((), (*one.features, *against)) for one in options]


def _before(memory: Memory) -> Iterator[tuple[tuple[int, ...], str]]:
    """The months named in the sentences before, the last first."""
    for back, here, said in memory.before("months"):
        yield said.months, f"before-{back}{here}"
