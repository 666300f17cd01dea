"""Documents into the ledger, by hand or from the casebook's feeds; ``intake/`` holds how it is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.casebook.watching import Feed
    from pactwatch.flow.intake import Outcome, ReadSettings
    from pactwatch.flow.intake.run import Hooks
    from pactwatch.flow.intake.watching import Round, WatchSettings


def read(
    names: Sequence[str],
    home: Path | str,
    casebook: Path | None = None,
    settings: ReadSettings | None = None,
    hooks: Hooks | None = None,
) -> Outcome:
    """Read files, folders, addresses and feeds into the ledger of a home, coded with a casebook folder's words.

    A text that is there already is not kept again; what cannot be read is a fault of the outcome and stops nothing.
    """
    from pactwatch.flow.intake import read as read_all

    return read_all(names, home, casebook, settings, hooks)


def watch(
    casebook: Casebook, home: Path | str, feeds: Sequence[Feed], settings: WatchSettings, hooks: Hooks | None = None
) -> Round:
    """Ask feeds for news, read and code it, raise the alerts of the casebook's watchlists, tell of them."""
    from pactwatch.flow.intake.run import Hooks
    from pactwatch.flow.intake.watching import watch as watch_feeds

    return watch_feeds(casebook, home, feeds, settings, hooks or Hooks())
