"""Cutting a text into tokens of known classes: words by the lexicon, dates written in digits by their form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pactwatch.coder.dates.digits import DigitForms

_SCRIPT = "\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3"  # scripts without spaces: a date in digits may touch them
_LETTER = rf"[^\W\d_{_SCRIPT}]"
_ASCII_LETTER = "[A-Za-z]"
_MOST_KNOWN, _LONGEST_KNOWN = 20_000, 40
"""Pieces remembered with what they are, and the characters of the longest: hostile texts are remembered no further."""
_PUNCTUATION = {",": "comma", ".": "dot", "-": "dash", "/": "slash", ":": "colon"}
_CAPITAL = frozenset({"month_unsure", "weekday_short"})
_GLUING = ("month", "month_unsure", "month_low", "edge", "fiscal", "era", "buddhist", "unit", "calendar")


class Token(NamedTuple):
    """A piece of text with its class and, for most, its value."""

    kind: str
    value: Any
    start: int
    end: int


_make = tuple.__new__  # a named tuple's own constructor takes twice as long


class _Shapes:
    """The shapes of tokens: with their names, and without, which finds the same in half the time."""

    def __init__(self, pattern: str) -> None:
        self.named = re.compile(pattern)
        self.plain = re.compile(re.sub(r"\(\?P<\w+>", "(?:", pattern))


class Lexer:
    """Cuts sentences by one lexicon."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.forms = DigitForms(words)
        self._classes: dict[str, tuple[str, Any]] = {}
        for kind, members in words["classes"].items():
            self._classes.update((word, (kind, None)) for word in members)
        for kind, values in words["values"].items():
            self._classes.update((word, (kind, value)) for word, value in values.items())
        for letter in (letter for letters in words["letters"].values() for letter in letters):
            self._classes[letter] = ("letter", letter)
        for letter in words["era_letters"]:
            self._classes.setdefault(letter, ("letter", letter))
        self._capital_only = frozenset(words["capital_only"])
        self._upper_only = frozenset(words["upper_only"])
        self._never = frozenset(words["never"])
        self._pattern = _Shapes(_shapes(_LETTER, self.forms.patterns, rf"|(?P<script>[{_SCRIPT}]+?)"))
        self._ascii_pattern = _Shapes(f"(?=[^ ])(?:{_shapes(_ASCII_LETTER, self.forms.ascii_patterns, '')})")
        self._known: dict[str, tuple[str, Any]] = {}

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of a stretch of text."""
        pattern = self._ascii_pattern if text[start:end].isascii() else self._pattern
        known = self._known.get
        return [
            _make(Token, (known(match[0]) or self._read(pattern.named, match)) + match.span())
            for match in pattern.plain.finditer(text, start, end)
        ]

    def _read(self, named: re.Pattern[str], match: re.Match[str]) -> tuple[str, Any]:
        """The class and value of a piece, remembered: the same pieces come again and again."""
        again = named.match(match.string, match.start(), match.endpos)
        group, piece = (again and again.lastgroup) or "mark", match[0]
        if group in {"word", "letter", "dotted"}:
            word = piece.replace(".", "")
            known = self._classes.get(word.lower())
            read = self._word(word, *known) if known else ("other", word)
        elif group == "mark":
            kind = _PUNCTUATION.get(piece)
            read = (kind or ("currency" if unicodedata.category(piece) == "Sc" else "mark")), piece
        else:
            read = ("other", piece) if piece in self._never else self.forms.read(group, piece)
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        if len(piece) <= _LONGEST_KNOWN:
            self._known[piece] = read
        return read

    def _word(self, word: str, kind: str, value: Any) -> tuple[str, Any]:
        """A known word; lower case takes some classes from it."""
        if kind in _CAPITAL and word[0].islower():
            kind = "month_low" if kind == "month_unsure" else "other"
        elif word in self._capital_only:
            kind = "month_low"
        elif word.lower() in self._upper_only and not word.isupper():
            kind, value = "other", word
        return kind, value


def _shapes(letter: str, forms: Iterable[str], script: str) -> str:
    """The shapes of tokens, the likeliest first."""
    return "|".join(
        (
            rf"(?P<word>{letter}{{2,}})",
            rf"(?P<dotted>(?<!\w)(?:{letter}\.){{2,5}}(?!\w))",
            rf"(?P<letter>{letter})",
            *forms,
            rf"(?P<digits>\d+(?:{letter}+)?){script}",
            r"(?P<gap>\n[ \t]*\n)",
            r"(?P<mark>[^\w\s]|_)",
        )
    )


def glued(before: Token, token: Token) -> bool:
    """Whether nothing stands between two tokens."""
    return before.end == token.start


def may_glue(kind: str) -> bool:
    """Whether a number may touch a word of the class and still be a date (FY2024, mid-2028)."""
    return kind in _GLUING
