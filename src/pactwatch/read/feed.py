"""RSS and Atom feeds by feedparser, on bytes fetched by pactwatch itself.

An item that carries its whole text is a document; of one that carries a summary the linked page is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from pactwatch.model.documents import Document, identify_text
from pactwatch.model.errors import Fault
from pactwatch.read.days import read_day
from pactwatch.read.language import settle_language
from pactwatch.read.limits import Limits
from pactwatch.read.pieces import Answer, Found, Hints, Raw, ReadError, Wanted
from pactwatch.read.tidying import one_line, tidy

MOST_ITEMS = 5_000
WHOLE_TEXT = 400
"""Characters from which an item's content passes for the whole text."""

_CUT = re.compile(
    r"(?:\[?(?:\u2026|\.\.\.)\]?|continue reading|read more|read the full \w+"
    r"|the post .{0,300} appeared first on .{0,200})\W*$",
    re.IGNORECASE,
)
_ENTITY = re.compile(rb"<!ENTITY|<!DOCTYPE[^>\[]{0,500}\[", re.IGNORECASE)
_DEEPEST = 200
_BLOCKS = "p, div, br, li, h1, h2, h3, h4, h5, h6, tr, blockquote, figcaption, section, article, ul, ol, table, pre, hr"
_DROPPED = "script, style, noscript, iframe, form, svg, figure img, template"


def read_feed(raw: Raw, limits: Limits) -> Iterator[Answer]:
    """The items of a feed; raises :class:`ReadError` for what is none."""
    _check_xml(raw.data)
    import feedparser

    headers = {"content-type": f"application/xml; charset={raw.charset}"} if raw.charset else {}
    told = feedparser.parse(
        BytesIO(raw.data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not told.version and not told.entries:
        reason = str(told.get("bozo_exception", "no feed"))[:200]
        raise ReadError(f"XML that is no feed ({reason})", "RSS or Atom", "Give the feed's own address or file.")
    hints = Hints(
        publisher=raw.hints.publisher or one_line(fragment_text(told.feed.get("title", "")), 200),
        language=raw.hints.language or told.feed.get("language", ""),
    )
    for number, entry in enumerate(told.entries[:MOST_ITEMS], 1):
        item = Item(
            title=one_line(fragment_text(entry.get("title", ""))),
            link=_link(entry, raw.address),
            published=_published(entry),
            content="\n".join(str(one.get("value", "")) for one in entry.get("content", [])),
            summary=str(entry.get("summary", "")),
        )
        yield settle_item(item, hints, f"{raw.address}#{number}", limits)


class Item:
    """An item as its feed tells it; ``content`` and ``summary`` are HTML or text."""

    __slots__ = ("content", "link", "published", "summary", "title")

    def __init__(self, title: str, link: str, published: date | None, content: str, summary: str) -> None:
        self.title, self.link, self.published = title, link, published
        self.content, self.summary = content, summary


def settle_item(item: Item, hints: Hints, place: str, limits: Limits) -> Answer:
    """The document of an item that carries its text, else the page that is wanted; a fault without either."""
    text = _whole_text(item)
    told = Hints(item.title, item.published, item.link, hints.publisher, hints.language)
    if text and len(text) <= limits.text_chars:
        document = Document(
            id=identify_text(text),
            text=text,
            title=item.title,
            published=item.published,
            url=item.link,
            language=settle_language(text, hints.language),
            publisher=hints.publisher or (urlsplit(item.link).hostname or "").removeprefix("www."),
            media_type="text/html",
        )
        return Found(document, item.link or place)
    if item.link:
        return Wanted(item.link, told)
    return Fault(place, 0, "", "an item without text or link", "one of them", "Nothing can be read of it.")


def _whole_text(item: Item) -> str:
    """The text an item carries, if it seems whole; a summary does only where there is no page to go to."""
    for html, least in ((item.content, WHOLE_TEXT), (item.summary, 4 * WHOLE_TEXT)):
        text = fragment_text(html)
        if text and not item.link:
            return text
        if len(text) >= least and not _CUT.search(text[-400:]):
            return text
    return ""


def fragment_text(html: str) -> str:
    """The text of a piece of HTML (or of text that may hold some), its blocks as paragraphs."""
    if "<" not in html and "&" not in html:
        return tidy(html)
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for node in tree.css(_DROPPED):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before("\n\n")
        node.insert_after("\n\n")
    text = tree.body.text() if tree.body else ""
    paragraphs = (re.sub(r"\s+", " ", part).strip() for part in re.split(r"\n\s*\n", text))
    return tidy("\n\n".join(part for part in paragraphs if part))


def _link(entry: Any, address: str) -> str:
    link = str(entry.get("link", "")).strip()
    try:
        whole = urljoin(address, link) if link and "://" in address else link
        return whole if urlsplit(whole).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _published(entry: Any) -> date | None:
    """The day as written; feedparser's own reading would turn it to another time zone's."""
    for name in ("published", "created", "date", "updated"):
        told = entry.get(name)
        day = read_day(told) if isinstance(told, str) else None
        if day:
            return day
    return None


def _check_xml(data: bytes) -> None:
    """Refuse XML that defines entities (they can multiply without end) or nests too deep, before it is parsed."""
    plain = data.replace(b"\0", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:200] else data
    if _ENTITY.search(plain):
        raise ReadError("XML that defines entities", "a feed", "Feeds need none; they can fill a memory. Leave it out.")
    depth = 0
    for tag in re.finditer(rb"<(/?)[A-Za-z][^<>]*?(/?)>", plain):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        if depth > _DEEPEST:
            raise ReadError(
                f"XML more than {_DEEPEST} levels deep", "a feed", "It was not made for reading; leave it out."
            )
