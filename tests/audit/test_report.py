"""How sure a reading is, in the words of the report."""

from __future__ import annotations

import pytest

from pactwatch.audit.reading import SentenceClass, Stance
from pactwatch.audit.report import Sentence


@pytest.mark.parametrize(
    ("sure", "words", "number"),
    [
        (None, "", None),
        (0.0, "0 % sure", 0.0),
        (0.29, "29 % sure", 0.29),
        (0.4996, "49 % sure", 0.49),  # short of the line of a sharp verdict, and told so
        (0.5, "50 % sure", 0.5),
        (1.0, "99 % sure", 1.0),
    ],
)
def test_how_sure_a_reading_is_is_rounded_down(sure: float | None, words: str, number: float | None) -> None:
    sentence = Sentence(1, 0, 4, "Yes.", SentenceClass.CLAIM, Stance.ASSERTED, sure=sure)
    assert sentence.surety == words
    assert sentence.as_json()["sure"] == number
