"""Fits the coder's weights to coded documents: which candidates were meant, how they were told, who took part.

Logistic regression throughout; the second models learn on odds that the first gave to documents it had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pactwatch.coder.attaching import attach_features, date_labels
from pactwatch.coder.candidates import PLANNABLE, Candidate, told_stage
from pactwatch.coder.choosing import MODALITIES, WEAKEST, Weights, certainty, choose, hopeful, party_odds
from pactwatch.coder.features import gate_features, keep_features, modality_features
from pactwatch.coder.fields.examples import direction_examples, speaker_examples
from pactwatch.coder.linear import Features, LinearModel
from pactwatch.coder.parsing import Parsed
from pactwatch.coder.party_features import party_features
from pactwatch.coder.party_sets import PartySets, likely_sets
from pactwatch.coder.regression import Examples, fit, fit_choices
from pactwatch.coder.rivals import rival_features
from pactwatch.coder.splitting import partner_list, split_features
from pactwatch.model.documents import Document

FOLDS, CONFIDENCE_FOLDS = 5, 3


@dataclass(slots=True)
class Coded:
    """A parsed document with its coded mentions, and which candidate tells each (by position)."""

    parsed: Parsed
    document: Document
    gold: Sequence[dict[str, Any]]
    weight: float = 1.0
    candidates: list[Candidate] = field(default_factory=list)
    told: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The original text."""
        return self.document.text

    def __post_init__(self) -> None:
        self.candidates = self.parsed.candidates
        self.told = align(self.parsed, self.candidates, self.text, self.gold)

    def drop(self, gate: LinearModel) -> None:
        """Leave out the candidates that the gate drops."""
        self.candidates = hopeful(self.parsed.candidates, self.parsed.context, gate)
        self.told = align(self.parsed, self.candidates, self.text, self.gold)


def align(
    parsed: Parsed, candidates: Sequence[Candidate], text: str, gold: Sequence[dict[str, Any]]
) -> dict[int, list[dict[str, Any]]]:
    """For each candidate (by position) the coded mentions it may tell: same type and stage, inside the quote."""
    places = [(start := text.find(mention["quote"]), start + len(mention["quote"])) for mention in gold]
    told: dict[int, list[dict[str, Any]]] = {}
    for number, candidate in enumerate(candidates):
        start, _ = parsed.plain.original_span(
            parsed.tokens.starts[candidate.anchor], parsed.tokens.ends[candidate.anchor]
        )
        for mention, (first, last) in zip(gold, places, strict=True):
            stage = "held" if mention["type"] in PLANNABLE and mention["stage"] == "planned" else mention["stage"]
            if candidate.type == mention["type"] and candidate.stage == stage and first <= start < last:
                told.setdefault(number, []).append(mention)
    return told


def fit_all(documents: Sequence[Coded]) -> dict[str, LinearModel]:
    """All models. Documents are dealt into folds in the order given."""
    models = {"gate": _fit_gate(documents)}
    keep = _keep_examples(documents)
    _unseen_odds(documents, keep)
    models["keep"] = fit(_joined(keep))
    for name in MODALITIES:
        models[f"modality:{name}"] = fit(_modality_examples(documents, name))
    models["rival"] = fit(_rival_examples(documents), rarest=3)
    events = [_events(coded) for coded in documents]
    models["attach"] = fit(_attach_examples(documents))
    models["party"] = fit(_party_examples(documents, events))
    models["supplier"] = fit(direction_examples(documents))
    models["speaker"] = fit(speaker_examples(documents))
    models["party-set"], models["split"] = _fit_sets(documents, events)
    return models


def _fit_gate(documents: Sequence[Coded]) -> LinearModel:
    """Fit the gate and let it drop candidates of the documents, as it will when coding."""
    examples = Examples()
    for coded in documents:
        for number, candidate in enumerate(coded.candidates):
            examples.add(gate_features(candidate, coded.parsed.context), float(number in coded.told), coded.weight)
    gate = fit(examples)
    for coded in documents:
        coded.drop(gate)
    return gate


def _unseen_odds(documents: Sequence[Coded], keep: Sequence[Examples]) -> None:
    """Give every candidate the odds of a model that has not seen its document."""
    for fold in range(FOLDS):
        model = fit(_joined([one for number, one in enumerate(keep) if number % FOLDS != fold]))
        for coded, examples in list(zip(documents, keep, strict=True))[fold::FOLDS]:
            for candidate, features in zip(coded.candidates, examples.features, strict=True):
                candidate.odds = model.score(features.names)


def fit_confidence(documents: Sequence[Coded]) -> LinearModel:
    """How often a mention is right in type, stage, modality and parties, from documents the models had not seen."""
    examples = Examples()
    for fold in range(CONFIDENCE_FOLDS):
        rest = [one for number, one in enumerate(documents) if number % CONFIDENCE_FOLDS != fold]
        weights = Weights(fit_all(rest))
        for coded in documents[fold::CONFIDENCE_FOLDS]:
            left = [_key(mention) for mention in coded.gold]
            for candidate in choose(coded.parsed.candidates, coded.parsed.context, weights):
                key = (candidate.type, told_stage(candidate), candidate.modality, candidate.parties)
                examples.add(Features([], certainty(candidate)), float(key in left), coded.weight)
                if key in left:
                    left.remove(key)
    return fit(examples, penalty=0.01)


