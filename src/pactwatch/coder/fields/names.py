"""Names: of exercises without the year, of papers and laws, of agreements that have a proper name of their own."""

from __future__ import annotations

from collections.abc import Iterator

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.fields.capitals import capital_run, count_capitals, without_actors
from pactwatch.coder.fields.reading import Reading
from pactwatch.coder.spans import NounSpan, Sentence
from pactwatch.model.codes import Instrument, RecordType

_PAPERS = frozenset({"policy", "law", "budget"})
_OWN_NAME = frozenset({Instrument.TREATY, Instrument.OTHER, Instrument.JOINT_STATEMENT})
_SENTENCES_BACK = 4
_FIRST_SENTENCES = 40
"""Where a text gives a name in full before it uses its short form."""


def choose_name(reading: Reading) -> str | None:
    """The name of an exercise, a paper or an agreement."""
    kind = reading.candidate.type
    found: tuple[int, int] | None = None
    if kind == RecordType.EXERCISE:
        found = _exercise(reading)
    elif kind == RecordType.POLICY:
        found = _paper(reading)
    elif kind == RecordType.AGREEMENT:
        found = _agreement(reading)
    return reading.note("name", *found) if found is not None else None


def _exercise(reading: Reading) -> tuple[int, int] | None:
    c = reading.candidate
    if c.group == "portcall" or c.act_word.act == "call":
        return None
    named = list(_named_drills(reading, c.sentence))
    if c.name is not None and c.noun_at is not None:
        return _fullest(reading, c.name, c.noun_at)
    taken = {other.noun_at for other in reading.beside if other is not c}
    free = [noun for noun in named if (noun.i, noun.j) not in taken]
    if free:
        noun = min(free, key=lambda one: abs(one.i - c.anchor))
        return noun.i, noun.j
    return _drill_run(reading, c) or _same_drill(reading, c)


def _named_drills(reading: Reading, sentence: Sentence) -> Iterator[NounSpan]:
    del reading
    return (noun for noun in sentence.nouns if noun.exercise is not None)


def _fullest(reading: Reading, name: str, at: tuple[int, int]) -> tuple[int, int]:
    """Where the document gives the series' name in full: its short form in capitals may stand alone later."""
    tokens = reading.parsed.tokens
    if not tokens.shown(*at).isupper():
        return at
    for sentence in reading.parsed.context.sentences[:_FIRST_SENTENCES]:
        for noun in sentence.nouns:
            if noun.exercise is not None and noun.exercise.name == name and noun.j - noun.i > at[1] - at[0]:
                return noun.i, noun.j
    return at


def _drill_run(reading: Reading, c: Candidate) -> tuple[int, int] | None:
    """Capitalised words beside the noun: ``Exercise Iron Fox``, ``an exercise called Iron Fox``."""
    tokens, sentence = reading.parsed.tokens, c.sentence
    if c.noun_at is None or c.group != "drill":
        return None
    first, stop = c.noun_at
    if stop - first >= 3 and all(tokens.is_capital(i) for i in range(first, stop)):
        return first, stop
    for at in _starts(reading, stop):
        run = _forward(reading, at)
        if run is not None:
            return run
    run = without_actors(sentence, _back(reading, first), c.noun_at)
    run = _without_words(reading, run[0], first)
    if run[1] - run[0] >= 1 and count_capitals(tokens, run) >= 1 and run[0] > sentence.first:
        return run
    return None


def _starts(reading: Reading, stop: int) -> Iterator[int]:
    """Where a name may begin after the noun: at once, after a quotation mark or comma, after *called*."""
    tokens, last = reading.parsed.tokens, reading.sentence.stop
    yield stop
    if stop + 1 < last and tokens.words[stop] in {'"', "'", ","}:
        yield stop + 1 + (tokens.words[stop + 1] in {'"', "'"})
    for at in range(stop, min(stop + 4, last - 1)):
        if tokens.words[at] in reading.words["name.naming"]:
            yield at + 1 + (tokens.words[at + 1] in {'"', "'"})


def _forward(reading: Reading, at: int) -> tuple[int, int] | None:
    tokens, sentence = reading.parsed.tokens, reading.sentence
    stop, actors = at, {i for actor in sentence.actors for i in range(actor.i, actor.j)}
    while stop < sentence.stop and stop - at < 5 and stop not in actors and _is_name_word(reading, stop):
        if stop > at and tokens.starts[stop] - tokens.ends[stop - 1] > 2:
            break
        stop += 1
    return _without_words(reading, at, stop) if stop > at else None


def _back(reading: Reading, first: int) -> tuple[int, int]:
    begin = first
    while begin > reading.sentence.first and first - begin < 4 and _is_name_word(reading, begin - 1):
        begin -= 1
    return begin, first


def _is_name_word(reading: Reading, i: int) -> bool:
    tokens = reading.parsed.tokens
    return tokens.is_capital(i) and tokens.words[i][0].isalpha()


def _without_words(reading: Reading, first: int, stop: int) -> tuple[int, int]:
    """A run without words that only say what it is."""
    words, apart = reading.parsed.tokens.words, reading.words["name.nouns_apart"]
    while first < stop and (words[first] in apart or words[first] in reading.words["name.articles"]):
        first += 1
    while stop > first and words[stop - 1] in apart:
        stop -= 1
    return first, stop


