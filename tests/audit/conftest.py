"""The default casebook's edition, sealed once for all tests of the room."""

from __future__ import annotations

import pytest

from pactwatch import flow
from pactwatch.edition import Edition


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return flow.publish(flow.open_casebook(), tmp_path_factory.mktemp("home"))[0]
