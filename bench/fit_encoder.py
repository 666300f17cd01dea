"""Refits what the audit's network has learnt on top of its base.

    python bench/fit_encoder.py                                        writes lexicons/en/encoder.safetensors
    python bench/fit_encoder.py --leave train_q,train_t --out FILE     fits without those files, into FILE

It learns from the labelled articles of ``bench/audit`` (those of ``fit_audit.py`` but one writer's that is kept to
choose by) and from the examples of the audit's words, in three stages: the lowest layers first, then all of them with
new questions on top, then these again with smaller steps. In a fourth it learns the coder's questions beside the
audit's, from the documents of ``bench/coded`` and the articles whose events were coded. It needs PyTorch (``pip install
torch==2.13.0``; some five and a half hours on two cores that reckon in half precision) and the base's packages; the
audit itself does not need PyTorch. Fits on other machines differ in the last digits.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import torch  # type: ignore[import-not-found,unused-ignore]
from safetensors.torch import save_file
from torch.nn import functional  # type: ignore[import-not-found,unused-ignore]

from audit_examples import EXAMPLES_PUBLISHED, read_examples, read_sentences
from audit_scores import LABELLED, make_document, place_labels, spans_of
from bench_unseen import LEFT_OUT
from encoder_network import (
    SCALE,
    Tensor,
    Tensors,
    answer,
    halve,
    is_open,
    pad,
    pad_pieces,
    quickly,
    read_pieces,
    start_network,
    sum_up,
    weigh_roles,
)
from encoder_targets import ROLES, SEVERAL, SINGLE, WORTH, Label, Lesson, holding, make_lessons, name_of
from fit_audit import FITTED_ON, SENTENCES
from pactwatch.audit.reading import SeenArticle, read_audit_lexicon, see_article
from pactwatch.audit.reading.senses import ONE_HAS
from pactwatch.audit.reading.sensing import lay_out
from pactwatch.casebook import find_casebook
from pactwatch.coder.grammar import open_coder
from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.encoder.base import BASE, INSTALL, VOCABULARY, find_base
from pactwatch.encoder.weights import LEARNT_FILE
from pactwatch.encoder.windows import lay_windows
from pactwatch.encoder.wordpieces import Wordpieces
from word_lessons import WordLesson, WordTeacher, deal_windows, make_word_lessons, mix, read_taught

PACE_OF_QUESTIONS, DECAY, WARMING, SLOWEST = 1e-3, 0.01, 0.06, 0.02
SMOOTHED, LARGEST_STEP, DECAY_OF_WORDS = 0.05, 1.0, 0.05
EXAMPLE_WEIGHT = 3.0
SEED = 0
KEPT = "train_w"
"""The writer that the shipped network has not learnt from: how much it counts beside the weights is chosen on it."""
TAUGHT_ARTICLES = frozenset(FITTED_ON) - frozenset(LEFT_OUT)
"""Files whose coded events it learns from; the others' are kept to measure on."""
SHIPPED = BASE_LEXICONS / "en" / LEARNT_FILE


@dataclass(frozen=True)
class Stage:
    """How many of the base's layers learn together, how often every article is read, and the steps' largest size.

    ``taught`` is how often every coded document is read.
    """

    layers: int
    rounds: float
    pace: float
    taught: float = 0.0


STAGES = (Stage(9, 2.2, 6e-4), Stage(12, 2.0, 5e-4), Stage(12, 3.0, 3.5e-4), Stage(12, 1.3, 3e-4, taught=2.0))
"""A stage starts with what the one before has learnt, and asks its questions anew where it has more layers."""


class School:
    """Makes lessons of labelled articles and examples."""

    def __init__(self, vocabulary: Wordpieces) -> None:
        self.lexicon, self.coder = read_audit_lexicon(), open_coder(find_casebook("japan-asean"))
        self.vocabulary = vocabulary

    def read_file(self, path: Path) -> Iterator[Lesson]:
        """The lessons of a file of labelled articles."""
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from self.read_article(json.loads(line))

    def read_article(self, told: Mapping[str, Any]) -> list[Lesson]:
        """The lessons of one labelled article."""
        article = self._see(told["text"], told["title"], date.fromisoformat(told["published"]))
        labels: dict[int, Label] = {}
        for row, label in place_labels(told, spans_of(article.sentences)):
            labels.setdefault(row, label)
        return self._lay(article, labels)

    def read_examples(self) -> Iterator[Lesson]:
        """The lessons of the examples of words and of single sentences."""
        for text, title, label in read_examples():
            article = self._see(text, title, EXAMPLES_PUBLISHED)
            yield from self._lay(article, {len(article.sentences) - 1: label}, EXAMPLE_WEIGHT)
        for text, label in read_sentences(LABELLED / SENTENCES):
            yield from self._lay(self._see(text, "", EXAMPLES_PUBLISHED), {0: label}, EXAMPLE_WEIGHT)

    def _see(self, text: str, title: str, published: date) -> SeenArticle:
        return see_article(make_document(text, title, published), self.coder, self.lexicon)

    def _lay(self, article: SeenArticle, labels: Mapping[int, Label], weight: float = 1.0) -> list[Lesson]:
        return make_lessons(lay_windows(*lay_out(article), self.vocabulary), labels, weight)


