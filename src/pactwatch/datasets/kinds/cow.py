"""What the Correlates of War data sets share: publisher, terms and how to cite."""

from __future__ import annotations

PUBLISHER = "Correlates of War Project"

TERMS = "Free to use with citation."

CITE = "Correlates of War Project, {}, with its version."
