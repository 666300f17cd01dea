"""Reading: bytes, paths, addresses and feeds become documents, or a fault that says what, why and what to do.

``places`` goes through files, folders and archives and hands out pieces; ``formats`` recognises a piece by its bytes
and asks the one file that knows the format (``html``, ``pdf``, ``plain``, ``jsonl``, ``feed``, ``archive``); ``fetch``
asks servers, politely and never a private one; ``crew`` lets several processes work, each within its time and
memory; ``copies`` finds texts that repeat each other. Nothing here knows of the ledger or of coding.
"""

from pactwatch.read.formats import read_piece
from pactwatch.read.limits import Limits
from pactwatch.read.pieces import Answer, Found, Hints, Piece, Wanted
from pactwatch.read.places import Passed, find_pieces

__all__ = ["Answer", "Found", "Hints", "Limits", "Passed", "Piece", "Wanted", "find_pieces", "read_piece"]
