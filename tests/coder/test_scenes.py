"""What a text is about is read from a sentence's surroundings, not from the other end of a long text."""

from __future__ import annotations

import pytest

from pactwatch.coder.linear import LinearModel
from pactwatch.coder.scenes import scene_words, set_scenes
from tests.coder.by_hand import parse

MODELS = {"about": LinearModel(0.0, {"pact": 1.0, "striker": -1.0}), "scene": LinearModel(-1.0, {"pact": 3.0})}


def about(text: str) -> list[float]:
    context = parse(text).context
    set_scenes(context, MODELS)
    return context.about


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fiji signed a naval pact.", [1.0]),
        ("Fiji signed a naval pact. The pact is a pact.", [1.0, 1.0]),
        ("Fiji signed a naval striker.", [-1.0]),
        ("Fiji signed a naval pact and a striker.", [0.0]),
        ("Rain fell.", []),
    ],
)
def test_each_word_counts_once(text: str, expected: list[float]) -> None:
    assert about(text) == expected


def test_far_sentences_do_not_count() -> None:
    found = about("Fiji signed a naval pact. " + "The navy rested. " * 60 + "The navy met a striker.")
    assert found[0] == 1.0
    assert found[-1] == -1.0
    assert found[30] == 0.0


def test_log_odds_are_bounded() -> None:
    context = parse("Fiji signed a naval pact.").context
    set_scenes(context, {"about": LinearModel(99.0, {}), "scene": LinearModel(-99.0, {})})
    assert (context.about, context.scenes) == ([4.0], [-4.0])


def test_a_sentence_looks_at_the_ones_beside_it() -> None:
    parsed = parse("The navy rested. Fiji signed a naval pact. The navy sailed.")
    set_scenes(parsed.context, MODELS)
    assert parsed.context.scene_numbers[0] == {"about": 1.0, "scene": -1.0, "scene-before": 0.0, "scene-after": 2.0}
    assert scene_words(parsed.context.sentences[1], parsed.context) == ["fiji", "signed", "a", "naval", "pact"]
