"""Partners of one list who act together or each apart."""

from __future__ import annotations

import pytest

from pactwatch.coder.linear import LinearModel
from pactwatch.coder.splitting import common_partner, partner_list, split, split_features
from tests.coder.by_hand import candidate_of, parse

APART = "Japan signed separate treaties with Fiji and Laos."
LIKELY = {"JPN": 3.0, "FJI": 2.0, "LAO": 1.0}
YES, NO = LinearModel(1.0, {}), LinearModel(-1.0, {})


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (APART, ("FJI", "LAO")),
        ("Japan, Fiji and Samoa signed a treaty with Laos.", ("JPN", "FJI", "WSM")),
        ("Japan signed a treaty with Fiji.", ()),
        ("Japan signed a treaty with Fiji, Fiji's navy and Fiji.", ()),
        ("TOKYO, May 5 - Fiji signed a treaty.", ()),
        ("The ministers signed a treaty.", ()),
    ],
)
def test_the_longest_list_of_the_sentence(text: str, listed: tuple[str, ...]) -> None:
    parsed = parse(text)
    assert partner_list(candidate_of(parsed, "agreement/signed"), parsed.context) == listed


@pytest.mark.parametrize(
    ("listed", "odds", "common"),
    [
        (("FJI", "LAO"), LIKELY, "JPN"),
        (("FJI", "LAO"), LIKELY | {"WSM": 4.0}, "WSM"),
        (("FJI", "JPN", "LAO"), LIKELY, None),
        (("FJI", "LAO"), {}, None),
    ],
)
def test_the_common_partner_is_the_likeliest_outside_the_list(
    listed: tuple[str, ...], odds: dict[str, float], common: str | None
) -> None:
    assert common_partner(listed, odds, []) == common


@pytest.mark.parametrize(
    ("text", "model", "odds", "parties"),
    [
        (APART, YES, LIKELY, [("FJI", "JPN"), ("JPN", "LAO")]),
        (APART, NO, LIKELY, []),
        (APART, LinearModel(0.0, {}), LIKELY, []),
        (APART, YES, {"FJI": 2.0, "LAO": 1.0}, []),
        ("Japan signed a treaty with Fiji.", YES, LIKELY, []),
    ],
)
def test_a_list_is_split_into_pairs_with_the_common_partner(
    text: str, model: LinearModel, odds: dict[str, float], parties: list[tuple[str, ...]]
) -> None:
    parsed = parse(text)
    candidate = candidate_of(parsed, "agreement/signed")
    assert [one.parties for one in split(candidate, odds, parsed.context, model, [])] == parties
    assert candidate.parties == ()


def test_a_meeting_is_never_split() -> None:
    parsed = parse("Defence ministers of Japan met those of Fiji and Laos.")
    meeting = candidate_of(parsed, "dialogue/held")
    assert split(meeting, LIKELY, parsed.context, YES, []) == []


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        (APART, "separately=True+agreement"),
        ("Japan signed treaties with Fiji and Laos.", "separately=False+agreement"),
        ("Japan signed treaties with Fiji and Laos.", "plural=True+agreement"),
        ("Japan signed a treaty with Fiji and Laos.", "plural=False+agreement"),
        ("Japan signed a treaty with Fiji and Laos.", "before=with+after"),
        ("Japan signed a treaty with both Fiji and Laos.", "both=True"),
        ("Japan signed a treaty with Fiji and Laos each.", "each=True"),
        ("Japan signed a treaty with Fiji and Laos.", "inner=True+outside=True+agreement"),
    ],
)
def test_what_tells_apart_from_together(text: str, feature: str) -> None:
    parsed = parse(text)
    candidate = candidate_of(parsed, "agreement/signed")
    listed = partner_list(candidate, parsed.context)
    assert feature in split_features(candidate, listed, LIKELY, parsed.context)
