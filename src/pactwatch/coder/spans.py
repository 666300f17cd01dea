"""What stands in one sentence: actors, acts, nouns, anaphors, cues, dates, money, items, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from pactwatch.coder.dates import DatedLine, DateSpan
from pactwatch.coder.gazetteer import ActorWord, ExerciseWord
from pactwatch.coder.items import ItemSpan
from pactwatch.coder.lexicon import ActWord, Lexicon, NounWord
from pactwatch.coder.money import MoneySpan
from pactwatch.coder.person_names import is_behind_title, is_in_person_name
from pactwatch.coder.phrases import Hit
from pactwatch.coder.tokens import Tokens

MARKS = frozenset(',;:()-\u2014"')
"""Marks that set chunks of a sentence apart."""


@dataclass(slots=True)
class ActorSpan:
    """A name of one or more actors in words ``i`` to ``j``.

    ``shared``: what it may mean, where the document has to say which, or whether it names an actor at all;
    ``is_titled``: an office or form of address stands before it.
    """

    i: int
    j: int
    codes: tuple[str, ...]
    surface: str
    label: str
    is_weak: bool = False
    shared: tuple[ActorWord, ...] = ()
    is_titled: bool = False


@dataclass(slots=True)
class ActSpan:
    """A word that may tell a step; ``words`` are its possible meanings."""

    i: int
    j: int
    words: tuple[ActWord, ...]
    is_verb: bool = False

    def __post_init__(self) -> None:
        """Whether any of its meanings is a verb's."""
        self.is_verb = any(word.form != "noun" for word in self.words)


@dataclass(slots=True)
class NounSpan:
    """A word for what an act is done to."""

    i: int
    j: int
    words: tuple[NounWord, ...]
    exercise: ExerciseWord | None = None


@dataclass(slots=True)
class AnaphorSpan:
    """A word that stands for actors told before."""

    i: int
    j: int
    count: int


@dataclass(slots=True)
class Sentence:
    """One sentence with its spans; word positions count within the document."""

    index: int
    first: int
    stop: int
    start: int
    end: int
    actors: list[ActorSpan] = field(default_factory=list)
    places: list[ActorSpan] = field(default_factory=list)
    acts: list[ActSpan] = field(default_factory=list)
    nouns: list[NounSpan] = field(default_factory=list)
    anaphors: list[AnaphorSpan] = field(default_factory=list)
    cues: list[tuple[int, str]] = field(default_factory=list)
    surnames: list[str] = field(default_factory=list)
    chunks: list[int] = field(default_factory=list)
    dates: list[DateSpan] = field(default_factory=list)
    money: list[MoneySpan] = field(default_factory=list)
    items: list[ItemSpan] = field(default_factory=list)
    line: DatedLine | None = None

    def chunk(self, i: int) -> int:
        """The chunk (stretch between marks and joining words) that word ``i`` of the document stands in."""
        chunks, place = self.chunks, i - self.first
        if place < 0:
            return chunks[0]
        return chunks[place] if place < len(chunks) else chunks[-1]


def scan_sentence(
    tokens: Tokens, index: int, bounds: tuple[int, int], lexicon: Lexicon, dividers: frozenset[str]
) -> Sentence:
    """Look a sentence's words up in the lexicon; ``dividers`` are the words and marks that set chunks apart."""
    first, stop = bounds
    sentence = Sentence(index, first, stop, tokens.starts[first], tokens.ends[stop - 1])
    for hit in lexicon.terms.find(tokens, first, stop):
        _sort_in(sentence, hit, tokens, lexicon)
    sentence.cues = [
        (hit.i, reading.value) for hit in lexicon.cues.find(tokens, first, stop) for reading in hit.readings
    ]
    divides = map(dividers.__contains__, tokens.words[first:stop])
    sentence.chunks = list(accumulate(divides, initial=0))[1:]
    return sentence


_PLACES = frozenset({"state", "capital", "place"})
"""Kinds of names that people bear too."""


def _sort_in(sentence: Sentence, hit: Hit, tokens: Tokens, lexicon: Lexicon) -> None:
    by_kind = hit.by_kind
    if "exercise" in by_kind:
        word: ExerciseWord = by_kind["exercise"][0]
        if not word.needs_context or _has_beside(tokens, hit, lexicon.drill_words):
            sentence.nouns.append(NounSpan(hit.i, hit.j, (NounWord("drill", "<name>"),), word))
            return
    if "act" in by_kind:
        sentence.acts.append(ActSpan(hit.i, hit.j, by_kind["act"]))
    if "noun" in by_kind:
        sentence.nouns.append(NounSpan(hit.i, hit.j, by_kind["noun"]))
    if "anaphor" in by_kind:
        sentence.anaphors.append(AnaphorSpan(hit.i, hit.j, by_kind["anaphor"][0].count))
    if "mask" in by_kind:
        return
    actors, words = by_kind.get("actor", ()), by_kind.get("place", ())
    named = actors or words
    is_place = bool(named) and hit.j == hit.i + 1 and named[0].surface in _PLACES
    if is_place and is_in_person_name(tokens, hit.i, sentence.first, lexicon.ranks):
        sentence.surnames.append(named[0].label)
        return
    if actors:
        _add_actor(sentence, hit, actors, tokens, lexicon)
    elif words:
        sentence.places.append(ActorSpan(hit.i, hit.j, words[0].codes, "place", words[0].label))


def _has_beside(tokens: Tokens, hit: Hit, words: frozenset[str]) -> bool:
    near = tokens.words[max(0, hit.i - 3) : hit.i] + tokens.words[hit.j : hit.j + 3]
    return any(word in words for word in near)


def _add_actor(sentence: Sentence, hit: Hit, words: tuple[ActorWord, ...], tokens: Tokens, lexicon: Lexicon) -> None:
    word = words[0]
    surface = word.surface
    if surface == "ship_prefix?":
        if hit.j >= len(tokens.words) or not tokens.is_capital(hit.j):
            return
        surface = "ship_prefix"
    span = ActorSpan(hit.i, hit.j, word.codes, surface, word.label, word.is_weak)
    if word.is_surname or len({one.codes for one in words}) > 1:
        span.shared = words
        span.is_titled = is_behind_title(tokens, hit.i, sentence.first, lexicon.titles)
    sentence.actors.append(span)
