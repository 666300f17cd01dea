"""Fits what the words of a sentence, and of a document, say of whether any event is told there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pactwatch.coder.coded import Coded, folds
from pactwatch.coder.linear import Features, LinearModel
from pactwatch.coder.regression import Examples, Table
from pactwatch.coder.scenes import about_words, scene_words, set_odds


def fit_scenes(documents: Sequence[Coded], *, penalty: float) -> dict[str, LinearModel]:
    """Fit both models, and give every document the odds of a fit that has not seen its writer."""
    about, scene = _about_examples(documents), _scene_examples(documents)
    about_model, about_odds = _fit_unseen(about, folds(documents), penalty)
    scene_model, scene_odds = _fit_unseen(scene, folds(documents), penalty)
    starts = np.searchsorted(_documents(scene), range(len(documents) + 1)).tolist()
    for number, (coded, first, stop) in enumerate(zip(documents, starts, starts[1:], strict=False)):
        set_odds(coded.parsed.context, [float(about_odds[number])] * (stop - first), scene_odds[first:stop].tolist())
    return {"about": about_model, "scene": scene_model}


def _fit_unseen(examples: Examples, parts: list[list[int]], penalty: float) -> tuple[LinearModel, np.ndarray]:
    """A model, and for each example the log-odds of a fit without the part that its document stands in."""
    table, of_document = Table(examples.features, examples.origins, rarest=3), _documents(examples)
    answers, weights, odds = np.array(examples.answers), examples.weights, np.zeros(len(examples.answers))
    for numbers in parts:
        is_held_out = np.isin(of_document, numbers)
        scores = table.scores(table.fit(answers, np.where(is_held_out, 0.0, weights), penalty=penalty))
        odds[is_held_out] = scores[is_held_out]
    return table.fit(answers, weights, penalty=penalty), odds


def _documents(examples: Examples) -> np.ndarray:
    """The number of the document that each example comes from, in order."""
    return np.array([one.document for one in examples.origins])


def _about_examples(documents: Sequence[Coded]) -> Examples:
    examples = Examples()
    for number, coded in enumerate(documents):
        words = Features(about_words(coded.parsed.context))
        examples.add(words, float(bool(coded.gold)), coded.origin._replace(document=number))
    return examples


def _scene_examples(documents: Sequence[Coded]) -> Examples:
    examples = Examples()
    for number, coded in enumerate(documents):
        telling = {coded.candidates[place].sentence.index for place in coded.told}
        for sentence in coded.parsed.context.sentences:
            words = Features(scene_words(sentence, coded.parsed.context))
            examples.add(words, float(sentence.index in telling), coded.origin._replace(document=number))
    return examples
