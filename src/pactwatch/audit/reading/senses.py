"""How likely the network takes each name of each question to be, sentence by sentence."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.encoder import LEARNT_FILE, Line, Naming, Reader, Window, open_reader
from pactwatch.encoder.network import Floats, Linear
from pactwatch.encoder.weights import Table, linear_of, read_tensors
from pactwatch.encoder.windows import NO_ROW, TITLE

NOBODY = ""
"""The code for nobody of those who are named."""
ONE_HAS, SEVERAL_HAVE = ("focus", "actor"), ("partners",)
"""Roles that one actor has, and one that several have."""
FURTHEST, OF_TITLE = 3, 4
"""Sentences from which on all are equally far, and how far the title is."""
_UNLIKELY = -12.0
"""The logarithm that no chance is below: certainty that could not be outweighed would be no help."""
_OUT_OF_REACH = -1.0
"""The logarithm of the chance that somebody has a part whom the window does not name."""
OTHER = "any other"
"""The name that stands for all that a question has no name for."""


@dataclass(frozen=True)
class Sense:
    """What the network makes of one sentence, as logarithms of chances.

    ``names`` hold for each question with one answer how likely each name is, ``shares`` for each question with several
    how likely a name holds and how likely not. ``roles`` hold for a role that one actor has (``focus``, ``actor``) how
    likely it is each of those named up to here, ``members`` for one that several have (``partners``) how likely each
    of them has it and how likely not.
    """

    names: Mapping[str, Mapping[str, float]]
    shares: Mapping[str, Mapping[str, tuple[float, float]]]
    roles: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    members: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)

    def of_name(self, question: str, name: str) -> float:
        """How likely a name is the one answer to a question; one that the network does not know is all the others."""
        told = self.names[question]
        return told[name] if name in told else told.get(OTHER, min(told.values()))

    def of_actor(self, role: str, code: str) -> float:
        """How likely an actor has a role that one has; who is not named up to here has it if nobody has who is."""
        told = self.roles[role]
        return told.get(code, told[NOBODY])

    @staticmethod
    def of_set(tables: Sequence[Mapping[str, tuple[float, float]]], chosen: Collection[str]) -> float:
        """How likely just these hold of all that the tables know; one that they do not know is out of reach."""
        known = sum(sides[0] if name in chosen else sides[1] for table in tables for name, sides in table.items())
        return known + (0.0 if all(any(name in table for table in tables) for name in chosen) else _OUT_OF_REACH)


@dataclass(frozen=True)
class Heads:
    """The questions at the end of the network: a linear map for each, and the names it answers with.

    ``single`` are questions with one answer, ``several`` those of which any number may hold. ``roles`` weigh a
    sentence against a naming: queries, keys, what a naming weighs by itself, and what its distance does.
    """

    single: Mapping[str, tuple[Linear, tuple[str, ...]]]
    several: Mapping[str, tuple[Linear, tuple[str, ...]]]
    role_names: tuple[str, ...]
    queries: Linear
    keys: Linear
    alone: Linear
    distances: Floats


@dataclass(frozen=True)
class Encoder:
    """A network, and the questions it answers."""

    reader: Reader
    heads: Heads

    def read(self, title: Line, lines: Sequence[Line]) -> list[Sense | None]:
        """What it makes of every sentence of an article, in order; nothing of those beyond what is read."""
        found: dict[int, Sense] = {}
        for window, vectors in self.reader.read(title, lines):
            found |= self._read_window(window, vectors)
        return [found.get(row) for row in range(len(lines))]

    def _read_window(self, window: Window, vectors: Floats) -> dict[int, Sense]:
        slots = np.asarray(window.slots)
        sentences = np.stack([_summary(vectors, slots, slot) for slot in range(1, len(window.rows) + 1)])
        single = {name: (_log_shares(head(sentences)), names) for name, (head, names) in self.heads.single.items()}
        several = {name: (head(sentences), names) for name, (head, names) in self.heads.several.items()}
        roles = _Roles(self.heads, window, vectors, sentences)
        return {
            row: Sense(
                {name: dict(zip(names, map(float, rows[slot]), strict=True)) for name, (rows, names) in single.items()},
                {name: _sides_of(names, rows[slot]) for name, (rows, names) in several.items()},
                {name: roles.one_of(name, slot) for name in ONE_HAS},
                {name: roles.each_of(name, slot) for name in SEVERAL_HAVE},
            )
            for slot, row in enumerate(window.rows)
            if row != NO_ROW
        }


def open_encoder(language: str = "en") -> Encoder | None:
    """The network for articles of a language; ``None`` where its base is not installed or nothing was learnt for it.

    Raises :class:`EncoderError` where either is damaged.
    """
    learnt = BASE_LEXICONS / language / LEARNT_FILE
    reader = open_reader(learnt)
    return None if reader is None else Encoder(reader, _make_heads(*read_tensors(learnt)))


def _make_heads(learnt: Table, told: Mapping[str, Any]) -> Heads:
    def of(names: Mapping[str, list[str]]) -> dict[str, tuple[Linear, tuple[str, ...]]]:
        return {name: (linear_of(learnt, f"head.{name}"), tuple(answers)) for name, answers in names.items()}

    queries, keys, alone = (linear_of(learnt, f"role.{name}") for name in ("queries", "keys", "alone"))
    roles = tuple(told["roles"])
    return Heads(of(told["single"]), of(told["several"]), roles, queries, keys, alone, learnt["role.distances"])


class _Roles:
    """Who has which role in each sentence of a window: what every naming weighs, summed up by actor."""

    def __init__(self, heads: Heads, window: Window, vectors: Floats, sentences: Floats) -> None:
        self._heads, self._named = heads, window.named
        self._count = len(window.rows)
        self._sentences, self._vectors = sentences, vectors

    @cached_property
    def _scores(self) -> Floats:
        """Roles by sentences by namings."""
        count, heads = len(self._heads.role_names), self._heads
        names = np.stack([self._vectors[one.first : one.stop].mean(axis=0) for one in self._named])
        width = heads.queries.weight.shape[1] // count
        queries = heads.queries(self._sentences).reshape(-1, count, width).transpose(1, 0, 2)
        keys = heads.keys(names).reshape(-1, count, width).transpose(1, 2, 0)
        scores: Floats = queries @ keys / np.float32(math.sqrt(width)) + heads.alone(names).T[:, None, :]
        for slot in range(self._count):
            for place, naming in enumerate(self._named):
                scores[:, slot, place] += heads.distances[:, _distance(slot, naming)]
        return scores

    def _weights(self, role: str, slot: int) -> dict[str, float]:
        """What each actor named up to a sentence weighs for a role."""
        if not self._named:
            return {}
        row = self._scores[self._heads.role_names.index(role), slot]
        told: dict[str, list[float]] = {}
        for score, naming in zip(map(float, row), self._named, strict=True):
            if naming.slot <= slot:
                for code in naming.codes:
                    told.setdefault(code, []).append(score)
        return {code: float(np.logaddexp.reduce(scores)) for code, scores in sorted(told.items())}

    def one_of(self, role: str, slot: int) -> dict[str, float]:
        """How likely each actor is the one who has a role, and how likely none of them is, which weighs nought."""
        weights = {NOBODY: 0.0} | self._weights(role, slot)
        total = float(np.logaddexp.reduce(list(weights.values())))
        return {code: weight - total for code, weight in weights.items()}

    def each_of(self, role: str, slot: int) -> dict[str, tuple[float, float]]:
        """How likely each actor has a role and has it not."""
        return {code: _sides(weight) for code, weight in self._weights(role, slot).items()}


def _distance(slot: int, naming: Naming) -> int:
    return OF_TITLE if naming.slot == TITLE else min(max(slot - naming.slot, 0), FURTHEST)


def _summary(vectors: Floats, slots: Any, slot: int) -> Floats:
    """A sentence's vector: the mean of its pieces, and the divider behind it."""
    rows = np.flatnonzero(slots == slot)
    summary: Floats = np.concatenate([vectors[rows].mean(axis=0), vectors[rows[-1]]])
    return summary


def _log_shares(scores: Floats) -> Floats:
    """Scores, row by row, as logarithms of chances that sum to one."""
    lowered = scores - scores.max(axis=1, keepdims=True)
    shares: Floats = lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True))
    return shares


def _sides(weight: float) -> tuple[float, float]:
    """The logarithms of the chances that something holds and that it does not."""
    return (
        max(-float(np.logaddexp(0.0, -weight)), _UNLIKELY),
        max(-float(np.logaddexp(0.0, weight)), _UNLIKELY),
    )


def _sides_of(names: Sequence[str], row: Floats) -> dict[str, tuple[float, float]]:
    return {name: _sides(float(weight)) for name, weight in zip(names, row, strict=True)}
