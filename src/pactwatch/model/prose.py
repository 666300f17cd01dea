"""Names of actors as they stand inside an English sentence."""

from __future__ import annotations

_WITH_ARTICLE = frozenset(
    {
        *("Philippines", "United States", "United Kingdom", "Netherlands", "United Arab Emirates", "Maldives"),
        *("Bahamas", "Comoros", "Seychelles", "United Nations", "European Union", "UN", "EU"),
    }
)
"""Names that take an article inside a sentence; ``site/static/found.js`` has the same."""


def in_sentence(name: str) -> str:
    """An actor's name with its article where it takes one.

    >>> in_sentence("Philippines"), in_sentence("Japan")
    ('the Philippines', 'Japan')
    """
    return f"the {name}" if name in _WITH_ARTICLE else name


def whose(name: str) -> str:
    """A name as an owner.

    >>> whose("Japan"), whose("the Philippines")
    ("Japan's", "the Philippines'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"
