"""What watchlists find, and the Atom file that tells it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.casebook.watching import Watchlist
from pactwatch.model.codes import RecordType
from pactwatch.model.documents import Document, identify_text
from pactwatch.model.entries import Alert
from pactwatch.model.mentions import Mention
from pactwatch.watch import Notice, find_alerts, write_atom
from pactwatch.watch.atom import render_atom
from pactwatch.watch.webhook import Webhook, sign

TEXT = "Japan and the Philippines signed an access agreement. Japan will deliver patrol boats to Viet Nam."
DOCUMENT = Document(
    id=identify_text(TEXT), text=TEXT, title="Pact <signed> & sealed", url="https://example.org/?a=1&b=2"
)


def mention(start: int, end: int, **fields: Any) -> Mention:
    common = {"doc": DOCUMENT.id, "modality": "actual", "confidence": 0.9, "coder": "test", "quote": TEXT[start:end]}
    return Mention.model_validate({**common, "start": start, "end": end, **fields})


MENTIONS = (
    mention(0, 53, type="agreement", stage="signed", parties=("JPN", "PHL"), instrument="RAA"),
    mention(54, len(TEXT), type="transfer", stage="agreed", parties=("JPN", "VNM")),
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actors": ("PHL",)}, 1),
        ({"actors": ("PHL", "VNM")}, 2),
        ({"actors": ("PHL", "VNM"), "together": True}, None),
        ({"actors": ("JPN", "PHL"), "together": True}, 1),
        ({"types": ("agreement",)}, 1),
        ({"types": ("exercise",)}, None),
        ({"types": ("transfer",), "actors": ("PHL",)}, None),
        ({"instruments": ("RAA", "MOU")}, 1),
        ({"instruments": ("MOU",)}, None),
        ({"words": ("Patrol  Boats",)}, 0),
        ({"words": ("boat",)}, None),
        ({"words": ("sealed",)}, 0),
        ({"words": ("boats",), "types": ("agreement",)}, 1),
        ({"words": ("a.c",)}, None),
    ],
)
def test_what_is_found(asked: dict[str, Any], found: int | None) -> None:
    alerts = list(find_alerts([Watchlist(name="a", title="A", **asked)], DOCUMENT, MENTIONS))
    assert [len(one.mentions) for one in alerts] == ([] if found is None else [found])


def test_the_words_of_an_alert() -> None:
    (alert,) = find_alerts([Watchlist(name="a", title="A", types=(RecordType.AGREEMENT,))], DOCUMENT, MENTIONS)
    assert alert.words == (
        "Pact <signed> & sealed: JPN-PHL agreement signed: “Japan and the Philippines signed an access agreement.”"
    )


def notice(seq: int = 7, words: str = "why <b>") -> Notice:
    alert = Alert(watchlist="a", doc=DOCUMENT.id, words=words)
    return Notice(seq, datetime(2024, 7, 8, 12, tzinfo=UTC), alert, "Agreements & more", DOCUMENT)


def test_the_atom_file_is_valid_and_says_what_the_alert_says(tmp_path: Path) -> None:
    file = tmp_path / "home" / "alerts.atom"
    write_atom(file, "book", [notice()])
    told = feedparser.parse(file.read_bytes())
    assert not told.bozo and told.version == "atom10"
    (entry,) = told.entries
    assert entry.title == "Agreements & more: Pact <signed> & sealed"
    assert entry.link == "https://example.org/?a=1&b=2"
    assert entry.id == notice().id and entry.updated == "2024-07-08T12:00:00Z"
    root = ElementTree.fromstring(file.read_text())  # noqa: S314 - our own file
    names = {child.tag.split("}")[1] for child in root}
    assert {"id", "title", "updated", "author"} <= names
    before = file.stat().st_mtime_ns
    write_atom(file, "book", [notice()])
    assert file.stat().st_mtime_ns == before
    assert [one.name for one in file.parent.iterdir()] == ["alerts.atom"]


def test_an_empty_feed_is_valid_too() -> None:
    assert not feedparser.parse(render_atom("book", []).encode()).bozo


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_make_valid_xml(words: str, url: str) -> None:
    document = DOCUMENT.model_copy(update={"url": url, "title": words})
    one = Notice(1, datetime(2024, 7, 8, tzinfo=UTC), Alert(watchlist="a", doc="d", words=words), words, document)
    ElementTree.fromstring(render_atom(words, [one]).encode("utf-8"))  # noqa: S314 - our own file


def test_the_newest_come_first_and_old_ones_go() -> None:
    text = render_atom("book", [notice(seq, f"n{seq}") for seq in range(250)])
    assert text.count("<entry>") == 200
    assert text.index(">n249<") < text.index(">n248<") and ">n49<" not in text


def test_the_signature_is_that_of_rfc_4231() -> None:
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert sign(b"what do ya want for nothing?", "Jefe") == f"sha256={expected}"


def test_secrets_are_not_shown() -> None:
    assert "hush" not in repr(Webhook("https://example.org/hush", "hush"))
