"""A last look at each mention: how likely event, modality and parties are right together."""

from __future__ import annotations

from math import log

from pactwatch.coder.candidates import Candidate


def chance_of_all(candidate: Candidate) -> float:
    """The chance that event, modality and parties are right, taken as independent of each other."""
    return candidate.keep * candidate.modality_chance * candidate.party_chance


def certainty(candidate: Candidate) -> dict[str, float]:
    """What the confidence is made of: the log-odds of the event, of its modality and of its parties, within bounds."""
    chances = {"event": candidate.keep, "modality": candidate.modality_chance, "parties": candidate.party_chance}
    clipped = {name: min(0.999, max(0.001, chance)) for name, chance in chances.items()}
    return {name: log(chance / (1.0 - chance)) for name, chance in clipped.items()}
