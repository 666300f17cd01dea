"""The gate weighs what the candidates of a site share once, and drops what it would drop one by one."""

from __future__ import annotations

import pytest

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
