"""The legal form of an event: of its own noun, else of what the document told of the same parties."""

from __future__ import annotations

from collections.abc import Iterator

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.fields.reading import Reading
from pactwatch.coder.lexicon import NounWord
from pactwatch.coder.spans import NounSpan, Sentence
from pactwatch.model.codes import Instrument, RecordType, Stage

_GRANTS = frozenset({Instrument.OSA, Instrument.ODA})
_PAPERS = frozenset({Instrument.MOU, Instrument.LOI})
_VAGUE = frozenset({None, Instrument.OTHER})
_GIVEN = frozenset({Stage.AGREED, Stage.CONTRACTED, Stage.DELIVERED, Stage.PROPOSED, Stage.REQUESTED})
_FARTHEST_SENTENCES = 3
_ABOUT_WORDS = 9
_GRANT_SENTENCES = 20


def choose_instrument(reading: Reading) -> str | None:
    """The instrument; only agreements and transfers have one."""
    if reading.candidate.type == RecordType.AGREEMENT:
        return _of_agreement(reading)
    if reading.candidate.type == RecordType.TRANSFER:
        return _of_transfer(reading)
    return None


def _of_agreement(reading: Reading) -> str:
    c = reading.candidate
    if c.instrument not in _VAGUE and c.noun_at is not None:
        reading.note("instrument", *c.noun_at)
        return str(c.instrument)
    if (about := _about(reading)) is not None:
        return about
    if c.noun_at is None or c.is_weak or c.instrument is None:
        found = _beside(reading) or _told_before(reading)
        if found is not None:
            return found
    if c.noun_at is not None and c.instrument is not None:
        reading.note("instrument", *c.noun_at)
    return str(Instrument.OTHER)


def _about(reading: Reading) -> str | None:
    """The kind that what the pact is about tells: an agreement on the protection of secrets."""
    c = reading.candidate
    if c.noun_at is None:
        return None
    tokens, stop = reading.parsed.tokens, c.noun_at[1]
    last = min(stop + _ABOUT_WORDS, c.sentence.stop)
    for other in reading.beside:
        if other is not c and other.noun_at is not None and stop <= other.noun_at[0] < last:
            last = other.noun_at[0]
    for i in range(max(c.sentence.first, c.noun_at[0] - 4), last):
        for length in (2, 1, 3):
            kind = reading.words.kinds.get(" ".join(tokens.words[i : i + length]))
            if kind is not None and i + length <= last:
                reading.note("instrument", i, i + length)
                return kind
    return None


def _beside(reading: Reading) -> str | None:
    """A form told in the same sentence that no other event of the sentence is about."""
    c = reading.candidate
    taken = {other.noun_at for other in reading.beside if other is not c}
    found = [
        (abs(noun.i - c.anchor), noun, word)
        for noun, word in _forms(c.sentence)
        if (noun.i, noun.j) not in taken and word.instrument not in _GRANTS
    ]
    if not found:
        return None
    _, noun, word = min(found, key=lambda one: one[0])
    reading.note("instrument", noun.i, noun.j)
    return word.instrument


def _forms(sentence: Sentence) -> Iterator[tuple[NounSpan, NounWord]]:
    """The nouns of a sentence that name a form of their own."""
    for noun in sentence.nouns:
        for word in noun.words:
            if word.instrument not in _VAGUE and not word.is_weak:
                yield noun, word
                break


def _told_before(reading: Reading) -> str | None:
    """The form of the nearest earlier pact of the same parties, else the one named in the sentences just before."""
    c = reading.candidate
    for other in reading.earlier():
        if other.type == c.type and other.parties == c.parties and _is_told(other) and other.noun_at is not None:
            reading.note("instrument", *other.noun_at)
            return other.instrument
    sentences = reading.parsed.context.sentences
    for index in range(c.sentence.index - 1, max(-1, c.sentence.index - 1 - _FARTHEST_SENTENCES), -1):
        for noun, word in _forms(sentences[index]):
            if word.instrument not in _GRANTS:
                reading.note("instrument", noun.i, noun.j)
                return word.instrument
    return None


def _is_told(c: Candidate) -> bool:
    return c.instrument not in _VAGUE and not c.is_weak


def _of_transfer(reading: Reading) -> str | None:
    c = reading.candidate
    if c.stage in _GIVEN and (grant := _grant(reading)) is not None:
        return grant
    if c.stage == Stage.AGREED:
        for noun, word in _forms(c.sentence):
            if word.instrument in _PAPERS:
                reading.note("instrument", noun.i, noun.j)
                return word.instrument
    if c.stage == Stage.CONTRACTED:
        return _contract(reading)
    return None


def _contract(reading: Reading) -> str | None:
    """A contract where the event is the contract's own, or where its sentence speaks of one."""
    c = reading.candidate
    if c.group == "contract" and c.noun_at is not None:
        reading.note("instrument", *c.noun_at)
        return str(Instrument.CONTRACT)
    if c.act is not None and c.act_word.lemma in reading.words["instrument.contracting"]:
        reading.note("instrument", c.act.i, c.act.j)
        return str(Instrument.CONTRACT)
    for noun in c.sentence.nouns:
        if any(word.group == "contract" and not word.is_weak for word in noun.words):
            reading.note("instrument", noun.i, noun.j)
            return str(Instrument.CONTRACT)
    return None


def _grant(reading: Reading) -> str | None:
    """Official assistance named in the sentence, or with another passage on the same gift."""
    c = reading.candidate
    places = [c.sentence]
    if c.group in {"notes", "grant"}:
        sentences = reading.parsed.context.sentences
        places += [
            sentences[n] for n in range(c.sentence.index - 1, max(-1, c.sentence.index - 1 - _GRANT_SENTENCES), -1)
        ]
        places += sentences[c.sentence.index + 1 : c.sentence.index + 3]
    if c.stage in {Stage.DELIVERED, Stage.CONTRACTED, Stage.AGREED}:
        places += [o.sentence for o in reading.near if o.type == c.type and o.parties == c.parties]
    for sentence in places:
        for noun, word in _forms(sentence):
            if word.group == "grant" and word.instrument in _GRANTS:
                reading.note("instrument", noun.i, noun.j)
                return word.instrument
    return None
