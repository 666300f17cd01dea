"""What a page says about itself: title, publisher, publication day and language, by the fields publishers use.

The day comes from JSON-LD (schema.org ``datePublished``), the Open Graph and Dublin Core meta fields or a ``time``
element of the article. The day in the address comes last, after a feed's word. The day of reading is never taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pactwatch.read.days import day_in_path, read_day
from pactwatch.read.tidying import one_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_DAY_FIELDS = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created"),
    *("citation_publication_date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date"),
    *("publish_date", "publication_date", "date"),
)
_ARTICLES = re.compile(r"Article|Report|Posting|WebPage|Event|Publication|Document", re.IGNORECASE)
_DEEPEST, _MOST_OBJECTS = 12, 2_000
_MARKED_END = re.compile(r"\s+[|\u2013\u2014\u00bb-]\s+[^|\u2013\u2014\u00bb]{1,60}$")


@dataclass(frozen=True, slots=True)
class Head:
    """A page's word on itself; what it does not say is empty."""

    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = ""
    host: str = ""
    path_day: date | None = None


def read_head(page: str, address: str) -> Head:
    """The head of a page found at an address."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    metas = _metas(tree)
    articles = list(_articles(tree))
    host, path_day = _address_parts(address)
    return Head(
        title=_title(tree, metas, articles),
        publisher=one_line(metas.get("og:site_name") or _publisher(articles), 200),
        published=_published(tree, metas, articles),
        language=_language(tree, metas, articles),
        host=host,
        path_day=path_day,
    )


def _address_parts(address: str) -> tuple[str, date | None]:
    """The host and the day of a URL; nothing of a path on disk."""
    if not address.startswith(("http://", "https://")):
        return "", None
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").removeprefix("www."), day_in_path(parts.path)
    except ValueError:
        return "", None


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """The first filled content of each meta field, by its name in small letters."""
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        told = node.attributes
        name = told.get("property") or told.get("name") or told.get("itemprop") or ""
        content = (told.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _articles(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article or a page, articles first."""
    found: list[dict[str, Any]] = []
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            told = json.loads(node.text(), strict=False)
        except (ValueError, RecursionError):
            continue
        found += [one for one in _objects(told) if _ARTICLES.search(str(one.get("@type", "")))]
    yield from sorted(found, key=lambda one: "webpage" in str(one.get("@type", "")).lower())


def _objects(told: object) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD value that stand at its top or in lists and graphs there."""
    layer, count = [told], 0
    for _ in range(_DEEPEST):
        inner: list[object] = []
        for one in layer:
            count += 1
            if isinstance(one, dict) and count < _MOST_OBJECTS:
                yield one
                inner += [one.get("@graph"), one.get("mainEntity"), one.get("mainEntityOfPage")]
            elif isinstance(one, list):
                inner += one[:_MOST_OBJECTS]
        layer = inner


def _title(tree: LexborHTMLParser, metas: dict[str, str], articles: list[dict[str, Any]]) -> str:
    for told in (metas.get("og:title"), *(one.get("headline") for one in articles), metas.get("twitter:title")):
        if isinstance(told, str) and told.strip():
            return one_line(told)
    heads = [one_line(node.text()) for node in tree.css("h1")]
    if len(heads) == 1 and heads[0]:
        return heads[0]
    node = tree.css_first("title")
    whole = one_line(node.text()) if node else ""
    return _MARKED_END.sub("", whole) or whole


def _publisher(articles: list[dict[str, Any]]) -> str:
    for one in articles:
        publisher = one.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip() and "://" not in name:
            return name
    return ""


def _published(tree: LexborHTMLParser, metas: dict[str, str], articles: list[dict[str, Any]]) -> date | None:
    for one in articles:
        told = one.get("datePublished")
        day = read_day(told) if isinstance(told, str) else None
        if day:
            return day
    for name in _DAY_FIELDS:
        day = read_day(metas.get(name, ""))
        if day:
            return day
    return _marked_time(tree)


def _marked_time(tree: LexborHTMLParser) -> date | None:
    """The day of a ``time`` element that is said to be the publication's, or of the only one there is."""
    for marked in ("time[itemprop=datePublished]", "time[pubdate]", "article header time", "main header time"):
        node = tree.css_first(marked)
        day = read_day(node.attributes.get("datetime") or node.text()) if node else None
        if day:
            return day
    for place in ("article time", "main time", "time"):
        days = {read_day(node.attributes.get("datetime") or node.text()) for node in tree.css(place)} - {None}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _language(tree: LexborHTMLParser, metas: dict[str, str], articles: list[dict[str, Any]]) -> str:
    root = tree.css_first("html")
    told = (root.attributes.get("lang") or root.attributes.get("xml:lang")) if root else ""
    inside = [one.get("inLanguage") for one in articles]
    places = (told, metas.get("content-language"), metas.get("og:locale"), metas.get("dc.language"), *inside)
    return next((one.strip() for one in places if isinstance(one, str) and one.strip()), "")
