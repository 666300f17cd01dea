"""A network small enough to reckon with, that answers few questions."""

from __future__ import annotations

import numpy as np

from pactwatch.audit.encoder.network import Floats, Layer, Linear, Network, Norm
from pactwatch.audit.encoder.senses import Encoder, Heads
from pactwatch.audit.encoder.windows import WIDEST
from pactwatch.audit.encoder.wordpieces import Wordpieces

PIECES = ("[UNK]", "<s>", "</s>", "japan", "manila", "hanoi", "signed", "talks", "with")
UNITS, ROLE_WIDTH = 4, 2
NAMES = ("claim", "event", "other")
TYPES = ("agreement", "exercise")
ROLES = ("focus", "partners", "actor", "against")


def make_encoder(seed: int = 7) -> Encoder:
    """A network with weights by chance: always the same for a seed."""
    chance = np.random.default_rng(seed)

    def table(*shape: int) -> Floats:
        return chance.normal(0.0, 0.7, shape).astype(np.float32)

    def linear(given: int, made: int) -> Linear:
        return Linear(table(given, made), table(made))

    def norm() -> Norm:
        return Norm(table(UNITS), table(UNITS))

    layer = Layer(linear(UNITS, 3 * UNITS), linear(UNITS, UNITS), norm(), linear(UNITS, 6), linear(6, UNITS), norm(), 2)
    heads = Heads(
        {"class": (linear(2 * UNITS, len(NAMES)), NAMES)},
        {"types": (linear(2 * UNITS, len(TYPES)), TYPES)},
        ROLES,
        linear(2 * UNITS, ROLE_WIDTH * len(ROLES)),
        linear(UNITS, ROLE_WIDTH * len(ROLES)),
        linear(UNITS, len(ROLES)),
        table(len(ROLES), 5),
    )
    numbers = {piece: number for number, piece in enumerate(PIECES)}
    network = Network(table(len(PIECES), UNITS), table(WIDEST, UNITS), norm(), table(32, 2), (layer,))
    return Encoder(Wordpieces(numbers), network, heads)
