"""What candidates share is weighed once, with the same outcome as one by one: by the gate, and by the look after it."""

from __future__ import annotations

import pytest

from pactwatch.coder.features import keep_features, keep_odds
from pactwatch.coder.gate import HOPELESS, gate_features, hopeful
from pactwatch.coder.scenes import set_scenes
from tests.coder.by_hand import parse
from tests.coder.opened import NEEDS_WEIGHTS, coder

TEXTS = (
    "Japan and Fiji signed a defence treaty on 3 May 2021, and Laos ordered five radars from Oman.",
    "Laos drafted a defence treaty. Fiji signed on Friday, and Samoa did so in 2018. The navies held a drill.",
    "The warship made a port call. Its crew trained cadets of the Samoan navy; a second course followed in May.",
)


@NEEDS_WEIGHTS
@pytest.mark.parametrize("text", TEXTS)
def test_sites_are_weighed_as_their_candidates_are_one_by_one(text: str) -> None:
    parsed, models = parse(text), coder().weights.models
    set_scenes(parsed.context, models)
    odds = [(one, models["gate"].score_of(gate_features(one, parsed.context))) for one in parsed.candidates]
    expected = [one for one, score in odds if score >= HOPELESS]
    assert 0 < len(expected) < len(odds), "a text on which the gate has something to decide"
    found = hopeful(parsed.sites, parsed.context, models["gate"])
    assert [id(one) for one in found] == [id(one) for one in expected]


@NEEDS_WEIGHTS
@pytest.mark.parametrize("text", TEXTS)
def test_the_look_at_each_by_itself_weighs_all_its_features(text: str) -> None:
    parsed, models = parse(text), coder().weights.models
    set_scenes(parsed.context, models)
    keep = models["keep"]
    expected = [
        keep.score(features.names, features.numbers)
        for features in (keep_features(one, parsed.context) for one in parsed.candidates)
    ]
    assert list(keep_odds(parsed.candidates, parsed.context, keep)) == pytest.approx(expected, abs=1e-9)
