"""The golden files hold what the code gives."""

from __future__ import annotations

import pytest

from tests.golden.rewrite import FILES, GOLDEN


@pytest.mark.parametrize("name", FILES)
def test_what_is_given_is_what_was_looked_at(name: str) -> None:
    assert FILES[name]() == (GOLDEN / name).read_text("utf-8"), f"see tests/golden/README.md: {name} differs"