def deal_steps(lessons: Sequence[Lesson], dealer: random.Random) -> list[list[Lesson]]:
    """All lessons in chance order, as steps."""
    return deal_windows(lessons, dealer, lambda one: len(one.window.pieces))


def find_loss(kept: Tensors, learnt: Tensors, step: Sequence[Lesson]) -> Tensor:
    """What all answers to a step's windows err by."""
    with quickly():
        vectors = read_pieces(kept, learnt, pad_pieces([one.window.pieces for one in step]), learning=True)
    return find_loss_of(learnt, vectors.float(), step)


def find_loss_of(learnt: Tensors, vectors: Tensor, step: Sequence[Lesson]) -> Tensor:
    """What all answers to a step's windows err by, with the vectors of their pieces."""
    _, slots, most = pad(step)
    sentences = sum_up(vectors, slots, most, learning=True)
    labels = [[*one.labels, *[None] * (most - len(one.labels))] for one in step]
    weights = torch.tensor([one.weight for one in step])[:, None].expand(-1, most)
    loss = torch.zeros(())
    for question in SINGLE:
        told = torch.tensor([[name_of(question, label) for label in row] for row in labels])
        loss = loss + WORTH[question] * _loss_of_names(answer(learnt, sentences, question), told, weights)
    for question in SEVERAL:
        rows = [[holding(question, label) for label in row] for row in labels]
        loss = loss + WORTH[question] * _loss_of_several(answer(learnt, sentences, question), rows, weights)
    return loss + _loss_of_roles(learnt, vectors, sentences, step)


def _loss_of_names(scores: Tensor, told: Tensor, weights: Tensor) -> Tensor:
    each = functional.cross_entropy(
        scores.flatten(0, 1), told.flatten(), ignore_index=-1, reduction="none", label_smoothing=SMOOTHED
    )
    return (each * weights.flatten()).sum() / (weights * (told >= 0)).sum().clamp(min=1)


def _loss_of_several(scores: Tensor, told: Sequence[Sequence[list[float] | None]], weights: Tensor) -> Tensor:
    is_told = torch.tensor([[one is not None for one in row] for row in told])
    nothing = [0.0] * scores.shape[-1]
    want = torch.tensor([[one or nothing for one in row] for row in told])
    each = functional.binary_cross_entropy_with_logits(scores, want, reduction="none").mean(-1)
    weights = weights * is_told
    return (each * weights).sum() / weights.sum().clamp(min=1)


def _loss_of_roles(learnt: Tensors, vectors: Tensor, sentences: Tensor, step: Sequence[Lesson]) -> Tensor:
    """What the roles err by; here every lesson counts alike."""
    losses: dict[str, list[Tensor]] = {role: [] for role in ROLES}
    for row, one in enumerate(step):
        codes, scores = weigh_roles(learnt, vectors[row], sentences[row], one)
        for slot, label in enumerate(one.labels if codes else ()):
            params = (label or {}).get("params", {})
            for place, role in enumerate(ROLES):
                if role in params and (loss := _loss_of_role(role, params, codes, scores[place, slot])) is not None:
                    losses[role].append(loss)
    means = {role: torch.stack(told).mean() for role, told in losses.items() if told}
    return sum((WORTH[role] * mean for role, mean in means.items()), torch.zeros(()))


def _loss_of_role(role: str, params: Mapping[str, Any], codes: Sequence[str], scores: Tensor) -> Tensor | None:
    there = is_open(scores)
    if role in ONE_HAS:
        place = codes.index(params[role]) if params[role] in codes else -1
        return -functional.log_softmax(scores, -1)[place] if place >= 0 and there[place] else None
    asked = there & torch.tensor([code != params.get("focus") for code in codes])
    want = torch.tensor([float(code in params[role]) for code in codes])
    each = functional.binary_cross_entropy_with_logits(scores, want, reduction="none")
    return each[asked].mean() if asked.any() else None


def learn(base: Path, lessons: Sequence[Lesson], stages: Sequence[Stage], taught: Sequence[WordLesson] = ()) -> Tensors:
    """What is learnt of the lessons, stage by stage."""
    learnt: Tensors = {}
    for number, stage in enumerate(stages):
        learnt = _learn(base, lessons, taught, stage, learnt, SEED + number)
    return learnt


