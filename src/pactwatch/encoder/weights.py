"""The network put together: the weights of its base, and what was learnt here on top of them.

What was learnt is a low-rank change to each map of as many layers as were fitted (LoRA: Hu et al. 2022), new biases and
norms, and the questions of the audit, written by ``bench/fit_encoder.py``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open

from pactwatch.encoder.base import BASE, VOCABULARY, WEIGHTS, EncoderError, find_base
from pactwatch.encoder.network import Floats, Layer, Linear, Network, Norm
from pactwatch.encoder.reading import Reader
from pactwatch.encoder.wordpieces import Wordpieces

LEARNT_FILE = "encoder.safetensors"
HEADS = 12
"""Heads of attention of each layer, as in the base's configuration."""
FIRST_PLACE = 2
"""The row of the first place among the base's places; those before it are its authors' padding."""
MAPS = {
    "attention": ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
    "output": ("attention.attn.o",),
    "up": ("intermediate.dense",),
    "down": ("output.dense",),
}
"""The maps of a layer by the base's names; the first three are read as one."""
WORDS, PLACES = "embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight"
NEARNESS = "encoder.relative_attention_bias.weight"
"""The base's tables of pieces, of places, and of what the distance of two pieces weighs, by its names."""
NORMS = {"attention_norm": "attention.LayerNorm", "norm": "output.LayerNorm"}
"""The norms of a layer by the base's names; they are learnt anew."""

Table = Mapping[str, Floats]


@cache
def open_reader(learnt: Path) -> Reader | None:
    """The network with what a file says was learnt; ``None`` where its base is not installed or there is no such file.

    It is opened once a process: it is some 440 MB, and coder and audit read with the same. Raises :class:`EncoderError`
    where the base is damaged or not the one that was learnt on.
    """
    base = find_base() if learnt.is_file() else None
    if base is None:
        return None
    changes, told = read_tensors(learnt)
    if told["base"] != BASE:
        raise EncoderError(
            f"{learnt}: what was learnt belongs to another base (SHA-256 {told['base'][:12]}..., here {BASE[:12]}...); "
            "install pactwatch anew, or fit it again with bench/fit_encoder.py"
        )
    return Reader(Wordpieces.from_file(base / VOCABULARY), _make_network(base, changes, told["scale"]))


def read_tensors(path: Path, names: Collection[str] | None = None) -> tuple[dict[str, Floats], dict[str, Any]]:
    """The tables of numbers of a file (all, or those named), and what it tells of itself.

    Raises :class:`EncoderError` where the file is damaged.
    """
    try:
        with safe_open(path, framework="numpy") as opened:
            tables = {name: opened.get_tensor(name) for name in opened.keys() if names is None or name in names}  # noqa: SIM118
            told = {name: json.loads(value) for name, value in (opened.metadata() or {}).items() if name != "format"}
    except (SafetensorError, OSError) as error:
        raise EncoderError(
            f"{path}: damaged ({error}); delete it: what was unpacked is unpacked anew, what came with pactwatch comes "
            "with installing it again"
        ) from None
    return {name: table.astype(np.float32, copy=False) for name, table in tables.items()}, told


def count_layers(names: Iterable[str]) -> int:
    """How many layers what was learnt changes, by the names of its tables."""
    return 1 + max(int(name.split(".")[1]) for name in names if name.startswith("layer."))


def _make_network(folder: Path, learnt: Table, scale: float) -> Network:
    base, _ = read_tensors(folder / WEIGHTS, {WORDS, PLACES, NEARNESS})
    return Network(
        base[WORDS],
        base[PLACES][FIRST_PLACE:],
        _norm(learnt, "embeddings"),
        base[NEARNESS],
        tuple(_make_layer(folder, learnt, place, scale) for place in range(count_layers(learnt))),
    )


def _make_layer(folder: Path, learnt: Table, place: int, scale: float) -> Layer:
    names = {name: [f"encoder.layer.{place}.{part}.weight" for part in parts] for name, parts in MAPS.items()}
    base, _ = read_tensors(folder / WEIGHTS, {one for every in names.values() for one in every})

    def mapped(name: str) -> Linear:
        whole = np.concatenate([base.pop(one) for one in names[name]])
        own = f"layer.{place}.{name}"
        whole += np.float32(scale) * (learnt[f"{own}.b"] @ learnt[f"{own}.a"])
        return Linear(whole.T, learnt[f"{own}.bias"])

    norms = {name: _norm(learnt, f"layer.{place}.{name}") for name in NORMS}
    return Layer(
        mapped("attention"),
        mapped("output"),
        norms["attention_norm"],
        mapped("up"),
        mapped("down"),
        norms["norm"],
        HEADS,
    )


def linear_of(learnt: Table, name: str) -> Linear:
    """A linear map by its name; tables hold it as outputs by inputs."""
    return Linear(np.ascontiguousarray(learnt[f"{name}.weight"].T), learnt[f"{name}.bias"])


def _norm(learnt: Table, name: str) -> Norm:
    return Norm(learnt[f"{name}.weight"], learnt[f"{name}.bias"])
