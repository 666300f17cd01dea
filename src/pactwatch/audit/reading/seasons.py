"""In which months a claim says that something falls: those its sentence names, those named before, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.audit.reading.actors import Memory
from pactwatch.audit.reading.picking import RULE, Option, make_options
from pactwatch.audit.reading.sentences import Seen

_MOST_SHOWN = 2
_TAKING_UP = ("takes_up", "anaphor", "that_time")


@dataclass(frozen=True, slots=True)
class _Naming:
    """Months that are named together, in words ``i`` to ``j`` (excluded)."""

    i: int
    j: int
    months: tuple[int, ...]


def read_months(seen: Seen, settings: Mapping[str, Any]) -> tuple[int, ...]:
    """The months a sentence names, each once; two with a word of span between them stand for those between, too."""
    return tuple(sorted({month for one in _namings(seen, settings) for month in one.months}))


def _namings(seen: Seen, settings: Mapping[str, Any]) -> list[_Naming]:
    """The months that a sentence names, in order; a span of them is one naming."""
    found: list[_Naming] = []
    for hit in seen.hits.get("months", ()):
        one = _Naming(hit.i, hit.j, tuple(hit.payload["months"]))
        if found and _is_span(seen, found[-1], one, settings):
            first, last = found[-1].months[0], one.months[-1]
            months = sorted((first + step - 1) % 12 + 1 for step in range((last - first) % 12 + 1))
            found[-1] = _Naming(found[-1].i, hit.j, tuple(months))
        else:
            found.append(one)
    return found


def _is_span(seen: Seen, one: _Naming, two: _Naming, settings: Mapping[str, Any]) -> bool:
    """Whether two months are the ends of a span: "from late August until the beginning of December"."""
    fillers, words = settings["month_fillers"], seen.tokens.words
    joining = " ".join(word for word in words[one.j : two.i] if word not in fillers)
    before, between = settings["month_pairs"]
    i = one.i - 1
    while i > seen.sentence.first and words[i] in fillers:
        i -= 1
    is_pair = joining == between and i >= seen.sentence.first and words[i] == before
    return is_pair or joining in settings["month_spans"]


def month_options(
    seen: Seen, kind: str, rule: tuple[int, ...], memory: Memory, words: Sequence[str], settings: Mapping[str, Any]
) -> list[Option]:
    """The months that may be meant: none, all that are named, one naming by itself, or those named before."""
    namings = _namings(seen, settings)
    told: dict[tuple[int, ...], list[str]] = {(): ["nothing"]}
    if rule:
        told.setdefault(rule, []).append(RULE)
    for place, one in enumerate(namings):
        chosen = told.setdefault(tuple(sorted(one.months)), [])
        before = seen.tokens.words[one.i - 1] if one.i > seen.sentence.first else "^"
        chosen += [f"named-{min(place, _MOST_SHOWN)}", f"behind:{before}"]
        chosen += ["main"] if seen.main[0] <= one.i < seen.main[1] else ["aside"]
    for months, feature in _before(memory):
        told.setdefault(months, []).append(feature)
    shared = [kind, f"names{min(len(namings), _MOST_SHOWN)}", *(one for one in _TAKING_UP if seen.has(one))]
    options = make_options(told, shared)
    against = tuple(f"nothing|{word}" for word in words)
    return [one if one.value else Option((), (*one.features, *against)) for one in options]


def _before(memory: Memory) -> Iterator[tuple[tuple[int, ...], str]]:
    """The months named in the sentences before, the last first."""
    for back, here, said in memory.before("months"):
        yield said.months, f"before-{back}{here}"
