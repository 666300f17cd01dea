"""The level of an exercise, and whether relief is part of an event."""

from __future__ import annotations

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.fields.reading import Reading
from pactwatch.coder.spans import Sentence
from pactwatch.model.codes import Level, RecordType

_LEVELS = frozenset(str(level) for level in Level)
_RELIEF = frozenset({RecordType.EXERCISE, RecordType.TRAINING, RecordType.TRANSFER})
_HADR = "hadr"


def choose_level(reading: Reading) -> str | None:
    """The level the passage tells, else the one told of the same exercise before."""
    c = reading.candidate
    if c.type != RecordType.EXERCISE:
        return None
    if c.group == "portcall" or c.act_word.act == "call":
        reading.note("level", *c.reach)
        return str(Level.PORT_CALL)
    return _cue(reading) or _of_same_name(reading)


def _cue(reading: Reading) -> str | None:
    """The cue nearest to the event that is nearer to no other exercise of the sentence."""
    c = reading.candidate
    rivals = [other for other in reading.beside if other is not c and other.type == c.type]
    cues = [(abs(place - c.anchor), place, cue) for place, cue in c.sentence.cues if cue in _LEVELS]
    for distance, place, cue in sorted(cues):
        if cue == Level.PORT_CALL and c.group == "drill":
            continue
        if any(_apart(other.reach, place) < _apart(c.reach, place) for other in rivals):
            continue
        del distance
        reading.note("level", place, place + 1)
        return cue
    return None


def _apart(reach: tuple[int, int], place: int) -> int:
    return max(reach[0] - place, place - reach[1] + 1, 0)


def _of_same_name(reading: Reading) -> str | None:
    """What another passage says of an exercise of that name."""
    c = reading.candidate
    if c.name is None:
        return None
    for other in reading.near:
        if other is not c and other.name == c.name and other.parties == c.parties:
            for place, cue in other.sentence.cues:
                if cue in _LEVELS and cue != Level.PORT_CALL and abs(place - other.anchor) <= 8:
                    reading.note("level", place, place + 1)
                    return cue
    return None


def is_hadr(reading: Reading) -> bool:
    """Whether disaster relief or humanitarian aid is told as part of the event."""
    c = reading.candidate
    if c.type not in _RELIEF:
        return False
    for sentence in (c.sentence, *_around(reading)):
        for place, cue in sentence.cues:
            if cue == _HADR and (sentence is not c.sentence or _is_near(c, place)):
                reading.note("hadr", place, place + 1)
                return True
    return False


def _is_near(c: Candidate, place: int) -> bool:
    return abs(c.sentence.chunk(place) - c.sentence.chunk(c.anchor)) <= 2


def _around(reading: Reading) -> list[Sentence]:
    """The sentences beside the event's that tell no other event, and those that tell of the same one."""
    c, sentences = reading.candidate, reading.parsed.context.sentences
    busy = {other.sentence.index for other in reading.near if other is not c}
    beside = [n for n in (c.sentence.index - 1, c.sentence.index + 1) if 0 <= n < len(sentences) and n not in busy]
    same = [o.sentence for o in reading.near if o is not c and _is_same(o, c)]
    return [sentences[n] for n in beside] + same


def _is_same(one: Candidate, other: Candidate) -> bool:
    return one.type == other.type and one.parties == other.parties and one.name == other.name
