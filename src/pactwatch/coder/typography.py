"""Real typography made plain, with a way back: every offset found in the plain text points into the original.

Quotes, dashes and spaces become their plain forms one for one; soft hyphens and hyphenated line ends are taken out.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

_PLAIN: dict[int, str] = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`"), "'"),
    0x2015: "\u2014",  # a long dash stands between words, spaces or not; the others may join two
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212\uff0d"), "-"),
    **dict.fromkeys(
        map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t\v\f"), " "
    ),
    **dict.fromkeys(map(ord, "\u2028\u2029\x85"), "\n"),
    ord("\r"): " ",
}
_INVISIBLE = "[\u00ad\u0300-\u036f\u200b\u200c\u200d\u2060\ufeff]"
_GONE = re.compile(
    rf"{_INVISIBLE}|(?<=[a-zà-ɏ])-[ ]{{0,4}}\n[ ]{{0,8}}(?=[a-zà-ɏ])|(?<=[A-Z])-[ ]{{0,4}}\n[ ]{{0,8}}(?=[A-Z]{{2}})"
)
_HAS_INVISIBLE = re.compile(_INVISIBLE)
_HAS_HYPHENATED_LINE = re.compile("-[ ]{0,4}\n")
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")
"""Characters with a plain form: few in any text, so finding them is faster than translating every character."""
_PLAIN_FORMS = {chr(code): plain for code, plain in _PLAIN.items()}


def _letters_folded() -> dict[str, str]:
    """Accented Latin letters to their small base letters, each one for one."""
    table: dict[str, str] = {}
    for letter in map(chr, (*range(0x80, 0x250), *range(0x1E00, 0x1F00))):
        base = unicodedata.normalize("NFD", letter)[0].lower()
        if len(base) == 1 and base != letter:
            table[letter] = base
    return table | dict(zip("øØđĐłŁı", "ooddlli", strict=True))


_FOLDED = _letters_folded()
_ACCENTED = re.compile(f"[{''.join(_FOLDED)}]")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text with plain typography: ``text`` keeps case, ``low`` is folded to small letters of the same length."""

    original: str
    text: str
    low: str
    _starts: list[int] = field(default_factory=list)
    _shifts: list[int] = field(default_factory=list)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the plain text stands for."""
        if not self._starts or start >= end:
            return (start, end) if not self._starts else (self._back(start), self._back(end))
        return self._back(start), self._back(end - 1) + 1

    def _back(self, offset: int) -> int:
        place = bisect_right(self._starts, offset)
        return offset + (self._shifts[place - 1] if place else 0)


def plain_text(original: str, keeps_hyphen: frozenset[str] = frozenset()) -> PlainText:
    """Make typography plain. ``keeps_hyphen`` are first parts whose hyphen belongs to the word (``self``)."""
    text = _ODD.sub(lambda odd: _PLAIN_FORMS[odd[0]], original)
    starts: list[int] = []
    shifts: list[int] = []
    is_ascii = text.isascii()
    if _HAS_HYPHENATED_LINE.search(text) or (not is_ascii and _HAS_INVISIBLE.search(text)):
        text = _cut(text, keeps_hyphen, starts, shifts)
    return PlainText(original, text, text.lower() if is_ascii else _folded(text), starts, shifts)


def _folded(text: str) -> str:
    """Small letters of the same number; letters of other scripts stay as they are."""
    small = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")  # A to Z alone
    return _ACCENTED.sub(lambda letter: _FOLDED[letter[0]], small)


def _cut(text: str, keeps_hyphen: frozenset[str], starts: list[int], shifts: list[int]) -> str:
    pieces: list[str] = []
    last = length = 0
    for gone in _GONE.finditer(text):
        start = gone.start()
        if text[start] == "-" and _word_before(text, start) in keeps_hyphen:
            start += 1
        pieces.append(text[last:start])
        length += start - last
        last = gone.end()
        starts.append(length)
        shifts.append(last - length)
    pieces.append(text[last:])
    return "".join(pieces)


def _word_before(text: str, end: int) -> str:
    start = end
    while start > max(0, end - 20) and text[start - 1].isalpha():
        start -= 1
    return text[start:end].lower()
