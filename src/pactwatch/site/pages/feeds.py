"""Feeds of new and changed records: of all, of a partner, of a type, of what a claim stands on (Atom and JSON Feed)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import TYPES, Book
from pactwatch.site.frame.changes import Changed, list_changes
from pactwatch.site.frame.page_types import Ask, File, PageType, Sheet, Values
from pactwatch.site.frame.places import name_file, place_pinned, place_record
from pactwatch.site.frame.site import Site
from pactwatch.site.frame.words import say_code
from pactwatch.site.frame.xml_text import quote_xml, write_xml
from pactwatch.site.pages.claims import find_result
from pactwatch.site.pages.partners import find_code, list_codes

ATOM = "application/atom+xml; charset=utf-8"
FEED = "application/feed+json"
MOST_TOLD = 100
"""Entries of a feed."""


def list_feeds(book: Book) -> list[tuple[str, str]]:
    """Name and title of every feed."""
    feeds = [("all", "All records")]
    feeds += [(f"type-{type_}", f"Records of the type {type_}") for type_ in TYPES]
    feeds += [(f"partner-{name_file(code)}", f"Records with {book.say_name(code)}") for code in list_codes(book)]
    return feeds + [(f"claim-{name_file(one.id)}", f"Records used by: {one.text}") for one in book.results]


def choose(book: Book, slug: str) -> tuple[str, list[Changed]]:
    """Title and entries of a feed; raises :class:`NotFoundError` for one there is not."""
    changes = book.once(list_changes)
    kind, _, name = slug.partition("-")
    if slug == "all":
        return "All records", changes[:MOST_TOLD]
    if kind == "type" and name in TYPES:
        ids = {record.id for record in book.records.values() if record.type == name}
        title = f"Records of the type {name}"
    elif kind == "partner":
        code = find_code(book, name)
        ids, title = {record.id for record in book.with_party(code)}, f"Records with {book.say_name(code)}"
    elif kind == "claim":
        result = find_result(book, name)
        ids, title = set(result.records), f"Records used by: {result.text}"
    else:
        raise NotFoundError("there is no such feed; feeds/index.html lists them")
    return title, [one for one in changes if one.record in ids][:MOST_TOLD]


def show_feeds(ask: Ask) -> Sheet:
    """The list of feeds."""
    return Sheet("feeds.html", {"feeds": list_feeds(ask.book)})


def take_atom(ask: Ask) -> File:
    """A feed as Atom (RFC 4287)."""
    slug = ask.values["slug"]
    title, changes = choose(ask.book, slug)
    settings = ask.book.edition.settings
    base = ask.site.address or "../"
    updated = _stamp(changes[0].as_of if changes else settings.as_of)
    head = [
        f"<id>urn:pactwatch:{write_xml(settings.name)}:{write_xml(slug)}</id>",
        f"<title>{write_xml(title)}: {write_xml(settings.title)}</title>",
        f"<updated>{updated}</updated>",
        *(f"<author><name>{write_xml(editor)}</name></author>" for editor in settings.editors),
        f"<rights>{write_xml(settings.licence)}</rights>",
        f'<link rel="self" type="application/atom+xml" href={quote_xml(f"{base}feeds/{slug}.atom")}/>',
        f'<link rel="alternate" type="text/html" href={quote_xml(f"{base}index.html")}/>',
    ]
    entries = "".join(f"<entry>{_write_entry(one, ask, base)}</entry>\n" for one in changes)
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n{chr(10).join(head)}\n{entries}</feed>\n'
    return File(f'<?xml version="1.0" encoding="utf-8"?>\n{feed}'.encode(), ATOM)


def take_json(ask: Ask) -> File:
    """A feed as JSON Feed 1.1."""
    slug = ask.values["slug"]
    title, changes = choose(ask.book, slug)
    settings = ask.book.edition.settings
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{title}: {settings.title}",
        "authors": [{"name": editor} for editor in settings.editors],
        "language": "en",
        "items": [_write_item(one, ask) for one in changes],
    }
    if ask.site.address:
        feed["home_page_url"] = f"{ask.site.address}index.html"
        feed["feed_url"] = f"{ask.site.address}feeds/{slug}.json"
    return File(json.dumps(feed, ensure_ascii=False, indent=1).encode(), FEED)


def _write_entry(one: Changed, ask: Ask, base: str) -> str:
    link = quote_xml(base + _place(one, ask))
    return (
        f"<id>{write_xml(_identify(one))}</id><title>{write_xml(_say_title(one))}</title>"
        f"<updated>{_stamp(one.as_of)}</updated><summary>{write_xml(_say_text(one))}</summary>"
        f'<link rel="alternate" type="text/html" href={link}/><category term="{one.kind}"/>'
    )


def _write_item(one: Changed, ask: Ask) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _identify(one),
        "title": _say_title(one),
        "content_text": _say_text(one),
        "date_published": _stamp(one.as_of),
        "tags": [one.kind],
    }
    if ask.site.address:
        item["url"] = ask.site.address + _place(one, ask)
    return item


def _place(one: Changed, ask: Ask) -> str:
    """The page of a change: in the latest edition, or where a withdrawn record was last seen."""
    if one.kind != "withdrawn" and one.record in ask.book.records:
        return place_record(one.record)
    return place_pinned(one.edition, "index.html") if ask.is_live else "index.html"


def _identify(one: Changed) -> str:
    return f"urn:pactwatch:{one.edition}:{name_file(one.record)}"


def _say_title(one: Changed) -> str:
    return f"{one.kind.capitalize()}: {one.title}"


def _say_text(one: Changed) -> str:
    what = "; ".join(say_code(part) for part in one.what)
    told = {"new": "New", "changed": f"Changed ({what})", "withdrawn": "Withdrawn"}[one.kind]
    return f"{told} in edition {one.edition}."


def _stamp(day: str) -> str:
    return f"{day}T00:00:00Z"


def _list_slugs(site: Site) -> Iterator[Values]:
    return ({"slug": slug} for slug, _ in list_feeds(site.book))


PAGES = (
    PageType("feeds", "feeds/index.html", show_feeds),
    PageType("feed-atom", "feeds/{slug}.atom", take_atom, _list_slugs),
    PageType("feed-json", "feeds/{slug}.json", take_json, _list_slugs),
)
