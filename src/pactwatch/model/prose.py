"""Names of actors as they stand inside an English sentence."""

from __future__ import annotations

_WITH_ARTICLE = frozenset({"PHL", "USA", "GBR", "NLD", "ARE", "MDV", "BHS", "COM", "SYC", "UN", "EU"})


def in_sentence(code: str, name: str) -> str:
    """An actor's name with its article where it takes one.

    >>> in_sentence("PHL", "Philippines"), in_sentence("JPN", "Japan"), in_sentence("UN", "The UN")
    ('the Philippines', 'Japan', 'The UN')
    """
    return f"the {name}" if code in _WITH_ARTICLE and not name.lower().startswith("the ") else name


def whose(name: str) -> str:
    """A name as an owner.

    >>> whose("Japan"), whose("the Philippines")
    ("Japan's", "the Philippines'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"
