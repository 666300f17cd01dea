"""``read``: from arguments to entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.flow.intake.asking import Asking
from pactwatch.flow.intake.coders import GRAMMAR, NETWORK, PATIENCE, coder_name, processes, settle_coder
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
    """How to read: processes (0: as many as pay), bounds, how servers are asked, which coder codes, whether documents
    that another coded are coded anew, and under which name entries are made.
    """

    jobs: int = 0
    limits: Limits = field(default_factory=Limits)
    fetching: FetchSettings = field(default_factory=FetchSettings)
    coder: str = GRAMMAR
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
    coder = settle_coder(settings.coder, names, recodes=settings.recode)
    with open_ledger(home) as ledger, Fetcher(settings.fetching) as fetcher, closing(Asking(fetcher)) as asking:
        coders = ledger.coders() if settings.recode else {}
        due = _documents_due(ledger, _recoded(coders, coder))
        opener = reader_opener(coder, casebook, settings.limits, Settled({*ledger.coded()} - due))
        run = Run(ledger, coders, settings.author, hooks, asking)
        run.outcome.coder = coder_name(coder)
        for address, hints in [*((name, Hints()) for name in names if is_address(name)), *feeds]:
            run.ask(address, hints)
        limits = settings.limits
        with Crew(opener, settings.jobs or processes(coder), limits.seconds * PATIENCE[coder], limits.memory) as crew:
            run.go(crew, _places(names, ledger, due, limits))
        return run.outcome


def _recoded(coders: Mapping[str, str], coder: str) -> Iterator[str]:
    """The documents to be coded anew, of those with the name of who coded them: what the careful coder has coded stays,
    whichever coder is at work.
    """
    kept = {coder_name(coder), coder_name(NETWORK)}
    return (doc for doc, other in coders.items() if other not in kept)


def _documents_due(ledger: Ledger, recoded: Iterable[str]) -> frozenset[str]:
    """Documents of the ledger that are to be coded: those without a coding, and those to be coded anew."""
    heads = ledger.documents(docs=[*ledger.uncoded(), *recoded])
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
