"""How many of a thing: the number, ordinal or article before its name."""

from __future__ import annotations

from pactwatch.coder.equipment_words import EquipmentWords
from pactwatch.coder.item_words import ItemWords
from pactwatch.coder.numbers import NumberReader, NumberSpan

_FARTHEST = 7
"""Words before a name among which its number is looked for."""
_LARGEST = 100_000_000


class QuantityReader:
    """Reads the number before a name, over words that say in what state or from where the thing is."""

    def __init__(self, words: EquipmentWords, numbers: NumberReader) -> None:
        self._words = words
        self._numbers = numbers

    def before(self, text: str, words: ItemWords, first: int, *, is_plural: bool) -> tuple[int | None, int]:
        """The number of the thing whose name begins at word ``first``, and where the number begins."""
        name_start = words.starts[first]
        for at in range(first - 1, max(-1, first - 1 - _FARTHEST), -1):
            if not self._reaches(text, words, at):
                break
            number = self._number(text, words, at)
            if number is not None:
                told = self._of_more(text, words, at, number)
                is_part = words.small[at + 1] in self._words.part_links
                if is_plural and number.is_ordinal and told[0] == 1 and not is_part:
                    continue  # "first patrol boats" tells no number
                return told
            small = words.small[at]
            if small in self._words.both:
                return 2, words.starts[at]
            if small in self._words.singular:
                return (None if is_plural else 1), words.starts[at]
            if small in self._words.determiners and not (at > 0 and words.small[at - 1] in self._words.of):
                break
            if small in self._words.crowds or not self._is_skipped(small):
                break
        return None, name_start

    def _is_skipped(self, small: str) -> bool:
        return small in self._words.determiners or self._words.passes_over(small)

    def _reaches(self, text: str, words: ItemWords, at: int) -> bool:
        """Whether nothing but white space, or a number told again in brackets, stands after a word."""
        gap = text[words.ends[at] : words.starts[at + 1]]
        return words.joined[at + 1] or gap.strip() in {")", "(", ",", "+"}

    def _number(self, text: str, words: ItemWords, at: int) -> NumberSpan | None:
        """The number that ends with a word, ``two hundred`` and ``1.2 million`` being one."""
        if not self._numbers.may_end(words.small[at]):
            return None
        start = words.starts[max(0, at - 4)]
        found = self._numbers.find(text, start, words.ends[at])
        if not found or found[-1].end != words.ends[at]:
            return None
        number = found[-1]
        is_year = number.factor == 1 and 1900 <= number.value <= 2100 and number.end - number.start == 4
        is_whole = number.value == number.value.to_integral_value() and 0 < number.value < _LARGEST
        return None if is_year or not is_whole else number

    def _of_more(self, text: str, words: ItemWords, at: int, number: NumberSpan) -> tuple[int, int]:
        """``The first four of 18`` are four; ``the second of two`` is one; ``the fifth and sixth`` are two."""
        before = next((index for index in range(at, -1, -1) if words.ends[index] <= number.start), -1)
        while before >= 0 and words.small[before] in self._words.determiners:
            before -= 1
        part = self._number(text, words, before - 1) if before > 0 else None
        if part is None or part.end > number.start:
            return _count(number), number.start
        if number.is_ordinal:
            is_pair = part.is_ordinal and words.small[before] in self._words.joiners
            return (2, part.start) if is_pair else (1, number.start)
        if words.small[before] in self._words.part_links and part.value <= number.value:
            return _count(part), part.start
        return _count(number), number.start


def _count(number: NumberSpan) -> int:
    return 1 if number.is_ordinal else int(number.value)
