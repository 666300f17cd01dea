"""What coded documents teach the network: in each window which words tell an event, how, and who takes part.

The network learns it beside the audit's lessons, so that one reading serves both. The questions it learns by are thrown
away afterwards: ``fit_senses.py`` fits those that ship.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).parent))

import torch  # type: ignore[import-not-found,unused-ignore]

from encoder_network import UNITS, Tensor, Tensors, pad_pieces, quickly, read_pieces
from fit_coder import EXTRA_WEIGHT, read_coded
from fit_senses import AT_ONCE, drop_hopeless, fit
from pactwatch.casebook import find_casebook
from pactwatch.coder.coded import Coded
from pactwatch.coder.grammar import Grammar, open_lexicon
from pactwatch.coder.network_coder import lay_out, place_words
from pactwatch.encoder import Line, lay_windows
from pactwatch.encoder.wordpieces import Wordpieces
from senses_network import Asked, EventModule, PartyModule, Study, find_loss, study

T = TypeVar("T")
BENCH = Path(__file__).parent
DROPPED = 0.2
"""The share of numbers that the questions do without while they learn."""
TAUGHT = "coded"
"""The folder of coded reports; whole articles are those of the audit that were coded as well."""


@dataclass(frozen=True)
class WordLesson:
    """A window's pieces, those of each word of it, and what is to be learnt of these."""

    pieces: tuple[int, ...]
    words: tuple[tuple[int, ...], ...]
    study: Study


def read_taught(articles: Sequence[Path]) -> list[Coded]:
    """The coded documents that the network may learn from, with the candidates that the shipped gates let through."""
    grammar = Grammar(open_lexicon(find_casebook("japan-asean")))
    reports = sorted((BENCH / TAUGHT).glob("*.jsonl"))
    documents = [one for path in reports for one in read_coded(path, grammar, EXTRA_WEIGHT)]
    documents += [one for path in articles for one in read_coded(path, grammar, EXTRA_WEIGHT, is_article=True)]
    drop_hopeless(documents)
    return documents


def make_word_lessons(
    documents: Sequence[Coded], vocabulary: Wordpieces, known: Sequence[str] = ()
) -> list[WordLesson]:
    """The lessons of some documents, window by window; those that ask nothing are left out.

    Outcomes that are ``known`` keep their numbers, others get the next.
    """
    lessons, outcomes = [], {name: number for number, name in enumerate(known)}
    for coded in documents:
        whole = study(coded, outcomes)
        parts = lay_out(coded.document, coded.parsed)
        for window in lay_windows(Line(coded.document.title), [one.line for one in parts], vocabulary):
            places: dict[int, list[int]] = {}
            for place, word in place_words(window, parts, coded.parsed, vocabulary):
                places.setdefault(word, []).append(place)
            here = cut(whole, {word: number for number, word in enumerate(places)})
            if here.acts:
                lessons.append(WordLesson(window.pieces, tuple(map(tuple, places.values())), here))
    return lessons


def cut(whole: Study, words: Mapping[int, int]) -> Study:
    """What of a document's study asks only of some of its words, which are numbered anew."""
    kept = {row: number for number, row in enumerate(row for row, word in enumerate(whole.acts) if word in words)}
    bags = [[kept[row] for row in bag if row in kept] for bag in whole.bags]
    return Study(
        whole.weight,
        acts=[words[whole.acts[row]] for row in kept],
        things=[words.get(whole.things[row], -1) for row in kept],
        outcomes=[whole.outcomes[row] for row in kept],
        bags=[bag for bag in bags if bag],
        words=[words[word] for word in whole.words if word in words],
        quotes=[
            (outcome, here) for outcome, every in whole.quotes if (here := [words[w] for w in every if w in words])
        ],
        manners=[(kept[row], manner) for row, manner in whole.manners if row in kept],
        parties=[_cut_asked(one, kept[one.row], words) for one in whole.parties if one.row in kept],
    )


def _cut_asked(asked: Asked, row: int, words: Mapping[int, int]) -> Asked:
    actors = [
        (takes_part, standing, [(words[word], place) for word, place in named if word in words])
        for takes_part, standing, named in asked.actors
    ]
    return replace(asked, row=row, actors=actors)


def load_questions(modules: Mapping[str, Any], tables: Tensors) -> None:
    """Give each module the tables whose names begin as it is called."""
    for lead, module in modules.items():
        module.load_state_dict(
            {name.removeprefix(lead): table for name, table in tables.items() if name.startswith(lead)}
        )


