"""What a worker process does: reads a piece, codes its documents, signs them for comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pactwatch.model.documents import Document
from pactwatch.model.entries import Coding
from pactwatch.model.errors import Fault
from pactwatch.read.limits import Limits
from pactwatch.read.pieces import Found, Piece, Wanted

CODED_LANGUAGES = frozenset({"en", "und"})
"""Languages the grammar is asked about; a text whose language cannot be told may be English."""


@dataclass(frozen=True, slots=True)
class Told:
    """A document with what its worker found out: its coding (none where it has one, or no coder) and signature."""

    document: Document
    address: str
    signature: bytes = b""
    coding: Coding | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """A document of the ledger that is to be coded (again)."""

    document: Document


Reply = Told | Wanted | Fault


class Settled:
    """The documents that need no coding, by their ids: handed to workers as one piece of bytes, since to pickle a set
    of a hundred thousand takes longer than to read a document.
    """

    def __init__(self, docs: Iterable[str]) -> None:
        self._ids = "\n".join(sorted(docs)).encode()
        self._known: frozenset[bytes] | None = None

    def __contains__(self, doc: str) -> bool:
        if self._known is None:
            self._known = frozenset(self._ids.split(b"\n"))
        return doc.encode() in self._known


class Reader:
    """Reads and codes pieces in one process. ``settled`` are the documents that need no coding."""

    def __init__(self, coder: str, casebook: Path | None, limits: Limits, settled: Settled) -> None:
        from pactwatch.coder.stream import open_named_coder

        self._coder = open_named_coder(coder, casebook)
        self._limits = limits
        self._settled = settled

    def __call__(self, piece: Piece | Again) -> Iterator[Reply]:
        """What is in a piece, coded."""
        if isinstance(piece, Again):
            yield from self._code(Found(piece.document, ""))
            return
        from pactwatch.read.formats import read_piece

        for answer in read_piece(piece, self._limits):
            if not isinstance(answer, Found):
                yield answer
            elif answer.document.id in self._settled:
                yield Told(answer.document, answer.address)
            else:
                yield from self._code(answer)

    def _code(self, found: Found) -> Iterator[Reply]:
        from pactwatch.read.copies import sign

        document = found.document
        coding = None
        try:
            if document.language in CODED_LANGUAGES:
                coding = Coding(doc=document.id, coder=self._coder.name, mentions=self._coder.code(document))
        except Exception as error:  # one document a coder cannot do must not cost the others
            what = f"a text that the coder fails on ({type(error).__name__}: {str(error)[:200]})"
            yield Fault(found.address or document.id, 0, "", what, "a text it can code", "Please report it.")
        yield Told(document, found.address, sign(document.text) if found.address else b"", coding)


def reader_opener(coder: str, casebook: Path | None, limits: Limits, settled: Settled) -> partial[Reader]:
    """What opens a reader that codes by the ``coder`` of that name, in a worker process."""
    return partial(Reader, coder, casebook, limits, settled)
