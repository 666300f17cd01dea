"""Settings for every test: Hypothesis draws the same examples in every run, and never fails for being slow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.browsing import open_browser
from tests.stores import database, make_store, make_workspace, postgres, shared_workspace, store, workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["database", "make_store", "make_workspace", "postgres", "shared_workspace", "store", "workspace"]

settings.register_profile("pactwatch", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("pactwatch")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests: a process can drive only one at a time."""
    with open_browser() as opened:
        yield opened
