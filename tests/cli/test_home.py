"""Where a command keeps things: a folder, or a server for the ledger and a folder for the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.cli.options import Place
from pactwatch.flow import settle_home

SERVER = "postgresql://ada:secret@db.example/watch"
OTHER = "postgresql://ben:secret@db.example/other"

CASES = [
    # asked after the verb, before it, environment -> folder, ledger
    ((None, None, None), "pactwatch-home", "pactwatch-home"),
    (("a", "b", "c"), "a", "a"),
    ((None, "b", "c"), "b", "b"),
    ((None, None, "c"), "c", "c"),
    ((SERVER, None, None), "pactwatch-home", SERVER),
    ((SERVER, None, "c"), "c", SERVER),
    ((SERVER, "b", "c"), "b", SERVER),
    ((None, None, SERVER), "pactwatch-home", SERVER),
    ((SERVER, None, OTHER), "pactwatch-home", SERVER),
    (("a", None, SERVER), "a", "a"),
]


@pytest.mark.parametrize(("given", "folder", "ledger"), CASES)
def test_the_first_home_asked_for_wins(
    given: tuple[str | None, ...], folder: str, ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    *asked, environment = given
    monkeypatch.delenv("PACTWATCH_HOME", raising=False)
    if environment is not None:
        monkeypatch.setenv("PACTWATCH_HOME", environment)
    home = settle_home(*asked)
    assert home.folder == Path(folder)
    assert str(home.ledger) == ledger
    assert "secret" not in repr(home)
    assert "secret" not in repr(Place("book", home.folder, home.ledger))
