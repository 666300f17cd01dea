"""Numbers in figures and words."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from pactwatch.coder import numbers
from pactwatch.coder.numbers import NumberReader, read_figure

LEXICON = Path(numbers.__file__).parents[1] / "lexicons" / "en"
READER = NumberReader(tomllib.loads((LEXICON / "numbers.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("text", "told", "value"),
    [
        ("about twelve boats", "twelve", 12),
        ("a dozen crates", "a dozen", 12),
        ("two dozen crates", "two dozen", 24),
        ("the first pair of skiffs", "pair", 2),
        ("forty-five rifles", "forty-five", 45),
        ("one hundred and five lorries", "one hundred and five", 105),
        ("a thousand vests", "a thousand", 1000),
        ("1,200 rounds", "1,200", 1200),
        ("12,34,567 rupees", "12,34,567", 1234567),
        ("1.2 million rounds", "1.2 million", 1_200_000),
        ("16.5-billion-yen loan", "16.5-billion", 16_500_000_000),
        ("two and a half million", "two and a half million", 2_500_000),
        ("half a billion", "half a billion", 500_000_000),
        ("three quarters of a million", "three quarters of a million", 750_000),
        ("one million two hundred thousand", "one million two hundred thousand", 1_200_000),
        ("3.5 lakh crore", "3.5 lakh crore", 3_500_000_000_000),
        ("two hundred million", "two hundred million", 200_000_000),
    ],
)
def test_cardinals(text: str, told: str, value: int) -> None:
    span = READER.find(text, 0, len(text))[-1]
    assert (text[span.start : span.end], int(span.value), span.is_ordinal) == (told, value, False)


@pytest.mark.parametrize(("text", "value"), [("the second", 2), ("its 12th hull", 12), ("the Thirtieth", 30)])
def test_ordinals(text: str, value: int) -> None:
    assert [(span.value, span.is_ordinal) for span in READER.find(text, 0, len(text))] == [(Decimal(value), True)]


@pytest.mark.parametrize("text", ["second-hand boats", "first-class crews", "half of them", "billions", "no figure"])
def test_no_number(text: str) -> None:
    assert READER.find(text, 0, len(text)) == []


@pytest.mark.parametrize(("text", "value"), [("1,5", "1.5"), ("1’000", "1000"), ("1,500", "1500"), ("2.75", "2.75")])
def test_figures(text: str, value: str) -> None:
    assert read_figure(text) == Decimal(value)


def test_only_the_stretch_is_read() -> None:
    text = "five boats, six boats, seven boats"
    assert [span.value for span in READER.find(text, 12, 21)] == [6]
