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
    tables = [Table(one.features, one.documents, rarest=3) for one in (about, scene)]
    fitted = [
        table.fit(np.array(one.answers), np.array(one.weights), penalty=penalty)
        for table, one in zip(tables, (about, scene), strict=True)
    ]
    for numbers in folds(documents):
        about_odds, scene_odds = (
            table.scores(
                table.fit(
                    np.array(one.answers),
                    np.where(np.isin(one.documents, numbers), 0.0, np.array(one.weights)),
                    penalty=penalty,
                )
            )
            for table, one in zip(tables, (about, scene), strict=True)
        )
        for number in numbers:
            first, stop = _rows(scene.documents, number)
            about_odds_here = [float(about_odds[number])] * (stop - first)
            set_odds(documents[number].parsed.context, about_odds_here, [float(one) for one in scene_odds[first:stop]])
    return {"about": fitted[0], "scene": fitted[1]}


def _rows(of_document: Sequence[int], number: int) -> tuple[int, int]:
    found = np.searchsorted(np.array(of_document), [number, number + 1])
    return int(found[0]), int(found[1])


def _about_examples(documents: Sequence[Coded]) -> Examples:
    examples = Examples()
    for number, coded in enumerate(documents):
        examples.add(Features(about_words(coded.parsed.context)), float(bool(coded.gold)), coded.weight, number)
    return examples


def _scene_examples(documents: Sequence[Coded]) -> Examples:
    examples = Examples()
    for number, coded in enumerate(documents):
        telling = {coded.candidates[place].sentence.index for place in coded.told}
        for sentence in coded.parsed.context.sentences:
            words = Features(scene_words(sentence, coded.parsed.context))
            examples.add(words, float(sentence.index in telling), coded.weight, number)
    return examples
