"""The coder's questions to the network in PyTorch, as they are fitted; ``coder/questions.py`` is the same without.

The candidates of a document are rows. Each mention is a bag of rows of which at least one tells it (multiple-instance
learning, as in ``coder/telling.py``); a row in no bag tells nothing. Which row tells a mention for its modality and its
parties is taken from the coder's own choice (``Coded.best``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import torch  # type: ignore[import-not-found,unused-ignore]
from torch import nn  # type: ignore[import-not-found,unused-ignore]
from torch.nn import functional  # type: ignore[import-not-found,unused-ignore]

from pactwatch.coder.choosing import MODALITIES
from pactwatch.coder.coded import Coded, stage_proposed
from pactwatch.coder.context import Context
from pactwatch.coder.senses import OFTEN, PLACES, UNSEEN, kind_of, outcome_of, place_from, standing_of, thing_of

EVENT_WIDTH, PARTY_WIDTH, WORD_WIDTH = 256, 128, 128
MANNER_WORTH = 0.5
"""What an error in modality counts beside one in an event."""

Tensor = Any


@dataclass
class Asked:
    """An event whose parties are known: its row, and each actor with its namings.

    ``actors`` hold whether the actor takes part, its standing, and each naming's last word and place.
    """

    row: int
    actors: list[tuple[bool, int, list[tuple[int, int]]]]


@dataclass
class Study:
    """What is to be learnt of one document.

    ``acts`` and ``things`` are words of it, -1 where there is none; ``words`` are all that may tell something, and
    ``quotes`` the outcome of each mention with those among them that its quote holds.
    """

    weight: float
    acts: list[int] = field(default_factory=list)
    things: list[int] = field(default_factory=list)
    outcomes: list[int] = field(default_factory=list)
    bags: list[list[int]] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    quotes: list[tuple[int, list[int]]] = field(default_factory=list)
    manners: list[tuple[int, int]] = field(default_factory=list)
    parties: list[Asked] = field(default_factory=list)


def study(coded: Coded, outcomes: dict[str, int]) -> Study:
    """What a coded document teaches; outcomes that are new get the next numbers."""
    told = Study(coded.weight)
    for one in coded.candidates:
        told.acts.append(one.anchor)
        told.things.append(thing_of(one))
        told.outcomes.append(outcomes.setdefault(outcome_of(one), len(outcomes)))
    told.bags = coded.tellers()
    told.words, told.quotes = _quoted(coded, outcomes)
    told.manners = [(row, MODALITIES.index(mention["modality"])) for row, mention in coded.best()]
    context = coded.parsed.context
    for row, mention in coded.best():
        one = coded.candidates[row]
        told.parties.append(Asked(row, _ask(one.anchor, one.sentence.index, context, mention["parties"])))
    return told


def _quoted(coded: Coded, outcomes: dict[str, int]) -> tuple[list[int], list[tuple[int, list[int]]]]:
    """The words of sentences that may tell something, and for each mention its outcome and those of its quote."""
    parsed, quotes = coded.parsed, []
    sentences = parsed.context.sentences
    words = [word for one in sentences for word in range(one.first, one.stop) if parsed.tokens.words[word].isalpha()]
    places = [parsed.plain.original_span(parsed.tokens.starts[word], parsed.tokens.ends[word])[0] for word in words]
    for mention in coded.gold:
        start = coded.document.text.find(mention["quote"])
        inside = [word for word, at in zip(words, places, strict=True) if start <= at < start + len(mention["quote"])]
        outcome = f"{mention['type']}/{stage_proposed(mention)}"
        if inside:
            quotes.append((outcomes.setdefault(outcome, len(outcomes)), inside))
    return words, quotes


def _ask(
    anchor: int, index: int, context: Context, parties: Sequence[str]
) -> list[tuple[bool, int, list[tuple[int, int]]]]:
    namings: dict[str, list[tuple[int, int]]] = {}
    for sentence, named in zip(context.sentences, context.namings, strict=True):
        for one in named:
            place = 4 * place_from(anchor, index, one.span.i, sentence.index)
            for code in one.span.codes:
                namings.setdefault(code, []).append((one.span.j - 1, place + kind_of(one)))
    return [
        (code in parties, standing_of(code, context), namings.get(code, [])[:OFTEN]) for code in context.in_scope(index)
    ]


class WordModule(nn.Module):  # type: ignore[misc,unused-ignore]
    """What a word tells by itself."""

    def __init__(self, units: int, outcomes: int, dropped: float) -> None:
        super().__init__()
        self.word, self.answer = nn.Linear(units, WORD_WIDTH), nn.Linear(WORD_WIDTH, outcomes)
        nn.init.constant_(self.answer.bias, -4.0)
        self.drop = nn.Dropout(dropped)

    def forward(self, words: Tensor) -> Tensor:
        """The log-odds of each outcome, words by outcomes."""
        told: Tensor = self.answer(self.drop(functional.gelu(self.word(self.drop(words)))))
        return told


class EventModule(nn.Module):  # type: ignore[misc,unused-ignore]
    """Whether an act and a thing tell an outcome, and how."""

    def __init__(self, units: int, outcomes: int, dropped: float) -> None:
        super().__init__()
        self.act, self.thing = nn.Linear(units, EVENT_WIDTH), nn.Linear(units, EVENT_WIDTH)
        self.no_thing = nn.Parameter(torch.zeros(EVENT_WIDTH))
        self.outcomes = nn.Parameter(torch.randn(outcomes, EVENT_WIDTH) * 0.02)
        self.answers = nn.Parameter(torch.randn(outcomes, EVENT_WIDTH) * 0.05)
        self.answer_bias = nn.Parameter(torch.full((outcomes, 1), -2.0))
        self.manner = nn.Linear(EVENT_WIDTH, len(MODALITIES))
        self.drop = nn.Dropout(dropped)

    def forward(self, acts: Tensor, things: Tensor, has_thing: Tensor, outcomes: Tensor) -> tuple[Tensor, Tensor]:
        """The log-odds of each row, and the scores of its ways of telling."""
        told = torch.where(has_thing[:, None], self.thing(self.drop(things)), self.no_thing)
        hidden = functional.gelu(self.act(self.drop(acts)) + told + self.outcomes[outcomes])
        hidden = self.drop(hidden)
        return (hidden * self.answers[outcomes]).sum(1) / 4 + self.answer_bias[outcomes, 0], self.manner(hidden)


class PartyModule(nn.Module):  # type: ignore[misc,unused-ignore]
    """Whether an actor takes part in an event, by its namings."""

    def __init__(self, units: int, outcomes: int, dropped: float) -> None:
        super().__init__()
        self.act, self.thing = nn.Linear(units, PARTY_WIDTH), nn.Linear(units, PARTY_WIDTH)
        self.no_thing = nn.Parameter(torch.zeros(PARTY_WIDTH))
        self.outcomes = nn.Parameter(torch.randn(outcomes, PARTY_WIDTH) * 0.02)
        self.naming = nn.Linear(units, PARTY_WIDTH)
        self.places = nn.Parameter(torch.randn(4 * PLACES, PARTY_WIDTH) * 0.02)
        self.mix, self.answer = nn.Linear(PARTY_WIDTH, PARTY_WIDTH), nn.Linear(PARTY_WIDTH, 1)
        self.standing, self.outcome_bias = (
            nn.Parameter(torch.zeros(4, 1)),
            nn.Parameter(torch.full((outcomes, 1), -1.0)),
        )
        self.drop = nn.Dropout(dropped)

    def forward(
        self, event: tuple[Tensor, Tensor, Tensor, Tensor], namings: Tensor, where: Tensor, actors: Tensor
    ) -> Tensor:
        """The log-odds of each actor.

        ``event`` are vectors of acts and of things, whether there is a thing, and outcomes; ``where`` tells of each
        naming its event, its actor and its place; ``actors`` of each actor its event and its standing.
        """
        acts, things, has_thing, outcomes = event
        told = torch.where(has_thing[:, None], self.thing(self.drop(things)), self.no_thing)
        query = self.act(self.drop(acts)) + told + self.outcomes[outcomes]
        hidden = functional.gelu(query[where[0]] + self.naming(self.drop(namings)) + self.places[where[2]])
        hidden = hidden + self.drop(functional.gelu(self.mix(self.drop(hidden))))
        scores = self.answer(self.drop(hidden))[:, 0]
        seen = _pool(scores, where[1], actors.shape[1])
        return seen + self.standing[actors[1], 0] + self.outcome_bias[outcomes[actors[0]], 0]


def _pool(scores: Tensor, groups: Tensor, count: int) -> Tensor:
    """The logarithm of the summed exponentials of each group; ``UNSEEN`` for an empty one."""
    most = torch.full((count,), -30.0).scatter_reduce(0, groups, scores, "amax")
    sums = torch.zeros(count).index_add(0, groups, torch.exp(scores - most[groups]))
    return torch.where(sums > 0, most + torch.log(sums.clamp(min=1e-9)), torch.full((count,), UNSEEN))


def find_word_loss(words: Any, studies: Sequence[Study], vectors: Sequence[Tensor]) -> Tensor:
    """What the words of some documents err by, a mention: of each quote at least one word tells its outcome, and no
    word outside of such a quote tells it.
    """
    asked = [(one, vector[torch.tensor(one.words)]) for one, vector in zip(studies, vectors, strict=True) if one.words]
    if not asked:
        return torch.zeros(())
    losses = functional.softplus(words(torch.cat([told for _, told in asked])))
    weights = torch.tensor([one.weight for one, _ in asked for _ in one.words])
    members: list[tuple[int, int, int]] = []
    counts: list[float] = []
    start = 0
    for one, _ in asked:
        numbers = {word: start + number for number, word in enumerate(one.words)}
        for outcome, inside in one.quotes:
            members += [(len(counts), numbers[word], outcome) for word in inside]
            counts.append(one.weight)
        start += len(one.words)
    size = max(8.0, sum(counts))
    if not members:
        return (losses.sum(1) * weights).sum() / size
    of_quote, rows, outcomes = torch.tensor(members).T
    outside = torch.ones_like(losses)
    outside[rows, outcomes] = 0.0
    none_tells = torch.zeros(len(counts)).index_add(0, of_quote, -losses[rows, outcomes])
    missed = torch.log1p(-torch.exp(none_tells.clamp(max=-1e-6)))
    return ((losses * outside).sum(1) @ weights - (torch.tensor(counts) * missed).sum()) / size


def find_loss(events: Any, parties: Any, studies: Sequence[Study], vectors: Sequence[Tensor]) -> Tensor:
    """What the answers to some documents err by, a mention; ``vectors`` are those of each document's words."""
    offsets = [0]
    for one in vectors:
        offsets.append(offsets[-1] + len(one))
    words = torch.cat(list(vectors))
    rows = [(offset, one) for offset, one in zip(offsets, studies, strict=False) if one.acts]
    if not rows:
        return torch.zeros(())
    starts = [0]
    for _, one in rows:
        starts.append(starts[-1] + len(one.acts))
    acts = torch.tensor([offset + word for offset, one in rows for word in one.acts])
    things = torch.tensor([offset + word if word >= 0 else -1 for offset, one in rows for word in one.things])
    outcomes = torch.tensor([number for _, one in rows for number in one.outcomes])
    weights = torch.tensor([one.weight for _, one in rows for _ in one.acts])
    event = (words[acts], words[things.clamp(min=0)], things >= 0, outcomes)
    odds, ways = events(*event)
    bags = [
        ([start + row for row in bag], one.weight)
        for start, (_, one) in zip(starts, rows, strict=False)
        for bag in one.bags
    ]
    size = max(8.0, sum(weight for _, weight in bags))
    loss = _loss_of_events(odds, weights, bags)
    manners = [(start + row, way) for start, (_, one) in zip(starts, rows, strict=False) for row, way in one.manners]
    if manners:
        chosen, told = torch.tensor(manners).T
        each = functional.cross_entropy(ways[chosen], told, reduction="none")
        loss = loss + MANNER_WORTH * (each * weights[chosen]).sum()
    return (loss + _loss_of_parties(parties, event, words, rows, starts, weights)) / size


