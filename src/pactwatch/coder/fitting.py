"""Fits the coder's weights to coded documents: which candidates were meant, how they were told, who took part.

Logistic regression throughout; the second models learn on odds that the first gave to documents it had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.coder.attaching import attach_features, date_labels
from pactwatch.coder.candidates import Candidate, told_stage
from pactwatch.coder.choosing import MODALITIES, WEAKEST, Weights, choose, party_odds
from pactwatch.coder.coded import Coded, folds
from pactwatch.coder.echo_fitting import echo_examples
from pactwatch.coder.features import keep_features
from pactwatch.coder.fields.examples import direction_examples, speaker_examples
from pactwatch.coder.gate import gate_features
from pactwatch.coder.judging import certainty
from pactwatch.coder.linear import Features, LinearModel
from pactwatch.coder.modality_features import modality_features
from pactwatch.coder.party_features import Standing
from pactwatch.coder.party_sets import PartySets, likely_sets
from pactwatch.coder.regression import Examples, Origin, fit, fit_choices
from pactwatch.coder.rivals import rival_features
from pactwatch.coder.scene_fitting import fit_scenes
from pactwatch.coder.sharing import all_of_kind, by_kind
from pactwatch.coder.splitting import partner_list, split_features
from pactwatch.coder.telling import Telling

PENALTY = 2.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights for reports and for articles; the same where no articles were given."""

    reports: Weights
    articles: Weights

    @classmethod
    def of(cls, models: dict[str, LinearModel]) -> Fitted:
        """The weights of models fitted to both."""
        reports, articles = (all_of_kind(models, is_article=is_article) for is_article in (False, True))
        of_reports = Weights.for_reports(reports)
        return cls(of_reports, of_reports if articles == reports else Weights.for_articles(articles))

    def choose(self, coded: Coded) -> list[Candidate]:
        """What a document tells by the weights for its kind."""
        return choose(coded.parsed.sites, coded.parsed.context, self.articles if coded.is_article else self.reports)


def fit_all(documents: Sequence[Coded]) -> dict[str, LinearModel]:
    """All models, for reports and articles in one (``sharing.py``).

    The second models learn on odds that the first gave to documents of writers they had not seen.
    """
    for coded in documents:
        coded.keep_only(coded.parsed.candidates)  # a fit before this one may have dropped some
    models = fit_scenes(documents, penalty=PENALTY)
    models["gate"] = _fit_gate(documents)
    telling = Telling(documents, keep_features)
    models["keep"] = telling.fit(penalty=PENALTY)
    telling.set_odds(penalty=PENALTY)
    for name in MODALITIES:
        models[f"modality:{name}"] = fit(_modality_examples(documents, name), penalty=PENALTY)
    models["rival"] = fit(_rival_examples(documents), penalty=PENALTY, rarest=3)
    events = [coded.events() for coded in documents]
    models["echo"] = fit(echo_examples(documents), penalty=PENALTY)
    models["attach"] = fit(_attach_examples(documents), penalty=PENALTY)
    models["party"] = fit(_party_examples(documents, events), penalty=PENALTY)
    models["supplier"] = fit(direction_examples(documents))
    models["speaker"] = fit(speaker_examples(documents))
    models["party-set"], models["split"] = _fit_sets(documents, events)
    return models


def _fit_gate(documents: Sequence[Coded]) -> LinearModel:
    """Fit the gate and let it drop candidates of the documents, as it will when coding."""
    gate = Telling(documents, gate_features).fit(penalty=PENALTY)
    gates = by_kind(gate)
    for coded in documents:
        coded.drop(gates[coded.is_article])
        coded.sense()
    return gate


def fit_confidence(documents: Sequence[Coded]) -> LinearModel:
    """How often a mention is right in type, stage, modality and parties, from documents the models had not seen.

    Of reports only those that count most are asked, since others may be denser than real text; so of articles.
    """
    examples = Examples()
    heaviest = {
        is_article: max((one.weight for one in documents if one.is_article == is_article), default=1.0)
        for is_article in (False, True)
    }
    for numbers in folds(documents):
        left_out = set(numbers)
        fitted = Fitted.of(fit_all([one for number, one in enumerate(documents) if number not in left_out]))
        for coded in [documents[number] for number in numbers]:
            if coded.weight == heaviest[coded.is_article]:
                _add_judged(examples, coded, fitted.choose(coded))
    return fit(examples, penalty=0.01)


