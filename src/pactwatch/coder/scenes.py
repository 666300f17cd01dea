"""What a sentence, and the text around it, are about by all their words: the first and cheapest look.

Football clubs sign defenders and judges hear pleas; single words mislead. All words of a page together seldom do.
"""

from __future__ import annotations

from collections.abc import Sequence

from pactwatch.coder.context import Context
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.spans import Sentence

_FARTHEST = 4.0
"""Log-odds beyond which words tell no more: a strange text is no stranger than that."""
_BLOCK = 8
"""Sentences that are looked at together; a text is about what a block and its two neighbours say."""


def scene_words(sentence: Sentence, context: Context) -> list[str]:
    """The words of a sentence, each once."""
    return _words(context, sentence.first, sentence.stop)


def about_words(context: Context) -> list[str]:
    """The words of all sentences that are read, each once."""
    return _words(context, 0, len(context.tokens.words))


def _words(context: Context, first: int, stop: int) -> list[str]:
    return [word for word in dict.fromkeys(context.tokens.words[first:stop]) if word.isalpha()]


def set_scenes(context: Context, models: dict[str, LinearModel]) -> None:
    """Work out ``context.about`` and ``context.scenes``: by the words alone, how likely an event is told here."""
    about, scene = models["about"], models["scene"]
    found: list[float] = []
    for first, stop in _windows(len(context.sentences)):
        score = _score(about, context, context.sentences[first].first, context.sentences[stop - 1].stop)
        found += [score] * min(_BLOCK, len(context.sentences) - len(found))
    set_odds(context, found, [_score(scene, context, one.first, one.stop) for one in context.sentences])


def _score(model: LinearModel, context: Context, first: int, stop: int) -> float:
    """The log-odds by some words, each once; what is no word has no weight, so it is not left out first."""
    words = dict.fromkeys(context.tokens.words[first:stop])
    return model.bias + sum(filter(None, map(model.weights.get, words)))


def _windows(size: int) -> list[tuple[int, int]]:
    """For each block of sentences the first sentence and the end of what is looked at with it."""
    return [(max(0, start - _BLOCK), min(size, start + 2 * _BLOCK)) for start in range(0, size, _BLOCK)]


def set_odds(context: Context, about: Sequence[float], scenes: Sequence[float]) -> None:
    """Keep the log-odds for every sentence, of the text around it and of its own words, within bounds, and the features
    they are for every candidate of the sentence.
    """
    context.about = [max(-_FARTHEST, min(_FARTHEST, one)) for one in about]
    context.scenes = [max(-_FARTHEST, min(_FARTHEST, one)) for one in scenes]
    context.scene_numbers = [_numbers(index, context) for index in range(len(scenes))]


def _numbers(index: int, context: Context) -> dict[str, float]:
    """The log-odds of the text around a sentence, of the sentence and of the two beside it, as features."""
    scenes = context.scenes
    return {
        "about": context.about[index],
        "scene": scenes[index],
        "scene-before": scenes[index - 1] if index else 0.0,
        "scene-after": scenes[index + 1] if index + 1 < len(scenes) else 0.0,
    }
