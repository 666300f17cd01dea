"""Money in running text."""

from __future__ import annotations

import json
import time
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pactwatch.coder import money
from pactwatch.coder.money import MoneyReader
from pactwatch.coder.numbers import NumberReader

LEXICON = Path(money.__file__).parents[1] / "lexicons" / "en"
EXTERNAL = Path(__file__).parents[2].parent / "shared" / "external" / "dates_money" / "CurrencyModel.json"
NAMED = {
    "Dollar": ("USD", 1),
    "Pound": ("GBP", 1),
    "Franc": ("FRF", 1),
    "Cent": ("USD", 100),
    "Pence": ("GBP", 100),
    "Penny": ("GBP", 100),
    "Finnish markka": ("FIM", 1),
    "Netherlands guilder": ("NLG", 1),
    "Peseta": ("ESP", 1),
    "Rupee": ("INR", 1),
}
"""How the units of the external set that carry no ISO code are read."""


def _words(name: str) -> dict[str, Any]:
    return tomllib.loads((LEXICON / f"{name}.toml").read_text(encoding="utf-8"))


READER = MoneyReader(_words("money"), NumberReader(_words("numbers")))


def _read(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], str(span.money)) for span in READER.find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "told", "value"),
    [
        ("a grant of 300 million yen in all", "300 million yen", "300000000 JPY"),
        ("a 16.5-billion-yen loan", "16.5-billion-yen", "16500000000 JPY"),
        ("a 1.6 billion-yen grant", "1.6 billion-yen", "1600000000 JPY"),
        ("a $375-million deal", "$375-million", "375000000 USD"),
        ("some US$ 7.5m", "US$ 7.5m", "7500000 USD"),
        ("costs 5m USD", "5m USD", "5000000 USD"),
        ("costs 75 USD million", "75 USD million", "75000000 USD"),
        ("30 MUSD in all", "30 MUSD", "30000000 USD"),
        ("¥254bn was set aside", "¥254bn", "254000000000 JPY"),
        ("6億円 was set aside", "6億円", "600000000 JPY"),
        ("1億5000万円", "1億5000万円", "150000000 JPY"),
        ("worth CN¥20 million", "CN¥20 million", "20000000 CNY"),
        ("worth A$90bn", "A$90bn", "90000000000 AUD"),
        ("worth $A330 billion", "$A330 billion", "330000000000 AUD"),
        ("worth 30 million Aussie dollars", "30 million Aussie dollars", "30000000 AUD"),
        ("worth Rs 6,000 crore", "Rs 6,000 crore", "60000000000 INR"),
        ("worth ₹12,34,567", "₹12,34,567", "1234567 INR"),
        ("a P1.5 billion project", "P1.5 billion", "1500000000 PHP"),
        ("Taka 48 crore was paid", "Taka 48 crore", "480000000 BDT"),
        ("K10.4 million went to it", "K10.4 million", "10400000 PGK"),
        ("RM12 mil for boats", "RM12 mil", "12000000 MYR"),
        ("TOP 7.7 million", "TOP 7.7 million", "7700000 TOP"),
        ("350 billion won", "350 billion won", "350000000000 KRW"),
        ("€1,18 billion", "€1,18 billion", "1180000000 EUR"),
        ("420 million Finnish markka", "420 million Finnish markka", "420000000 FIM"),
        ("half a billion dollars", "half a billion dollars", "500000000 USD"),
        ("301.2 millions of dollars", "301.2 millions of dollars", "301200000 USD"),
        ("twelve dollars and fifty cents", "twelve dollars and fifty cents", "12.5 USD"),
        ("5 million U.S.\n $", "5 million U.S.\n $", "5000000 USD"),
        ("a fleet of 12 $30 million boats", "$30 million", "30000000 USD"),
        ("in 2024 USD 5 million was paid", "USD 5 million", "5000000 USD"),
    ],
)
def test_one_amount(text: str, told: str, value: str) -> None:
    assert _read(text) == [(told, value)]


@pytest.mark.parametrize(
    ("text", "told", "value"),
    [
        ("got 600 million yen (about $4 million) then", "600 million yen (about $4 million)", "600000000 JPY"),
        ("got $4 million (600 million yen)", "$4 million (600 million yen)", "4000000 USD"),
        ("₱611 million or 1.6 billion yen", "₱611 million or 1.6 billion yen", "611000000 PHP"),
        ("€2bn, equivalent to $2.2bn, for", "€2bn, equivalent to $2.2bn", "2000000000 EUR"),
        ("$5 million - roughly £4m - for", "$5 million - roughly £4m", "5000000 USD"),
        ("KRW 7bn (US$5m, or PHP 300m) for", "KRW 7bn (US$5m, or PHP 300m)", "7000000000 KRW"),
        ("$3-4 million in aid", "$3-4 million", "3000000 USD"),
        ("10 to 15 million dollars", "10 to 15 million dollars", "10000000 USD"),
    ],
)
def test_an_equivalent_or_a_range_is_one_amount(text: str, told: str, value: str) -> None:
    assert _read(text) == [(told, value)]


def test_two_amounts_stay_two() -> None:
    assert [value for _, value in _read("from 8.1 billion yen to 18.1 billion")] == [
        "8100000000 JPY",
        "18100000000 JPY",
    ]
    assert [value for _, value in _read("$3 million and $4 million")] == ["3000000 USD", "4000000 USD"]


@pytest.mark.parametrize(
    "text",
    [
        "the two sides signed on 8 July 2024",
        "a 500-pound bomb and 20 pounds of explosive",
        "she won 3 medals and scored 50 marks",
        "the TOP 10, and ALL 5 boats",
        "two K2 tanks and a P-8 aircraft",
        "a multibillion-dollar deal",
    ],
)
def test_no_money(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize("text", ["$1 " * 20_000, "1" * 200_000 + "$", "1 million yen (" * 10_000, "$" * 200_000])
def test_hostile_texts_are_read_in_time(text: str) -> None:
    begun = time.process_time()
    READER.find(text, 0, len(text))
    assert time.process_time() - begun < 5


def test_external_set() -> None:
    if not EXTERNAL.is_file():
        pytest.skip("the external set of amounts (CurrencyModel.json) is not beside the repository")
    cases = json.loads(EXTERNAL.read_text(encoding="utf-8"))
    right = sum(_is_right(case) for case in cases)
    assert right / len(cases) >= 0.85


def _is_right(case: dict[str, Any]) -> bool:
    text = case["Input"]
    found = [
        (text[span.start : span.end].lower(), span.money.amount, span.money.currency)
        for span in READER.find(text, 0, len(text))
    ]
    return found == [_expected(result) for result in case["Results"]]


def _expected(result: dict[str, Any]) -> tuple[str, Decimal | None, str]:
    told = result["Resolution"]
    code, parts = NAMED.get(told["unit"], (told["unit"], 1))
    value = None if told["value"] is None else Decimal(told["value"]) / parts
    return result["Text"].lower(), value, told.get("isoCurrency", code)
