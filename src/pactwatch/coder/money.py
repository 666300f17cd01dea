"""Money in running text: ``600 million yen (about $4 million)``, ``Rs 6,000 crore``, ``US$1.9-billion``.

Numbers are found first and the words beside each are looked up. Of a range the first amount is taken; of an amount and
its equivalent in another currency, the one told first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pactwatch.coder.money_words import Currencies, Shapes
from pactwatch.coder.numbers import NumberReader, NumberSpan
from pactwatch.coder.typography import plain_text
from pactwatch.model.amounts import Money

_LARGEST = Decimal(10) ** 18
"""Amounts above are no money but noise."""
_LONGEST_MARK = 8
_WORD_WINDOW = 24


@dataclass(frozen=True, slots=True)
class MoneySpan:
    """An amount where it stands; ``end`` includes its equivalent in another currency."""

    start: int
    end: int
    money: Money


@dataclass(frozen=True, slots=True)
class _Unit:
    """A currency beside an amount: where the two together begin or end, and what the currency multiplies by."""

    place: int
    currency: str
    factor: Decimal
    is_shy: bool = False


class MoneyReader:
    """Finds money; ``words`` is the parsed ``money.toml`` of a language and ``numbers`` the reader of its numbers."""

    def __init__(self, words: Mapping[str, Any], numbers: NumberReader) -> None:
        self._numbers = numbers
        self._currencies = Currencies(words)
        self._short_scales: dict[str, int] = words["short_scales"]
        self._shapes = Shapes(words, numbers.scales, self._currencies)
        self._signs = re.compile(f"[{re.escape(self._currencies.signs())}]")
        self._letters = re.compile(r"[^\W\d_]+")
        self._hints = self._currencies.hints()
        self._small_hints = frozenset(plain_text(hint).low for hint in self._hints)

    def may_hold(self, words: Iterable[str], text: str, start: int, end: int) -> bool:
        """A quick look at a sentence, its ``words`` as :func:`cut_tokens` cuts them: whether it may tell an amount."""
        if not self._numbers.may_hold(words, text, start, end):
            return False
        if self._signs.search(text, start, end):
            return True
        is_named = not self._small_hints.isdisjoint(words)
        return is_named and not self._hints.isdisjoint(self._letters.findall(text, start, end))

    def find(self, text: str, start: int, end: int) -> list[MoneySpan]:
        """The money of a stretch of text, in order."""
        numbers = [one for one in self._numbers.find(text, start, end) if not one.is_ordinal]
        amounts = self._ranges(text, [self._scaled(text, end, one) for one in numbers])
        return self._joined(text, end, list(self._priced(text, start, end, amounts)))

    def _scaled(self, text: str, end: int, number: NumberSpan) -> NumberSpan:
        """The number with the short scale behind it: ``5m``, ``3 bn``, ``1億5000万``."""
        scale = self._shapes.short_scale.match(text, number.end, end)
        if scale is None or number.is_words or number.factor != 1:
            return number
        factor = self._short_scales[scale[1]]
        value, place = number.value * factor, scale.end()
        while (part := self._shapes.chain.match(text, place, end)) is not None:
            value += int(part[1]) * self._short_scales[part[2]]
            place = part.end()
        return replace(number, end=place, value=value, factor=factor)

    def _ranges(self, text: str, amounts: list[NumberSpan]) -> list[NumberSpan]:
        """``10 to 15 million`` as one amount, its first with the scale of its last."""
        kept: list[NumberSpan] = []
        for one in amounts:
            if kept and one.start < kept[-1].end:
                continue
            last = kept[-1] if kept else None
            if last is not None and self._is_range(text, last, one):
                kept[-1] = replace(last, end=one.end, value=last.value * one.factor, factor=one.factor)
            else:
                kept.append(one)
        return kept

    def _is_range(self, text: str, low: NumberSpan, high: NumberSpan) -> bool:
        if high.start - low.end > 7 or low.factor != 1 or high.factor == 1 or low.value >= high.value / high.factor:
            return False
        return self._shapes.range.fullmatch(text, low.end, high.start) is not None

    def _priced(self, text: str, start: int, end: int, amounts: Sequence[NumberSpan]) -> Iterator[MoneySpan]:
        """Each amount with the currency before or behind it, each currency used once."""
        taken, last = start, None
        for index, one in enumerate(amounts):
            if one.start < taken:
                continue
            after_next = amounts[index + 1] if index + 1 < len(amounts) else None
            span = self._with_unit(text, (taken, end), one, after_next) or self._continued(text, last, one)
            if span is not None and span.money.amount < _LARGEST:
                taken, last = span.end, span
                yield span

    def _continued(self, text: str, last: MoneySpan | None, one: NumberSpan) -> MoneySpan | None:
        """An amount that leaves its currency to the one before: ``from 8 billion yen to 18 billion``."""
        if last is None or one.factor == 1 or one.start - last.end > 7:
            return None
        if self._shapes.range.fullmatch(text, last.end, one.start) is None:
            return None
        return _span(one.start, one.end, one.value, last.money.currency)

    def _with_unit(
        self, text: str, limits: tuple[int, int], one: NumberSpan, following: NumberSpan | None
    ) -> MoneySpan | None:
        before = self._before(text, limits[0], one)
        if before is not None:
            place = self._after_scale(text, limits[1], one)
            again = self._after(text, limits[1], place[0])
            is_same = again is not None and again.currency == before.currency and text[again.place - 1].isalpha()
            end = again.place if again is not None and is_same else place[0]
            return _span(before.place, end, one.value * place[1] * before.factor, before.currency)
        after = self._after(text, limits[1], one.end)
        if after is None or self._is_no_money(text, after, one) or self._is_next(text, after, following, one):
            return None
        place = self._after_scale(text, limits[1], replace(one, end=after.place))
        return _span(one.start, place[0], one.value * place[1] * after.factor, after.currency)

    def _is_no_money(self, text: str, unit: _Unit, one: NumberSpan) -> bool:
        """Whether a word is none of a currency without a scale: ``50 marks``, ``a 500-pound bomb``."""
        if one.factor > 1:
            return False
        if unit.is_shy:
            return True
        is_weight = text[one.end : unit.place].strip(" -").lower() in self._currencies.weights
        return is_weight and (text[one.end] == "-" or self._shapes.of.match(text, unit.place) is not None)

    def _is_next(self, text: str, unit: _Unit, following: NumberSpan | None, one: NumberSpan | None = None) -> bool:
        """Whether a currency behind an amount belongs to the next: ``12 $30 million boats``."""
        if following is None or following.start < unit.place:
            return False
        gap = text[unit.place : following.start]
        return not gap or (gap.isspace() and one is not None and following.factor > 1 and one.factor == 1)

    def _after_scale(self, text: str, end: int, one: NumberSpan) -> tuple[int, int]:
        """The scale told behind the currency: ``75 USD million``."""
        scale = self._shapes.long_scale.match(text, one.end, end) if one.factor == 1 else None
        if scale is None:
            return one.end, 1
        return scale.end(), self._numbers.scales[scale[1].lower()]

    def _before(self, text: str, start: int, one: NumberSpan) -> _Unit | None:
        place = one.start
        while place > start and one.start - place < 2 and text[place - 1].isspace():
            place -= 1
        for length in range(min(_LONGEST_MARK, place - start), 0, -1):
            mark = text[place - length : place]
            found = self._currencies.marks.get(mark)
            if found and self._may_be_mark(text, start, place - length, mark, one):
                return _Unit(place - length, *found)
        if place == one.start:
            return self._shy_sign(text, start, one)
        return self._word_before(text, start, one)

    def _may_be_mark(self, text: str, start: int, place: int, mark: str, one: NumberSpan) -> bool:
        """A mark begins no later than its word; a shy one needs a scale."""
        if mark in self._currencies.shy and one.factor == 1:
            return False
        return not (mark[0].isalpha() and place > start and text[place - 1].isalnum() and mark[0].isascii())

    def _shy_sign(self, text: str, start: int, one: NumberSpan) -> _Unit | None:
        place = one.start - 1 - (text[one.start - 1 : one.start] == ".")
        currency = self._currencies.shy_signs.get(text[place : place + 1]) if place >= start else None
        is_big = one.factor > 1 or "," in text[one.start : one.end]
        if currency is None or not is_big or (place > start and text[place - 1].isalnum()):
            return None
        return _Unit(place, currency, Decimal(1))

    def _word_before(self, text: str, start: int, one: NumberSpan) -> _Unit | None:
        """A name before its amount, in the singular: ``Taka 48 crore``, ``dollar 22.5 million``."""
        if one.factor == 1:
            return None
        window = max(start, one.start - _WORD_WINDOW)
        word = self._shapes.word_before.search(text[window : one.start])
        if word is None or f"{word[1].lower()}s" not in self._currencies.names:
            return None
        found = self._currencies.names.get(word[1].lower())
        return None if found is None else _Unit(window + word.start(), *found)

    def _after(self, text: str, end: int, place: int) -> _Unit | None:
        match = self._shapes.after.match(text, place, end)
        if match is None:
            return None
        if match["mark"]:
            mark = " ".join(match["mark"].split())  # a mark of two words may have a line break in it
            return _Unit(match.end(), *self._currencies.marks[mark], mark in self._currencies.shy)
        found = self._currencies.of_name(match["name"])
        is_shy = " ".join(match["name"].lower().split()) in self._currencies.shy
        return None if found is None else _Unit(match.end(), *found, is_shy)

    def _joined(self, text: str, end: int, spans: Sequence[MoneySpan]) -> list[MoneySpan]:
        """Amounts with their cents and their equivalents taken in."""
        kept: list[MoneySpan] = []
        for one in spans:
            last = kept[-1] if kept else None
            if last is not None and one.start < last.end:
                continue  # a third currency within the brackets
            if last is not None and self._are_cents(text, last, one):
                amount = last.money.amount + one.money.amount
                kept[-1] = MoneySpan(last.start, one.end, Money(amount, last.money.currency))
            elif last is not None and (stop := self._end_of_equivalent(text, end, last, one)):
                kept[-1] = replace(last, end=stop)
            else:
                kept.append(one)
        return kept

    def _are_cents(self, text: str, last: MoneySpan, one: MoneySpan) -> bool:
        if one.money.amount >= 1 or one.start - last.end > 6 or last.money.currency != one.money.currency:
            return False
        return self._shapes.joint.fullmatch(text, last.end, one.start) is not None

    def _end_of_equivalent(self, text: str, end: int, last: MoneySpan, one: MoneySpan) -> int:
        """Where an equivalent ends, its bracket included; 0 if the second amount is none."""
        if one.start - last.end > 60 or one.money.currency == last.money.currency:
            return 0
        gap = self._shapes.equivalent.fullmatch(text, last.end, one.start)
        if gap is None:
            return 0
        closing = self._shapes.closing.match(text, one.end, end) if gap["open"] else None
        return closing.end() if closing else one.end


def _span(start: int, end: int, amount: Decimal, currency: str) -> MoneySpan:
    whole = amount.to_integral_value()
    return MoneySpan(start, end, Money(whole if whole == amount else amount.normalize(), currency))
