"""The audit's network in PyTorch, as it is fitted; ``pactwatch.encoder`` is the same without PyTorch.

Every map of the base keeps its weights and learns a change of low rank to them (LoRA: Hu et al. 2022).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found,unused-ignore]
from safetensors.torch import load_file
from torch.nn import functional  # type: ignore[import-not-found,unused-ignore]

from encoder_targets import ROLES, SEVERAL, SINGLE, Lesson
from pactwatch.audit.reading.senses import FURTHEST, OF_TITLE
from pactwatch.encoder.base import WEIGHTS
from pactwatch.encoder.network import SMALLEST, bucket
from pactwatch.encoder.weights import FIRST_PLACE, HEADS, MAPS, NEARNESS, NORMS, PLACES, WORDS, count_layers
from pactwatch.encoder.windows import TITLE

RANK, SCALE = 16, 2.0
UNITS, ROLE_WIDTH = 768, 64
DISTANCES = 1 + max(FURTHEST, OF_TITLE)
DROPPED = 0.1
PADDING = 1
"""The piece that fills up windows, by the base's vocabulary."""
_NEVER = -1e4
PRECISION = torch.bfloat16 if torch.ops.mkldnn._is_mkldnn_bf16_supported() else torch.float32
"""What the base's layers are reckoned in: half precision is three times as fast, but many times slower on a processor
that has no instructions for it."""

Tensor = Any
Tensors = dict[str, Tensor]


def quickly() -> Any:
    """A context in which maps are reckoned in ``PRECISION``."""
    return torch.autocast("cpu", torch.bfloat16, enabled=PRECISION is torch.bfloat16)


def start_network(base: Path, layers: int) -> tuple[Tensors, Tensors]:
    """The own weights of the base's lowest layers, which stay, and what is learnt, by name."""
    told = load_file(base / WEIGHTS)
    kept = {
        "words": told[WORDS],
        "places": told[PLACES][FIRST_PLACE:],
        "nearness": told[NEARNESS],
    }
    learnt = {f"embeddings.{part}": told[f"embeddings.LayerNorm.{part}"].clone() for part in ("weight", "bias")}
    for place in range(layers):
        lead = f"encoder.layer.{place}."
        for name, parts in MAPS.items():
            own, whole = f"layer.{place}.{name}", torch.cat([told[f"{lead}{part}.weight"] for part in parts])
            kept[own] = whole
            learnt[f"{own}.bias"] = torch.cat([told[f"{lead}{part}.bias"] for part in parts])
            learnt[f"{own}.a"] = torch.randn(RANK, whole.shape[1]) / math.sqrt(whole.shape[1])
            learnt[f"{own}.b"] = torch.zeros(whole.shape[0], RANK)
        for name, part in NORMS.items():
            for kind in ("weight", "bias"):
                learnt[f"layer.{place}.{name}.{kind}"] = told[f"{lead}{part}.{kind}"].clone()
    return kept, learnt | _start_questions()


def _start_questions() -> Tensors:
    learnt: Tensors = {}
    for name, names in (SINGLE | SEVERAL).items():
        learnt[f"head.{name}.weight"] = torch.randn(len(names), 2 * UNITS) * 0.02
        learnt[f"head.{name}.bias"] = torch.zeros(len(names))
    widths = {"queries": (2 * UNITS, ROLE_WIDTH * len(ROLES)), "keys": (UNITS, ROLE_WIDTH * len(ROLES))}
    for name, (given, made) in {**widths, "alone": (UNITS, len(ROLES))}.items():
        learnt[f"role.{name}.weight"] = (torch.rand(made, given) * 2 - 1) / math.sqrt(given)
        learnt[f"role.{name}.bias"] = torch.zeros(made)
    learnt["role.distances"] = torch.zeros(len(ROLES), DISTANCES)
    return learnt


def halve(kept: Tensors) -> Tensors:
    """The base's own weights with those of its layers in ``PRECISION``."""
    return {name: table.to(PRECISION) if name.startswith("layer.") else table for name, table in kept.items()}


def read_pieces(kept: Tensors, learnt: Tensors, pieces: Tensor, *, learning: bool) -> Tensor:
    """The vectors of padded pieces (windows by places): windows by places by units."""
    return read_layers(kept, learnt, embed(kept, learnt, pieces, learning=learning), pieces, learning=learning)


def embed(kept: Tensors, learnt: Tensors, pieces: Tensor, *, learning: bool) -> Tensor:
    """The vectors of padded pieces before the first layer."""
    vectors = _normed(learnt, kept["words"][pieces] + kept["places"][: pieces.shape[1]], "embeddings")
    return functional.dropout(vectors, DROPPED, learning)


def read_layers(
    kept: Tensors, learnt: Tensors, vectors: Tensor, pieces: Tensor, layers: range | None = None, *, learning: bool
) -> Tensor:
    """The vectors of padded pieces after some layers (all of them by default), by those before."""
    there = (pieces != PADDING)[:, None, None, :]
    places = torch.arange(pieces.shape[1])
    buckets = torch.from_numpy(bucket((places[None, :] - places[:, None]).numpy()))
    near = kept["nearness"][buckets].permute(2, 0, 1)[None].masked_fill(~there, _NEVER)
    for place in layers or range(count_layers(kept)):
        vectors = _read_layer(kept, learnt, vectors, near, place, learning=learning)
    return vectors


