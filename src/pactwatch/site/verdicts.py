"""Tested claims as the pages need them: those kept in a workspace, and the editions before one."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

from pactwatch.edition import Edition
from pactwatch.edition.shelf import list_editions_of
from pactwatch.flow.verdicts import keep_verdicts, recall_verdicts

__all__ = ["keep_verdicts", "list_earlier", "recall_verdicts"]


def list_earlier(edition: Edition, home: Path) -> list[Edition]:
    """Editions of the same casebook on the shelf of a workspace that come before one, oldest first."""
    shelved = list_editions_of(home, edition.settings.name)
    return list(takewhile(lambda one: one.id != edition.id, shelved))
