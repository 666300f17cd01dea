"""What the language network makes of a document's words: which of them tell an event, how, and who takes part.

The network makes a vector of every word among the words around it, of which a few questions are asked
(``questions.py``). The answers are log-odds, and numbers among the features of the fitted weights (``features.py``,
``modality_features.py``, ``party_features.py``), which choose. Where a word tells something that no candidate would, it
is a candidate more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pactwatch.coder.candidates import NOMINAL, Candidate
from pactwatch.coder.questions import Ints, PartyQuestion, Questions, WordQuestion
from pactwatch.encoder.network import Floats

if TYPE_CHECKING:
    from pactwatch.coder.context import Context, Naming
    from pactwatch.coder.spans import Sentence

NEAR, CLOSE = (3, 4), (8, 10)
"""Words before and after an act, up to which a naming in its sentence stands near, and close."""
PLACES = 12
"""How a naming may stand to an act: six ways within the sentence, four before it, two after it."""
PROPOSED = -2.0
"""Log-odds from which on a word that no list knows is a candidate."""
SENSED = "<sensed>"
"""The group and lemma of such a word."""
UNSEEN = -3.0
"""Log-odds of who is named nowhere, and knows of the document as its host or by its title alone."""
OFTEN = 40
"""Namings of one actor that are asked."""


@dataclass(frozen=True)
class Senses:
    """The vectors of a document's words (words by units, nought for those not read), and the questions."""

    vectors: Floats
    questions: Questions
    _kept: list[_Named] = field(default_factory=list, repr=False, compare=False)

    def weigh(self, candidates: Sequence[Candidate]) -> None:
        """Set every candidate's ``sense``, the log-odds that it tells an event, and its ``manners``."""
        known = self.questions.outcomes
        asked = [one for one in candidates if outcome_of(one) in known]
        if not asked:
            return
        things = np.array([thing_of(one) for one in asked])
        odds, manners = self.questions.event(
            self.vectors[[one.anchor for one in asked]],
            self.vectors[np.maximum(things, 0)],
            things >= 0,
            np.array([known[outcome_of(one)] for one in asked]),
        )
        for one, sense, ways in zip(asked, odds.tolist(), manners.tolist(), strict=True):
            one.sense, one.manners = round(sense, 4), tuple(round(way, 4) for way in ways)

    def of_parties(self, candidate: Candidate, context: Context) -> dict[str, float]:
        """The log-odds of each actor of the document to take part in a candidate's event."""
        outcome = self.questions.outcomes.get(outcome_of(candidate))
        if outcome is None:
            return {}
        party, thing = self.questions.party, thing_of(candidate)
        query = party.query(self.vectors[candidate.anchor], self.vectors[thing] if thing >= 0 else None, outcome)
        named = self._named(context)
        places = named.places_from(candidate)
        scores = party.weigh(query, named.mapped, places) if len(places) else np.zeros(0, np.float32)
        bias = float(party.outcome_bias[outcome, 0])
        found: dict[str, float] = {}
        for code in context.in_scope(candidate.sentence.index):
            rows = named.rows.get(code)
            seen = float(np.logaddexp.reduce(scores[rows])) if rows else UNSEEN
            standing = float(party.standing[standing_of(code, context), 0])
            found[code] = round(seen + standing + bias, 4)
        return found

    def _named(self, context: Context) -> _Named:
        """Every naming of the document, collected once."""
        if not self._kept:
            self._kept.append(_Named.of(context, self))
        return self._kept[0]