def _loss_of_events(odds: Tensor, weights: Tensor, bags: Sequence[tuple[list[int], float]]) -> Tensor:
    is_told = torch.zeros(len(odds), dtype=torch.bool)
    is_told[[row for bag, _ in bags for row in bag]] = True
    loss = (functional.softplus(odds) * weights)[~is_told].sum()
    if not bags:
        return loss
    members = torch.tensor([row for bag, _ in bags for row in bag])
    of_bag = torch.tensor([number for number, (bag, _) in enumerate(bags) for _ in bag])
    none_tells = torch.zeros(len(bags)).index_add(0, of_bag, -functional.softplus(odds[members]))
    counts = torch.tensor([weight for _, weight in bags])
    return loss - (counts * torch.log1p(-torch.exp(none_tells.clamp(max=-1e-6)))).sum()


def _loss_of_parties(
    parties: Any,
    event: tuple[Tensor, ...],
    words: Tensor,
    rows: Sequence[tuple[int, Study]],
    starts: Sequence[int],
    weights: Tensor,
) -> Tensor:
    asked = [
        (start + one.row, offset, one)
        for start, (offset, told) in zip(starts, rows, strict=False)
        for one in told.parties
    ]
    namings: list[tuple[int, int, int, int]] = []
    actors: list[tuple[int, int, int]] = []
    for number, (_, offset, one) in enumerate(asked):
        for takes_part, standing, named in one.actors:
            namings += [(number, len(actors), place, offset + word) for word, place in named]
            actors.append((number, standing, int(takes_part)))
    if not namings:
        return torch.zeros(())
    chosen = torch.tensor([row for row, _, _ in asked])
    where, told = torch.tensor(namings).T, torch.tensor(actors).T
    of_events = tuple(one[chosen] for one in event)
    odds = parties(of_events, words[where[3]], where[:3], told[:2])
    each = functional.binary_cross_entropy_with_logits(odds, told[2].float(), reduction="none")
    return (each * weights[chosen][told[0]]).sum()
