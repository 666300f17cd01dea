"""Running heads, feet and page numbers: lines at the edge of pages that repeat, and tell nothing of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pactwatch.read.pdf_text import TextLine

_EDGE = 2
_SHARE = 0.3
"""Of the pages; odd and even pages may have heads of their own."""

_FEWEST = 3
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"^\W*(?:(?:page|p\.?|seite)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von)\s*\d{1,4})?\W*$", re.IGNORECASE
)


def drop_running_heads(pages: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """The pages without lines among the first or last two of a page that stand there on many pages, and without page
    numbers.
    """
    counts = Counter(form for page in pages for form in {_form(page, place) for place in _edges(page)})
    least = max(_FEWEST, _SHARE * len(pages))
    return [_keep(page, counts, least, len(pages)) for page in pages]


def _keep(page: Sequence[TextLine], counts: Counter[tuple[bool, str]], least: float, pages: int) -> list[TextLine]:
    dropped: set[int] = set()
    for from_top in (True, False):
        order = range(min(_EDGE, len(page))) if from_top else range(len(page) - 1, max(-1, len(page) - 1 - _EDGE), -1)
        for place in order:
            count = counts[_form(page, place)]
            if not (_is_number(page[place].text, count, pages) or (count >= least and _stands_apart(page, place))):
                break
            dropped.add(place)
    return [line for place, line in enumerate(page) if place not in dropped]


def _is_number(text: str, count: int, pages: int) -> bool:
    """Whether a line is a page's number: it says so, or pages have such lines at that edge."""
    return bool(_NUMBER.match(text)) and (text.lower().lstrip().startswith("page") or (pages > 1 and count > 1))


def _stands_apart(page: Sequence[TextLine], place: int) -> bool:
    """Whether a line at the top or bottom is set apart from the text: by space, or by the size of its type."""
    line = page[place]
    inner = place + 1 if place < len(page) / 2 else place - 1
    if line.is_broken or not 0 <= inner < len(page):
        return not line.is_broken
    gap = abs(line.bottom - page[inner].bottom)
    return not line.size or gap > 1.3 * line.size or abs(line.size - page[inner].size) > 0.5


def _edges(page: Sequence[TextLine]) -> set[int]:
    """The places of the first and last lines of a page."""
    return {place for place in range(len(page)) if place < _EDGE or place >= len(page) - _EDGE}


def _form(page: Sequence[TextLine], place: int) -> tuple[bool, str]:
    """A line with any number for its numbers, at the top or at the bottom."""
    words = page[place].text
    return place < _EDGE, "#" if _NUMBER.match(words) else _DIGITS.sub("#", words).strip().lower()
