"""A site to ask, for tests of fetching and watching."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.read.server import Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running
