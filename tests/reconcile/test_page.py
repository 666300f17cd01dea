"""The page's example runs and says what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "reconciling.md"


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(compile(example, PAGE.name, "exec"), {})  # noqa: S102 - our own example
    words, title, milestones = capsys.readouterr().out.splitlines()
    assert words.startswith("same instrument +3.2; most rare words shared +2.2; same parties +1.9; ")
    assert title == "Chile and New Zealand: visiting forces agreement"
    assert milestones == "[('signed', '19 July 2024'), ('in_force', '1 February 2025')]"
