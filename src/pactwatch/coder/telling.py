"""Fits which candidates tell an event, from quotes that say where but not which.

People quote a passage; several candidates stand in it, and mostly one of them tells the mention. So each mention is
a bag that holds at least one right candidate (multiple-instance learning: Dietterich, Lathrop and Lozano-Perez, 1997).
A first fit takes all of a bag for right; a second one only the likeliest of each bag, the others teaching nothing.
More rounds gained nothing on writers left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.coded import Coded, folds
from pactwatch.coder.context import Context
from pactwatch.coder.linear import Features, LinearModel
from pactwatch.coder.regression import Origin, Table


class Telling:
    """The candidates of coded documents as rows, with the bags of rows that may tell one mention."""

    def __init__(self, documents: Sequence[Coded], features_of: Callable[[Candidate, Context], Features]) -> None:
        features: list[Features] = []
        of_document: list[int] = []
        origins: list[Origin] = []
        self.bags: list[list[int]] = []
        self.starts: list[int] = []
        for number, coded in enumerate(documents):
            self.starts.append(len(features))
            self.bags += [[len(features) + place for place in told] for told in coded.tellers()]
            features += [features_of(candidate, coded.parsed.context) for candidate in coded.candidates]
            of_document += [number] * len(coded.candidates)
            origins += [coded.origin] * len(coded.candidates)
        self.documents = documents
        self.of_document, self.weights = np.array(of_document), np.array([one.weight for one in origins])
        self.table = Table(features, origins)

    def fit(self, *, penalty: float, without: Sequence[int] = ()) -> LinearModel:
        """Fit, leaving the documents ``without`` out."""
        weights = np.where(np.isin(self.of_document, without), 0.0, self.weights)
        may_tell = np.zeros(len(weights))
        may_tell[[row for bag in self.bags for row in bag]] = 1.0
        scores = self.table.scores(self.table.fit(may_tell, weights, penalty=penalty))
        tells = np.zeros(len(weights))
        tells[[max(bag, key=lambda row: (scores[row], row)) for bag in self.bags]] = 1.0
        return self.table.fit(tells, np.where(may_tell > tells, 0.0, weights), penalty=penalty)

    def set_odds(self, *, penalty: float) -> None:
        """Give every candidate the odds of a fit that has not seen its writer."""
        for numbers in folds(self.documents):
            scores = self.table.scores(self.fit(penalty=penalty, without=numbers))
            for number in numbers:
                start = self.starts[number]
                for place, candidate in enumerate(self.documents[number].candidates):
                    candidate.odds = float(scores[start + place])
