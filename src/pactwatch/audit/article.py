"""The article: taken from a file, an address or standard input, or refused with what is wrong and what to do.

A plain text stays exactly as it was given, so that every offset in the answer points into it; from pages and PDF the
text is read out first, and offsets point into that.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.model.documents import Document, identify_text
from pactwatch.model.errors import PactwatchError
from pactwatch.read.formats import read_raw, recognise
from pactwatch.read.language import detect_language
from pactwatch.read.limits import Limits
from pactwatch.read.pieces import Found, Raw, ReadError

if TYPE_CHECKING:
    from pactwatch.coder.dates import DateReader
    from pactwatch.read.fetch import FetchSettings

LONGEST = 400_000
"""Characters of an article: some 60,000 words, ten times the longest think-tank paper; a book is no article."""

LONGEST_FILE = 20_000_000
"""Bytes of a file that is opened at all: a page may carry pictures in it."""

_PLAIN = frozenset({"plain", "markdown"})
_HEAD_LINES, _HEAD_LINE = 6, 120
_NO_LANGUAGE = "und"


class ArticleError(PactwatchError):
    """The article cannot be audited; no sentence of it gets a verdict."""


def read_article_file(path: Path, title: str = "", published: date | None = None) -> Document:
    """The article in a file; raises :class:`ArticleError` or ``OSError``."""
    if path.is_dir():
        raise ArticleError(f"{path} is a folder; audit one article at a time: name a file in it")
    with path.open("rb") as stream:
        data = stream.read(LONGEST_FILE + 1)
    return read_article_bytes(data, str(path), title=title, published=published)


def read_article_url(
    address: str,
    title: str = "",
    published: date | None = None,
    *,
    settings: FetchSettings | None = None,
    otherwise: str = "save the page as a file and audit that",
) -> Document:
    """The article at an address, asked for politely within the bounds of ``settings``; ``otherwise`` is what a reader
    may do instead. Raises :class:`ArticleError`, which does not tell what a private address is."""
    from pactwatch.read.fetch import Fetcher
    from pactwatch.read.guard import PrivateAddressError, hide_credentials

    told = hide_credentials(address)
    try:
        with Fetcher(settings) as fetcher:
            answer = fetcher.get(address)
    except PrivateAddressError:
        words = "it leads to a private address, and only public ones are asked. For a page of your own,"
        raise ArticleError(f"{told}: {words} {otherwise}.") from None
    except ReadError as error:
        raise ArticleError(f"{told}: {error} Or {otherwise}.") from None
    raw = Raw(answer.address, answer.data, answer.media_type)
    found = _read_out(raw)
    return _settle(found.model_copy(update={"url": answer.address}), address, title, published)


def read_article_bytes(
    data: bytes, address: str, title: str = "", published: date | None = None, media_type: str = ""
) -> Document:
    """The article in some bytes; ``address`` is what messages call it."""
    if len(data) > LONGEST_FILE:
        raise ArticleError(_too_long(address, f"more than {LONGEST_FILE // 1_000_000} MB"))
    if not data.strip():
        raise ArticleError(f"{address} is empty: there is nothing to audit")
    raw = Raw(address, data, media_type)
    try:
        name = recognise(raw).name
        document = _as_given(raw) if name in _PLAIN else _read_out(raw)
    except ReadError as error:
        raise ArticleError(f"{address}: {error}") from None
    return _settle(document, address, title, published)


def read_article_text(text: str, title: str = "", published: date | None = None, address: str = "the text") -> Document:
    """The article in a text at hand, which stays exactly as it is."""
    return _settle(Document(id=identify_text(text), text=text), address, title, published)


def find_day(text: str, dates: DateReader) -> date | None:
    """The day of publication that the first lines of a text tell, if one of them tells a whole day.

    A line that tells it is short: a byline or a dateline, no sentence of the article.
    """
    place = 0
    for line in text.split("\n")[:_HEAD_LINES]:
        if 0 < len(line) <= _HEAD_LINE and line.rstrip()[-1:] not in ".?!":
            for span in dates.find(text, place, place + len(line), published=None):
                told = span.past.date or ""
                if len(told) == 10:
                    return date.fromisoformat(told)
        place += len(line) + 1
    return None


def _as_given(raw: Raw) -> Document:
    from pactwatch.read.charset import decode
    from pactwatch.read.plain import read_plain

    text = decode(raw.data, [raw.charset])
    if len(text) > LONGEST:
        raise ArticleError(_too_long(raw.address, f"{len(text):,} characters"))
    next(iter(read_plain(raw, Limits())))  # refuses what is no text
    return Document(id=identify_text(text), text=text)


def _read_out(raw: Raw) -> Document:
    """The one document that a page, a PDF or a line of JSON holds."""
    answers = list(read_raw(raw, replace(Limits(), text_chars=10 * LONGEST)))
    faults = [one for one in answers if not isinstance(one, Found)]
    found = [one for one in answers if isinstance(one, Found)]
    if not found:
        raise ArticleError(f"{raw.address}: " + "; ".join(_tell(one) for one in faults[:3]))
    if len(found) > 1:
        raise ArticleError(f"{raw.address} holds {len(found)} documents; audit one article at a time")
    return found[0].document


def _settle(document: Document, address: str, title: str, published: date | None) -> Document:
    """The document with what was said of it, once it is known to be an article in a language there are words for."""
    text = document.text
    if not text.strip():
        raise ArticleError(f"{address} is empty: there is nothing to audit")
    if len(text) > LONGEST:
        raise ArticleError(_too_long(address, f"{len(text):,} characters"))
    language, _ = detect_language(text)
    if language not in ("en", _NO_LANGUAGE):
        raise ArticleError(
            f"{address} seems to be in another language than English ({language}); there are English words only, and "
            "sentences of other languages would be read wrong. Audit a translation, and say that it is one."
        )
    update = {"title": title or document.title, "published": published or document.published}
    return document.model_copy(update=update)


def _too_long(address: str, found: str) -> str:
    return (
        f"{address} has {found}; an article of at most {LONGEST:,} characters can be audited. Split it, or cut out the "
        "part that matters."
    )


def _tell(answer: object) -> str:
    found, expected = getattr(answer, "found", "another page"), getattr(answer, "expected", "an article")
    return f"found {found}; expected {expected}. {getattr(answer, 'fix', '')}".strip()
