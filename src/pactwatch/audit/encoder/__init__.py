"""What a small language network makes of each sentence: it has read much else, and the labelled articles last.

Text is cut into pieces of words (``wordpieces``), the sentences of an article are laid side by side in windows
(``windows``), the network reads a window at a time (``network``), and its last layer says how likely each name of each
question is (``senses``). The network's own weights come out of installed packages (``base``); what was learnt here is a
small file beside the audit's lexicon (``weights``).
"""

from pactwatch.audit.encoder.senses import Encoder, Sense
from pactwatch.audit.encoder.weights import open_encoder
from pactwatch.audit.encoder.windows import Line, Naming, Window, lay_windows

__all__ = ["Encoder", "Line", "Naming", "Sense", "Window", "lay_windows", "open_encoder"]
