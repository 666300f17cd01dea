"""How well a coder codes: its mentions against those of people.

``read_gold`` reads coded documents; ``evaluate`` takes each with what a coder made of it and returns precision, recall
and F1 (strict: type, stage, parties and modality; loose: type and parties), accuracy field by field, calibration of the
confidences, and every difference with its passage, so that an engineer sees what to mend.
"""

from pactwatch.coder.evaluation.evaluate import Evaluation, evaluate
from pactwatch.coder.evaluation.gold import GoldDocument, read_gold

__all__ = ["Evaluation", "GoldDocument", "evaluate", "read_gold"]