def _key(mention: dict[str, Any]) -> tuple[str, str, str, tuple[str, ...]]:
    return mention["type"], mention["stage"], mention["modality"], tuple(sorted(mention["parties"]))


def _joined(many: Sequence[Examples]) -> Examples:
    return Examples(
        [one for examples in many for one in examples.features],
        [one for examples in many for one in examples.answers],
        [one for examples in many for one in examples.weights],
    )


def _keep_examples(documents: Sequence[Coded]) -> list[Examples]:
    found = []
    for coded in documents:
        examples = Examples()
        for number, candidate in enumerate(coded.candidates):
            examples.add(keep_features(candidate, coded.parsed.context), float(number in coded.told), coded.weight)
        found.append(examples)
    return found


def _modality_examples(documents: Sequence[Coded], name: str) -> Examples:
    examples = Examples()
    for coded in documents:
        for number, mentions in coded.told.items():
            features = modality_features(coded.candidates[number], coded.parsed.context)
            examples.add(
                features, sum(mention["modality"] == name for mention in mentions) / len(mentions), coded.weight
            )
    return examples


def _rival_examples(documents: Sequence[Coded]) -> Examples:
    examples = Examples()
    for coded in documents:
        best = {id(coded.candidates[number]) for number, _ in _best(coded)}
        rivals = [candidate for candidate in coded.candidates if candidate.odds >= WEAKEST]
        for candidate, features in zip(rivals, rival_features(rivals, coded.parsed.context), strict=True):
            examples.add(features, float(id(candidate) in best), coded.weight)
    return examples


def _best(coded: Coded) -> list[tuple[int, dict[str, Any]]]:
    """For each mention the likeliest candidate that tells it; no candidate twice while others are left."""
    pairs: list[tuple[int, dict[str, Any]]] = []
    used: set[int] = set()
    for mention in coded.gold:
        numbers = [number for number, mentions in coded.told.items() if any(one is mention for one in mentions)]
        numbers.sort(key=lambda number: (number in used, -coded.candidates[number].odds))
        if numbers:
            used.add(numbers[0])
            pairs.append((numbers[0], mention))
    return pairs


def _events(coded: Coded) -> list[Candidate]:
    """The candidates that tell the mentions, in order, carrying the coded parties."""
    chosen: dict[int, Candidate] = {}
    for number, mention in _best(coded):
        candidate = coded.candidates[number]
        if number in chosen:
            continue
        candidate.parties = tuple(sorted(mention["parties"]))
        chosen[number] = candidate
    return sorted(chosen.values(), key=lambda candidate: candidate.anchor)


def _attach_examples(documents: Sequence[Coded]) -> Examples:
    examples = Examples()
    for coded in documents:
        pairs = _best(coded)
        chosen = [coded.candidates[number] for number, _ in pairs]
        for number, mention in pairs:
            candidate = coded.candidates[number]
            beside = [other for other in chosen if other.sentence is candidate.sentence]
            if "date" not in mention:
                continue
            for place, label, which in date_labels(candidate, coded.parsed.context):
                span = candidate.sentence.dates[which]
                is_it = mention["date"] is not None and mention["date"] in {span.past.date, span.future.date}
                examples.add(
                    attach_features(candidate, place, label, beside, coded.parsed.context), float(is_it), coded.weight
                )
    return examples


def _party_examples(documents: Sequence[Coded], events: Sequence[list[Candidate]]) -> Examples:
    examples = Examples()
    for coded, told in zip(documents, events, strict=True):
        for place, candidate in enumerate(told):
            for code in coded.parsed.context.in_scope(candidate.sentence.index):
                features = party_features(candidate, code, coded.parsed.context, told[:place])
                examples.add(features, float(code in candidate.parties), coded.weight)
    return examples


def _fit_sets(documents: Sequence[Coded], events: Sequence[list[Candidate]]) -> tuple[LinearModel, LinearModel]:
    """Conditional logit over the likely sets, on odds from models that had not seen the document."""
    choices: list[tuple[list[Features], int]] = []
    splits = Examples()
    for fold in range(FOLDS):
        rest = [number for number in range(len(documents)) if number % FOLDS != fold]
        model = fit(_party_examples([documents[n] for n in rest], [events[n] for n in rest]))
        for coded, told in list(zip(documents, events, strict=True))[fold::FOLDS]:
            for place, candidate in enumerate(told):
                odds = party_odds(candidate, coded.parsed.context, model, told[:place])
                _add_split(splits, coded, candidate, odds)
                sets = likely_sets(candidate, odds, told[:place])
                if candidate.parties in sets:
                    weighing = PartySets(candidate, coded.parsed.context, odds, told[:place])
                    choices.append(([weighing.features(chosen) for chosen in sets], sets.index(candidate.parties)))
    return fit_choices(choices), fit(splits)


def _add_split(splits: Examples, coded: Coded, candidate: Candidate, odds: dict[str, float]) -> None:
    """Whether the partners of a list near the event were coded one by one."""
    listed = partner_list(candidate, coded.parsed.context)
    if not listed or candidate.type in {"policy", "dialogue"}:
        return
    number = next(n for n, one in enumerate(coded.candidates) if one is candidate)
    sets = {tuple(sorted(mention["parties"])) for mention in coded.told.get(number, ())}
    apart = sum(1 for one in sets if len(one) == 2 and len(set(one) & set(listed)) == 1)
    splits.add(split_features(candidate, listed, odds, coded.parsed.context), float(apart >= 2), coded.weight)
