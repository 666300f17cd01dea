"""Money and items are read as written or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pactwatch.model.amounts import AmountError, Money, parse_items, parse_money


def test_reads_money_in_units() -> None:
    assert parse_money("1921000000 JPY") == Money(Decimal(1921000000), "JPY")
    assert parse_money("12.50 USD").amount == Decimal("12.50")


@pytest.mark.parametrize("text", ["1.9 billion JPY", "1,921 JPY", "JPY 1921", "1921", "-5 JPY", "5 jpy", "1e9 JPY"])
def test_refuses_other_money(text: str) -> None:
    with pytest.raises(AmountError, match="ISO 4217"):
        parse_money(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("radar: J/FPS-3ME (3)", [("radar", "J/FPS-3ME", "3")]),
        ("vessel: boats (<=5); drone: UAVs", [("vessel", "boats", "up to 5"), ("drone", "UAVs", "")]),
        ("engine_parts: UH-1H parts (~40000)", [("engine_parts", "UH-1H parts", "about 40000")]),
        ("vessel: 97 m MRRV (3-4)", [("vessel", "97 m MRRV", "3 to 4")]),
        ("", []),
    ],
)
def test_reads_items_with_bounded_quantities(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(str(item.category), item.name, item.quantity) for item in parse_items(text)] == expected


@pytest.mark.parametrize("text", ["boats (3)", "vesel: boats (3)", "vessel: boats (4-3)", "vessel: boats (many)"])
def test_refuses_other_items(text: str) -> None:
    with pytest.raises(AmountError):
        parse_items(text)
