"""HTML pages: the main text by trafilatura, what the publisher says of it by :mod:`pactwatch.read.html_head`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactwatch.model.documents import Document, identify_text
from pactwatch.read.charset import decode
from pactwatch.read.html_head import Head, read_head
from pactwatch.read.language import settle_language
from pactwatch.read.limits import Limits
from pactwatch.read.pieces import Found, Raw, ReadError
from pactwatch.read.tidying import check_text, tidy

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.\-]{2,40})""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_VOID = frozenset(
    (
        *(b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track"),
        *(b"wbr", b"p", b"li", b"td", b"tr", b"th", b"dt", b"dd", b"option"),  # closed by the next, so they stay open
    )
)
_DEEPEST = 1_500
"""Tags within each other; the deepest real pages have some 60, and extraction walks them one by one."""


def read_html(raw: Raw, limits: Limits) -> Iterator[Found]:
    """The document of a page; raises :class:`ReadError` where it has no main text."""
    page = decode_page(raw)
    head = read_head(page, raw.hints.url or raw.address)
    text = check_text(tidy(extract_text(page)), limits.text_chars)
    yield Found(describe(text, head, raw, "text/html"), raw.address)


def decode_page(raw: Raw) -> str:
    """The page as text, its own word on its encoding heard after the header's."""
    _check_depth(raw.data)
    start = raw.data[:4096]
    told = [found[1].decode("ascii") for found in (_XML_CHARSET.search(start), _META_CHARSET.search(start)) if found]
    return _DECLARATION.sub("", decode(raw.data, [raw.charset, *told]).replace("\0", ""))


def extract_text(page: str) -> str:
    """The main text of a page, its paragraphs separated by empty lines; nothing where there is none."""
    from trafilatura import extract

    text = extract(page, fast=True, include_comments=False)
    if not text:
        text = extract(page, fast=True, include_comments=False, favor_recall=True)
    return (text or "").replace("\n", "\n\n")


def describe(text: str, head: Head, raw: Raw, media_type: str) -> Document:
    """The document of a text: its own head first, then what the place that pointed at it says."""
    hints = raw.hints
    return Document(
        id=identify_text(text),
        text=text,
        title=head.title or hints.title,
        published=head.published or hints.published or head.path_day,
        url=hints.url or (raw.address if "://" in raw.address else ""),
        language=settle_language(text, head.language or hints.language),
        publisher=head.publisher or hints.publisher or head.host,
        media_type=media_type,
    )


def _check_depth(data: bytes) -> None:
    """Refuse a page whose tags lie too deep within each other before any parser walks down them."""
    depth = 0
    for closing, name, itself in _TAG.findall(data):
        if name.lower() in _VOID or itself:
            continue
        depth = max(0, depth + (-1 if closing else 1))
        if depth > _DEEPEST:
            found = f"tags more than {_DEEPEST} levels within each other"
            raise ReadError(found, "a page", "It was not made for reading; leave it out.")
