"""The ledger: documents, codings, judgements, namings as entries that are never changed, each chained to the last.

``open_ledger`` opens (and at first makes) the ledger of a workspace folder or of a PostgreSQL server; ``Ledger``
appends and answers. What pactwatch knows besides is computed from the entries and may be computed again. Knows nothing
of reading or coding: those rooms hand it values of ``model.entries``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactwatch.ledger.ledger import Kept, Ledger
    from pactwatch.ledger.opening import open_ledger

__all__ = ["Kept", "Ledger", "open_ledger"]

_HOMES = {"Kept": "ledger", "Ledger": "ledger", "open_ledger": "opening"}


def __getattr__(name: str) -> object:
    """Load a part when it is asked for: SQLAlchemy takes longer to import than most commands to run."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"pactwatch.ledger.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'pactwatch.ledger' has no attribute {name!r}")
