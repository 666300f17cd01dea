"""The pipeline in order, on one screen: where a newcomer starts.

    files ──open_casebook──► Casebook ──publish──► Edition ──measure──► table
                                                      ├──open_court──► law ──check──► answer
    other people's files ──import_data──► Imports ──┘ └──test_claims──► verdicts

A casebook is read strictly or refused with every fault. Publishing seals it into an edition that never changes;
everything that is measured or tested names the edition it ran on. Documents, coding and the ledger will enter before
``publish``. Rooms are imported where they are called, so that a command pays only for what it uses.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactwatch.model.errors import InputError

if TYPE_CHECKING:
    import altair as alt
    import ibis

    from pactwatch.casebook import Casebook
    from pactwatch.claims.finding import ClaimResult
    from pactwatch.datasets.importing import Outcome
    from pactwatch.datasets.reproduction import Reproduction
    from pactwatch.datasets.shape import Scope
    from pactwatch.edition import Edition
    from pactwatch.law import Answer, Court
    from pactwatch.measures.event_matches import EventComparison

DEFAULT_CASEBOOK = "japan-asean"
DEFAULT_HOME = Path("pactwatch-home")


def open_casebook(name_or_path: str = DEFAULT_CASEBOOK) -> Casebook:
    """Read a casebook, its claims and its rules; raises ``InputError`` with every fault of every file."""
    from pactwatch.casebook import find_casebook, read_casebook
    from pactwatch.claims.reading import check_claims
    from pactwatch.law.reading import check_law

    folder = find_casebook(name_or_path)
    reading = read_casebook(folder)
    faults = [*reading.faults]
    if reading.contents:
        faults += [*check_claims(reading.contents), *check_law(reading.contents)]
    if faults or reading.casebook is None:
        raise InputError(faults, f"the casebook {folder.name} has faults")
    return reading.casebook


def publish(casebook: Casebook, home: Path) -> tuple[Edition, list[str]]:
    """Seal a casebook into an edition in a workspace; returns it with the warnings of ``expect.toml``.

    The same casebook and the same imports give the same edition, byte for byte; one that is there already is returned
    as it stands.
    """
    from pactwatch.datasets.store import describe_imports, list_imports
    from pactwatch.edition.expectations import require_expectations
    from pactwatch.edition.seal import seal_casebook
    from pactwatch.edition.shelf import shelf_of

    warnings = require_expectations(casebook)
    return seal_casebook(casebook, shelf_of(home), describe_imports(list_imports(home))), warnings


def open_edition(
    name: str | None = None, *, casebook: str = DEFAULT_CASEBOOK, home: Path | str | None = None
) -> Edition:
    """A sealed edition: the named one, or the one of the casebook as it stands now (sealed if it is not yet)."""
    from pactwatch.edition.shelf import find_edition

    folder = Path(home) if home is not None else Path(os.environ.get("PACTWATCH_HOME", DEFAULT_HOME))
    if name is not None:
        return find_edition(folder, name)
    return publish(open_casebook(casebook), folder)[0]


def measure(name: str, edition: Edition | None = None) -> ibis.Table:
    """One measure of an edition as an Ibis table; ``.to_pandas()`` and ``.to_pyarrow()`` give frames."""
    from pactwatch.measures import compute

    return compute(name, edition or open_edition())


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


def test_claims(edition: Edition) -> list[ClaimResult]:
    """Every claim of an edition tested on it, p values adjusted over all of them.

    What the rules allowed of the casebook's basket of cases is counted by the law and handed to the claims as evidence.
    """
    from pactwatch.claims.evidence import gather_evidence
    from pactwatch.claims.family import test_family
    from pactwatch.claims.reading import claims_of

    return test_family(claims_of(edition), gather_evidence(edition, basket(edition)))


def open_court(edition: Edition | None = None) -> Court:
    """What answers cases: the rules sealed in an edition beside its records; any day up to today may be asked."""
    from pactwatch.law import open_court as open_it

    return open_it(edition or open_edition(), today=datetime.now(UTC).date())


def check(case: Mapping[str, Any] | Path | str, on: date | None = None, edition: Edition | None = None) -> Answer:
    """What the rules allowed in a case on a day, why, and what is missing.

    ``case`` is a TOML file or the same as nested values; without ``on`` the case's own date is asked for. Raises
    ``InputError`` with every unknown key and value.
    """
    from pactwatch.law.case import parse_case

    court = open_court(edition)
    return court.check(parse_case(case, court.deriver.actors), on)


def basket(edition: Edition | None = None) -> list[dict[str, Any]]:
    """How much of the casebook's basket of typical cases was allowed, one row for each day on which that changed."""
    from pactwatch.law import open_court as open_it
    from pactwatch.law.basket import follow_basket, tabulate

    edition = edition or open_edition()
    return tabulate(follow_basket(open_it(edition))) if edition.rules else []


def claim(claim_id: str, edition: Edition | None = None) -> ClaimResult:
    """One claim's result. The whole family is tested, because its p values are adjusted together."""
    from pactwatch.claims.family import find_claim
    from pactwatch.claims.reading import claims_of

    edition = edition or open_edition()
    wanted = find_claim(claims_of(edition), claim_id)
    return next(result for result in test_claims(edition) if result.id == wanted.id)


def chart(claim_id: str, edition: Edition | None = None) -> alt.LayerChart | None:
    """The chart of one claim, which shows itself in a notebook; ``None`` where there is nothing to draw."""
    from pactwatch.charts import chart_claim

    edition = edition or open_edition()
    return chart_claim(claim(claim_id, edition), edition.id)
