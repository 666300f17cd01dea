"""Money and quantities as the casebook writes them: ``1921000000 JPY``, ``radar: J/FPS-3ME (3)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pactwatch.model.codes import ItemCategory
from pactwatch.model.errors import PactwatchError

_MONEY = re.compile(r"(?P<amount>\d{1,18}(?:\.\d{1,2})?) (?P<currency>[A-Z]{3})", re.ASCII)
_ITEM = re.compile(
    r"(?P<category>[a-z_]+): (?P<name>[^()]+?)(?: \((?P<bound><=|~)?(?P<low>\d{1,9})(?:-(?P<high>\d{1,9}))?\))?",
    re.ASCII,
)


class AmountError(PactwatchError):
    """A text is not an amount of money or a list of items of the notation."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole or decimal units of an ISO 4217 currency."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


@dataclass(frozen=True, slots=True)
class Item:
    """Things of one kind: at least ``low`` and at most ``high`` of them, ``None`` where not told."""

    category: ItemCategory
    name: str
    low: int | None = None
    high: int | None = None
    is_approximate: bool = False

    @property
    def quantity(self) -> str:
        """The quantity as the source bounds it: ``3``, ``up to 5``, ``about 40000``, ``3 to 4`` or nothing."""
        if self.high is None:
            return ""
        if self.low is None:
            return f"up to {self.high}"
        if self.low != self.high:
            return f"{self.low} to {self.high}"
        return f"about {self.low}" if self.is_approximate else str(self.low)


def parse_money(text: str) -> Money:
    """Read ``1921000000 JPY``; raises :class:`AmountError`."""
    shape = _MONEY.fullmatch(text)
    if shape is None:
        raise AmountError("an amount in units and an ISO 4217 currency, like 1921000000 JPY")
    return Money(Decimal(shape["amount"]), shape["currency"])


def parse_items(text: str) -> tuple[Item, ...]:
    """Read ``radar: J/FPS-3ME (3); vessel: patrol boats (<=5)``; raises :class:`AmountError`."""
    return tuple(_parse_item(part.strip()) for part in text.split(";") if part.strip())


def _parse_item(text: str) -> Item:
    shape = _ITEM.fullmatch(text)
    if shape is None:
        raise AmountError(
            "items like 'radar: J/FPS-3ME (3); vessel: patrol boats (<=5)', quantity (3), (<=5), (~3) or (3-4)"
        )
    if shape["category"] not in set(ItemCategory):
        raise AmountError(f"an item category among {', '.join(ItemCategory)}")
    category = ItemCategory(shape["category"])  # type: ignore[call-arg]  # lookup by value, not construction
    if shape["low"] is None:
        return Item(category, shape["name"])
    low, high = int(shape["low"]), int(shape["high"] or shape["low"])
    if high < low:
        raise AmountError("a range whose first number is not above its second")
    return Item(category, shape["name"], None if shape["bound"] == "<=" else low, high, shape["bound"] == "~")
