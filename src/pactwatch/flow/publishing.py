"""From a casebook to a sealed edition."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.model.errors import InputError

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.edition import Edition

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
