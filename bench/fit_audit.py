"""Refits the weights by which the audit chooses class and kind, or scores them by leaving articles out.

    python bench/fit_audit.py              writes src/pactwatch/lexicons/en/audit/weights.json
    python bench/fit_audit.py --leave-out  fits without each eighth of the articles in turn and scores on it

It learns from the labelled articles of ``bench/audit`` (``FITTED_ON``) and from the examples of the audit's words.
Articles are dealt into folds in the order of their names; the same files give the same weights. Scores are of these
weights alone, without the network that is weighed beside them (``fit_encoder.py``).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads only wait for one another on tables this small

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from audit_examples import EXAMPLES_PUBLISHED, read_examples, read_sentences
from audit_picks import Choice, fit_picks, record_choices
from audit_scores import LABELLED, Judged, make_document, place_labels, read_labelled, spans_of
from bench_audit import open_places, open_reader, print_scores
from pactwatch.audit.reading import AuditLexicon, Places, read_audit_lexicon, see_article
from pactwatch.audit.reading.chances import WEIGHTS_FILE, Chooser, write_weights
from pactwatch.audit.reading.looks import CLASS, KIND, SECOND, Look, Spot, find_spot, look_alone, numbers_around
from pactwatch.audit.reading.reader import features_of
from pactwatch.casebook import find_casebook
from pactwatch.coder.grammar import GrammarCoder, open_coder
from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.coder.linear import Features
from pactwatch.coder.regression import Origin, Table
from word_meanings import Meanings

HANDS = (*"abcdefghijklmnopqrstuvwxyz", "aa", "ab", "ac", "ad", "af", "ag", "ai", "aj", "al")
FITTED_ON = ("dev", "test", *(f"train_{hand}" for hand in HANDS))
"""The files that are fitted on, of those that are there; neither the held-out ones nor those to develop on ever are."""
DENSE = frozenset(f"train_{hand}" for hand in "efghij")
"""Files whose writers were asked for claims that can be tested, in unusual words. They hold more of both
than most prose, so their sentences count half."""
SENTENCES = "sentences.tsv"
FOLDS = 8
GUESSES = 4
"""Parts of the articles, each of whose classes are guessed by a model of the others."""
ONE_HAND = {"test": "dev"}
"""Files by the writer of another."""
PENALTIES = {CLASS: 5.0, KIND: 1.6, "direction": 1.0, CLASS + SECOND: 10.0, KIND + SECOND: 10.0}
ALONE = (CLASS, KIND, "direction")
"""The choosers that look at a sentence by itself."""
MEANT = (CLASS, KIND)
"""The choosers whose weights carry over to words of like meaning."""
LINES = {CLASS: 0.3, KIND: 0.3, "direction": 0.5, CLASS + SECOND: 0.3, KIND + SECOND: 0.4}
"""The chance from which on a name is taken, chosen by leaving writers out."""
RAREST = 2
TOLERANCE = 1e-5
SMALLEST_KEPT = 0.1
DIGITS = 2
EXAMPLE_WEIGHT = {CLASS: 16.0, KIND: 20.0, "direction": 1.0}
"""What an example of a word counts against a sentence of an article."""


@dataclass(frozen=True)
class Taught:
    """One labelled sentence: its article (empty for an example), its own features, where it stands, and its label."""

    article: str
    features: tuple[str, ...]
    label: dict[str, Any]
    spot: Spot = field(default_factory=Spot)

    @property
    def weight(self) -> float:
        """What a sentence of an article counts."""
        return 0.5 if _hand_of(self.article) in DENSE else 1.0

    def answer(self, name: str) -> str:
        """What a chooser must answer; empty where the sentence teaches it nothing."""
        name = name.removesuffix(SECOND)
        if name == "class":
            return str(self.label["class"])
        if self.label["class"] not in ("claim", "perception"):
            return ""
        if name == "kind":
            return self.label["kind"] or ""
        return str(self.label.get("params", {}).get(name, ""))


class Teacher:
    """Reads labelled articles and examples into features."""

    def __init__(self, lexicon: AuditLexicon, coder: GrammarCoder, places: Places) -> None:
        self.lexicon, self.coder, self.places = lexicon, coder, places
        self.taught, self.choices = list[Taught](), list[Choice]()

    def add_file(self, path: Path) -> None:
        """Every labelled sentence of a file; its name is the beginning of its articles' names."""
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            document = make_document(article["text"], article["title"], date.fromisoformat(article["published"]))
            whole = see_article(document, self.coder, self.lexicon)
            seen = whole.sentences
            told = features_of(seen, self.lexicon)
            name = f"{path.stem}/{article['id']}"
            labels: dict[int, dict[str, Any]] = {}
            for row, label in place_labels(article, spans_of(seen)):
                labels.setdefault(seen[row].number, label)
                self.taught.append(Taught(name, tuple(told[row]), label, find_spot(seen[row], self.lexicon)))
            self.choices += record_choices(name, whole, labels, self.lexicon, self.places)

    def add_examples(self) -> None:
        """The examples of the audit's words and its plain sentences, as what they are read as."""
        for text, title, label in read_examples():
            document = make_document(text, title, EXAMPLES_PUBLISHED)
            whole = see_article(document, self.coder, self.lexicon)
            seen = whole.sentences
            self.taught.append(Taught("", tuple(features_of(seen, self.lexicon)[-1]), label))
            self.choices += record_choices("", whole, {seen[-1].number: label}, self.lexicon, self.places)

    def add_sentences(self, path: Path) -> None:
        """Single sentences, a line each: its class, its kind where it has one, a tab, and the sentence."""
        for text, label in read_sentences(path):
            seen = see_article(make_document(text, "", EXAMPLES_PUBLISHED), self.coder, self.lexicon).sentences[:1]
            (features,) = features_of(seen, self.lexicon)
            self.taught.append(Taught("", tuple(features), label))


