"""What a sentence counts: types of records, instruments, what part of them is watched, and the time it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pactwatch.audit.reading.frame import ACTIVITY
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.sentences import Seen

TRANSFER = "transfer"
TYPE_ORDER = ("agreement", "transfer", "exercise", "training", "dialogue", "policy")


def read_types(hits: Iterable[Hit]) -> tuple[str, ...]:
    """The record types of topics, sorted; activity alone where nothing narrower is told."""
    named = {name for hit in hits for name in hit.payload.get("types", ())}
    narrow = named - {ACTIVITY}
    return tuple(sorted(narrow)) if narrow else tuple(sorted(named))


def read_instruments(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The instruments of topics, where every topic that could have one does."""
    agreements = [hit for hit in hits if {"agreement", "transfer"} & set(hit.payload.get("types", ()))]
    told = [hit.payload.get("instruments", ()) for hit in agreements]
    return tuple(sorted({name for names in told for name in names})) if told and all(told) else ()


def topics_within(seen: Seen, first: int, stop: int) -> list[Hit]:
    """The topics that stand in some words of a sentence."""
    return [hit for hit in seen.hits.get("topic", ()) if first <= hit.i < stop]


def split_feature(seen: Seen, cue: Hit, side: str) -> tuple[str, list[Hit]]:
    """What part is watched, and the topics it is a part of.

    The feature stands ``after`` the cue, ``before`` it, or ``near`` it: behind it where something is told there, else
    between the first topic and the cue; or ``anywhere``: the first thing told that can be a part of something.
    """
    first, stop = seen.sentence.first, seen.sentence.stop
    if side == "anywhere":
        feature = _feature_in(seen, first, stop)
        topics = topics_within(seen, first, stop)
        return feature, [
            hit for hit in topics if feature not in (*hit.payload.get("instruments", ()), *hit.payload.get("types", ()))
        ]
    if side == "before":
        behind, before = topics_within(seen, cue.j, stop), topics_within(seen, first, cue.i)
        named = [hit for hit in seen.hits.get("feature", ()) if hit.i < cue.i]
        return _feature_in(seen, first, cue.i), (before if named else []) or behind
    outer = topics_within(seen, first, cue.i)
    if side == "near":
        return _feature_near(seen, cue, outer)
    if outer:
        return _feature_in(seen, cue.j, stop) or _feature_in(seen, outer[0].j, cue.i), outer
    whole = topics_within(seen, cue.j, stop)[:1]  # "most of its transfers have been vessels": both stand behind the cue
    feature = _feature_in(seen, whole[0].j if whole else cue.j, stop)
    feature = "" if feature in read_types(whole) else feature
    return feature or next((str(category) for i, category in _items(seen) if i >= cue.j), ""), whole


def _feature_near(seen: Seen, cue: Hit, topics: list[Hit]) -> tuple[str, list[Hit]]:
    """The feature of a comparison: told up to the words that name the others, and never in them."""
    bounds = [
        hit.i for group in ("than", "rather_than", "others") for hit in seen.hits.get(group, ()) if hit.i >= cue.j
    ]
    end = min(bounds, default=seen.sentence.stop)
    feature = _feature_in(seen, cue.j, end) or (_feature_in(seen, topics[0].j, cue.i) if topics else "")
    if feature or not topics:
        return feature, topics[:1]
    return _feature_in(seen, topics[0].i, cue.i), []  # "instruction is more prominent here": the topic is the part


def _feature_in(seen: Seen, first: int, stop: int) -> str:
    """The first feature told in some words: one of its own name, else equipment, an instrument or a type of record."""
    for hit in seen.hits.get("feature", ()):
        if first <= hit.i < stop:
            return str(hit.payload["feature"])
    found: list[tuple[int, str]] = [(i, str(category)) for i, category in _items(seen) if first <= i < stop]
    for hit in topics_within(seen, first, stop):
        names = [*hit.payload.get("instruments", ()), *hit.payload.get("types", ())]
        found += [(hit.i, str(names[0]))] if names and names[0] not in (ACTIVITY, "policy") else []
    return min(found, key=lambda one: one[0])[1] if found else ""


def told_things(seen: Seen) -> Iterator[tuple[str, str]]:
    """What a sentence names that can be a part, a step or a figure, with where it stands: first, last, main clause."""
    found = [(hit.i, str(hit.payload["feature"]), "part") for hit in seen.hits.get("feature", ())]
    items = dict(_items(seen))
    found += [(i, str(category), "item") for i, category in items.items()]
    for hit in seen.hits.get("topic", ()):
        instruments = hit.payload.get("instruments", ())
        found += [(hit.i, str(name), "instrument") for name in instruments]
        is_named = bool(instruments) or hit.i in items  # "patrol boats" are vessels, and a transfer only by that
        found += [(hit.i, str(name), "type") for name in hit.payload.get("types", ()) if not is_named]
    figures = [hit for hit in seen.hits.get("figure", ()) if "topic" in hit.payload]
    found += [(hit.i, str(hit.payload["topic"]), "figure") for hit in figures]
    found.sort(key=lambda one: one[0])
    for place, (i, name, sort) in enumerate(found):
        yield name, "told"
        yield name, f"told-{sort}"
        yield name, f"told-{min(place, 2)}"
        if place == len(found) - 1:
            yield name, "told-last"
        if seen.main[0] <= i < seen.main[1]:
            yield name, "told-main"


def ordered_things(seen: Seen) -> Iterator[tuple[str, str]]:
    """What a sentence names as steps: on which side of each word of order, how near to it, and whether that opens."""
    for cue in [hit for hits in seen.hits.values() for hit in hits if "order" in hit.payload]:
        order = f"{cue.payload['order']}{'-opens' if cue.i <= seen.opening else ''}"
        left, right = things_of(seen, seen.sentence.first, cue.i), things_of(seen, cue.j, seen.sentence.stop)
        for side, steps in (("left", left[::-1]), ("right", right)):
            for place, (_, name) in enumerate(steps):
                yield name, f"{side}-{min(place, 2)}-{order}"


def _items(seen: Seen) -> list[tuple[int, str]]:
    starts = seen.tokens.starts
    return [
        (next((i for i in range(seen.sentence.first, seen.sentence.stop) if starts[i] >= item.start), 0), item.category)
        for item in seen.sentence.items
        if str(item.category) != "other"
    ]


def read_categories(seen: Seen) -> tuple[str, ...]:
    """Categories of the equipment that a sentence names."""
    return tuple(sorted({str(category) for _, category in _items(seen)}))


def things_of(seen: Seen, first: int, stop: int) -> list[tuple[int, str]]:
    """Steps named in some words, in order: an instrument where one is named, else a type of record."""
    found = [
        (hit.i, str(names[0]))
        for hit in topics_within(seen, first, stop)
        if (names := [*hit.payload.get("instruments", ()), *hit.payload.get("types", ())]) and names[0] != ACTIVITY
    ]
    found += [(i, TRANSFER) for i, _ in _items(seen) if first <= i < stop and not found]
    return sorted(dict.fromkeys(found))


def merge_payloads(hits: Iterable[Hit], keys: Sequence[str]) -> dict[str, Any]:
    """What hits say under some keys; the first to say it counts."""
    merged: dict[str, Any] = {}
    for hit in hits:
        for key in keys:
            if key in hit.payload:
                merged.setdefault(key, hit.payload[key])
    return merged
