"""Fits the questions that the coder asks of the language network, and keeps what the coder's weights are fitted beside.

    python bench/fit_senses.py FOLDER CODED.jsonl... [--extra MORE.jsonl...] [--articles LONG.jsonl...]

writes ``senses.safetensors`` to the lexicon, and to FOLDER the vectors of all words (some 4 GB) with the questions
fitted without each fold of writers; ``fit_coder.py --network FOLDER`` goes on from there. The files are those of
``fit_coder.py``, whose weights without a network must be fitted first, since their gate says which candidates are
asked. It needs PyTorch (``pip install torch==2.13.0``); some ninety minutes on two cores, an hour of it to read.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
import torch  # type: ignore[import-not-found,unused-ignore]
from safetensors.torch import load_file, save_file

from encoder_network import PRECISION, SCALE, UNITS, Tensor, Tensors, pad_pieces, quickly, read_pieces, start_network
from fit_coder import EXTRA_WEIGHT, key_of, read_coded, read_examples
from pactwatch.casebook import find_casebook
from pactwatch.coder.coded import Coded, folds
from pactwatch.coder.grammar import ARTICLE_WEIGHTS_FILE, LANGUAGE, WEIGHTS_FILE, Grammar, open_lexicon
from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.coder.linear import read_models
from pactwatch.coder.network_coder import QUESTIONS_FILE, lay_out, place_words, take_words
from pactwatch.coder.questions import WordQuestion
from pactwatch.coder.scenes import set_scenes
from pactwatch.coder.senses import propose
from pactwatch.encoder import LEARNT_FILE, Line, lay_windows
from pactwatch.encoder.base import INSTALL, VOCABULARY, find_base
from pactwatch.encoder.weights import count_layers, linear_of
from pactwatch.encoder.wordpieces import Wordpieces
from senses_network import EventModule, PartyModule, Study, WordModule, find_loss, find_word_loss, study

AT_ONCE = 4096
"""Pieces that are read together."""
ROUNDS, PER_STEP, DECAY, DROPPED, WARMING, SLOWEST = 10, 64, 0.05, 0.3, 0.03, 0.02
PACES = {"word": 4e-3, "event": 4e-3, "party": 1e-3}
"""How far a step goes: who takes part is learnt soonest, and by heart from there on."""
ALL = -1
"""In place of a fold: nothing is left out."""
LEXICON = BASE_LEXICONS / LANGUAGE
SEED = 0


def drop_hopeless(documents: Sequence[Coded]) -> None:
    """Leave the candidates that the shipped gates let through."""
    kinds = {
        False: read_models(LEXICON / WEIGHTS_FILE),
        True: read_models(LEXICON / ARTICLE_WEIGHTS_FILE),
    }
    for coded in documents:
        models = kinds[coded.is_article]
        set_scenes(coded.parsed.context, models)
        coded.drop(models["gate"])


class States:
    """Reads documents with the network, in half precision where the processor can."""

    def __init__(self, learnt: Path) -> None:
        base = find_base()
        if base is None:
            sys.exit(f"fitting needs the base: {INSTALL}")
        self.vocabulary = Wordpieces.from_file(base / VOCABULARY)
        self.learnt: Tensors = {name: table.float() for name, table in load_file(learnt).items()}
        self.kept, _ = start_network(base, count_layers(self.learnt))
        for name in [name for name in self.kept if name.startswith("layer.")]:
            change = self.learnt[f"{name}.b"] @ self.learnt[f"{name}.a"] * SCALE
            self.kept[name] = (self.kept[name] + change).to(PRECISION)
            self.learnt[f"{name}.b"] = torch.zeros_like(self.learnt[f"{name}.b"][:, :1])
            self.learnt[f"{name}.a"] = torch.zeros_like(self.learnt[f"{name}.a"][:1])

    def read(self, documents: Sequence[Coded], vectors: np.ndarray, starts: Sequence[int]) -> None:
        """Write the vectors of all words of all documents, each from its start."""
        jobs = []
        for start, coded in zip(starts, documents, strict=True):
            parts = lay_out(coded.document, coded.parsed)
            laid = lay_windows(Line(coded.document.title), [one.line for one in parts], self.vocabulary)
            jobs += [(start, coded, parts, window) for window in laid]
        jobs.sort(key=lambda job: len(job[3].pieces))
        started, done = time.monotonic(), 0
        for some in _run(jobs):
            with torch.no_grad(), quickly():
                found = read_pieces(self.kept, self.learnt, pad_pieces([job[3].pieces for job in some]), learning=False)
            for (start, coded, parts, window), read in zip(some, found.float().numpy(), strict=True):
                placed = place_words(window, parts, coded.parsed, self.vocabulary)
                take_words(vectors[start : start + len(coded.parsed.tokens.words)], placed, read)
            done += len(some)
        print(f"{done} windows read in {time.monotonic() - started:.0f} s", flush=True)


def _run(jobs: Sequence[Any]) -> Iterator[list[Any]]:
    """Windows of like width together."""
    here: list[Any] = []
    for job in jobs:
        if here and len(job[3].pieces) * (len(here) + 1) > AT_ONCE:
            yield here
            here = []
        here.append(job)
    if here:
        yield here


def fit_words(studies: Sequence[Study], vectors: Sequence[np.ndarray], outcomes: int) -> Tensors:
    """The tables of the question that is asked of every word."""
    torch.manual_seed(SEED)
    words = WordModule(UNITS, outcomes, DROPPED)
    _descend({"word": words}, studies, vectors, lambda some, read: find_word_loss(words, some, read))
    return _tables({"word": words})


def fit(studies: Sequence[Study], vectors: Sequence[np.ndarray], outcomes: int) -> Tensors:
    """The tables of the questions that are asked of candidates."""
    torch.manual_seed(SEED)
    events, parties = EventModule(UNITS, outcomes, DROPPED), PartyModule(UNITS, outcomes, DROPPED)
    both = {"event": events, "party": parties}
    _descend(both, studies, vectors, lambda some, read: find_loss(events, parties, some, read))
    return _tables(both)


def _descend(
    modules: dict[str, Any],
    studies: Sequence[Study],
    vectors: Sequence[np.ndarray],
    loss_of: Callable[[Sequence[Study], Sequence[Tensor]], Tensor],
) -> None:
    chance = np.random.default_rng(SEED)
    numbers = [number for one in modules.values() for number in one.parameters()]
    groups = [{"params": [*one.parameters()], "pace": PACES[name]} for name, one in modules.items()]
    descent = torch.optim.AdamW(groups, weight_decay=DECAY)
    a_round = math.ceil(len(studies) / PER_STEP)
    count = ROUNDS * a_round
    for number in range(count):
        if number % a_round == 0:
            order = chance.permutation(len(studies))
        share = min(1.0, (number + 1) / (WARMING * count)) * max(SLOWEST, 1 - number / count)
        for group in descent.param_groups:
            group["lr"] = group["pace"] * share
        here = order[number % a_round * PER_STEP :][:PER_STEP]
        loss = loss_of([studies[one] for one in here], [torch.from_numpy(vectors[one].copy()) for one in here])
        if loss.requires_grad:
            descent.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(numbers, 1.0)
            descent.step()


def _tables(modules: dict[str, Any]) -> Tensors:
    return {
        f"{lead}.{name}": table.detach().clone()
        for lead, one in modules.items()
        for name, table in one.named_parameters()
    }


def deal(documents: Sequence[Coded]) -> list[int]:
    """The fold of each document, as the fits of the weights deal them: all of one writer in the same."""
    fold = {row: number for number, rows in enumerate(folds(documents)) for row in rows}
    return [fold[row] for row in range(len(documents))]


def write_questions(path: Path, tables: Tensors, outcomes: Sequence[str]) -> None:
    """Write questions in half precision, with the outcomes they know."""
    told = {
        "what": json.dumps("what the coder asks of the language network; written by bench/fit_senses.py, not by hand"),
        "outcomes": json.dumps(list(outcomes)),
    }
    save_file({name: table.to(torch.float16).contiguous() for name, table in tables.items()}, path, told)
    path.chmod(0o644)


def read_all(folder: Path, documents: Sequence[Coded], folds: Sequence[int], encoder: Path) -> list[np.ndarray]:
    """The vectors of the words of each document, which stay in the folder with where they are found."""
    sizes = [len(one.parsed.tokens.words) for one in documents]
    starts = [0, *np.cumsum(sizes).tolist()]
    folder.mkdir(parents=True, exist_ok=True)
    vectors = np.lib.format.open_memmap(folder / "vectors.npy", "w+", np.float32, (starts[-1], UNITS))
    States(encoder).read(documents, vectors, starts[:-1])
    places = list(zip(starts, sizes, folds, strict=False))
    index = {key_of(one.document): place for one, place in zip(documents, places, strict=True)}
    (folder / "documents.json").write_text(json.dumps(index), encoding="utf-8")
    return [vectors[start : start + size] for start, size, _ in places]


def fit_folds(folder: Path, documents: Sequence[Coded], folds: Sequence[int], vectors: Sequence[np.ndarray]) -> None:
    """Fit all questions without each fold, and without none; what the words' question proposes is asked as well."""
    outcomes = dict[str, int]()
    studies = [study(one, outcomes) for one in documents]
    rows = {fold: [row for row, other in enumerate(folds) if other != fold] for fold in [*sorted(set(folds)), ALL]}
    words = {}
    for fold, some in rows.items():
        words[fold] = fit_words([studies[row] for row in some], [vectors[row] for row in some], len(outcomes))
        print(f"words without {fold}", flush=True)
    for row, (one, fold) in enumerate(zip(documents, folds, strict=True)):
        _add_proposed(one, vectors[row], words[fold], [*outcomes])
        studies[row] = study(one, outcomes)
    for fold, some in rows.items():
        tables = fit([studies[row] for row in some], [vectors[row] for row in some], len(outcomes))
        target = folder / f"{fold}.safetensors"
        write_questions(target, words[fold] | tables, [*outcomes])
        print(f"{target}: {len(some)} documents", flush=True)