def fit_choosers(taught: Sequence[Taught]) -> dict[str, Chooser]:
    """The choosers. Those of the second look learn on first looks by models of other articles, and not on examples."""
    alone = [Features(list(one.features)) for one in taught]
    choosers = {name: _fit(name, taught, alone) for name in ALONE}
    looks = _look_apart(taught, alone)
    rows = [row for row, one in enumerate(taught) if one.article]
    told = [taught[row] for row in rows]
    around = _look_around(told, [looks[row] for row in rows])
    return choosers | {name + SECOND: _fit(name + SECOND, told, around) for name in (CLASS, KIND)}


def _look_apart(taught: Sequence[Taught], alone: Sequence[Features]) -> dict[int, Look]:
    """The first look at every sentence of an article, by its row, by models that have not seen its article."""
    folds = deal([one.article for one in taught], GUESSES)
    looks: dict[int, Look] = {}
    for fold in range(GUESSES):
        rows = [row for row, one in enumerate(taught) if folds[one.article] != fold]
        choosers = {name: _fit(name, [taught[row] for row in rows], [alone[row] for row in rows]) for name in MEANT}
        for row, one in enumerate(taught):
            if folds[one.article] == fold:
                looks[row] = look_alone(one.features, one.spot, choosers)
    return looks


def _look_around(taught: Sequence[Taught], looks: Sequence[Look]) -> list[Features]:
    """What the second look weighs, for every sentence."""
    numbers: list[dict[str, float]] = []
    for _, rows in groupby(range(len(taught)), key=lambda row: taught[row].article):
        places = list(rows)
        numbers += numbers_around([looks[row] for row in places], [taught[row].spot for row in places])
    return [Features([], one) for one in numbers]


def _fit(name: str, every: Sequence[Taught], given: Sequence[Features]) -> Chooser:
    """A chooser fitted on the sentences that teach it something."""
    rows = [row for row, one in enumerate(every) if one.answer(name)]
    taught, features = [every[row] for row in rows], [given[row] for row in rows]
    articles = {article: place for place, article in enumerate(sorted({one.article for one in taught}))}
    origins = [Origin(articles[one.article] if one.article else -place) for place, one in enumerate(taught, start=1)]
    meanings = open_meanings() if name in MEANT else None
    if meanings:
        features = [Features(one.plain, meanings.sum_of(one.plain)) for one in features]
    table = Table(features, origins, rarest=RAREST)
    weights = np.array([one.weight if one.article else EXAMPLE_WEIGHT[name] for one in taught])
    answers = [one.answer(name) for one in taught]
    models = table.fit_names(answers, weights, penalty=PENALTIES[name], tolerance=TOLERANCE)
    if meanings:
        words = sorted(
            {told.removeprefix("word:") for one in features for told in one.plain if told.startswith("word:")}
        )
        models = {key: meanings.fold(model, words) for key, model in models.items()}
    return _shorten(Chooser.from_models(models, LINES[name]), SMALLEST_KEPT if name in ALONE else 0.0)


