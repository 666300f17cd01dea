"""What is asked of the network's vectors: three small networks of one hidden layer each.

Of any word: which outcomes (``type/stage``) does it tell, whatever the lists know of it? Of an act and what it is done
to: do they tell an outcome, and in which way? Of the two and a naming of an actor: does that actor take part? Fitted by
``bench/fit_senses.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pactwatch.encoder.network import Floats, Linear, gelu
from pactwatch.encoder.weights import linear_of, read_tensors

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class WordQuestion:
    """What a word tells by itself, whatever the lists know of it."""

    word: Linear
    answer: Linear

    def __call__(self, words: Floats) -> Floats:
        """The log-odds of each outcome, words by outcomes."""
        return self.answer(gelu(self.word(words)))


@dataclass(frozen=True)
class EventQuestion:
    """Whether an act and a thing tell an outcome, and how: a hidden layer of ``act``, ``thing`` and ``outcome``."""

    act: Linear
    thing: Linear
    no_thing: Floats
    outcomes: Floats
    answers: Floats
    answer_bias: Floats
    manner: Linear

    def __call__(self, acts: Floats, things: Floats, has_thing: Bools, outcomes: Ints) -> tuple[Floats, Floats]:
        """The log-odds of each outcome, and the log-chances of the ways of telling."""
        hidden = self.act(acts) + np.where(has_thing[:, None], self.thing(things), self.no_thing)
        hidden = gelu(hidden + self.outcomes[outcomes])
        odds: Floats = (hidden * self.answers[outcomes]).sum(axis=1) / np.float32(4) + self.answer_bias[outcomes, 0]
        ways = self.manner(hidden)
        ways -= np.logaddexp.reduce(ways, axis=1)[:, None]
        return odds, ways


@dataclass(frozen=True)
class PartyQuestion:
    """Whether an actor takes part in an event, by each of its namings; the namings' odds are summed as chances are."""

    act: Linear
    thing: Linear
    no_thing: Floats
    outcomes: Floats
    naming: Linear
    places: Floats
    mix: Linear
    answer: Linear
    standing: Floats
    outcome_bias: Floats

    def query(self, act: Floats, thing: Floats | None, outcome: int) -> Floats:
        """What an event asks of each naming."""
        told = self.thing(thing[None])[0] if thing is not None else self.no_thing
        asked: Floats = self.act(act[None])[0] + told + self.outcomes[outcome]
        return asked

    def weigh(self, query: Floats, namings: Floats, places: Ints) -> Floats:
        """The score of each naming; ``namings`` are mapped already."""
        hidden = gelu(query + namings + self.places[places])
        hidden = hidden + gelu(self.mix(hidden))
        scores: Floats = self.answer(hidden)[:, 0]
        return scores


@dataclass(frozen=True)
class Questions:
    """All questions, and the outcomes (``type/stage``) that they know."""

    outcomes: Mapping[str, int]
    word: WordQuestion
    event: EventQuestion
    party: PartyQuestion

    @classmethod
    def from_file(cls, path: Path) -> Questions:
        """The questions that ``bench/fit_senses.py`` wrote."""
        return cls.from_tables(*read_tensors(path))

    @classmethod
    def from_tables(cls, tables: Mapping[str, Floats], told: Mapping[str, Any]) -> Questions:
        """The questions by the names of their tables."""

        def linear(name: str) -> Linear:
            return linear_of(tables, name)

        word = WordQuestion(linear("word.word"), linear("word.answer"))
        event = EventQuestion(
            act=linear("event.act"),
            thing=linear("event.thing"),
            no_thing=tables["event.no_thing"],
            outcomes=tables["event.outcomes"],
            answers=tables["event.answers"],
            answer_bias=tables["event.answer_bias"],
            manner=linear("event.manner"),
        )
        party = PartyQuestion(
            act=linear("party.act"),
            thing=linear("party.thing"),
            no_thing=tables["party.no_thing"],
            outcomes=tables["party.outcomes"],
            naming=linear("party.naming"),
            places=tables["party.places"],
            mix=linear("party.mix"),
            answer=linear("party.answer"),
            standing=tables["party.standing"],
            outcome_bias=tables["party.outcome_bias"],
        )
        return cls({name: number for number, name in enumerate(told["outcomes"])}, word, event, party)
