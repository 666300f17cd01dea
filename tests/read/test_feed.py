"""Feeds: items that carry their text are documents, of others the page is wanted; nothing in XML multiplies."""

# ruff: noqa: E501 - texts stand as they are read

from __future__ import annotations

import json
from datetime import date

import pytest

from pactwatch.model.errors import Fault
from pactwatch.read import Found, Wanted
from tests.read.made import NEWS, fault, read

WHOLE = "".join(f"<p>{one}</p>" for one in NEWS * 2)
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Reader &amp; Co</title>
<language>en-gb</language><link>https://example.org/</link><description>News</description>
<item><title>Whole &lt;b&gt;text&lt;/b&gt;</title><link>https://example.org/1</link>
<pubDate>Mon, 08 Jul 2024 23:30:00 +0900</pubDate><description>Short.</description>
<content:encoded><![CDATA[{WHOLE}<script>alert(1)</script>]]></content:encoded></item>
<item><title>Summary</title><link>/2</link><pubDate>Tue, 09 Jul 2024 09:00:00 GMT</pubDate><description>Short.</description></item>
<item><title>Cut</title><link>https://example.org/3</link><content:encoded><![CDATA[{WHOLE} [&#8230;]]]></content:encoded></item>
<item><title>Text only</title><description>All there is of it.</description></item>
<item><title>Bad link</title><link>javascript:alert(1)</link></item>
<item><title>Password</title><link>https://me:word@example.org/6</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Reader</title><id>urn:x</id><updated>2024-07-08T00:00:00Z</updated>
<entry><title>One</title><id>urn:1</id><link rel="alternate" href="https://example.org/1"/><published>2024-07-08T01:00:00+09:00</published>
<updated>2024-07-20T00:00:00Z</updated><content type="html">{WHOLE.replace("<", "&lt;")}</content></entry>
<entry><title>Two</title><id>urn:2</id><link href="https://example.org/2"/><updated>2024-07-09T00:00:00Z</updated></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Reader",
        "items": [
            {
                "id": "1",
                "url": "https://example.org/1",
                "title": "One",
                "content_html": WHOLE,
                "date_published": "2024-07-08T01:00:00+09:00",
            },
            {"id": "2", "url": "https://example.org/2", "summary": "Short."},
            7,
        ],
    }
)


def test_rss() -> None:
    whole, summary, cut, text_only, bad, password = read(RSS.encode(), "https://example.org/feed")
    assert isinstance(whole, Found)
    told = whole.document
    assert told.text == "\n\n".join(NEWS * 2)
    assert (told.title, told.publisher, told.published) == ("Whole text", "The Reader & Co", date(2024, 7, 8))
    assert whole.address == told.url == "https://example.org/1"
    assert isinstance(summary, Wanted) and summary.address == "https://example.org/2"
    assert summary.hints.published == date(2024, 7, 9)
    assert isinstance(cut, Wanted)
    assert isinstance(text_only, Found) and text_only.address == "https://example.org/feed#4"
    assert isinstance(bad, Fault)
    assert isinstance(password, Fault) and "word@" not in str(password)


@pytest.mark.parametrize(("data", "name"), [(ATOM, "a.xml"), (JSON, "feed.json")])
def test_atom_and_json_feeds(data: str, name: str) -> None:
    first, second, *rest = read(data.encode(), name)
    assert isinstance(first, Found) and first.document.published == date(2024, 7, 8)
    assert first.document.text == "\n\n".join(NEWS * 2)
    assert isinstance(second, Wanted) and second.address == "https://example.org/2"
    assert all(isinstance(one, Fault) for one in rest)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><rss><channel><title>&j;</title></channel></rss>"
)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (LAUGHS.encode(), "entities"),
        (LAUGHS.encode("utf-16"), "entities"),
        (b'<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd" [ ]><rss/>', "entities"),
        (b"<rss><channel>" + b"<a>" * 100_000, "levels deep"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "no feed"),
    ],
)
def test_hostile_and_other_xml(data: bytes, found: str) -> None:
    assert found in fault(data, "a.xml").found


def test_a_feed_is_never_taken_for_a_path_or_address() -> None:
    assert isinstance(read(b"<rss", "a.rss")[0], Fault)
