"""A network small enough to reckon with."""

from __future__ import annotations

import numpy as np

from pactwatch.encoder.network import Floats, Layer, Linear, Network, Norm
from pactwatch.encoder.reading import Reader
from pactwatch.encoder.windows import WIDEST
from pactwatch.encoder.wordpieces import Wordpieces

PIECES = ("[UNK]", "<s>", "</s>", "japan", "manila", "hanoi", "signed", "talks", "with")
UNITS = 4


class Chance:
    """Tables of numbers by chance: always the same for a seed."""

    def __init__(self, seed: int) -> None:
        self._numbers = np.random.default_rng(seed)

    def table(self, *shape: int) -> Floats:
        """A table of some shape."""
        return self._numbers.normal(0.0, 0.7, shape).astype(np.float32)

    def linear(self, given: int, made: int) -> Linear:
        """A linear map."""
        return Linear(self.table(given, made), self.table(made))

    def norm(self) -> Norm:
        """A norm."""
        return Norm(self.table(UNITS), self.table(UNITS))


def make_reader(chance: Chance) -> Reader:
    """A network with weights by chance."""
    up, across = chance.linear(UNITS, 3 * UNITS), chance.linear(UNITS, UNITS)
    layer = Layer(up, across, chance.norm(), chance.linear(UNITS, 6), chance.linear(6, UNITS), chance.norm(), 2)
    numbers = {piece: number for number, piece in enumerate(PIECES)}
    words, places = chance.table(len(PIECES), UNITS), chance.table(WIDEST, UNITS)
    return Reader(Wordpieces(numbers), Network(words, places, chance.norm(), chance.table(32, 2), (layer,)))
