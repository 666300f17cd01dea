"""Writes what PyTorch makes of a short article with the shipped network, for the test that NumPy makes the same of it.

    python bench/golden_encoder.py      writes tests/golden/encoder.json

Run it after ``fit_encoder.py``; it needs PyTorch, as that does.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import torch  # type: ignore[import-not-found,unused-ignore]
from safetensors.torch import load_file

from encoder_network import Tensor, Tensors, answer, pad, read_pieces, start_network, sum_up, weigh_roles
from encoder_targets import ROLES, SINGLE, make_lessons
from fit_encoder import SHIPPED
from pactwatch.audit.reading.senses import NOBODY
from pactwatch.encoder import Line, lay_windows
from pactwatch.encoder.base import VOCABULARY, find_base
from pactwatch.encoder.weights import count_layers
from pactwatch.encoder.wordpieces import Wordpieces

GOLDEN = Path(__file__).parents[1] / "tests" / "golden" / "encoder.json"
TITLE = Line("Tokyo and Manila draw closer", named=((0, 5, ("JPN",)), (10, 16, ("PHL",))))
LINES = (
    Line(
        "Japan has signed more agreements with the Philippines since 2016 than with Vietnam.",
        0,
        True,
        ((0, 5, ("JPN",)),),
    ),
    Line("Its drills have moved from port calls to combined manoeuvres.", 0, True),
    Line("Cakes are baked for an hour.", 1, False),
    Line("Will Hanoi follow?", 2, True, ((5, 10, ("VNM",)),)),
)
_NEVER = -50.0
"""What nobody weighs who is only named later."""
QUESTIONS = ("class", "kind", "stance", "direction")


def main() -> None:
    """Read with PyTorch and write."""
    base = find_base()
    if base is None:
        sys.exit("the base is not installed")
    learnt = {name: tensor.float() for name, tensor in load_file(SHIPPED).items()}
    kept, _ = start_network(base, count_layers(learnt))
    windows = lay_windows(TITLE, LINES, Wordpieces.from_file(base / VOCABULARY))
    lessons = make_lessons(windows, {row: {} for row in range(len(LINES))})
    with torch.no_grad():
        pieces, slots, most = pad(lessons)
        vectors = read_pieces(kept, learnt, pieces, learning=False)
        sentences = sum_up(vectors, slots, most, learning=False)
        told = {
            row: _tell(learnt, vectors[place], sentences[place], lesson, slot)
            for place, lesson in enumerate(lessons)
            for slot, row in enumerate(lesson.window.rows)
            if row >= 0
        }
    article = [asdict(line) for line in (TITLE, *LINES)]
    golden = {"article": article, "answers": [told[row] for row in sorted(told)]}
    GOLDEN.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {GOLDEN}")


def _tell(learnt: Tensors, vectors: Tensor, sentences: Tensor, lesson: Any, slot: int) -> dict[str, dict[str, float]]:
    told = {}
    for question in QUESTIONS:
        shares = torch.log_softmax(answer(learnt, sentences[slot], question), -1)
        told[question] = dict(zip(SINGLE[question], _round(shares), strict=True))
    codes, scores = weigh_roles(learnt, vectors, sentences, lesson)
    focus = torch.log_softmax(torch.cat([torch.zeros(1), scores[ROLES.index("focus"), slot]]), -1)
    named = zip([NOBODY, *codes], _round(focus), strict=True)
    told["focus"] = {code: share for code, share in named if share > _NEVER}
    return told


def _round(shares: Tensor) -> list[float]:
    return [round(share, 5) for share in shares.tolist()]


if __name__ == "__main__":
    main()
