"""Every threshold a verdict rests on, declared once. ``docs/verdicts.md`` explains the reasons."""

from __future__ import annotations

ALPHA = 0.04
"""Level of the tests after adjustment over the family (Benjamini and Hochberg 1995).

A fifth below the 5 % that is promised, because in simulated worlds the true size of some tests (shares of few events,
indices by resampling, trends of years that resemble their neighbours) comes out up to a tenth above the nominal one.
"""

POWER = 0.80
"""Chance with which the smallest detectable effect would be seen (Cohen 1988)."""

CONFIDENCE = 0.95
"""Coverage of every interval."""

MINIMUM_N = 8
"""Below so many observations no test is decided, whatever its p."""

FRAGILE_SHARE = 0.25
"""A verdict is mixed when more than this share of the grid's usable variants points the other way."""

GRID_DRAWS = 2_000
"""Permutations in each cell of the robustness grid; the main test draws 10,000."""

Z_POWER = 0.8416
"""Standard normal quantile of POWER."""
