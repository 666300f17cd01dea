"""What goes round while reading: pieces to be read, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pactwatch.model.documents import Document
from pactwatch.model.errors import Fault, PactwatchError


@dataclass(frozen=True, slots=True)
class Hints:
    """What another place says about a document: a feed of its items, a server of its pages.

    Used where the document itself is silent.
    """

    title: str = ""
    published: date | None = None
    url: str = ""
    publisher: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that one process reads in one go: a file, a member of an archive, lines of a file, or bytes at hand.

    ``address`` is where it was found: the path as given, ``archive.zip!/member`` or a URL. ``path`` is a file to be
    opened where the work is done; ``data`` bytes that are here already. ``line`` is the number of the first line.
    """

    address: str
    path: str = ""
    member: str = ""
    data: bytes | None = None
    media_type: str = ""
    charset: str = ""
    line: int = 0
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of a piece, ready for a format; ``depth`` counts the archives they lay in."""

    address: str
    data: bytes
    media_type: str = ""
    charset: str = ""
    line: int = 0
    depth: int = 0
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True)
class Found:
    """A document and where it was found."""

    document: Document
    address: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that a feed points at and does not carry."""

    address: str
    hints: Hints


Answer = Found | Wanted | Fault


class ReadError(PactwatchError):
    """A piece cannot be read: what was found, what was expected, what to do."""

    def __init__(self, found: str, expected: str, fix: str, line: int = 0) -> None:
        super().__init__(f"found {found}; expected {expected}. {fix}")
        self.found, self.expected, self.fix, self.line = found, expected, fix, line

    def fault(self, address: str) -> Fault:
        """The same as a fault of a place."""
        return Fault(address, self.line, "", self.found, self.expected, self.fix)
