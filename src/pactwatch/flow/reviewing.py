"""From the ledger to questions, and from a reviewer's answers back into it."""

from __future__ import annotations

import getpass
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.flow.desk import Desk


@contextmanager
def open_desk(casebook: Casebook, ledger: Path | str, author: str) -> Iterator[Desk]:
    """A desk on a ledger that is there; raises ``LedgerError`` where there is none yet."""
    from pactwatch.flow.desk import Desk
    from pactwatch.ledger import open_ledger

    with open_ledger(ledger, create=False) as opened:
        yield Desk(casebook, opened, author)


def find_author(asked: str | None = None) -> str:
    """Who decides: the name asked for, else git's user, else the user of this machine."""
    if asked and asked.strip():
        return asked.strip()
    try:
        told = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False)  # noqa: S607
        if told.returncode == 0 and told.stdout.strip():
            return told.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        pass
    return getpass.getuser()