@cache
def open_meanings() -> Meanings:
    """The word vectors, read once."""
    return Meanings()


def _shorten(chooser: Chooser, smallest: float) -> Chooser:
    """The same chooser with rounded weights; features that weigh less than ``smallest`` for every name are left out."""
    rows = {
        name: tuple(round(weight, DIGITS) for weight in row)
        for name, row in chooser.rows.items()
        if max(map(abs, row)) >= smallest
    }
    return replace(chooser, biases=tuple(round(bias, 4) for bias in chooser.biases), rows=rows)


def deal(articles: Collection[str], count: int = FOLDS) -> dict[str, int]:
    """The fold of each article, of ``count``; examples belong to none."""
    names = sorted({name for name in articles if name})
    return {"": -1} | {name: place % count for place, name in enumerate(names)}


def deal_hands(articles: Collection[str]) -> dict[str, int]:
    """The fold of each article where each fold is one writer's articles."""
    names = sorted({name for name in articles if name})
    hands = sorted({_hand_of(name) for name in names})
    return {"": -1} | {name: hands.index(_hand_of(name)) for name in names}


def _hand_of(article: str) -> str:
    file = article.split("/", maxsplit=1)[0]
    return ONE_HAND.get(file, file)


def leave_out(teacher: Teacher, paths: Sequence[Path], folds: Mapping[str, int]) -> list[Judged]:
    """Every sentence as it is read by weights that were fitted without its fold."""
    lexicons = []
    for fold in range(max(folds.values()) + 1):
        kept = [place for place, one in enumerate(teacher.taught) if folds[one.article] != fold]
        taught = [teacher.taught[place] for place in kept]
        pickers = fit_picks([one for one in teacher.choices if folds[one.article] != fold])
        # the network has learnt all articles: what it says of one that is left out would be no guess
        lexicons.append(replace(teacher.lexicon, choosers=fit_choosers(taught), pickers=pickers, encoder=None))
    texts = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            texts[article["text"]] = lexicons[folds[f"{path.stem}/{article['id']}"]]
    read: Callable[..., Any] = open_reader(texts.__getitem__)
    return [one for path in paths for one in read_labelled(path, read)]


def main() -> None:
    """Fit and write, or score by leaving articles out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leave-out", action="store_true", help="score on articles left out instead of writing")
    parser.add_argument("--leave-hand", action="store_true", help="the same, leaving all articles of a writer out")
    arguments = parser.parse_args()
    paths = [path for name in FITTED_ON if (path := LABELLED / f"{name}.jsonl").is_file()]
    teacher = Teacher(read_audit_lexicon(), open_coder(find_casebook("japan-asean")), open_places())
    for path in paths:
        teacher.add_file(path)
    teacher.add_examples()
    teacher.add_sentences(LABELLED / SENTENCES)
    articles = [one.article for one in teacher.taught]
    if arguments.leave_out:
        print_scores("left out", leave_out(teacher, paths, deal(articles)))
    if arguments.leave_hand:
        judged = leave_out(teacher, paths, deal_hands(articles))
        for hand in sorted({_hand_of(one.article) for one in judged}):
            print_scores(f"left out: {hand}", [one for one in judged if _hand_of(one.article) == hand])
        print_scores("left out: each writer", judged)
    if arguments.leave_out or arguments.leave_hand:
        return
    choosers = fit_choosers(teacher.taught)
    pickers = fit_picks(teacher.choices)
    told = {
        "what": "weights by which the audit chooses class and kind; written by bench/fit_audit.py, not by hand",
        "sentences": len(teacher.taught),
    }
    target = BASE_LEXICONS / "en" / "audit" / WEIGHTS_FILE
    write_weights(target, choosers, pickers, told)
    print(f"{target.name}: {len(teacher.taught)} sentences, {sum(len(one.rows) for one in choosers.values())} features")


if __name__ == "__main__":
    main()
