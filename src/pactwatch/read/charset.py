"""Bytes to text, by what is told and what the bytes themselves show.

The order is that of the WHATWG Encoding Standard (byte-order mark, header, the document's own word), except that
bytes which are valid UTF-8 beyond ASCII are UTF-8 whatever Latin encoding is claimed: by chance they hardly ever are.
Without a word, UTF-8, then windows-1252 where the result looks like writing. What fits nothing is refused, never
turned into other letters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from pactwatch.read.pieces import ReadError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LATIN = frozenset({"iso8859-1", "ascii", "cp1252", "iso8859-15"})
_BROKEN_SHARE = 0.001
"""Characters in a thousand that may be broken in text that is said to be UTF-8."""

_HIGH = re.compile(rb"[\x80-\xff]+")
_FIX = "Save it as UTF-8, or say its encoding in the page or the header."


def decode(data: bytes, told: Sequence[str] = ()) -> str:
    """The text of bytes; ``told`` are the encodings that header and document claim, the strongest first.

    Raises :class:`ReadError` where no encoding fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        names = [name for name in (_known(one) for one in told) if name]
        if not any(name.startswith(("utf-16", "utf-32", "iso2022")) for name in names):
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in names:
        text = _try(data, "cp1252" if name in _LATIN else name)
        if text is not None:
            return text
    return _decode_untold(data)


def _decode_untold(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= len(text) * _BROKEN_SHARE:
        return text
    western = _try(data, "cp1252")
    if western is None or not _looks_western(data):
        raise ReadError("text in an encoding that is not told", "UTF-8 or windows-1252", _FIX)
    return western


def _known(name: str) -> str:
    try:
        return codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ""


def _try(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None
    return text if isinstance(text, str) else None  # codecs such as hex give no text


def _looks_western(data: bytes) -> bool:
    """Letters with accents stand alone or in pairs among ASCII; other alphabets in one byte come in long runs."""
    runs = [len(run) for run in _HIGH.findall(data[:1_000_000])]
    high = sum(runs)
    return high <= 0.2 * min(len(data), 1_000_000) and sum(run for run in runs if run > 2) <= 0.3 * high
