"""Lets the upper layers of the shipped network learn from articles that it has not met.

    python bench/fit_upper.py --out FILE [--minutes 76]

``fit_encoder.py`` fits the whole network anew, which takes most of a day on a processor that does not reckon in half
precision. Here the lowest layers stay as they are, so that a step takes less time. Beside the new articles it reads
some of the old ones again; and coded documents by the coder's own questions, which stay as they are, so that the coder
can go on asking them. It needs PyTorch, as ``fit_encoder.py`` does, and stops by the clock: fits differ from machine to
machine.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import torch  # type: ignore[import-not-found,unused-ignore]
from safetensors.torch import load_file

from audit_scores import LABELLED
from encoder_network import UNITS, Tensor, Tensors, embed, halve, pad_pieces, quickly, read_layers, start_network
from encoder_targets import Lesson
from fit_audit import FITTED_ON
from fit_encoder import (
    KEPT,
    PACE_OF_QUESTIONS,
    SEED,
    SHIPPED,
    TAUGHT_ARTICLES,
    WARMING,
    School,
    find_loss_of,
    start_descent,
    step_down,
    write_learnt,
)
from fit_senses import LEXICON
from pactwatch.coder.network_coder import QUESTIONS_FILE
from pactwatch.encoder.base import INSTALL, VOCABULARY, find_base
from pactwatch.encoder.weights import count_layers, read_tensors
from pactwatch.encoder.wordpieces import Wordpieces
from senses_network import EventModule, PartyModule, WordModule, find_loss, find_word_loss
from word_lessons import (
    DROPPED,
    WordLesson,
    deal_windows,
    load_questions,
    make_word_lessons,
    read_taught,
    vectors_of_words,
)

STAYING = 4
"""The lowest layers, which stay as they are."""
NEW = ("train_ai", "train_aj", "train_al")
"""What the network before had met least or not at all; all of it is read, as often as there is time."""
AGAIN = {"train_aa": 0.4, "train_ab": 0.4, "train_ac": 1.0, "train_ad": 1.0, "train_af": 1.0, "train_ag": 1.0}
"""The share of the articles of the last hands before that is read again; of the other files it is ``OLD``."""
OLD, OLD_EXAMPLES, OLD_CODED = 0.15, 0.2, 0.6
"""The share of old articles, examples, and coded documents that is read again."""
STEPS = {"new": 0.38, "last": 0.30, "old": 0.12, "coded": 0.20}
"""Of a hundred steps how many are of each."""
PACE, MINUTES = 5e-4, 76.0
WAY = 0.5
"""How far it goes from the network before: halfway to what was learnt keeps what either knew (Wortsman et al. 2022)."""


class Upper:
    """The network, of which the layers above the staying ones learn."""

    def __init__(self, base: Path, learnt: Path) -> None:
        self.learnt: Tensors = {name: table.float() for name, table in load_file(learnt).items()}
        kept, _ = start_network(base, count_layers(self.learnt))
        self.kept = halve(kept)
        for name, table in self.learnt.items():
            table.requires_grad_(requires_grad=not _stays(name))

    def read(self, step: Sequence[Sequence[int]]) -> Tensor:
        """The vectors of the pieces of padded windows."""
        pieces = pad_pieces(step)
        lower, upper = range(STAYING), range(STAYING, count_layers(self.learnt))
        with quickly():
            with torch.no_grad():
                vectors = embed(self.kept, self.learnt, pieces, learning=True)
                vectors = read_layers(self.kept, self.learnt, vectors, pieces, lower, learning=False)
            return read_layers(self.kept, self.learnt, vectors.float(), pieces, upper, learning=True).float()


def _stays(name: str) -> bool:
    return name.startswith("embeddings") or (name.startswith("layer.") and int(name.split(".")[1]) < STAYING)


class Coder:
    """The coder's questions as they are shipped, which do not learn."""

    def __init__(self) -> None:
        tables, told = read_tensors(LEXICON / QUESTIONS_FILE)
        self.outcomes: list[str] = told["outcomes"]
        self._modules = {
            lead: module(UNITS, len(self.outcomes), DROPPED)
            for lead, module in (("event.", EventModule), ("party.", PartyModule), ("word.", WordModule))
        }
        load_questions(self._modules, {name: torch.tensor(table) for name, table in tables.items()})
        for module in self._modules.values():
            module.requires_grad_(requires_grad=False)

    def find_loss(self, vectors: Tensor, step: Sequence[WordLesson]) -> Tensor:
        """What the answers to the windows of coded documents err by, a mention."""
        events, parties, words = self._modules.values()
        studies, told = [one.study for one in step], vectors_of_words(vectors, step)
        return find_loss(events, parties, studies, told) + find_word_loss(words, studies, told)


