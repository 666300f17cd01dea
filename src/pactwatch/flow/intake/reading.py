"""``read``: from arguments to entries."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.flow.intake.asking import Asking
from pactwatch.flow.intake.outcome import Outcome
from pactwatch.flow.intake.run import Hooks, Run
from pactwatch.flow.intake.work import CODED_LANGUAGES, Again, Settled, reader_opener
from pactwatch.model.errors import Fault
from pactwatch.read import Limits, Passed, Piece, find_pieces
from pactwatch.read.crew import Crew
from pactwatch.read.fetch import Fetcher, FetchSettings
from pactwatch.read.pieces import Hints
from pactwatch.read.places import check_places, is_address

if TYPE_CHECKING:
    from pactwatch.ledger import Ledger


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How to read: processes (0: one per processor), bounds, how servers are asked, whether documents that another
    coder coded are coded anew, and under which name entries are made.
    """

    jobs: int = 0
    limits: Limits = field(default_factory=Limits)
    fetching: FetchSettings = field(default_factory=FetchSettings)
    recode: bool = False
    author: str = "pactwatch read"


def read(
    names: Sequence[str],
    home: Path | str,
    casebook: Path | None = None,
    settings: ReadSettings | None = None,
    hooks: Hooks | None = None,
    feeds: Sequence[tuple[str, Hints]] = (),
) -> Outcome:
    """Read files, folders, addresses and feeds into the ledger of a home, coded with a casebook's words.

    ``feeds`` are addresses with what is known of them. Documents that are there already are not kept again; those that
    lack a coding are coded. Raises ``NotFoundError`` for a path that does not exist, before anything is read; whatever
    else cannot be read is a fault of the outcome.
    """
    from pactwatch.ledger import open_ledger

    settings, hooks = settings or ReadSettings(), hooks or Hooks()
    check_places(list(names))
    with open_ledger(home) as ledger, Fetcher(settings.fetching) as fetcher, closing(Asking(fetcher)) as asking:
        coders = ledger.coders() if settings.recode else {}
        due = _documents_due(ledger, coders, settings.recode)
        opener = reader_opener(casebook, settings.limits, Settled({*ledger.coded()} - due))
        run = Run(ledger, coders, settings.author, hooks, asking)
        for address, hints in [*((name, Hints()) for name in names if is_address(name)), *feeds]:
            run.ask(address, hints)
        limits = settings.limits
        with Crew(opener, settings.jobs or os.cpu_count() or 1, limits.seconds, limits.memory) as crew:
            run.go(crew, _places(names, ledger, due, limits))
        return run.outcome


def _documents_due(ledger: Ledger, coders: Mapping[str, str], recode: bool) -> frozenset[str]:
    """Documents of the ledger that are to be coded: those without a coding, or also those of another coder.

    What the careful coder has coded (an audit proposed it) stays.
    """
    from pactwatch.coder.grammar import CODER_NAME
    from pactwatch.coder.network_coder import CODER_NAME as CAREFUL

    other = [doc for doc, coder in coders.items() if coder not in (CODER_NAME, CAREFUL)] if recode else []
    heads = ledger.documents(docs=[*ledger.uncoded(), *other])
    return frozenset(doc for doc, head in heads.items() if head.language in CODED_LANGUAGES)


def _places(
    names: Sequence[str], ledger: Ledger, due: frozenset[str], limits: Limits
) -> Iterator[Piece | Fault | Passed | Again]:
    """The pieces of all paths, then the documents of the ledger that are to be coded."""
    for name in names:
        if not is_address(name):
            yield from find_pieces(name, limits)
    for doc in sorted(due):
        yield Again(ledger.document(doc))
