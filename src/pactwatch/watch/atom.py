"""The alerts as an Atom feed (RFC 4287): valid, escaped, the same bytes for the same alerts, whole or not there."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pactwatch.version import __version__
from pactwatch.watch.notice import Notice

MOST_ENTRIES = 200
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def render_atom(casebook: str, notices: Sequence[Notice]) -> str:
    """The feed of a casebook's alerts, the newest first."""
    newest = sorted(notices, key=lambda one: -one.seq)[:MOST_ENTRIES]
    updated = newest[0].at if newest else _EPOCH
    feed = uuid.uuid5(uuid.NAMESPACE_URL, f"pactwatch:alerts:{casebook}")
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>urn:uuid:{feed}</id>\n<title>{_text(f'Alerts of {casebook}')}</title>\n"
        f"<updated>{_moment(updated)}</updated>\n"
        f"<author><name>pactwatch</name></author>\n<generator version={quoteattr(__version__)}>pactwatch</generator>\n"
    )
    return head + "".join(map(_entry, newest)) + "</feed>\n"


def write_atom(path: Path, casebook: str, notices: Sequence[Notice]) -> None:
    """Write the feed in place of an older one, never half of it; nothing is written where nothing changed."""
    data = render_atom(casebook, notices).encode()
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _entry(notice: Notice) -> str:
    document = notice.document
    link = f'<link rel="alternate" href={quoteattr(_plain(document.url))}/>\n' if document.url else ""
    return (
        f"<entry>\n<id>{notice.id}</id>\n<title>{_text(f'{notice.title}: {document.title or document.id}')}</title>\n"
        f"<updated>{_moment(notice.at)}</updated>\n{link}<category term={quoteattr(notice.alert.watchlist)}/>\n"
        f'<content type="text">{_text(notice.alert.words)}</content>\n</entry>\n'
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _text(text: str) -> str:
    return escape(_plain(text))