def gather(coder: Coder, vocabulary: Wordpieces, dealer: random.Random) -> dict[str, list[Any]]:
    """Everything that is read, by what it is."""
    school = School(vocabulary)
    old = {name: OLD for name in FITTED_ON if name not in (*NEW, *AGAIN, KEPT)}
    parts = {"new": dict.fromkeys(NEW, 1.0), "last": AGAIN, "old": old}
    lessons: dict[str, list[Any]] = {
        part: [one for file in files.items() for one in _read(school, *file, dealer)] for part, files in parts.items()
    }
    lessons["old"] += [one for one in school.read_examples() if dealer.random() < OLD_EXAMPLES]
    coded = read_taught([LABELLED / f"{name}.jsonl" for name in sorted(TAUGHT_ARTICLES - {KEPT})])
    coded = [one for one in coded if dealer.random() < OLD_CODED]
    return lessons | {"coded": make_word_lessons(coded, vocabulary, coder.outcomes)}


def _read(school: School, name: str, share: float, dealer: random.Random) -> Iterator[Any]:
    for line in (LABELLED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        if dealer.random() < share:
            yield from school.read_article(json.loads(line))


def learn(upper: Upper, coder: Coder, read: dict[str, list[Any]], dealer: random.Random, minutes: float) -> None:
    """Step down until the time is over, in smaller and smaller steps."""
    open_ones = {name: table for name, table in upper.learnt.items() if table.requires_grad}
    descent, inner, ends = start_descent(open_ones, PACE)
    dealt = {part: _deal_on(some, dealer) for part, some in read.items()}
    started = time.monotonic()
    while (over := (time.monotonic() - started) / (60 * minutes)) < 1:
        (part,) = dealer.choices([*STEPS], [*STEPS.values()])
        step = next(dealt[part])
        vectors = upper.read([_pieces(one) for one in step])
        told = coder.find_loss(vectors, step) if part == "coded" else find_loss_of(upper.learnt, vectors, step)
        share = min(1.0, over / WARMING + 0.02) * (1 - over)
        step_down(descent, [*inner, *ends], [PACE * share, PACE_OF_QUESTIONS * share], told)


def _pieces(lesson: Lesson | WordLesson) -> tuple[int, ...]:
    return lesson.pieces if isinstance(lesson, WordLesson) else lesson.window.pieces


def _deal_on(some: Sequence[Any], dealer: random.Random) -> Iterator[list[Any]]:
    while True:
        yield from deal_windows(some, dealer, lambda one: len(_pieces(one)))


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    arguments = parser.parse_args()
    base = find_base()
    if base is None:
        sys.exit(f"fitting needs the base: {INSTALL}")
    torch.manual_seed(SEED)
    dealer, upper, coder = random.Random(SEED), Upper(base, SHIPPED), Coder()
    read = gather(coder, Wordpieces.from_file(base / VOCABULARY), dealer)
    print({part: len(some) for part, some in read.items()}, flush=True)
    learn(upper, coder, read, dealer, arguments.minutes)
    before = load_file(SHIPPED)
    write_learnt(
        arguments.out, {name: before[name] + WAY * (table - before[name]) for name, table in upper.learnt.items()}
    )
    print(f"wrote {arguments.out}")


if __name__ == "__main__":
    main()
