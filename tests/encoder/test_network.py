"""The network's sums against the formulas they stand for, reckoned plainly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pactwatch.encoder.network import Floats, Layer, Linear, Network, Norm, bucket

UNITS, HEADS, WORDS = 8, 2, 11


def make_table(seed: int, *shape: int) -> Floats:
    return np.random.default_rng(seed).normal(0.0, 0.5, shape).astype(np.float32)


def make_linear(seed: int, given: int, made: int) -> Linear:
    return Linear(make_table(seed, given, made), make_table(seed + 1, made))


def make_norm(seed: int) -> Norm:
    return Norm(make_table(seed, UNITS), make_table(seed + 1, UNITS))


def make_layer(seed: int) -> Layer:
    return Layer(
        make_linear(seed, UNITS, 3 * UNITS),
        make_linear(seed + 2, UNITS, UNITS),
        make_norm(seed + 4),
        make_linear(seed + 6, UNITS, 16),
        make_linear(seed + 8, 16, UNITS),
        make_norm(seed + 10),
        HEADS,
    )


NETWORK = Network(
    make_table(1, WORDS, UNITS),
    make_table(2, 20, UNITS),
    make_norm(3),
    make_table(5, 32, HEADS),
    (make_layer(20), make_layer(40)),
)


def plain_norm(norm: Norm, row: list[float]) -> list[float]:
    mean = sum(row) / UNITS
    variance = sum((one - mean) ** 2 for one in row) / UNITS
    return [
        (one - mean) / math.sqrt(variance + 1e-5) * float(norm.weight[k]) + float(norm.bias[k])
        for k, one in enumerate(row)
    ]


def plain_map(linear: Linear, row: list[float]) -> list[float]:
    return [
        sum(one * float(linear.weight[i, j]) for i, one in enumerate(row)) + float(linear.bias[j])
        for j in range(linear.weight.shape[1])
    ]


def plain_layer(layer: Layer, rows: list[list[float]]) -> list[list[float]]:
    width = UNITS // HEADS
    told = [plain_map(layer.attention, row) for row in rows]
    attended = [[0.0] * UNITS for _ in rows]
    for head in range(HEADS):
        for i, mine in enumerate(told):
            query = mine[head * width : (head + 1) * width]
            weights = []
            for j, other in enumerate(told):
                key = other[UNITS + head * width : UNITS + (head + 1) * width]
                alike = sum(a * b for a, b in zip(query, key, strict=True)) / math.sqrt(width)
                weights.append(math.exp(alike + float(NETWORK.nearness[int(bucket(np.array(j - i))), head])))
            for weight, other in zip(weights, told, strict=True):
                for k in range(width):
                    attended[i][head * width + k] += weight / sum(weights) * other[2 * UNITS + head * width + k]
    mixed = [
        plain_norm(layer.attention_norm, [a + b for a, b in zip(row, plain_map(layer.output, one), strict=True)])
        for row, one in zip(rows, attended, strict=True)
    ]
    eased = [[one * 0.5 * (1 + math.erf(one / math.sqrt(2))) for one in plain_map(layer.up, row)] for row in mixed]
    return [
        plain_norm(layer.norm, [a + b for a, b in zip(row, plain_map(layer.down, one), strict=True)])
        for row, one in zip(mixed, eased, strict=True)
    ]


def test_the_vectors_are_those_of_the_formulas() -> None:
    pieces = [3, 0, 7, 7, 10]
    rows = [
        plain_norm(NETWORK.norm, [float(a + b) for a, b in zip(NETWORK.words[p], NETWORK.places[k], strict=True)])
        for k, p in enumerate(pieces)
    ]
    for layer in NETWORK.layers:
        rows = plain_layer(layer, rows)
    assert NETWORK.read([pieces])[0] == pytest.approx(np.array(rows), abs=1e-4)


@pytest.mark.parametrize(
    ("apart", "number"),
    [
        (0, 0),
        (-1, 1),
        (-7, 7),
        (1, 17),
        (7, 23),
        (-8, 8),
        (-11, 8),
        (-12, 9),
        (-90, 14),
        (-91, 15),
        (-127, 15),
        (-128, 15),
        (-300, 15),
        (12, 25),
        (127, 31),
        (300, 31),
    ],
)
def test_near_places_have_buckets_of_their_own_and_far_ones_share(apart: int, number: int) -> None:
    # 8 + floor(8 log(distance / 8) / log 16) from 8 on, never above 15; pieces that come later have 16 more
    assert bucket(np.array(apart)) == number


def test_windows_that_are_read_together_do_not_see_one_another() -> None:
    windows = [[1, 2, 3], [4], [5, 6, 7, 8, 9]]
    together = NETWORK.read(windows)
    for window, vectors in zip(windows, together, strict=True):
        assert NETWORK.read([window])[0] == pytest.approx(vectors, abs=1e-5)
    assert NETWORK.read([]) == []
