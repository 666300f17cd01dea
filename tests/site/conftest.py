"""The small site, built once for all tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pactwatch.edition import Edition
from pactwatch.site import build_site
from tests.site.shelved import listen, make_live, make_shelf
from tests.site.small import make_results, make_small_edition


@pytest.fixture(scope="session")
def small_edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return make_small_edition(tmp_path_factory.mktemp("edition"))


@pytest.fixture(scope="session")
def site(small_edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "site"
    build_site(small_edition, make_results(), folder)
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two editions."""
    folder = tmp_path_factory.mktemp("home")
    make_shelf(folder)
    return folder


@pytest.fixture(scope="session")
def live(home: Path) -> Iterator[int]:
    """The live site of that workspace: the port on which a real server listens."""
    with make_live(home) as application, listen(application) as port:
        yield port


@pytest.fixture(scope="session")
def web(live: int) -> Iterator[httpx.Client]:
    """A client of the live site."""
    with httpx.Client(base_url=f"http://127.0.0.1:{live}", timeout=60) as client:
        yield client
