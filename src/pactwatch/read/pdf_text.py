"""Lines on pages become paragraphs: words broken at line ends mended, page starts kept as offsets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pactwatch.read.tidying import tidy

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LAST_PART = re.compile(r"[^\W_]+(?:-[^\W_]+)*$")
_FIRST_PART = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]\d]{0,4}$")
_BULLET = re.compile(r"(?:[•▪‣◦●–—*-]|\(?[0-9]{1,3}[.)]|\(?[a-z]\)|[A-Z]\.)\s")

_COMPOUND_FIRSTS = frozenset(
    re.findall(
        r"\w+",
        "well long short high low self non cross half full all ex vice pro mid much so anti inter first second third "
        "two three four five six seven eight nine ten twelve twenty thirty forty fifty fourth year multi state",
    )
)
"""First parts that keep their hyphen where the document does not tell (``long-term``, ``two-year``)."""

_PREFIX_WORDS = frozenset(re.findall(r"\w+", "in on be to for up out over under with an a at by as after counter"))
"""Words that are also the beginning of longer ones (``under-standing`` is ``understanding``)."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page: its text, whether its last word is broken, and its box in points (zeros where unknown)."""

    text: str
    is_broken: bool = False
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0


def join_pages(pages: Sequence[Sequence[TextLine]]) -> tuple[str, tuple[int, ...]]:
    """The text of all pages, and the offset at which each begins; one without text begins where the next does."""
    known = _count_words(pages)
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    previous: TextLine | None = None
    for page in pages:
        pitch, right = _pitch(page), max((line.right for line in page), default=0.0)
        is_first = True
        for line in page:
            joint, cut = ("", 0) if previous is None else _join(previous, line, (pitch, right), is_first, known)
            words = tidy(line.text).replace("\n", " ")
            if cut and parts:
                parts[-1] = parts[-1][:-cut]
                length -= cut
            parts += [joint, words]
            length += len(joint)
            if is_first:
                starts.append(length)
                is_first = False
            length += len(words)
            previous = line
        if is_first:
            starts.append(-1)
    text = "".join(parts)
    return text, _settle_starts(starts, len(text))


def _settle_starts(starts: list[int], length: int) -> tuple[int, ...]:
    """Empty pages begin where the next page with text does, and at the end of the text after the last."""
    following = length
    for number in range(len(starts) - 1, -1, -1):
        following = starts[number] = following if starts[number] < 0 else starts[number]
    return tuple(starts)


def _count_words(pages: Sequence[Sequence[TextLine]]) -> Counter[str]:
    """How often each word stands whole in the document, compounds with their hyphens."""
    known: Counter[str] = Counter()
    for page in pages:
        after_break = False
        for line in page:
            words = _WORD.findall(line.text.lower())
            is_broken = line.is_broken or line.text.endswith("-")
            known.update(words[int(after_break) : len(words) - int(is_broken)])
            after_break = is_broken
    return known


def _pitch(page: Sequence[TextLine]) -> float:
    """The usual distance from line to line, in points; 0 where it is not known."""
    steps = [above.bottom - below.bottom for above, below in pairwise(page)]
    down = [step for step in steps if 0 < step < 60]
    return median(down) if down else 0.0


def _join(
    above: TextLine, below: TextLine, measures: tuple[float, float], is_new_page: bool, known: Counter[str]
) -> tuple[str, int]:
    """What stands between two lines, and how many characters of the first one go."""
    if above.is_broken or (above.text.endswith("-") and below.text[:1].islower()):
        return mend_hyphen(above.text, below.text, known)
    if _is_new_paragraph(above, below, measures, is_new_page):
        return "\n\n", 0
    is_tight = above.text.endswith(("/", "—", "–")) and above.text[-2:-1].strip() != ""
    return ("" if is_tight else " "), 0


def mend_hyphen(above: str, below: str, known: Counter[str]) -> tuple[str, int]:
    """How a word broken at a line end is written: what to put between its parts, and how much to cut before.

    What the document writes elsewhere decides; then whether both parts are words of their own; then habit. ``above``
    may still end with its hyphen.
    """
    has_hyphen = above.endswith("-")
    stem = above[:-1] if has_hyphen else above
    keep, drop = ("", 0) if has_hyphen else ("-", 0), ("", int(has_hyphen))
    first, second = _LAST_PART.search(stem), _FIRST_PART.match(below)
    if not first or not second or not second[0][0].islower() or not first[0][-1].isalpha():
        return keep
    left, right = first[0].lower(), second[0].lower()
    whole, compound = known[left + right], known[f"{left}-{right}"]
    if whole or compound:
        return drop if whole >= compound else keep
    if left in _PREFIX_WORDS:
        return drop
    is_compound = left in _COMPOUND_FIRSTS or "-" in left or (len(left) > 2 and known[left] and known[right])
    return keep if is_compound else drop


def _is_new_paragraph(above: TextLine, below: TextLine, measures: tuple[float, float], is_new_page: bool) -> bool:
    pitch, right = measures
    has_ended = bool(_SENTENCE_END.search(above.text))
    if _BULLET.match(below.text) and (has_ended or below.left > 0):
        return True
    if above.size and abs(above.size - below.size) > 0.12 * max(above.size, below.size):
        return True
    step = above.bottom - below.bottom
    if is_new_page or not pitch or step <= 0:
        return has_ended or (not pitch and not below.text[:1].islower() and len(above.text) < 40)
    if step > 1.4 * pitch:
        return True
    is_short = above.right < right - 0.15 * max(right - above.left, 1.0)
    is_indented = below.left > above.left + 0.8 * (below.size or 10.0)
    return has_ended and (is_short or is_indented)
