"""JSON Feed (jsonfeed.org, version 1 and 1.1): items as of any feed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pactwatch.model.errors import Fault
from pactwatch.read.charset import decode
from pactwatch.read.days import read_day
from pactwatch.read.feed import MOST_ITEMS, Item, settle_item
from pactwatch.read.limits import Limits
from pactwatch.read.pieces import Answer, Hints, Raw, ReadError
from pactwatch.read.tidying import one_line


def read_json_feed(raw: Raw, limits: Limits) -> Iterator[Answer]:
    """The items of a JSON feed; raises :class:`ReadError` for what is none."""
    try:
        told = json.loads(decode(raw.data, [raw.charset]))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"JSON that cannot be read ({error})", "a JSON feed", "Get it again.") from None
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list):
        raise ReadError("JSON without a list of items", "a JSON feed", "Give the feed's own address or file.")
    hints = Hints(
        publisher=raw.hints.publisher or one_line(_text(told, "title"), 200),
        language=raw.hints.language or _text(told, "language"),
    )
    for number, one in enumerate(items[:MOST_ITEMS], 1):
        place = f"{raw.address}#{number}"
        if not isinstance(one, dict):
            yield Fault(place, 0, "", "an item that is no object", "an object", "Nothing can be read of it.")
            continue
        link = _text(one, "url") or _text(one, "external_url")
        item = Item(
            title=one_line(_text(one, "title")),
            link=link if link.startswith(("https://", "http://")) else "",
            published=read_day(_text(one, "date_published")),
            content=_text(one, "content_html") or _text(one, "content_text"),
            summary=_text(one, "summary"),
        )
        yield settle_item(item, hints, place, limits)


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
