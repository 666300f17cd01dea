"""A candidate beside those of its word, its clause, its sentence and the sentences before."""

from __future__ import annotations

import pytest

from pactwatch.coder.linear import Features
from pactwatch.coder.rivals import rival_features
from tests.coder.by_hand import parse


def features_of(text: str, told: str, odds: dict[str, float]) -> list[Features]:
    """Features of the candidates of one kind, with first odds by type and stage (else -3)."""
    parsed = parse(text)
    for one in parsed.candidates:
        one.odds = odds.get(f"{one.type}/{one.stage}", -3.0)
    found = rival_features(parsed.candidates, parsed.context)
    assert len(found) == len(parsed.candidates)
    return [
        features
        for one, features in zip(parsed.candidates, found, strict=True)
        if f"{one.type}/{one.stage}" == told and one.act is not None
    ]


def test_a_candidate_knows_itself() -> None:
    (found,) = features_of("Fiji signed a defence treaty.", "agreement/signed", {"agreement/signed": 2.0})
    assert found.numbers["odds"] == 2.0
    assert {"what=agreement/signed", "act=True", "odds=2+agreement/signed"} <= set(found.names)


@pytest.mark.parametrize(
    ("mine", "other", "gap"), [(2.0, 1.0, 1.0), (1.0, 2.0, -1.0), (9.0, -9.0, 6.0), (-9.0, 9.0, -6.0)]
)
def test_the_gap_to_the_best_rival_is_bounded(mine: float, other: float, gap: float) -> None:
    text = "Fiji signed a defence treaty and held a naval drill."
    found = features_of(text, "agreement/signed", {"agreement/signed": mine, "exercise/held": other})
    assert found[0].numbers["gap:sentence-type"] == gap
    lead = "ahead" if gap > 0 else "behind"
    assert (f"sentence-type:{lead}+strong=True" in found[0].names) is (other > 0.5)


def test_of_two_equals_the_first_is_ahead() -> None:
    text = "Fiji signed a defence treaty and Laos signed a defence treaty."
    found = features_of(text, "agreement/signed", {"agreement/signed": 1.0})
    ahead = ["sentence-same:ahead+strong=True" in one.names for one in found]
    behind = ["sentence-same:behind+strong=True" in one.names for one in found]
    assert (ahead[0], behind[0]) == (True, False)
    assert all(behind[1:])
    assert not any(ahead[1:])


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Fiji signed a defence treaty.", "none"),
        ("Laos signed a defence treaty. Fiji signed a defence treaty.", "2"),
        ("Laos signed a defence treaty. Rain fell. The navy left. Fiji signed a defence treaty.", "2"),
    ],
)
def test_what_was_likely_earlier_is_known(text: str, step: str) -> None:
    last = features_of(text, "agreement/signed", {"agreement/signed": 2.2})[-1]
    assert f"earlier={step}+agreement/signed" in last.names


def test_what_comes_later_is_not_earlier() -> None:
    first = features_of("Fiji signed a treaty. Laos signed a treaty.", "agreement/signed", {"agreement/signed": 2.0})[0]
    assert "earlier=none+agreement/signed" in first.names


def test_the_strongest_of_the_document_is_known_to_all() -> None:
    odds = {"agreement/signed": 0.0, "exercise/held": 3.0}
    (found,) = features_of("Fiji signed a treaty. Laos held a naval drill.", "agreement/signed", odds)
    assert "strongest=3" in found.names


def test_rivals_of_other_sentences_are_not_beside() -> None:
    (found,) = features_of("Fiji signed a treaty. Laos held a naval drill.", "agreement/signed", {"exercise/held": 3.0})
    assert "gap:sentence-type" not in found.numbers


def test_no_candidates_no_features() -> None:
    assert rival_features([], parse("Fiji signed a treaty.").context) == []
