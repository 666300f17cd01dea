"""The same site to ask as in the tests of reading."""

from tests.read.conftest import site

__all__ = ["site"]
