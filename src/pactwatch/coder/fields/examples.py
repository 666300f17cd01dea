"""Examples for the fitted models of the fields, from coded documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pactwatch.coder.fields.direction import DIRECTED, direction_features
from pactwatch.coder.fields.reading import read_words
from pactwatch.coder.fields.speakers import credits_near, speaker_features

if TYPE_CHECKING:
    from pactwatch.coder.coded import Coded
    from pactwatch.coder.regression import Examples


def direction_examples(documents: Sequence[Coded]) -> Examples:
    """Whether each party of a directed event is its supplier, as the coders decided."""
    from pactwatch.coder.regression import Examples

    examples = Examples()
    for coded in documents:
        for number, mention in coded.best():
            candidate = coded.candidates[number]
            if candidate.type not in DIRECTED or len(mention["parties"]) < 2 or "supplier" not in mention:
                continue
            candidate.parties = tuple(sorted(mention["parties"]))
            for code in candidate.parties:
                features = direction_features(candidate, code, coded.parsed.context)
                examples.add(features, float(code == mention["supplier"]), coded.origin)
    return examples


def speaker_examples(documents: Sequence[Coded], language: str = "en") -> Examples:
    """Whether each credit near an event is whom the coders credited with it."""
    from pactwatch.coder.regression import Examples

    examples, words = Examples(), read_words(language)
    for coded in documents:
        for number, mention in coded.best():
            if "speaker" not in mention:
                continue
            candidate = coded.candidates[number]
            candidate.modality = mention["modality"]
            for place, (sentence, credit) in enumerate(credits_near(candidate, coded.parsed, words)):
                shown = coded.parsed.tokens.shown(credit.i, credit.j)
                features = speaker_features(candidate, sentence, credit, place, coded.parsed)
                examples.add(features, float(_is_same_name(shown, mention["speaker"])), coded.origin)
    return examples


def _is_same_name(one: str, other: str | None) -> bool:
    """Whether one naming holds the other, apart from case."""
    small, told = one.casefold(), (other or "").casefold()
    return bool(told) and (small in told or told in small)
