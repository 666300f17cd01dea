"""Settings for every test: Hypothesis draws the same examples in every run, and never fails for being slow."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("pactwatch", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("pactwatch")
