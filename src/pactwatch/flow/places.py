"""Where things are kept: a workspace folder, and a ledger in it or on a server."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from pactwatch.ledger.location import is_server

DEFAULT_HOME = Path("pactwatch-home")


@dataclass(frozen=True, slots=True)
class Home:
    """A workspace: ``folder`` holds editions and imports, ``ledger`` is what ``open_ledger`` takes.

    The ledger may be the address of a server, which is never shown: it can hold a password.
    """

    folder: Path
    ledger: Path | str = field(repr=False)


def settle_home(*asked: Path | str | None) -> Home:
    """The first home that was asked for, else ``PACTWATCH_HOME``, else ``./pactwatch-home``.

    Where that is a server, editions and imports are kept in the next one of these that is a folder.
    """
    given = [home for home in (*asked, os.environ.get("PACTWATCH_HOME"), DEFAULT_HOME) if home]
    folder = Path(next(home for home in given if not is_server(home)))
    return Home(folder, given[0] if is_server(given[0]) else folder)
