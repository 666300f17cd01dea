"""The second look at a sentence: what it weighs of the sentences around, and what must not change it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.audit.reading.looks import Look, Spot, numbers_around


def make_look(claim: float, trend: float = 1.0) -> Look:
    return Look({"claim": claim, "other": 1.0 - claim}, {"trend": trend, "none": 1.0 - trend})


LOOKS = st.builds(make_look, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
READ = st.lists(LOOKS, min_size=1, max_size=12)


def test_a_sentence_by_itself_has_no_others() -> None:
    (alone,) = numbers_around([make_look(0.8)], [Spot()])
    assert alone["own:claim"] == pytest.approx(-0.223, abs=0.001)
    assert not [name for name in alone if name.startswith(("before", "behind", "article", "paragraph"))]


def test_the_sentences_around_are_told_by_how_far_off_they_are() -> None:
    looks = [make_look(share) for share in (0.1, 0.2, 0.3, 0.4, 0.5)]
    middle = numbers_around(looks, [Spot(1), Spot(1), Spot(1), Spot(2), Spot(2)])[2]
    assert (middle["before-1:claim"], middle["before-2:claim"]) == (0.2, 0.1)
    assert (middle["behind-1:claim"], middle["behind-2:claim"]) == (0.4, 0.5)
    assert middle["article:claim"] == pytest.approx(0.3)
    assert middle["paragraph:claim"] == pytest.approx(0.15)
    assert middle["far-on"] == pytest.approx(0.4)


def test_kinds_around_count_as_claims_of_that_kind() -> None:
    second = numbers_around([make_look(0.5, trend=0.4), make_look(0.1)], [Spot(), Spot()])[1]
    assert second["before-1:kind trend"] == pytest.approx(0.2)


@given(READ, READ, st.integers(0, 12))
def test_paragraphs_that_are_not_read_change_nothing(looks: list[Look], noise: list[Look], place: int) -> None:
    place = min(place, len(looks))
    spots = [Spot(1) if number < place else Spot(3) for number in range(len(looks))]
    among = numbers_around(
        [*looks[:place], *noise, *looks[place:]],
        [*spots[:place], *[Spot(2, is_read=False) for _ in noise], *spots[place:]],
    )
    alone = numbers_around(looks, spots)
    assert [*among[:place], *among[place + len(noise) :]] == alone


@given(READ)
def test_the_mean_of_an_article_is_of_the_others(looks: list[Look]) -> None:
    for place, numbers in enumerate(numbers_around(looks, [Spot() for _ in looks])):
        others = [look.classes["claim"] for number, look in enumerate(looks) if number != place]
        if others:
            assert numbers["article:claim"] == pytest.approx(sum(others) / len(others), abs=1e-9)
