"""The formats there are, and the one question of all of them: what is in these bytes?

A new format is a file with a ``read_...`` function and a line in ``FORMATS``. The bytes decide before the name does;
the name decides between kinds of text.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pactwatch.model.errors import Fault
from pactwatch.read.limits import Limits
from pactwatch.read.pieces import Answer, Piece, Raw, ReadError

_HEAD = 2048
_TAGS = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>|<!--.{0,1500}?-->|\s)*"
    rb"<(!doctype html|html|head|body|article|!doctype\s+\w+|rss|feed|rdf:rdf|[a-z0-9]+:feed)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON_FEED = re.compile(rb"jsonfeed\.org\\?/version")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the file that reads it, and the endings and media types it goes by."""

    name: str
    place: str
    endings: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()

    def open(self) -> Callable[[Raw, Limits], Iterator[Answer]]:
        """The function that reads it, imported only now."""
        module, function = self.place.split(":")
        opened: Callable[[Raw, Limits], Iterator[Answer]] = getattr(
            importlib.import_module(f"pactwatch.read.{module}"), function
        )
        return opened


FORMATS = {
    one.name: one
    for one in (
        Format("pdf", "pdf:read_pdf", (".pdf",), ("application/pdf", "application/x-pdf")),
        Format("html", "html:read_html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml")),
        Format("feed", "feed:read_feed", (".rss", ".atom", ".rdf"), ("application/rss+xml", "application/atom+xml")),
        Format("json_feed", "json_feed:read_json_feed", (), ("application/feed+json",)),
        Format(
            "json_lines", "jsonl:read_json_lines", (".jsonl", ".ndjson"), ("application/jsonl", "application/x-ndjson")
        ),
        Format("json", "jsonl:read_json", (".json",), ("application/json",)),
        Format("markdown", "plain:read_markdown", (".md", ".markdown", ".mdown"), ("text/markdown",)),
        Format("zip", "archive:read_archive", (".zip",), ("application/zip",)),
        Format("plain", "plain:read_plain", (".txt", ".text", ""), ("text/plain",)),
    )
}

ENDINGS = {ending: one.name for one in FORMATS.values() for ending in one.endings}
MEDIA_TYPES = {media_type: one.name for one in FORMATS.values() for media_type in one.media_types}

_OTHERS = (
    (b"\x1f\x8b", "a gzip file", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"\xfd7zXZ\0", "an xz file", "Unpack it first."),
    (b"BZh", "a bzip2 file", "Unpack it first."),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "Save it as PDF or text."),
    (b"{\\rtf", "a Rich Text document", "Save it as PDF or text."),
    (b"\x89PNG", "a picture (PNG)", "Recognise its letters first (OCR), if it has any."),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Recognise its letters first (OCR), if it has any."),
    (b"GIF8", "a picture (GIF)", "Recognise its letters first (OCR), if it has any."),
    (b"SQLite format 3\0", "a database", "Export the documents as JSON Lines."),
    (b"PAR1", "a Parquet file", "Export the documents as JSON Lines."),
    (b"\x7fELF", "a program", "Leave it out."),
    (b"MZ\x90", "a program", "Leave it out."),
)
_READABLE = "HTML, PDF, text, Markdown, JSON Lines, a feed or a zip of these"


def recognise(raw: Raw) -> Format:
    """The format of some bytes; raises :class:`ReadError` for one that is not read."""
    head = raw.data[:_HEAD]
    if not head:
        raise ReadError("an empty file", "a document", "Leave it out, or get it again.")
    if b"%PDF-" in head[:1024]:
        return FORMATS["pdf"]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FORMATS["zip"]
    for magic, found, fix in _OTHERS:
        if head.startswith(magic):
            raise ReadError(found, _READABLE, fix)
    by_name = ENDINGS.get(ending_of(raw.address)) if raw.media_type == "" else MEDIA_TYPES.get(raw.media_type)
    return _by_content(raw, head, by_name or ENDINGS.get(ending_of(raw.address), "plain"))


def _by_content(raw: Raw, head: bytes, name: str) -> Format:
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    tag = _TAGS.match(start)
    if tag and name not in ("json_lines", "json", "json_feed"):
        word = tag[1].lower()
        if word in (b"rss", b"feed", b"rdf:rdf") or word.endswith(b":feed"):
            return FORMATS["feed"]
        if not word.startswith(b"!doctype") or word == b"!doctype html" or name == "html":
            return FORMATS["html"]
        return FORMATS["feed"]  # XML with a document type; the reader of feeds says what is wrong with it
    if name in ("json", "json_feed", "plain") and start[:1] == b"{" and _JSON_FEED.search(raw.data[:20_000]):
        return FORMATS["json_feed"]
    if start.startswith(b"<?xml") and name != "html":
        return FORMATS["feed"]
    if name in ("pdf", "zip"):
        raise ReadError(f"no {name.upper()} file", f"what the name says ({name})", "Download or save it again.")
    return FORMATS[name]


def ending_of(address: str) -> str:
    """The ending of a path's, member's or URL's name, in small letters."""
    path = re.sub(r"[?#].*$", "", address) if "://" in address else address
    return PurePosixPath(path.rsplit("!/", 1)[-1]).suffix.lower()


def read_piece(piece: Piece, limits: Limits) -> Iterator[Answer]:
    """What is in a piece: documents, pages it points at, faults. Never raises for what is in the bytes."""
    from pactwatch.read.archive import read_member
    from pactwatch.read.places import read_file

    try:
        if piece.data is not None:
            data = piece.data
        elif piece.member:
            data = read_member(piece.path, piece.member, limits)
        else:
            data = read_file(piece.path, limits)
    except ReadError as error:
        yield error.fault(piece.address)
        return
    depth = 1 if piece.member else 0
    raw = Raw(piece.address, data, piece.media_type, piece.charset, piece.line, depth, piece.hints)
    yield from read_raw(raw, limits)


def read_raw(raw: Raw, limits: Limits) -> Iterator[Answer]:
    """What is in the bytes of a piece; whatever goes wrong is a fault of this piece alone."""
    try:
        if len(raw.data) > limits.file_bytes:
            found, expected = f"{len(raw.data):,} bytes", f"at most {limits.file_bytes:,} bytes"
            raise ReadError(found, expected, "Split it, or read the part that matters.")
        yield from recognise(raw).open()(raw, limits)
    except ReadError as error:
        yield error.fault(raw.address)
    except MemoryError:
        found, fix = "more than the memory allowed", "Split it, or read it on a larger machine."
        yield Fault(raw.address, 0, "", found, "a document that fits", fix)
    except Exception as error:  # a reading library's surprise about one file must not cost the others
        found, fix = (
            f"a file that its reader fails on ({type(error).__name__}: {str(error)[:200]})",
            "Please report it.",
        )
        yield Fault(raw.address, 0, "", found, "a whole document", fix)
