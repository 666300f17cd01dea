"""From a casebook to a sealed edition."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.flow.places import settle_home
from pactwatch.model.errors import InputError

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.edition import Edition
    from pactwatch.flow.composing import Composed
    from pactwatch.ledger import Ledger

DEFAULT_CASEBOOK = "japan-asean"

PUBLISHER = "pactwatch publish"
"""Author of what publishing appends by itself."""


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


def publish(
    casebook: Casebook, home: Path, ledger: Path | str | None = None, as_of: datetime | None = None, author: str = ""
) -> tuple[Edition, list[str]]:
    """Seal a casebook and its ledger into an edition in a workspace; returns it with the warnings of ``expect.toml``.

    ``ledger`` is a folder or a server, the workspace by default; ``as_of`` takes its entries up to then. The same
    casebook, imports and entries give the same edition, byte for byte; one that is there already is returned as it
    stands. The names given to new records, and that the edition was sealed, are appended to the ledger.
    """
    from pactwatch.ledger.location import has_ledger

    place = home if ledger is None else ledger
    if not has_ledger(place):
        return _seal(casebook, home)
    from pactwatch.ledger import open_ledger

    with open_ledger(place) as opened:
        return _publish_from(opened, casebook, home, as_of, author or PUBLISHER)


def _publish_from(
    ledger: Ledger, casebook: Casebook, home: Path, as_of: datetime | None, author: str
) -> tuple[Edition, list[str]]:
    """Seal from an open ledger. Names are kept before the edition appears, so that no edition has a name of its own."""
    from pactwatch.flow.composing import compose, take_stock
    from pactwatch.flow.gathering import TELLING
    from pactwatch.model.entries import Publication
    from pactwatch.reconcile import propose_namings
    from pactwatch.uncollected import uncollected

    until = None if as_of is None else ledger.last(as_of)
    if ledger.newest(TELLING, until) is None:
        return _seal(casebook, home)
    with uncollected():  # nothing of it is garbage before the edition stands
        stock = take_stock(casebook, ledger, until)
        ledger.append(propose_namings(stock.reconciliation, stock.namings), author)
        composed = compose(casebook, ledger, stock)
        edition, warnings = _seal(composed.casebook, home, composed)
    publication = Publication(edition=edition.id, casebook=casebook.settings.name, until=composed.state.seq)
    if all(one.body != publication for one in ledger.publications()):
        ledger.append([publication], author)
    return edition, warnings


def _seal(casebook: Casebook, home: Path, composed: Composed | None = None) -> tuple[Edition, list[str]]:
    from pactwatch.datasets.store import describe_imports, list_imports
    from pactwatch.edition.compile import compile_tables
    from pactwatch.edition.expectations import require_expectations
    from pactwatch.edition.pieces import digest_rows
    from pactwatch.edition.seal import seal_tables
    from pactwatch.edition.shelf import shelf_of

    if composed is None:
        tables, ledger = {name: digest_rows(table) for name, table in compile_tables(casebook).items()}, None
    else:
        tables, ledger = composed.tables, {"until": composed.state.seq, "digest": composed.state.digest}
    warnings = require_expectations(casebook, {name: one.table for name, one in tables.items()})
    return seal_tables(casebook, tables, shelf_of(home), describe_imports(list_imports(home)), ledger), warnings


def open_edition(
    name: str | None = None,
    *,
    casebook: str = DEFAULT_CASEBOOK,
    home: Path | str | None = None,
    ledger: Path | str | None = None,
) -> Edition:
    """A sealed edition: the named one, or the one of the casebook and its ledger as they stand now (sealed if it is
    not yet).
    """
    from pactwatch.edition.shelf import find_edition

    place = settle_home(home)
    if name is not None:
        return find_edition(place.folder, name)
    return publish(open_casebook(casebook), place.folder, ledger or place.ledger)[0]
