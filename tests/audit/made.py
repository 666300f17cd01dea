"""A network small enough to reckon with, that answers few questions of the audit."""

from __future__ import annotations

from pactwatch.audit.reading.senses import Encoder, Heads
from tests.encoder.made import UNITS, Chance, make_reader

ROLE_WIDTH = 2
NAMES = ("claim", "event", "other")
TYPES = ("agreement", "exercise")
ROLES = ("focus", "partners", "actor", "against")


def make_encoder(seed: int = 7) -> Encoder:
    """A network with weights and questions by chance: always the same for a seed."""
    chance = Chance(seed)
    heads = Heads(
        {"class": (chance.linear(2 * UNITS, len(NAMES)), NAMES)},
        {"types": (chance.linear(2 * UNITS, len(TYPES)), TYPES)},
        ROLES,
        chance.linear(2 * UNITS, ROLE_WIDTH * len(ROLES)),
        chance.linear(UNITS, ROLE_WIDTH * len(ROLES)),
        chance.linear(UNITS, len(ROLES)),
        chance.table(len(ROLES), 5),
    )
    return Encoder(make_reader(chance), heads)