def _add_proposed(coded: Coded, vectors: np.ndarray, words: Tensors, outcomes: Sequence[str]) -> None:
    """Add the candidates that the network proposes, by a question that has not seen the document's writer."""
    tables = {name: table.numpy() for name, table in words.items()}
    question = WordQuestion(linear_of(tables, "word.word"), linear_of(tables, "word.answer"))
    context = coded.parsed.context
    proposed = propose(question, outcomes, vectors, context, coded.candidates)
    coded.keep_only([*coded.candidates, *proposed])


def main() -> None:
    """Read, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--extra", nargs="*", type=Path, default=[])
    parser.add_argument("--articles", nargs="*", type=Path, default=[])
    parser.add_argument("--encoder", type=Path, default=LEXICON / LEARNT_FILE, help="another network's file")
    parser.add_argument("--out", type=Path, default=LEXICON / QUESTIONS_FILE)
    options = parser.parse_args()
    grammar = Grammar(open_lexicon(find_casebook("japan-asean")))
    documents = [one for path in options.files for one in read_coded(path, grammar)]
    documents += [one for path in options.extra for one in read_coded(path, grammar, EXTRA_WEIGHT)]
    documents += [one for path in options.articles for one in read_coded(path, grammar, EXTRA_WEIGHT, is_article=True)]
    drop_hopeless(documents)
    dealt = deal(documents)
    examples = read_examples(grammar)  # read for the coder's weights; the questions do not learn from them
    every = [*documents, *examples]
    vectors = read_all(options.folder, every, [*dealt, *[ALL] * len(examples)], options.encoder)
    fit_folds(options.folder, documents, dealt, vectors[: len(documents)])
    shutil.copyfile(options.folder / f"{ALL}.safetensors", options.out)


if __name__ == "__main__":
    main()
