"""Words and marks of a plain text, and the sentences they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pactwatch.coder.typography import PlainText

_MARK = r"\d{1,30}(?:[.,]\d{1,30}){0,12}|'s\b|'(?=\s)|\n[ \n]*|[^\s\w\-'#@&/]|-(?=\s)|_"
_TOKEN = re.compile(rf"((?:[a-z]\.){{2,8}}|[^\W\d_]{{1,80}}|{_MARK})")
_ASCII_TOKEN = re.compile(rf"([a-z]{{2,80}}|[a-z]\.(?:[a-z]\.){{1,7}}|[a-z]|[,.]|{_MARK})")
"""Cuts a folded ASCII text as ``_TOKEN`` does, in two thirds of the time."""
_ENDING = frozenset(".!?\u2026\n ")
"""How a word ends that may end a sentence; the space belongs to a line break."""
BREAK = "\n\n"
"""The word that stands for a break between paragraphs."""
LINE_END = "\n"
"""The word that stands for the end of a line inside a paragraph."""
LONGEST_SENTENCE = 160
_BULLET = frozenset("•·*▪◦‣●○■►")
_CLOSES = frozenset("\"')[]")
_CLOSING = re.compile(r"[\"')\]]{0,20}(?:\[\d{1,4}\]){0,20}")
"""What belongs to the sentence before it: quotes, brackets and marks of footnotes right after its stop."""

_LINE = re.compile(r"[^\n]+")
WRAPPED = 0.2
"""From this share of lines on that run on in small letters a text is taken for one with wrapped lines."""


@dataclass(slots=True)
class Tokens:
    """A text cut into words and marks: ``words[i]`` (folded) stands at ``starts[i]:ends[i]`` of the plain text."""

    plain: PlainText
    words: list[str]
    starts: list[int]
    ends: list[int]

    def is_capital(self, i: int) -> bool:
        """Whether word ``i`` starts with a capital letter in the text."""
        return self.plain.text[self.starts[i]].isupper()

    def shown(self, i: int, j: int) -> str:
        """Words ``i`` to ``j`` (excluded) as the plain text has them."""
        return self.plain.text[self.starts[i] : self.ends[j - 1]] if j > i else ""


def cut_tokens(plain: PlainText, parts: Sequence[tuple[int, int]] | None = None) -> Tokens:
    """Cut a text, or only the ``parts`` of it, which are set apart by a break.

    Hyphens inside words, ``#``, ``@`` and slashes separate words and are no words.
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    pattern = _ASCII_TOKEN if plain.low.isascii() else _TOKEN
    for first, last in [(0, len(plain.low))] if parts is None else parts:
        if words:
            words.append(BREAK)
            starts.append(ends[-1])
            ends.append(first)
        # what stands between words, and words, in turn: in two thirds of the time that matches one by one take
        pieces = pattern.split(plain.low[first:last])
        places = list(accumulate(map(len, pieces), initial=first))
        words += pieces[1::2]
        starts += places[1:-1:2]
        ends += places[2::2]
    return Tokens(plain, words, starts, ends)


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """What a language says about where sentences end (``sentences.toml``)."""

    abbreviations: frozenset[str]
    openers: frozenset[str]


def cut_sentences(tokens: Tokens, words: SentenceWords) -> list[tuple[int, int]]:
    """Token ranges of the sentences. A line break ends one when the line is short, ended, or a bullet follows."""
    sentences: list[tuple[int, int]] = []
    first, line_start = 0, 0
    for i in [i for i, word in enumerate(tokens.words) if word[-1] in _ENDING]:
        word = tokens.words[i]
        if word[0] == "\n":
            if _breaks_line(tokens, i, line_start):
                _add(sentences, tokens, first, i)
                first = i + 1
            line_start = tokens.ends[i]
        elif _ends(tokens, i, words) if len(word) == 1 else _ends_abbreviated(tokens, i, words):
            stop = _closed(tokens, i)[0]
            _add(sentences, tokens, first, stop)
            first = max(first, stop)
    _add(sentences, tokens, first, len(tokens.words))
    return [part for sentence in sentences for part in _parts(sentence)]


def _parts(sentence: tuple[int, int]) -> list[tuple[int, int]]:
    """A sentence, or its parts where it is longer than any sentence: what looks within one may look at all of it."""
    first, stop = sentence
    return [(start, min(start + LONGEST_SENTENCE, stop)) for start in range(first, stop, LONGEST_SENTENCE)]


def _add(sentences: list[tuple[int, int]], tokens: Tokens, first: int, stop: int) -> None:
    while first < stop and tokens.words[first][0] == "\n":
        first += 1
    while stop > first and tokens.words[stop - 1][0] == "\n":
        stop -= 1
    if stop > first:
        sentences.append((first, stop))


def _breaks_line(tokens: Tokens, i: int, line_start: int) -> bool:
    text = tokens.plain.text
    if tokens.words[i].count("\n") > 1 or i + 1 >= len(tokens.words):
        return True
    following = text[tokens.ends[i]] if tokens.ends[i] < len(text) else "\n"
    line = text[max(line_start, tokens.starts[i] - 200) : tokens.starts[i]].rstrip()
    if following in _BULLET or following in "-#" or line[-1:] in {".", "!", "?", ":", ";", '"', ""}:
        return True
    return len(line) < 50 and not following.islower()


def _ends(tokens: Tokens, i: int, words: SentenceWords) -> bool:
    text = tokens.plain.text
    following, after = _closed(tokens, i)
    if following >= len(tokens.words):
        return True
    if after < len(text) and not text[after].isspace():
        return False
    if tokens.words[i] == "." and i > 0 and tokens.starts[i] == tokens.ends[i - 1]:
        before = tokens.words[i - 1]
        if before in words.abbreviations or (len(before) == 1 and before.isalpha() and tokens.is_capital(i - 1)):
            return tokens.words[following] in words.openers and tokens.is_capital(following)
    return not text[tokens.starts[following]].islower()


def _closed(tokens: Tokens, i: int) -> tuple[int, int]:
    """The word after stop ``i`` and what closes with it, and the place in the text where that ends."""
    text, after, following = tokens.plain.text, tokens.ends[i], i + 1
    if after >= len(text) or text[after] not in _CLOSES:
        return following, after
    closing = _CLOSING.match(text, after)
    after = closing.end() if closing is not None else after
    while following < len(tokens.words) and tokens.starts[following] < after:
        following += 1
    return following, after


def _ends_abbreviated(tokens: Tokens, i: int, words: SentenceWords) -> bool:
    following = i + 1
    return following < len(tokens.words) and tokens.is_capital(following) and tokens.words[following] in words.openers


def cut_lines(text: str) -> list[tuple[int, int]] | None:
    """The lines of a text, each a part by itself; ``None`` where its lines are wrapped and sentences run over them.

    >>> cut_lines("One heading\\nIts text.\\n"), cut_lines("A line that\\nruns on and\\non.")
    ([(0, 11), (12, 21)], None)
    """
    lines = [found.span() for found in _LINE.finditer(text) if found.group().strip()]
    neighbours = [(one, two) for one, two in pairwise(lines) if two[0] - one[1] == 1]
    running = sum(text[two[0]].islower() for _, two in neighbours)
    return None if neighbours and running > WRAPPED * len(neighbours) else lines