class WordTeacher:
    """Teaches words of coded documents, ``rounds`` times each, by questions fitted first to the network as it is."""

    def __init__(
        self, kept: Tensors, learnt: Tensors, lessons: Sequence[WordLesson], dealer: random.Random, rounds: float
    ) -> None:
        self._kept, self._lessons, self._dealer, self._rounds = kept, lessons, dealer, rounds
        outcomes = 1 + max(number for one in lessons for number in one.study.outcomes)
        vectors = [one.numpy() for one in self._read(learnt)]
        tables = fit([one.study for one in lessons], vectors, outcomes)
        self._questions = EventModule(UNITS, outcomes, DROPPED), PartyModule(UNITS, outcomes, DROPPED)
        load_questions(dict(zip(("event.", "party."), self._questions, strict=True)), tables)
        self.numbers = [number for one in self._questions for number in one.parameters()]

    def _read(self, learnt: Tensors) -> list[Tensor]:
        """The vectors of each lesson's words by the network as it is."""
        found: dict[int, Tensor] = {}
        with torch.no_grad():
            for step in deal_windows(list(enumerate(self._lessons)), self._dealer, lambda one: len(one[1].pieces)):
                lessons = [lesson for _, lesson in step]
                vectors = _vectors(self._kept, learnt, lessons, learning=False)
                found |= {number: one for (number, _), one in zip(step, vectors, strict=True)}
        return [found[number] for number in range(len(self._lessons))]

    def steps(self, learnt: Tensors) -> list[Callable[[], Tensor]]:
        """What the answers to each step's windows err by, a mention."""
        steps: list[Sequence[WordLesson]] = []
        while len(steps) < self._rounds * (a_round := len(deal_windows(self._lessons, self._dealer, _size))):
            steps += deal_windows(self._lessons, self._dealer, _size)
        return [partial(self._err, learnt, step) for step in steps[: int(self._rounds * a_round)]]

    def _err(self, learnt: Tensors, step: Sequence[WordLesson]) -> Tensor:
        vectors = _vectors(self._kept, learnt, step, learning=True)
        return find_loss(*self._questions, [one.study for one in step], vectors)


def _size(lesson: WordLesson) -> int:
    return len(lesson.pieces)


def _vectors(kept: Tensors, learnt: Tensors, step: Sequence[WordLesson], *, learning: bool) -> list[Tensor]:
    """The vectors of the words of each window: of a word the mean of its pieces'."""
    pieces = pad_pieces([one.pieces for one in step])
    with quickly():
        read = read_pieces(kept, learnt, pieces, learning=learning)
    return vectors_of_words(read.float(), step)


def vectors_of_words(read: Tensor, step: Sequence[WordLesson]) -> list[Tensor]:
    """The vectors of the words of each window, by those of its pieces."""
    return [_mean(read[row], one.words) for row, one in enumerate(step)]


def _mean(vectors: Tensor, words: Sequence[Sequence[int]]) -> Tensor:
    """The vector of each word: the mean of its pieces'."""
    places = torch.tensor([place for word in words for place in word])
    of_word = torch.tensor([number for number, word in enumerate(words) for _ in word])
    sums = torch.zeros(len(words), UNITS).index_add(0, of_word, vectors[places])
    return sums / torch.bincount(of_word, minlength=len(words))[:, None]


def deal_windows(lessons: Sequence[T], dealer: random.Random, size: Callable[[T], int]) -> list[list[T]]:
    """All lessons in chance order, those of like width together, so that little of a step is padding."""
    order = list(lessons)
    dealer.shuffle(order)
    steps: list[list[T]] = []
    for start in range(0, len(order), 600):
        here: list[T] = []
        widest = 0
        for one in sorted(order[start : start + 600], key=lambda one: size(one) // 16):
            widest = max(widest, size(one))
            if here and widest * (len(here) + 1) > AT_ONCE:
                steps.append(here)
                here, widest = [], size(one)
            here.append(one)
        steps.append(here)
    dealer.shuffle(steps)
    return steps


def mix(steps: Sequence[T], others: Sequence[T]) -> list[T]:
    """Two rows of steps as one, each spread evenly over it."""
    placed = [
        ((place + 0.5) / len(row), number, one)
        for number, row in enumerate((steps, others))
        for place, one in enumerate(row)
    ]
    return [one for _, _, one in sorted(placed, key=itemgetter(0, 1))]
