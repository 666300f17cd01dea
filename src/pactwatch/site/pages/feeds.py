"""Feeds (Atom and JSON Feed): new and changed records, of all, of a partner, of a type, of what a claim stands on; and
in a claim's feed every change of its verdict."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.claims.finding import ClaimResult
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import TYPES, Book
from pactwatch.site.frame.changes import Changed, list_changes
from pactwatch.site.frame.page_types import Ask, File, PageType, Sheet, Values
from pactwatch.site.frame.places import name_file, place_claim, place_pinned, place_record
from pactwatch.site.frame.site import Site
from pactwatch.site.frame.words import VERDICT_WORDS, say_code, say_number
from pactwatch.site.frame.xml_text import quote_xml, write_xml
from pactwatch.site.pages.claims import Turn, find_result, list_turns, read_earlier
from pactwatch.site.pages.partners import find_code, list_codes

ATOM = "application/atom+xml; charset=utf-8"
FEED = "application/feed+json"
MOST_TOLD = 100
"""Entries of a feed."""


@dataclass(frozen=True)
class Entry:
    """An entry of a feed: what it is called for ever, its title, what it tells, its day, where to look, and its tag."""

    id: str
    title: str
    text: str
    day: str
    place: str
    tag: str


def list_feeds(book: Book) -> list[tuple[str, str]]:
    """Name and title of every feed."""
    feeds = [("all", "All records")]
    feeds += [(f"type-{type_}", f"Records of the type {type_}") for type_ in TYPES]
    feeds += [(f"partner-{name_file(code)}", f"Records with {book.say_name(code)}") for code in list_codes(book)]
    return feeds + [(f"claim-{name_file(one.id)}", _title_claim(one)) for one in book.results]


def choose(ask: Ask) -> tuple[str, list[Entry]]:
    """Title and entries of a feed, the latest first; raises :class:`NotFoundError` for one there is not."""
    book, slug = ask.book, ask.values["slug"]
    kind, _, name = slug.partition("-")
    if slug == "all":
        return "All records", _tell_records(ask, None)
    if kind == "type" and name in TYPES:
        ids = {record.id for record in book.records.values() if record.type == name}
        return f"Records of the type {name}", _tell_records(ask, ids)
    if kind == "partner":
        code = find_code(book, name)
        ids = {record.id for record in book.with_party(code)}
        return f"Records with {book.say_name(code)}", _tell_records(ask, ids)
    if kind == "claim":
        result = find_result(book, name)
        return _title_claim(result), _tell_claim(ask, result)
    raise NotFoundError("there is no such feed; feeds/index.html lists them")


def _title_claim(result: ClaimResult) -> str:
    return f"Verdict and records of: {result.text}"


def _tell_claim(ask: Ask, result: ClaimResult) -> list[Entry]:
    """Every turn of a claim's verdict and every change of the records it uses or used; of one edition the verdict
    comes first."""
    book = ask.book
    order = {edition.id: place for place, edition in enumerate([*book.earlier, book.edition])}
    used = set(result.records)
    used.update(*(one.records for _, results in book.once(read_earlier) for one in results if one.id == result.id))
    turns = [_tell_turn(result, turn, before) for before, turn in list_changed(list_turns(book, result))]
    records = [(one.edition, _tell_record(ask, one)) for one in book.once(list_changes) if one.record in used]
    told = sorted([*turns, *records], key=lambda pair: -order.get(pair[0], -1))
    return [entry for _, entry in told][:MOST_TOLD]


def list_changed(turns: Sequence[Turn]) -> list[tuple[Turn | None, Turn]]:
    """The turns that are not what the one before said, each with that one, the latest first."""
    pairs = zip([None, *turns], turns, strict=False)
    return [(before, turn) for before, turn in pairs if not turn.is_kept][::-1]


def _tell_turn(result: ClaimResult, turn: Turn, before: Turn | None) -> tuple[str, Entry]:
    word = VERDICT_WORDS[turn.verdict]
    found = f"{turn.estimate} ({result.unit}), n = {say_number(turn.n)}"
    if before is None:
        title = f"Verdict: {word}: {result.text}"
        text = f"First told here in edition {turn.edition}: {word}; {found}."
    else:
        title = f"Verdict changed from {VERDICT_WORDS[before.verdict]} to {word}: {result.text}"
        was = f"{before.estimate}, n = {say_number(before.n)}"
        text = f"In edition {turn.edition}: {word}; {found}. In edition {before.edition}: {was}."
    name = f"urn:pactwatch:{turn.edition}:claim:{name_file(result.id)}"
    return turn.edition, Entry(name, title, text, turn.as_of, place_claim(result.id), "verdict")


def _tell_records(ask: Ask, ids: Collection[str] | None) -> list[Entry]:
    changes = [one for one in ask.book.once(list_changes) if ids is None or one.record in ids]
    return [_tell_record(ask, one) for one in changes[:MOST_TOLD]]


def _tell_record(ask: Ask, one: Changed) -> Entry:
    """A change of a record; its page is in the latest edition, or where a withdrawn record was last seen."""
    what = "; ".join(say_code(part) for part in one.what)
    told = {"new": "New", "changed": f"Changed ({what})", "withdrawn": "Withdrawn"}[one.kind]
    place = place_record(one.record)
    if one.kind == "withdrawn" or one.record not in ask.book.records:
        place = place_pinned(one.edition, "index.html") if ask.is_live else "index.html"
    name = f"urn:pactwatch:{one.edition}:{name_file(one.record)}"
    title = f"{one.kind.capitalize()}: {one.title}"
    return Entry(name, title, f"{told} in edition {one.edition}.", one.as_of, place, one.kind)


def show_feeds(ask: Ask) -> Sheet:
    """The list of feeds."""
    return Sheet("feeds.html", {"feeds": list_feeds(ask.book)})


def take_atom(ask: Ask) -> File:
    """A feed as Atom (RFC 4287)."""
    slug = ask.values["slug"]
    title, told = choose(ask)
    settings = ask.book.edition.settings
    base = ask.site.address or "../"
    updated = _stamp(told[0].day if told else settings.as_of)
    head = [
        f"<id>urn:pactwatch:{write_xml(settings.name)}:{write_xml(slug)}</id>",
        f"<title>{write_xml(title)}: {write_xml(settings.title)}</title>",
        f"<updated>{updated}</updated>",
        *(f"<author><name>{write_xml(editor)}</name></author>" for editor in settings.editors),
        f"<rights>{write_xml(settings.licence)}</rights>",
        f'<link rel="self" type="application/atom+xml" href={quote_xml(f"{base}feeds/{slug}.atom")}/>',
        f'<link rel="alternate" type="text/html" href={quote_xml(f"{base}index.html")}/>',
    ]
    entries = "".join(f"<entry>{_write_entry(one, base)}</entry>\n" for one in told)
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n{chr(10).join(head)}\n{entries}</feed>\n'
    return File(f'<?xml version="1.0" encoding="utf-8"?>\n{feed}'.encode(), ATOM)


def take_json(ask: Ask) -> File:
    """A feed as JSON Feed 1.1."""
    slug = ask.values["slug"]
    title, told = choose(ask)
    settings = ask.book.edition.settings
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{title}: {settings.title}",
        "authors": [{"name": editor} for editor in settings.editors],
        "language": "en",
        "items": [_write_item(one, ask.site.address) for one in told],
    }
    if ask.site.address:
        feed["home_page_url"] = f"{ask.site.address}index.html"
        feed["feed_url"] = f"{ask.site.address}feeds/{slug}.json"
    return File(json.dumps(feed, ensure_ascii=False, indent=1).encode(), FEED)


def _write_entry(one: Entry, base: str) -> str:
    return (
        f"<id>{write_xml(one.id)}</id><title>{write_xml(one.title)}</title>"
        f"<updated>{_stamp(one.day)}</updated><summary>{write_xml(one.text)}</summary>"
        f'<link rel="alternate" type="text/html" href={quote_xml(base + one.place)}/><category term="{one.tag}"/>'
    )


def _write_item(one: Entry, address: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": one.id,
        "title": one.title,
        "content_text": one.text,
        "date_published": _stamp(one.day),
        "tags": [one.tag],
    }
    return item | ({"url": address + one.place} if address else {})


def _stamp(day: str) -> str:
    return f"{day}T00:00:00Z"


def _list_slugs(site: Site) -> Iterator[Values]:
    return ({"slug": slug} for slug, _ in list_feeds(site.book))


PAGES = (
    PageType("feeds", "feeds/index.html", show_feeds),
    PageType("feed-atom", "feeds/{slug}.atom", take_atom, _list_slugs),
    PageType("feed-json", "feeds/{slug}.json", take_json, _list_slugs),
)
