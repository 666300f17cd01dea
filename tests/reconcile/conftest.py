"""The default casebook, read once."""

from __future__ import annotations

import pytest

from pactwatch.casebook import Casebook, find_casebook, load_casebook
from pactwatch.reconcile import open_weights
from pactwatch.reconcile.items import Known
from pactwatch.reconcile.weights import Weights


@pytest.fixture(scope="session")
def casebook() -> Casebook:
    return load_casebook(find_casebook("japan-asean"))


@pytest.fixture(scope="session")
def known(casebook: Casebook) -> Known:
    return Known(casebook.records, casebook.sources, casebook.actors)


@pytest.fixture(scope="session")
def weights(casebook: Casebook) -> Weights:
    return open_weights(casebook.path)
