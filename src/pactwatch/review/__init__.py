"""Review: a machine proposed, a person decides, one decision at a time.

``line_up`` orders what is open, most useful first; ``show_passage`` cuts the passage with what stands around it;
``read_correction`` checks what a reviewer would have otherwise; ``judge`` makes the judgement of a decision, and
``settle`` says which judgements hold where a second pair of eyes is asked for. The terminal and the pages share these.
"""

from pactwatch.review.corrections import read_correction
from pactwatch.review.judging import RefusedDecisionError, judge
from pactwatch.review.passages import Passage, show_passage
from pactwatch.review.questions import Candidate, Question
from pactwatch.review.queue import line_up
from pactwatch.review.second_pair import Pending, settle

__all__ = [
    "Candidate",
    "Passage",
    "Pending",
    "Question",
    "RefusedDecisionError",
    "judge",
    "line_up",
    "read_correction",
    "settle",
    "show_passage",
]
