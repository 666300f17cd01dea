"""An MPNet encoder's forward pass over windows of pieces: a BERT that also attends to distances (Song et al. 2020).

All pieces of all windows go through a layer together; only attention is reckoned window by window. Nothing is padded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SMALLEST = np.float32(1e-5)
"""What is added to a variance, as in the base's configuration."""
_ROWS_AT_ONCE = 16
"""Rows that are eased at once: what is reckoned of them fits a processor's own memory."""
_TURN = np.float32(0.3275911 * math.sqrt(0.5))
_SLOPES = tuple(np.float32(0.5 * one) for one in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))
"""Abramowitz and Stegun's numbers, for a size that has not been divided by the root of two, and for half of it."""
_SIDE, _EXACT, _FURTHEST = 16, 8, 128
"""Buckets of distances on either side, how many of them hold one distance, and from where on all are equally far."""


@dataclass(frozen=True)
class Linear:
    """A linear map: ``weight`` is inputs by outputs."""

    weight: Floats
    bias: Floats

    def __call__(self, given: Floats) -> Floats:
        """The map of rows."""
        mapped: Floats = given @ self.weight
        mapped += self.bias
        return mapped


@dataclass(frozen=True)
class Norm:
    """Layer normalisation (Ba et al. 2016)."""

    weight: Floats
    bias: Floats

    def __call__(self, given: Floats) -> Floats:
        """Rows with mean nought and variance one, then scaled."""
        centred = given - given.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", centred, centred)[:, None] / np.float32(given.shape[1])
        normed: Floats = centred / np.sqrt(variance + SMALLEST) * self.weight + self.bias
        return normed


@dataclass(frozen=True)
class Layer:
    """One layer: attention, then a map up and down; each added to what went in and normed."""

    attention: Linear
    output: Linear
    attention_norm: Norm
    up: Linear
    down: Linear
    norm: Norm
    heads: int

    def __call__(self, given: Floats, windows: Sequence[slice], near: Floats) -> Floats:
        """The next vectors of all pieces.

        ``windows`` are the rows of each window, ``near`` what the distance between two places weighs (heads by places
        by places, no fewer than the widest window has).
        """
        told = self.attention(given)
        attended = np.empty_like(given)
        for rows in windows:
            attended[rows] = _attend(told[rows], self.heads, near)
        mixed = self.attention_norm(given + self.output(attended))
        return self.norm(mixed + self.down(gelu(self.up(mixed))))


@dataclass(frozen=True)
class Network:
    """Embeddings, what nearness weighs (buckets by heads), and layers."""

    words: Floats
    places: Floats
    norm: Norm
    nearness: Floats
    layers: tuple[Layer, ...]

    @property
    def units(self) -> int:
        """How many numbers a vector has."""
        return int(self.words.shape[1])

    def read(self, windows: Sequence[Sequence[int]]) -> list[Floats]:
        """The vectors of every piece of each window, pieces by units."""
        if not windows:
            return []
        rows, start = [], 0
        for pieces in windows:
            rows.append(slice(start, start + len(pieces)))
            start += len(pieces)
        every = np.concatenate([np.asarray(pieces, dtype=np.intp) for pieces in windows])
        places = np.concatenate([np.arange(len(pieces)) for pieces in windows])
        vectors = self.norm(self.words[every] + self.places[places])
        for layer in self.layers:
            vectors = layer(vectors, rows, self._near)
        return [vectors[one] for one in rows]

    @cached_property
    def _near(self) -> Floats:
        """What nearness weighs between any two places of a window, heads by places by places."""
        places = np.arange(len(self.places))
        return np.ascontiguousarray(self.nearness.T[:, bucket(places[None, :] - places[:, None])])


def bucket(apart: NDArray[np.intp]) -> NDArray[np.intp]:
    """The bucket of each distance from a piece to another: near ones have their own, far ones share one by logarithm.

    As in T5 (Raffel et al. 2020, section 2.1), with 32 buckets for both sides and distances up to 128.
    """
    far = np.abs(apart)
    shared = np.log(np.maximum(far, 1) / _EXACT) / math.log(_FURTHEST / _EXACT) * (_SIDE - _EXACT)
    numbers = np.where(far < _EXACT, far, np.minimum(_EXACT + np.trunc(shared).astype(np.intp), _SIDE - 1))
    return np.asarray(numbers + _SIDE * (apart > 0), dtype=np.intp)


def _attend(told: Floats, heads: int, near: Floats) -> Floats:
    """Scaled dot-product attention of one window (Vaswani et al. 2017), with a term for how far apart two pieces are.

    ``told`` holds queries, keys and values.
    """
    count, width = told.shape[0], told.shape[1] // (3 * heads)
    queries, keys, values = told.reshape(count, 3, heads, width).transpose(1, 2, 0, 3)
    scores = queries @ keys.transpose(0, 2, 1) * _float(1.0 / math.sqrt(width))
    scores += near[:, :count, :count]
    scores -= scores.max(axis=2, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=2, keepdims=True)
    attended: Floats = np.ascontiguousarray((scores @ values).transpose(1, 0, 2)).reshape(count, heads * width)
    return attended


def gelu(given: Floats) -> Floats:
    """The Gaussian error linear unit (Hendrycks and Gimpel 2016), a few rows at a time so that they stay near.

    By formula 7.1.26 of Abramowitz and Stegun (1964), off by no more than 1.5e-7 in the error function, what single
    precision holds; six times as fast as the exact function.
    """
    eased = np.maximum(given, 0)
    for start in range(0, len(given), _ROWS_AT_ONCE):
        here = slice(start, start + _ROWS_AT_ONCE)
        size = np.abs(given[here])
        falling = np.exp(size * size * _float(-0.5))
        turned = np.reciprocal(size * _TURN + _float(1.0))
        sloped = turned * _SLOPES[0]
        for slope in _SLOPES[1:]:
            sloped += slope
            sloped *= turned
        sloped *= falling
        sloped *= size
        eased[here] -= sloped
    return eased


def _float(value: float) -> Any:
    """A number of single precision: another would make every table it meets twice as large."""
    return np.float32(value)
