"""The vectors of every piece of a text, window by window."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import accumulate
from threading import Lock

from threadpoolctl import threadpool_limits

from pactwatch.encoder.network import Floats, Network
from pactwatch.encoder.windows import Line, Window, lay_windows
from pactwatch.encoder.wordpieces import Wordpieces

MOST_PIECES = 40_000
"""Pieces of a text that are read, some 30,000 words; a second of two cores is enough for nine hundred."""
_AT_ONCE, _MOST_THREADS = 4, 4
"""Windows that are read together, since more would need more memory and be no faster; and how many such at a time."""
_READING = Lock()

Pieces = tuple[int, ...]


@dataclass(frozen=True)
class Reader:
    """A vocabulary and a network.

    What was read last is remembered by its pieces, since coder and audit ask for the same windows of an article.
    """

    vocabulary: Wordpieces
    network: Network
    _last: dict[Pieces, Floats] = field(default_factory=dict, repr=False, compare=False)

    def read(self, title: Line, lines: Sequence[Line]) -> list[tuple[Window, Floats]]:
        """The windows of a text, each with the vectors of its pieces (pieces by units); those beyond what is read are
        left out.
        """
        laid = lay_windows(title, lines, self.vocabulary)
        sizes = accumulate(len(one.pieces) for one in laid)
        windows = [one for one, size in zip(laid, sizes, strict=True) if size <= MOST_PIECES]
        with _READING:
            vectors = self._read([one.pieces for one in windows])
        return list(zip(windows, vectors, strict=True))

    def _read(self, windows: Sequence[Pieces]) -> list[Floats]:
        # threads of its own: two processes whose BLAS has as many threads as cores each wait for one another; and one
        # text at a time, since of two that limit BLAS the first to end would give it back its threads too early
        known = {pieces: self._last[pieces] for pieces in windows if pieces in self._last}
        unknown = [pieces for pieces in dict.fromkeys(windows) if pieces not in known]
        some = [unknown[first : first + _AT_ONCE] for first in range(0, len(unknown), _AT_ONCE)]
        threads = min(_MOST_THREADS, os.cpu_count() or 1)
        with threadpool_limits(1, "blas"), ThreadPoolExecutor(threads) as pool:
            read = [vectors for several in pool.map(self.network.read, some) for vectors in several]
        known |= dict(zip(unknown, read, strict=True))
        self._last.clear()
        self._last.update(known)
        return [known[pieces] for pieces in windows]
