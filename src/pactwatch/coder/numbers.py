"""Numbers in figures and in words: ``1,200``, ``two and a half million``, ``a dozen``, ``the second``.

The words live in ``lexicons/<language>/numbers.toml``. Every pattern is bounded, so that reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_FIGURE = (
    r"(?<![0-9.,])(?:[0-9]{1,3}(?:[,\u00a0\u2009\u202f'’][0-9]{2,3}){1,9}(?![0-9])(?:\.[0-9]{1,6})?"
    r"|[0-9]{1,30}(?:[.,][0-9]{1,8})?)"
)
_GROUPING = re.compile(r"[\u00a0\u2009\u202f'’]")
_DECIMAL_COMMA = re.compile(r"[0-9]{1,30},(?:[0-9]{1,2}|[0-9]{4,8})")
_DIGIT, _LETTERS = re.compile("[0-9]"), re.compile(r"[^\W\d_]+")
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number told in a text; ``factor`` is what its scale words multiply by (1 without any)."""

    start: int
    end: int
    value: Decimal
    factor: int = 1
    is_ordinal: bool = False
    is_words: bool = False


def read_figure(text: str) -> Decimal:
    """The value of ``1,200``, ``12,34,567.89``, ``1’000`` or, with a decimal comma, ``1,5``.

    >>> read_figure("1,200"), read_figure("1,5"), read_figure("12,34,567.89")
    (Decimal('1200'), Decimal('1.5'), Decimal('1234567.89'))
    """
    plain = _GROUPING.sub("", text)
    if _DECIMAL_COMMA.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    return Decimal(plain.replace(",", ""))


def any_of(words: Iterable[str]) -> str:
    """An alternation of words, the longest first, spaces standing for any white space."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in sorted(words, key=lambda w: (-len(w), w)))


class NumberReader:
    """Finds numbers; ``words`` is the parsed ``numbers.toml`` of a language."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._cardinals: dict[str, int] = dict(words["cardinals"])
        self._groups: dict[str, int] = dict(words["groups"])
        self.scales: dict[str, int] = dict(words["scales"])
        self._quarters: dict[str, int] = dict(words["quarters"])
        self._ordinals: dict[str, int] = dict(words["ordinals"])
        self._articles = frozenset(words["articles"])
        self._vocabulary = frozenset([*self._cardinals, *self._groups, *self.scales, *self._quarters, *self._ordinals])
        self._idle = self._articles | frozenset(words["joiners"])
        figure, worded = self._shapes(words)
        self._figures = re.compile(figure, re.IGNORECASE)
        self._pattern = re.compile(rf"{figure}|\b(?:{worded})", re.IGNORECASE)
        self._in_words = frozenset(part for word in self._vocabulary for part in _LETTERS.findall(word)[-1:])
        self._cardinal_words = self._in_words - frozenset(self._ordinals)

    def _shapes(self, words: Mapping[str, Any]) -> tuple[str, str]:
        """The patterns of a number that begins with a figure, and of one in words."""
        token = any_of([*self._cardinals, *self._groups, *self.scales, *self._quarters])
        idle, article = any_of(self._idle | {"of"}), any_of(self._articles)
        link = rf"(?:[\s-]|\s(?:{idle})\s(?:(?:{article})\s)?)"
        suffix, never = any_of(words["ordinal_suffixes"]), any_of(words["not_after_ordinal"])
        scales = rf"(?:[\s-]{{1,2}}(?:{any_of(self.scales)})\b){{1,3}}"
        return (
            rf"(?P<figure>{_FIGURE})(?:(?P<scales>{scales})|(?P<th>{suffix})\b(?!{never}))?",
            rf"(?P<ordinal>{any_of(self._ordinals)})\b(?!{never})"
            rf"|(?P<words>(?:(?:{article})\s)?(?:{token})\b(?:{link}(?:{token})\b){{0,12}})",
        )

    def may_hold(self, words: Iterable[str], text: str, start: int, end: int) -> bool:
        """A quick look at a sentence, its ``words`` in small letters: whether a number may stand there, no ordinal."""
        return _DIGIT.search(text, start, end) is not None or not self._cardinal_words.isdisjoint(words)

    def may_end(self, word: str) -> bool:
        """Whether a number may end with a word, given in small letters."""
        return word[0].isdigit() or word.rpartition("-")[2] in self._vocabulary

    def find(self, text: str, start: int, end: int) -> list[NumberSpan]:
        """The numbers of a stretch of text, in order."""
        is_figures = self._in_words.isdisjoint(_LETTERS.findall(text[start:end].lower()))
        pattern, read = (self._figures, self._read_figure) if is_figures else (self._pattern, self._read)
        spans = map(read, pattern.finditer(text, start, end))
        return [span for span in spans if span is not None]

    def _read(self, match: re.Match[str]) -> NumberSpan | None:
        if match["words"]:
            return self._read_words(match)
        if match["ordinal"]:
            value = Decimal(self._ordinals[match["ordinal"].lower()])
            return NumberSpan(match.start(), match.end(), value, is_ordinal=True, is_words=True)
        return self._read_figure(match)

    def _read_figure(self, match: re.Match[str]) -> NumberSpan:
        factor = 1
        for word in re.split(r"[\s-]+", match["scales"] or ""):
            factor *= self.scales.get(word.lower(), 1)
        value = read_figure(match["figure"]) * factor
        return NumberSpan(match.start(), match.end(), value, factor, is_ordinal=match["th"] is not None)

    def _read_words(self, match: re.Match[str]) -> NumberSpan | None:
        sum_ = _Sum()
        last = match.start()
        for token in re.finditer(r"[^\s-]+", match["words"]):
            word = token.group().lower()
            if word in self._articles:
                sum_.article = True
            elif word in self._idle or not self._is_number(word):
                continue
            elif not self._add(sum_, word):
                break
            elif sum_.is_whole:
                last = match.start() + token.end()
        if last == match.start():
            return None
        return NumberSpan(match.start(), last, sum_.whole, sum_.factor, is_words=True)

    def _is_number(self, word: str) -> bool:
        return word in self._cardinals or word in self.scales or word in self._quarters or word in self._groups

    def _add(self, sum_: _Sum, word: str) -> bool:
        if word in self._cardinals:
            return sum_.add_cardinal(self._cardinals[word])
        if word in self._groups:
            return sum_.add_scale(self._groups[word], is_group=True)
        if word in self._quarters:
            return sum_.add_quarters(self._quarters[word])
        return sum_.add_scale(self.scales[word])


