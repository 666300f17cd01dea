"""How near to a sentence something of defence is named: in it, beside it, anywhere in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.coder.signs import AROUND
from tests.coder.test_context import context_of


def near(text: str, title: str = "") -> list[str]:
    context = context_of(text, title)
    return [context.signs.near(sentence.index) for sentence in context.sentences]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Japan and Laos exchanged notes on a hospital.", "000"),
        ("Japan and Laos signed an agreement on trade.", "000"),
        ("The labour ministers of Japan and Laos met.", "000"),
        ("Japan and Laos signed a memorandum on a strategic partnership.", "111"),
        ("A research ship of Japan called at Cebu.", "111"),
        ("Japan handed over five bulldozers to Laos.", "111"),
        ("Australia and Japan held a two-plus-two.", "111"),
        ("The defence ministers of Japan and Laos met.", "222"),
        ("Japan and Laos exchanged notes on army trucks.", "222"),
        ("Japan and the Philippines signed the ACSA.", "222"),
        ("Japan and the Philippines held Balikatan in Luzon.", "222"),
        ("USS Ronald Reagan called at Manila.", "222"),
        ("Japan handed over two howitzers to Fiji.", "222"),
    ],
)
def test_what_is_named_in_the_sentence(text: str, sign: str) -> None:
    assert near(text)[0] == sign


def test_what_is_named_beside_it_in_the_text_and_in_the_title() -> None:
    far = "The navy sailed. A treaty was signed. The rice was sold. The treaty was signed."
    assert near(far) == ["222", "022", "002", "002", "002"], "the last is the fixture's"
    assert near("A treaty was signed.", "Army chiefs meet") == ["002", "002"]
    assert near("Patrols went out. The treaty was signed.") == ["111", "011", "001"]


def density(text: str) -> list[int]:
    context = context_of(text)
    return [context.signs.density(sentence.index) for sentence in context.sentences]


@pytest.mark.parametrize(
    ("defence", "of", "step"), [(0, 12, 0), (1, 12, 0), (1, 9, 1), (2, 12, 1), (3, 12, 2), (5, 12, 3), (8, 12, 4)]
)
def test_how_many_of_the_sentences_around_have_a_sign(defence: int, of: int, step: int) -> None:
    civil = "The treaty on rice was signed. " * (of - defence)
    assert density("The navy sailed. " * defence + civil)[of // 2] == step


def test_what_stands_far_off_is_not_around() -> None:
    text = "The navy sailed. " + "The treaty on rice was signed. " * (AROUND + 1)
    assert [one > 0 for one in density(text)[:-1]] == [True] * (AROUND + 1) + [False]


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(0, 39))
def test_more_signs_around_are_never_less_dense(are_signs: list[bool], more: int) -> None:
    def told(signs: list[bool]) -> list[int]:
        return density(" ".join("The navy sailed." if sign else "The treaty was signed." for sign in signs))

    raised = [sign or place == more for place, sign in enumerate(are_signs)]
    assert all(before <= after for before, after in zip(told(are_signs), told(raised), strict=True))


@pytest.mark.parametrize(
    ("text", "title", "are_there"),
    [
        ("The rice was sold.", "", False),
        ("The rice was sold.", "Army chiefs meet", True),
        ("The rice was sold. A navy bought it.", "", True),
        ("The rice was sold at a base.", "", True),
        ("The rice was sold to officers.", "", True),
        ("The rice was sold to customs officers.", "", False),
        ("A pact on duties is in force.", "", False),
        ("A force of duty officers sold the rice.", "", True),
        ("The rice was cleared of unexploded bombs.", "", False),
        ("The rice was cleared of bombs.", "", True),
        ("A customer base bought the rice, and a base sold it.", "", True),
    ],
)
def test_whether_anything_is_named_at_all(text: str, title: str, are_there: bool) -> None:
    assert context_of(text, title).signs.are_there is are_there
