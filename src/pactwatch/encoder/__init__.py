"""A small language network that reads the sentences of a text: it has read much else, and defence articles last.

Text is cut into pieces of words (``wordpieces``), the sentences are laid side by side in windows (``windows``), and
the network (``network``) makes a vector of every piece of a window (``reading``). What is asked of the vectors stands
in the rooms that ask: whether a word tells an event in ``coder/questions.py``, what a sentence is in
``audit/reading/senses.py``.
The network's own weights come out of installed packages (``base``); what was learnt here on top of them is a small file
beside the lexicon (``weights``).
"""

from pactwatch.encoder.reading import Reader
from pactwatch.encoder.weights import LEARNT_FILE, open_reader
from pactwatch.encoder.windows import Line, Naming, Window, lay_windows

__all__ = ["LEARNT_FILE", "Line", "Naming", "Reader", "Window", "lay_windows", "open_reader"]