def _add_judged(examples: Examples, coded: Coded, told: Sequence[Candidate]) -> None:
    left = [_key(mention) for mention in coded.gold]
    for one in told:
        key = (one.type, told_stage(one), one.modality, one.parties)
        examples.add(Features([], certainty(one)), float(key in left), coded.origin)
        if key in left:
            left.remove(key)


def _key(mention: dict[str, Any]) -> tuple[str, str, str, tuple[str, ...]]:
    return mention["type"], mention["stage"], mention["modality"], tuple(sorted(mention["parties"]))


def _modality_examples(documents: Sequence[Coded], name: str) -> Examples:
    examples = Examples()
    for coded in documents:
        for number, mentions in coded.told.items():
            features = modality_features(coded.candidates[number], coded.parsed.context)
            share = sum(mention["modality"] == name for mention in mentions) / len(mentions)
            examples.add(features, share, coded.origin)
    return examples


def _rival_examples(documents: Sequence[Coded]) -> Examples:
    examples = Examples()
    for coded in documents:
        best = {id(coded.candidates[number]) for number, _ in coded.best()}
        rivals = [candidate for candidate in coded.candidates if candidate.odds >= WEAKEST]
        for candidate, features in zip(rivals, rival_features(rivals, coded.parsed.context), strict=True):
            examples.add(features, float(id(candidate) in best), coded.origin)
    return examples


def _attach_examples(documents: Sequence[Coded]) -> Examples:
    examples = Examples()
    for coded in documents:
        pairs = coded.best()
        chosen = [coded.candidates[number] for number, _ in pairs]
        for number, mention in pairs:
            candidate = coded.candidates[number]
            beside = [other for other in chosen if other.sentence is candidate.sentence]
            if "date" not in mention:
                continue
            for place, label, which in date_labels(candidate, coded.parsed.context):
                span = candidate.sentence.dates[which]
                is_it = mention["date"] is not None and mention["date"] in {span.past.date, span.future.date}
                features = attach_features(candidate, place, label, beside, coded.parsed.context)
                examples.add(features, float(is_it), coded.origin)
    return examples


def _party_examples(documents: Sequence[Coded], events: Sequence[list[Candidate]]) -> Examples:
    examples = Examples()
    for coded, told in zip(documents, events, strict=True):
        for place, candidate in enumerate(told):
            standing = Standing(candidate, coded.parsed.context, told[:place])
            for code in coded.parsed.context.in_scope(candidate.sentence.index):
                examples.add(standing.features(code), float(code in candidate.parties), coded.origin)
    return examples


def _fit_sets(documents: Sequence[Coded], events: Sequence[list[Candidate]]) -> tuple[LinearModel, LinearModel]:
    """Conditional logit over the likely sets, on odds from models that had not seen the document."""
    choices: list[tuple[list[Features], int]] = []
    origins: list[Origin] = []
    splits = Examples()
    for numbers in folds(documents):
        rest = sorted(set(range(len(documents))) - set(numbers))
        fitted = fit(_party_examples([documents[n] for n in rest], [events[n] for n in rest]), penalty=PENALTY)
        models = by_kind(fitted)
        for coded, told in [(documents[n], events[n]) for n in numbers]:
            for place, candidate in enumerate(told):
                odds = party_odds(candidate, coded.parsed.context, models[coded.is_article], told[:place])
                _add_split(splits, coded, candidate, odds)
                sets = likely_sets(candidate, odds, told[:place])
                if candidate.parties in sets:
                    weighing = PartySets(candidate, coded.parsed.context, odds, told[:place])
                    choices.append(([weighing.features(chosen) for chosen in sets], sets.index(candidate.parties)))
                    origins.append(coded.origin)
    return fit_choices(choices, origins), fit(splits)


def _add_split(splits: Examples, coded: Coded, candidate: Candidate, odds: dict[str, float]) -> None:
    """Whether the partners of a list near the event were coded one by one."""
    listed = partner_list(candidate, coded.parsed.context)
    if not listed or candidate.type in {"policy", "dialogue"}:
        return
    number = next(n for n, one in enumerate(coded.candidates) if one is candidate)
    sets = {tuple(sorted(mention["parties"])) for mention in coded.told.get(number, ())}
    apart = sum(1 for one in sets if len(one) == 2 and len(set(one) & set(listed)) == 1)
    splits.add(split_features(candidate, listed, odds, coded.parsed.context), float(apart >= 2), coded.origin)