def _learn(
    base: Path, lessons: Sequence[Lesson], taught: Sequence[WordLesson], stage: Stage, before: Tensors, seed: int
) -> Tensors:
    torch.manual_seed(seed)
    dealer = random.Random(seed)
    kept, learnt = start_network(base, stage.layers)
    asked = () if f"layer.{stage.layers - 1}.up.b" in before else ("head.", "role.")
    learnt |= {name: tensor.detach() for name, tensor in before.items() if not name.startswith(asked)}
    kept = halve(kept)
    count = int(len(deal_steps(lessons, random.Random(SEED))) * stage.rounds)
    words = WordTeacher(kept, learnt, taught, dealer, stage.taught) if stage.taught else None
    descent, inner, ends = start_descent(learnt, stage.pace)
    if words is not None:
        descent.add_param_group({"params": words.numbers, "lr": PACE_OF_QUESTIONS, "weight_decay": DECAY_OF_WORDS})
    losses: list[Callable[[], Tensor]] = [
        partial(find_loss, kept, learnt, step) for step in _steps(lessons, dealer, count)
    ]
    losses = mix(losses, words.steps(learnt) if words is not None else [])
    print(
        f"{len(lessons)} windows, {len(losses)} steps, {sum(one.numel() for one in learnt.values())} numbers",
        flush=True,
    )
    _descend(descent, [*inner, *ends, *(words.numbers if words is not None else [])], losses)
    return learnt


def _descend(descent: Any, numbers: Sequence[Tensor], steps: Sequence[Callable[[], Tensor]]) -> None:
    paces = [group["lr"] for group in descent.param_groups]
    errors: deque[float] = deque(maxlen=50)
    started, count = time.monotonic(), len(steps)
    for number, step in enumerate(steps, start=1):
        share = min(1.0, number / (WARMING * count)) * max(SLOWEST, 1 - (number - 1) / count)
        loss = step()
        step_down(descent, numbers, [pace * share for pace in paces], loss)
        errors.append(float(loss.detach()))
        if number % 50 == 0:
            mean = sum(errors) / len(errors)
            print(f"step {number}: loss {mean:.3f}, {time.monotonic() - started:.0f} s", flush=True)


def step_down(descent: Any, numbers: Sequence[Tensor], paces: Sequence[float], loss: Tensor) -> None:
    """One step against a loss, at the pace of each group of numbers."""
    for group, pace in zip(descent.param_groups, paces, strict=True):
        group["lr"] = pace
    descent.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(numbers, LARGEST_STEP)
    descent.step()


def start_descent(learnt: Tensors, pace: float) -> tuple[Any, list[Tensor], list[Tensor]]:
    """What steps down, and the numbers that it moves: those of the network and those of its questions."""
    for tensor in learnt.values():
        tensor.requires_grad_(True)
    ends = [tensor for name, tensor in learnt.items() if name.startswith("head.")]
    inner = [tensor for name, tensor in learnt.items() if not name.startswith("head.")]
    groups = [{"params": inner, "lr": pace}, {"params": ends, "lr": PACE_OF_QUESTIONS}]
    return torch.optim.AdamW(groups, weight_decay=DECAY), inner, ends


def _steps(lessons: Sequence[Lesson], dealer: random.Random, count: int) -> Iterator[list[Lesson]]:
    while count > 0:
        for step in deal_steps(lessons, dealer)[:count]:
            count -= 1
            yield step


def write_learnt(path: Path, learnt: Tensors) -> None:
    """Write what was learnt, in half precision, with what it needs to be told by."""
    told = {
        "what": "what the audit's network has learnt; written by bench/fit_encoder.py, not by hand",
        "base": BASE,
        "scale": SCALE,
        "single": SINGLE,
        "several": SEVERAL,
        "roles": ROLES,
    }
    tensors = {name: tensor.detach().to(torch.float16).contiguous() for name, tensor in learnt.items()}
    save_file(tensors, path, {name: json.dumps(value) for name, value in told.items()})
    path.chmod(0o644)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leave", default=KEPT, help="files that are left out, by name, with commas between")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    base = find_base()
    if base is None:
        sys.exit(f"fitting needs the base: {INSTALL}")
    left = [name.strip() for name in arguments.leave.split(",") if name.strip()]
    if unknown := sorted(set(left) - set(FITTED_ON)):
        parser.error(f"no such files to leave out: {', '.join(unknown)}; there are {', '.join(FITTED_ON)}")
    if left != [KEPT] and arguments.out == SHIPPED:
        parser.error(f"the network to ship leaves out {KEPT} and nothing else: say --out FILE")
    school = School(Wordpieces.from_file(base / VOCABULARY))
    paths = [path for name in FITTED_ON if name not in left and (path := LABELLED / f"{name}.jsonl").is_file()]
    lessons = [lesson for path in paths for lesson in school.read_file(path)]
    lessons += school.read_examples()
    taught = make_word_lessons(read_taught([path for path in paths if path.stem in TAUGHT_ARTICLES]), school.vocabulary)
    write_learnt(arguments.out, learn(base, lessons, STAGES, taught))
    print(f"wrote {arguments.out}")


if __name__ == "__main__":
    main()
