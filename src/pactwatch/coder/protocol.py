"""What every coder promises, grammar or language model alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention

if TYPE_CHECKING:
    from pactwatch.coder.parsing import Grammar, Parsed


class Coder(Protocol):
    """Reads one document and says what it tells, each mention grounded in its passage."""

    @property
    def name(self) -> str:
        """Name and version, kept with every mention."""
        ...

    def code(self, document: Document) -> tuple[Mention, ...]:
        """The mentions of a document in order of their passages; none is a good answer."""
        ...


class ParsingCoder(Coder, Protocol):
    """A coder whose grammar may parse a document for others as well."""

    @property
    def grammar(self) -> Grammar:
        """What parses documents."""
        ...

    def code_parsed(self, document: Document, parsed: Parsed) -> tuple[Mention, ...]:
        """The mentions of a document parsed by this coder's grammar; of one parsing once, since choosing marks it."""
        ...
