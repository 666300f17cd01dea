"""Text inside XML: escaped, and without the characters that XML 1.0 has no place for."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

_NO_PLACE = {code: None for code in (*range(32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF) if code not in (9, 10, 13)}


def write_xml(text: str) -> str:
    """Text between tags.

    >>> write_xml("a < b\\x00")
    'a &lt; b'
    """
    return escape(text.translate(_NO_PLACE))


def quote_xml(text: str) -> str:
    """The value of an attribute, with its quotation marks."""
    return quoteattr(text.translate(_NO_PLACE))
