"""What a watchlist waits for in a document and its mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pactwatch.casebook.watching import Watchlist
from pactwatch.model.documents import Document
from pactwatch.model.entries import Alert
from pactwatch.model.judgements import identify_mention
from pactwatch.model.mentions import Mention

_SHOWN_QUOTE = 200


def find_alerts(lists: Iterable[Watchlist], document: Document, mentions: Sequence[Mention]) -> Iterator[Alert]:
    """An alert for each list that finds what it waits for, with the mentions and why in words."""
    for one in lists:
        words = _words_found(one, document)
        if one.words and not words:
            continue
        found = [mention for mention in mentions if _matches(one, mention)]
        needs_mention = bool(one.actors or one.types or one.instruments)
        if needs_mention and not found:
            continue
        told = found if needs_mention else []
        ids = tuple(dict.fromkeys(identify_mention(mention) for mention in told))
        yield Alert(watchlist=one.name, doc=document.id, mentions=ids, words=_tell(document, told, words))


def _matches(one: Watchlist, mention: Mention) -> bool:
    if one.types and mention.type not in one.types:
        return False
    if one.instruments and mention.instrument not in one.instruments:
        return False
    parties = set(mention.parties)
    is_met = parties.issuperset(one.actors) if one.together else bool(parties & set(one.actors))
    return is_met or not one.actors


def _words_found(one: Watchlist, document: Document) -> tuple[str, ...]:
    """The words of a list that stand in the title or text, as whole words in any case."""
    whole = f"{document.title}\n{document.text}"
    return tuple(word for word in one.words if _pattern(word).search(whole))


@lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str]:
    inner = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)


def _tell(document: Document, mentions: Sequence[Mention], words: Sequence[str]) -> str:
    """Why, in words: what the mentions tell, with the first one's quote, or the words found."""
    told = list(dict.fromkeys(f"{'-'.join(one.parties)} {one.type} {one.stage}" for one in mentions))
    parts = ["; ".join(told[:3]) + (f" and {len(told) - 3} more" if len(told) > 3 else "")] if told else []
    if words:
        parts.append(f"the text has {', '.join(repr(word) for word in words)}")
    quote = f": “{_shorten(mentions[0].quote)}”" if mentions else ""
    return f"{document.title or 'A document'}: {'; '.join(parts)}{quote}"


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_QUOTE else line[: _SHOWN_QUOTE - 1].rstrip() + "…"
