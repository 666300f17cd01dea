"""The things a transfer is about: of its own noun, of its sentence, else of where the same transfer was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.fields.reading import Reading
from pactwatch.coder.items import ItemSpan
from pactwatch.model.codes import RecordType

_PACKAGES = frozenset({"notes", "grant"})
_LIST_GAP = 4
"""Words between two things of one list, their number and joining words."""


def choose_items(reading: Reading) -> list[ItemSpan]:
    """The things; a general word ("the ships") takes its name from the thing told before."""
    if reading.candidate.type != RecordType.TRANSFER:
        return []
    own = _own_list(reading)
    if any(not item.is_generic for item in own):
        own = [item for item in own if not item.is_generic]
    else:
        own = _named_elsewhere(reading, own)
    for item in own:
        reading.note_characters("items", item.name_start, item.name_end)
    return own


def _own_list(reading: Reading) -> list[ItemSpan]:
    """The thing of the candidate, or the one nearest to it, with those listed beside it."""
    c, sentence = reading.candidate, reading.sentence
    items = [item for item in sentence.items if reading.is_in_reach(item.start)]
    if not items:
        return []
    places = [reading.words_at(item.start, item.end) for item in items]
    taken = {other.noun_at for other in reading.beside if other is not c and other.type == c.type}
    at = next((n for n, place in enumerate(places) if c.noun_at is not None and _touches(place, c.noun_at)), None)
    if at is None or items[at].is_generic:
        at = _nearest(c, items, places, taken, at)
    if at is None:
        return []
    first = stop = at
    while first > 0 and _is_listed(reading, places[first - 1], places[first], taken):
        first -= 1
    while stop + 1 < len(places) and _is_listed(reading, places[stop], places[stop + 1], taken):
        stop += 1
    if c.group in _PACKAGES and sum(other.type == c.type for other in reading.beside) == 1:
        first, stop = 0, len(places) - 1
    return [items[n] for n in _without_second_names(reading, at, first, stop, places)]


def _touches(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return place[0] < other[1] and other[0] < place[1]


def _nearest(
    c: Candidate,
    items: Sequence[ItemSpan],
    places: Sequence[tuple[int, int]],
    taken: set[tuple[int, int] | None],
    default: int | None,
) -> int | None:
    """The nearest thing no other event of the sentence is about; particular things before general ones."""
    free = [n for n, place in enumerate(places) if place not in taken and not items[n].is_generic]
    if not free:
        return default if default is not None else min(range(len(places)), key=lambda n: abs(places[n][0] - c.anchor))
    return min(free, key=lambda n: (abs(places[n][0] - c.anchor), n))


def _is_listed(
    reading: Reading, one: tuple[int, int], other: tuple[int, int], taken: set[tuple[int, int] | None]
) -> bool:
    """Whether two things stand in one list, with no act and no thing of another event between."""
    if one in taken or other in taken or other[0] - one[1] > _LIST_GAP:
        return False
    words = reading.parsed.tokens.words[one[1] : other[0]]
    if not any(word in reading.words["items.joining"] for word in words):
        return False
    return not any(one[1] <= act.i < other[0] for act in reading.sentence.acts)


def _without_second_names(
    reading: Reading, at: int, first: int, stop: int, places: Sequence[tuple[int, int]]
) -> list[int]:
    """The things of a list without those that only name its first thing again, set off by commas."""
    words, listing = reading.parsed.tokens.words, reading.words["items.listing"]
    items = [item for item in reading.sentence.items if reading.is_in_reach(item.start)]
    between = [words[places[n][1] : places[n + 1][0]] for n in range(first, stop)]
    if any(word in listing for gap in between for word in gap):
        return list(range(first, stop + 1))
    return [n for n in range(first, stop + 1) if n == at or items[n].category != items[at].category]


def _named_elsewhere(reading: Reading, own: list[ItemSpan]) -> list[ItemSpan]:
    """Particular things of the same kind told of the same parties, else told just before."""
    found = _told_with_same(reading) or _just_before(reading)
    if not own:
        return found
    general = own[0]
    alike = [item for item in found if item.category == general.category]
    if not alike:
        return found if found and general.category == "other" else own
    if general.quantity is None:
        return alike
    return [replace(alike[0], quantity=general.quantity)]


def _told_with_same(reading: Reading) -> list[ItemSpan]:
    c = reading.candidate
    near = [o for o in reading.near if o is not c and o.type == c.type and o.parties == c.parties]
    near.sort(key=lambda other: (other.anchor > c.anchor, abs(other.anchor - c.anchor)))
    for other in near:
        if other.sentence is not c.sentence:
            items = _particular(_own_list(_read_for(reading, other)))
            if items:
                return items
    return []


def _read_for(reading: Reading, candidate: Candidate) -> Reading:
    """The same document read for another of its events, with notes of its own."""
    return replace(reading, candidate=candidate, spans={})


def _particular(items: Sequence[ItemSpan]) -> list[ItemSpan]:
    return [item for item in items if not item.is_generic]


def _just_before(reading: Reading) -> list[ItemSpan]:
    sentences, index = reading.parsed.context.sentences, reading.sentence.index
    for back in range(index - 1, max(-1, index - 4), -1):
        items = _particular(sentences[back].items)
        if items:
            last = items[-1]
            return [item for item in items if item.category == last.category or item.quantity is not None] or [last]
    if index + 1 < len(sentences):
        return _particular(sentences[index + 1].items)[:1]
    return []
