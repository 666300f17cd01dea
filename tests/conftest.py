"""Settings for every test: Hypothesis draws the same examples in every run, and never fails for being slow."""

from __future__ import annotations

from hypothesis import settings

from tests.stores import make_store, postgres, store

__all__ = ["make_store", "postgres", "store"]

settings.register_profile("pactwatch", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("pactwatch")