class _Sum:
    """A number being read word by word; every step says whether the word still belongs to it."""

    def __init__(self) -> None:
        self.article = False
        self.factor = 1
        self.whole = Decimal(0)
        self.is_whole = False
        self._total = Decimal(0)
        self._open: Decimal | None = None
        self._in_quarters = False

    def add_cardinal(self, value: int) -> bool:
        """A word below a hundred: alone, after tens or after hundreds."""
        held = self._open
        if self._in_quarters:
            return False
        if held is None:
            self._open = Decimal(value)
        elif (held >= _HUNDRED and held % _HUNDRED == 0) or (held % _HUNDRED >= 20 and held % 10 == 0 and value < 10):
            self._open = held + value
        else:
            return False
        return self._keep(is_whole=True)

    def add_quarters(self, quarters: int) -> bool:
        """``half`` or ``three quarters``: only a scale after it makes it a number."""
        part = Decimal(quarters) / 4
        if self._open is None:
            self._open = part
        elif quarters == 1 and not self.article:
            self._open *= part
        else:
            self._open += part
        self._in_quarters = True
        return self._keep(is_whole=False)

    def add_scale(self, value: int, *, is_group: bool = False) -> bool:
        """``hundred``, ``million`` or ``dozen``; a scale above those before multiplies all of them."""
        if self._open is None and not self._total:
            if not self.article and not is_group:
                return False
            self._open = Decimal(1)
        if value == _HUNDRED or is_group:
            if self._open is None:
                return False
            self._open *= value
        elif self._open is None or (self._total and value >= self.factor):
            self._total = (self._total + (self._open or 0)) * value
            self._open = None
        else:
            self._total += self._open * value
            self._open = None
        self.factor = value if not is_group and value != _HUNDRED else self.factor
        self._in_quarters = False
        return self._keep(is_whole=True)

    def _keep(self, *, is_whole: bool) -> bool:
        self.is_whole = is_whole
        if is_whole:
            self.whole = self._total + (self._open or 0)
        return True