def _read_layer(kept: Tensors, learnt: Tensors, vectors: Tensor, near: Tensor, place: int, *, learning: bool) -> Tensor:
    def mapped(given: Tensor, name: str) -> Tensor:
        own = f"layer.{place}.{name}"
        change = functional.linear(functional.linear(given, learnt[f"{own}.a"]), learnt[f"{own}.b"])
        return functional.linear(given, kept[own], learnt[f"{own}.bias"]) + change * SCALE

    count, width, _ = vectors.shape
    parts = mapped(vectors, "attention").view(count, width, 3, HEADS, UNITS // HEADS).permute(2, 0, 3, 1, 4)
    mixed = mapped(_attend(parts, near).transpose(1, 2).reshape(count, width, UNITS), "output")
    vectors = _normed(learnt, vectors + mixed, f"layer.{place}.attention_norm")
    eased = mapped(functional.gelu(mapped(vectors, "up")), "down")
    return _normed(learnt, vectors + functional.dropout(eased, DROPPED, learning), f"layer.{place}.norm")


def _attend(parts: Tensor, near: Tensor) -> Tensor:
    """Attention of queries, keys and values, reckoned plainly: with a mask in half precision faster than the fused."""
    queries, keys, values = parts
    scores = torch.matmul(queries / math.sqrt(UNITS // HEADS), keys.transpose(-1, -2))
    return torch.matmul(functional.softmax(scores + near.to(scores.dtype), -1, dtype=scores.dtype), values)


def _normed(learnt: Tensors, given: Tensor, name: str) -> Tensor:
    weight, bias = learnt[f"{name}.weight"], learnt[f"{name}.bias"]
    return functional.layer_norm(given, (UNITS,), weight, bias, float(SMALLEST))


def sum_up(vectors: Tensor, slots: Tensor, sentences: int, *, learning: bool) -> Tensor:
    """The vector of each sentence (windows by sentences by twice the units): mean of its pieces, and its divider."""
    count, width, _ = vectors.shape
    rows = torch.arange(count)[:, None].expand(count, width)
    sums = torch.zeros(count, sentences + 1, UNITS).index_put((rows, slots), vectors, accumulate=True)
    sizes = torch.zeros(count, sentences + 1).index_put((rows, slots), torch.ones(count, width), accumulate=True)
    places = torch.arange(width)[None].expand(count, width) + 1
    last = torch.zeros(count, sentences + 1, dtype=torch.long).scatter_reduce(1, slots, places, "amax") - 1
    dividers = vectors.gather(1, last.clamp(min=0)[..., None].expand(-1, -1, UNITS))
    both = torch.cat([sums / sizes.clamp(min=1)[..., None], dividers], -1)[:, 1:]
    return functional.dropout(both, DROPPED, learning)


def answer(learnt: Tensors, sentences: Tensor, question: str) -> Tensor:
    """The scores of each name of a question for each sentence."""
    return functional.linear(sentences, learnt[f"head.{question}.weight"], learnt[f"head.{question}.bias"])


def weigh_roles(learnt: Tensors, vectors: Tensor, sentences: Tensor, lesson: Lesson) -> tuple[list[str], Tensor]:
    """The actors named in a window, and their scores: roles by sentences by actors."""
    named, count = lesson.window.named, len(lesson.window.rows)
    if not named:
        return [], torch.zeros(len(ROLES), count, 0)
    codes = sorted({code for one in named for code in one.codes})
    means, member = torch.zeros(len(named), vectors.shape[0]), torch.zeros(len(codes), len(named), dtype=torch.bool)
    for place, one in enumerate(named):
        means[place, one.first : one.stop] = 1 / (one.stop - one.first)
        for code in one.codes:
            member[codes.index(code), place] = True
    names = means @ vectors
    keys = _role(learnt, names, "keys").view(len(named), len(ROLES), ROLE_WIDTH)
    queries = _role(learnt, sentences[:count], "queries").view(count, len(ROLES), ROLE_WIDTH)
    scores = torch.einsum("srd,mrd->rsm", queries, keys) / math.sqrt(ROLE_WIDTH)
    scores = scores + _role(learnt, names, "alone").T[:, None, :]
    slots = torch.tensor([one.slot for one in named])[None]
    far = torch.arange(count)[:, None] - slots
    later = (far < 0) & (slots != TITLE)
    far = torch.where(slots == TITLE, torch.tensor(OF_TITLE), far.clamp(0, FURTHEST))
    scores = (scores + learnt["role.distances"][:, far]).masked_fill(later[None], _NEVER)
    return codes, torch.logsumexp(scores[:, :, None, :].masked_fill(~member[None, None], _NEVER), -1)


def is_open(scores: Tensor) -> Tensor:
    """Which actors are named up to a sentence, by their scores."""
    return scores > _NEVER / 2


def _role(learnt: Tensors, given: Tensor, name: str) -> Tensor:
    return functional.linear(given, learnt[f"role.{name}.weight"], learnt[f"role.{name}.bias"])


def pad(lessons: Sequence[Lesson]) -> tuple[Tensor, Tensor, int]:
    """The pieces and slots of several windows side by side, nought where one has ended; and the most sentences."""
    pieces = pad_pieces([one.window.pieces for one in lessons])
    slots = torch.zeros_like(pieces)
    for row, one in enumerate(lessons):
        slots[row, : len(one.window.slots)] = torch.tensor(one.window.slots)
    return pieces, slots, max(len(one.window.rows) for one in lessons)


def pad_pieces(windows: Sequence[Sequence[int]]) -> Tensor:
    """The pieces of several windows side by side, filled up where one has ended."""
    pieces = torch.full((len(windows), max(map(len, windows))), PADDING)
    for row, one in enumerate(windows):
        pieces[row, : len(one)] = torch.tensor(one)
    return pieces
