"""Cutting a text into tokens of known classes: words by the lexicon, dates written in digits by their form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pactwatch.coder.dates.digits import DigitForms

_SCRIPT = "\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3"  # scripts without spaces: a date in digits may touch them
_LETTER = rf"[^\W\d_{_SCRIPT}]"
_PUNCTUATION = {",": "comma", ".": "dot", "-": "dash", "/": "slash", ":": "colon"}
_CAPITAL = frozenset({"month_unsure", "weekday_short"})
_GLUING = ("month", "month_unsure", "month_low", "edge", "fiscal", "era", "buddhist", "unit", "calendar")


class Token(NamedTuple):
    """A piece of text with its class and, for most, its value."""

    kind: str
    value: Any
    start: int
    end: int


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
        self._pattern = re.compile(
            "|".join(
                (
                    rf"(?P<dotted>(?<!\w)(?:{_LETTER}\.){{2,5}}(?!\w))",
                    rf"(?P<word>{_LETTER}+)",
                    *self.forms.patterns,
                    rf"(?P<digits>\d+(?:{_LETTER}+)?)",
                    rf"(?P<script>[{_SCRIPT}]+?)",
                    r"(?P<gap>\n[ \t]*\n)",
                    r"(?P<mark>[^\w\s]|_)",
                )
            )
        )

    def tokens(self, text: str, start: int, end: int) -> Iterator[Token]:
        """The tokens of a stretch of text."""
        for found in self._pattern.finditer(text, start, end):
            piece, group = found[0], found.lastgroup or "mark"
            if group == "word":
                known = self._classes.get(piece.lower())
                start_at, end_at = found.span()
                yield (
                    self._word(piece, *known, (start_at, end_at)) if known else Token("other", piece, start_at, end_at)
                )
            elif group == "mark":
                kind = _PUNCTUATION.get(piece)
                if kind is None:
                    kind = "currency" if unicodedata.category(piece) == "Sc" else "mark"
                yield Token(kind, piece, found.start(), found.end())
            elif group == "dotted":
                word = piece.replace(".", "")
                yield self._word(word, *self._classes.get(word.lower(), ("other", word)), found.span())
            elif piece in self._never:
                yield Token("other", piece, found.start(), found.end())
            else:
                kind, value = self.forms.read(group, piece)
                yield Token(kind, value, found.start(), found.end())

    def _word(self, word: str, kind: str, value: Any, span: tuple[int, int]) -> Token:
        """A known word; lower case takes some classes from it."""
        if kind in _CAPITAL and word[0].islower():
            kind = "month_low" if kind == "month_unsure" else "other"
        elif word in self._capital_only:
            kind = "month_low"
        elif word.lower() in self._upper_only and not word.isupper():
            kind, value = "other", word
        return Token(kind, value, *span)


def glued(before: Token, token: Token) -> bool:
    """Whether nothing stands between two tokens."""
    return before.end == token.start


def may_glue(kind: str) -> bool:
    """Whether a number may touch a word of the class and still be a date (FY2024, mid-2028)."""
    return kind in _GLUING
