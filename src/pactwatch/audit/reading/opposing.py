"""Who is set against whom: the actors that a shift leads away from, or that a comparison is made with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pactwatch.audit.reading.actors import Cast, Memory, read_region
from pactwatch.audit.reading.frame import BASELINE, OTHERS, PARTNERS
from pactwatch.audit.reading.picking import RULE, Option, make_options
from pactwatch.audit.reading.sentences import Seen

_ALL_ASEAN = "ASEAN"
_GROUPS = (OTHERS, BASELINE, PARTNERS)
_MOST_SHOWN = 2
_MOST_TOGETHER = 5
"""Actors named one after the other who may be set against somebody together."""
_CUES = ("rather_than", "than", "at_cost", "others", "longstanding")
_BACK = 2
"""Sentences naming actors that are looked back for them."""


def against_options(seen: Seen, kind: str, focus: str, cast: Cast, memory: Memory) -> list[Option]:
    """Who may be set against those whom a claim is about: nobody, a group, or neighbouring names of the sentence."""
    told: dict[tuple[str, ...], list[str]] = {(): ["nobody"], (OTHERS,): [], (BASELINE,): [], (PARTNERS,): []}
    rows = _names(seen, focus)
    for codes, features in _together(seen, rows):
        told.setdefault(codes, []).extend(features)
    for codes, feature in _elsewhere(seen, memory, focus):
        told.setdefault(codes, []).append(feature)
    if cast.against:
        told.setdefault(cast.against, []).append(RULE)
    for codes, features in told.items():
        features += [f"size{min(len(codes), 3)}", *(code for code in codes if code in _GROUPS)]
    cues = [group for group in _CUES if seen.has(group)]
    return make_options(told, [kind, f"names{min(len(rows), 3)}", *cues])


def _names(seen: Seen, focus: str) -> list[tuple[int, str, str]]:
    """The actors of a sentence but the focus, each once: where it stands, who it is, and the word before."""
    words, first = seen.tokens.words, seen.sentence.first
    found: dict[str, tuple[int, str, str]] = {}
    for hit in seen.hits.get("actor", ()):
        before = hit.i - 1 if hit.i - 1 > first and words[hit.i - 1] == "the" else hit.i
        for code in hit.payload["codes"]:
            if code != focus:
                shown = PARTNERS if code == _ALL_ASEAN else code
                found.setdefault(shown, (hit.i, shown, words[before - 1] if before > first else "^"))
    return sorted(found.values())


def _together(seen: Seen, rows: Sequence[tuple[int, str, str]]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Neighbouring names, and how they stand: behind which word, on which side of each cue, first, last or all."""
    cues = [(group, hit.i) for group in _CUES for hit in seen.hits.get(group, ())]
    for start in range(len(rows)):
        for stop in range(start + 1, min(start + _MOST_TOGETHER, len(rows)) + 1):
            part = rows[start:stop]
            features = [f"behind:{part[0][2]}", f"place{min(start, _MOST_SHOWN)}"]
            features += [f"leads:{rows[start - 1][2]}"] if start else []
            features += [f"joined:{one[2]}" for one in part[1:]]
            features += [f"next:{rows[stop][2]}"] if stop < len(rows) else ["last"]
            features += [f"{_side(part, place)}:{group}" for group, place in cues]
            yield tuple(sorted({code for _, code, _ in part})), features


def _side(part: Sequence[tuple[int, str, str]], place: int) -> str:
    return "right" if part[0][0] >= place else "left" if part[-1][0] < place else "astride"


def _elsewhere(seen: Seen, memory: Memory, focus: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Those whom the sentences before and the title name, and the region."""
    for back, _, said in memory.before("named", _BACK):
        yield from _others_of(said.named, focus, f"before-{back}")
        yield from _others_of(said.named[-1:], focus, f"before-{back}-end")
    yield from _others_of(memory.title, focus, "title")
    if region := read_region(seen, memory):
        yield tuple(region), "region"


def _others_of(codes: Iterable[str], focus: str, feature: str) -> Iterator[tuple[tuple[str, ...], str]]:
    chosen = tuple(sorted({PARTNERS if code == _ALL_ASEAN else code for code in codes if code != focus}))
    if chosen:
        yield chosen, feature
