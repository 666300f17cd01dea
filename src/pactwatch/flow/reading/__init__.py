"""Reading into the ledger: pieces are found, read and coded by several processes, and kept in batches.

``work`` is what a process does with a piece; ``run`` hands pieces out and keeps what comes back; ``asking`` asks
servers; ``comparing`` finds near copies among all that is kept; ``outcome`` counts, and tells it in words.
"""

from pactwatch.flow.reading.outcome import Outcome
from pactwatch.flow.reading.read import ReadSettings, read

__all__ = ["Outcome", "ReadSettings", "read"]