def _same_drill(reading: Reading, c: Candidate) -> tuple[int, int] | None:
    """The name of the exercise told last, where the passage has none of its own and speaks of it again."""
    if not c.lemma.startswith("<") and (c.noun_at is None or not _is_definite(reading, c.noun_at[0])):
        return None
    for back in range(c.sentence.index - 1, max(-1, c.sentence.index - 1 - _SENTENCES_BACK), -1):
        named = list(_named_drills(reading, reading.parsed.context.sentences[back]))
        if named:
            return named[-1].i, named[-1].j
    return None


def _is_definite(reading: Reading, i: int) -> bool:
    words, first = reading.parsed.tokens.words, reading.sentence.first
    return any(word in reading.words["name.definite"] for word in words[max(first, i - 3) : i])


def _paper(reading: Reading) -> tuple[int, int] | None:
    c = reading.candidate
    if c.noun_at is not None:
        found = _proper(reading, c.sentence, c.noun_at)
        if found is not None:
            return found
    taken = {other.noun_at for other in reading.beside if other is not c}
    for noun in sorted(c.sentence.nouns, key=lambda one: abs(one.i - c.anchor)):
        if (noun.i, noun.j) not in taken and any(word.group in _PAPERS for word in noun.words):
            found = _proper(reading, c.sentence, (noun.i, noun.j))
            if found is not None:
                return found
    if c.group == "budget" or (c.noun_at is not None and not _is_definite(reading, c.noun_at[0])):
        return None
    return _paper_before(reading, c)


def _paper_before(reading: Reading, c: Candidate) -> tuple[int, int] | None:
    for back in range(c.sentence.index - 1, max(-1, c.sentence.index - 1 - _SENTENCES_BACK), -1):
        sentence = reading.parsed.context.sentences[back]
        for noun in reversed(sentence.nouns):
            if any(word.group in _PAPERS for word in noun.words):
                found = _proper(reading, sentence, (noun.i, noun.j))
                if found is not None:
                    return found
    return None


def _proper(reading: Reading, sentence: Sentence, at: tuple[int, int]) -> tuple[int, int] | None:
    """The proper name a noun stands in: several capitalised words, in a sentence that is not all capitals."""
    tokens = reading.parsed.tokens
    if not tokens.is_capital(at[0]) or not tokens.is_capital(at[1] - 1):
        return None
    run = without_actors(sentence, capital_run(tokens, sentence, at, reading.words), at)
    run = _numbered(reading, sentence, _trimmed(reading, sentence, run, at))
    if count_capitals(tokens, run) < 2 or tokens.shown(sentence.first, sentence.stop).isupper():
        return None
    return run


def _trimmed(reading: Reading, sentence: Sentence, run: tuple[int, int], kept: tuple[int, int]) -> tuple[int, int]:
    """Without an article before the name, and without a date or anything after the name's end."""
    tokens, (first, stop) = reading.parsed.tokens, run
    while first < kept[0] and tokens.words[first] in reading.words["name.articles"]:
        first += 1
    for date in sentence.dates:
        if tokens.ends[kept[1] - 1] <= date.start < tokens.ends[stop - 1]:
            while stop > kept[1] and tokens.ends[stop - 1] > date.start:
                stop -= 1
    while stop > kept[1] and tokens.words[stop - 1] in reading.words["name.inner"]:
        stop -= 1
    return first, stop


def _numbered(reading: Reading, sentence: Sentence, run: tuple[int, int]) -> tuple[int, int]:
    """With a version behind the name (``Vision 2.0``); a year is none."""
    tokens, (first, stop) = reading.parsed.tokens, run
    if stop < sentence.stop and tokens.words[stop][0].isdigit() and len(tokens.words[stop]) <= 3:
        is_version = "." in tokens.words[stop] and tokens.starts[stop] - tokens.ends[stop - 1] == 1
        return first, stop + is_version
    return run


def _agreement(reading: Reading) -> tuple[int, int] | None:
    """An agreement's own name; the names of the common kinds are kinds, not names."""
    c = reading.candidate
    if c.noun_at is None or c.lemma.startswith("<"):
        return None
    tokens = reading.parsed.tokens
    if c.instrument not in _OWN_NAME:
        return None
    if not tokens.is_capital(c.noun_at[0]):
        return _called(reading, c.noun_at)
    shown = tokens.shown(*c.noun_at)
    if shown.isupper() and len(shown) >= 4 and c.noun_at[1] - c.noun_at[0] == 1:
        return c.noun_at
    return _proper(reading, c.sentence, c.noun_at)


def _called(reading: Reading, at: tuple[int, int]) -> tuple[int, int] | None:
    """A small noun with its own name before it: ``the Greenhill treaty``."""
    tokens, sentence = reading.parsed.tokens, reading.sentence
    first = at[0] - 1
    actors = {i for actor in [*sentence.actors, *sentence.places] for i in range(actor.i, actor.j)}
    if first <= sentence.first or first in actors or not _is_name_word(reading, first):
        return None
    if tokens.starts[at[0]] - tokens.ends[first] != 1 or tokens.words[first - 1] not in reading.words["name.articles"]:
        return None
    return first, at[1]
