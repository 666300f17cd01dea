"""Other people's data: imported, compared, their published figures recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.datasets.importing import Outcome
    from pactwatch.datasets.reproduction import Reproduction
    from pactwatch.datasets.shape import Scope
    from pactwatch.edition import Edition
    from pactwatch.measures.event_matches import EventComparison


def import_data(
    paths: Sequence[Path],
    home: Path,
    kind: str | None = None,
    scope: Scope | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Import other people's data set files into a workspace; ``kind`` names what they are, else it is recognised.

    ``scope`` is the dyads event files are filtered to (:func:`scope_of`); without one every row is kept. A file that
    was imported before is left as it is; one that cannot be read right is refused and stops no other. ``advance`` is
    told the bytes of event files as they are read.
    """
    from pactwatch.datasets.importing import Job, choose_kinds, import_files
    from pactwatch.datasets.shape import Scope

    return import_files(paths, Job(home, choose_kinds(kind), scope or Scope(), advance))


def scope_of(casebook: Casebook) -> Scope:
    """The dyads of a casebook: its focus actor with each partner and baseline partner."""
    from pactwatch.datasets.shape import Scope

    return Scope(casebook.settings.focus, (*casebook.settings.partners, *casebook.settings.baseline))


def reproduce(home: Path) -> list[Reproduction]:
    """Published figures recomputed from the imports of a workspace."""
    from pactwatch.datasets.library import open_workspace
    from pactwatch.datasets.reproduction import reproduce as reproduce_all

    return reproduce_all(open_workspace(home))


def compare_events(kind: str, edition: Edition, days: int = 3) -> EventComparison:
    """Imported events beside an edition's records: where they agree, and what one has and the other lacks."""
    from pactwatch.measures.event_matches import compare_events as compare

    return compare(kind, edition, days)
