"""Which instruments a claim is about: those named, those taken up from before, or none; fitted weights pick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pactwatch.audit.reading.actors import Memory
from pactwatch.audit.reading.frame import INSTRUMENTS
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.picking import RULE, Option, make_options, with_words
from pactwatch.audit.reading.sentences import Seen

_MOST_SHOWN = 2
_TAKING_UP = ("takes_up", "anaphor", "others")


def instrument_options(
    seen: Seen, kind: str, rule: tuple[str, ...], memory: Memory, words: Sequence[str]
) -> list[Option]:
    """The instruments that may be meant: none, those named here or before, and each by itself if words speak for it."""
    topics = seen.hits.get("topic", ())
    told: dict[tuple[str, ...], list[str]] = {(): ["nothing"]} | {(name,): [] for name in INSTRUMENTS}
    for names, reason in (*_named(topics), *_before(memory)):
        told.setdefault(names, []).append(reason)
    if rule:
        told.setdefault(rule, []).append(RULE)
    named = {name for hit in topics for name in hit.payload.get("instruments", ())}
    shared = [kind, f"names{min(len(named), _MOST_SHOWN)}", *(one for one in _TAKING_UP if seen.has(one))]
    for names, reasons in told.items():
        reasons.extend((f"size{min(len(names), _MOST_SHOWN)}", *names))
        if names and not named & set(names):
            reasons.append("unnamed")
    return with_words(make_options(told, shared), words)


def _named(topics: Sequence[Hit]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The instruments that a sentence names, together and each."""
    every = tuple(sorted({str(name) for hit in topics for name in hit.payload.get("instruments", ())}))
    if every:
        yield every, "all"
    for place, name in enumerate(every):
        yield (name,), f"named-{min(place, _MOST_SHOWN)}"


def _before(memory: Memory) -> Iterator[tuple[tuple[str, ...], str]]:
    """Those named in the sentences before, the last first."""
    for back, here, said in memory.before():
        if said.instruments:
            yield said.instruments, f"before-{back}{here}"
    if memory.instruments:
        yield memory.instruments, "last-told"