@dataclass
class _Named:
    """Every naming of a document with its vector, mapped once for all events."""

    namings: list[tuple[Naming, int]]
    rows: dict[str, list[int]]
    vectors: Floats
    party: PartyQuestion

    @classmethod
    def of(cls, context: Context, senses: Senses) -> _Named:
        """Those of a document."""
        namings: list[tuple[Naming, int]] = []
        rows: dict[str, list[int]] = {}
        for sentence, told in zip(context.sentences, context.namings, strict=True):
            for naming in told:
                for code in naming.span.codes:
                    if len(rows.setdefault(code, [])) < OFTEN:
                        rows[code].append(len(namings))
                namings.append((naming, sentence.index))
        ends = [naming.span.j - 1 for naming, _ in namings]
        return cls(namings, rows, senses.vectors[ends], senses.questions.party)

    @cached_property
    def mapped(self) -> Floats:
        """The namings' vectors as events ask them."""
        return self.party.naming(self.vectors)

    @cached_property
    def _kinds(self) -> Ints:
        return np.array([kind_of(one) for one, _ in self.namings], dtype=np.intp)

    def places_from(self, candidate: Candidate) -> Ints:
        """How each naming stands to a candidate's event, and whether it is a place or a dateline."""
        anchor, index = candidate.anchor, candidate.sentence.index
        places = [place_from(anchor, index, one.span.i, at) for one, at in self.namings]
        return np.array(places, dtype=np.intp) * 4 + self._kinds


def place_from(anchor: int, index: int, word: int, sentence: int) -> int:
    """How a naming at a word of a sentence stands to an act at ``anchor`` in sentence ``index``."""
    away, apart = sentence - index, word - anchor
    if away == 0:
        return _place_within(apart)
    if away > 0:
        return 10 if away == 1 else 11
    return 6 if away == -1 else 7 if away == -2 else 8 if away >= -5 else 9


def _place_within(apart: int) -> int:
    if apart < 0:
        return 0 if apart >= -NEAR[0] else 1 if apart >= -CLOSE[0] else 2
    return 3 if apart <= NEAR[1] else 4 if apart <= CLOSE[1] else 5


def kind_of(naming: Naming) -> int:
    """Whether a naming is of a place, and whether it stands in a dateline, as one number below four."""
    return 2 * (naming.span.surface == "place") + naming.is_dateline


def standing_of(code: str, context: Context) -> int:
    """Whether the title names an actor, and whether it is the document's host, as one number below four."""
    return 2 * (code in context.title) + (code == context.host)


def propose(
    question: WordQuestion,
    outcomes: Iterable[str],
    vectors: Floats,
    context: Context,
    candidates: Iterable[Candidate],
) -> list[Candidate]:
    """Candidates of words that no list knows: in each sentence the likeliest word of an outcome that no other candidate
    of the sentence would tell.
    """
    taken = {(one.sentence.index, outcome_of(one)) for one in candidates}
    found: list[Candidate] = []
    for sentence in context.sentences:
        words = [word for word in range(sentence.first, sentence.stop) if context.tokens.words[word].isalpha()]
        if not words:
            continue
        odds = question(vectors[words])
        for name, place, most in zip(outcomes, odds.argmax(axis=0).tolist(), odds.max(axis=0).tolist(), strict=True):
            if most >= PROPOSED and (sentence.index, name) not in taken:
                found.append(_make_candidate(sentence, words[place], name))
    return found


def sense_candidates(candidates: Sequence[Candidate], context: Context, senses: Senses) -> list[Candidate]:
    """Candidates with those that the network adds, sentence by sentence, and what it makes of each."""
    asked = senses.questions
    more = propose(asked.word, asked.outcomes, senses.vectors, context, candidates)
    every = sorted([*candidates, *more], key=lambda one: one.sentence.index)
    senses.weigh(every)
    return every


def _make_candidate(sentence: Sentence, word: int, outcome: str) -> Candidate:
    kind, stage = outcome.split("/")
    return Candidate(sentence, None, NOMINAL, (word, word + 1), SENSED, SENSED, kind, stage)


def outcome_of(candidate: Candidate) -> str:
    """What a candidate would tell, by the name that the questions know it by."""
    return f"{candidate.type}/{candidate.stage}"


def thing_of(candidate: Candidate) -> int:
    """The last word of what is done something to; -1 where there is nothing."""
    return candidate.noun_at[1] - 1 if candidate.noun_at is not None else -1
