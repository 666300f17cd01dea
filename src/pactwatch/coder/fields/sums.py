"""The money of an event: an amount of its own sentence that is nearest to it."""

from __future__ import annotations

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.fields.reading import Reading
from pactwatch.model.amounts import Money
from pactwatch.model.codes import RecordType, Stage

_PRICED = frozenset({Stage.CONTRACTED, Stage.AGREED, Stage.DELIVERED, Stage.CANCELLED, Stage.PROPOSED, Stage.REQUESTED})
_SHORT = 10
"""Words of a sentence that leaves its amount to the label before it."""
_LIKELIEST = (Stage.CONTRACTED, Stage.AGREED, Stage.PROPOSED, Stage.REQUESTED, Stage.DELIVERED, Stage.CANCELLED)


def choose_money(reading: Reading) -> Money | None:
    """The amount nearest to the event and not nearer to another event that may have one."""
    c = reading.candidate
    if not _may_have(c):
        return None
    if not c.sentence.money:
        return _of_label(reading)
    rivals = [other for other in reading.beside if other is not c and _may_have(other)]
    best: tuple[int, int] | None = None
    for number, span in enumerate(c.sentence.money):
        if not reading.is_in_reach(span.start):
            continue
        place = reading.words_at(span.start, span.end)
        own = _apart(c, place)
        if any(_apart(other, place) < own for other in rivals):
            continue
        best = min(best, (own, number)) if best is not None else (own, number)
    if best is None:
        return None
    span = c.sentence.money[best[1]]
    reading.note_characters("money", span.start, span.end)
    return span.money


def _of_label(reading: Reading) -> Money | None:
    """The one amount of a label before a short sentence (``Two radars, $9m. Signed in May.``)."""
    sentence, sentences = reading.sentence, reading.parsed.context.sentences
    if sentence.index == 0 or sentence.stop - sentence.first > _SHORT:
        return None
    before = sentences[sentence.index - 1]
    is_label = before.stop - before.first <= 2 * _SHORT and not any(o.sentence is before for o in reading.near)
    if not is_label or len(before.money) != 1 or len(before.acts) > 0:
        return None
    span = before.money[0]
    reading.note_characters("money", span.start, span.end)
    return span.money


def _may_have(c: Candidate) -> bool:
    if c.type == RecordType.TRANSFER:
        return c.stage in _PRICED
    return c.type == RecordType.POLICY or (c.type == RecordType.TRAINING and c.group in {"grant", "notes"})


def _apart(c: Candidate, place: tuple[int, int]) -> int:
    """Words between an event and an amount; a chunk counts as several, an unlikely stage as well."""
    first, stop = c.reach if c.act is not None or c.noun_at is not None else (c.anchor, c.anchor + 1)
    words = max(first - place[1], place[0] - stop, 0)
    chunks = abs(c.sentence.chunk(place[0]) - c.sentence.chunk(c.anchor))
    unlikely = _LIKELIEST.index(c.stage) if c.type == RecordType.TRANSFER else 0
    return words + 3 * chunks + 4 * unlikely
