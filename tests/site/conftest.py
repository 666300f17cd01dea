"""The small site, built once for all tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.edition import Edition
from pactwatch.site import build_site
from tests.site.small import make_results, make_small_edition


@pytest.fixture(scope="session")
def small_edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return make_small_edition(tmp_path_factory.mktemp("edition"))


@pytest.fixture(scope="session")
def site(small_edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "site"
    build_site(small_edition, make_results(), folder)
    return folder
