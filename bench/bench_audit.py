"""How well the audit reads sentences: class, kind, and kind with every parameter, on labelled articles.

The held-out files were not looked at and not fitted on; ``train_ae``, ``train_ah`` and ``train_ak`` not fitted on; all
others were (``fit_audit.py --leave-out`` scores what the weights know by leaving articles out). Where readers labelled
a file's sentences again, what most say counts, and the file's own labels alone are scored below. The alternative
beside each figure is the commonest label for every sentence. Intervals are 95 % by resampling whole articles (2,000
times), since sentences of one article resemble each other.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from audit_scores import HELD_OUT, LABELLED, Judged, make_document, read_labelled, read_readers, relabel
from pactwatch.audit.reading import (
    AuditLexicon,
    Places,
    Reading,
    make_places,
    read_article,
    read_audit_lexicon,
    see_article,
)
from pactwatch.casebook import find_casebook, load_casebook
from pactwatch.coder.network_coder import open_best_coder

RESAMPLES, SEED = 2_000, 20_260_401
ReadArticle = Callable[[str, str, date | None], list[tuple[str, int, int, Reading]]]
Measure = Callable[[Judged], bool | None]

MEASURES: dict[str, Measure] = {
    "class": lambda one: one.is_class_right,
    "stance": lambda one: str(one.read.stance) == one.label["stance"],
    "kind, of all sentences (none for most)": lambda one: one.is_kind_right,
    "kind, of sentences with a kind": lambda one: one.is_kind_right if one.label["kind"] else None,
    "kind, of sentences with a test": lambda one: one.is_kind_right if one.has_kind else None,
    "kind and all parameters, of those": lambda one: (
        one.is_kind_right and not one.wrong_params if one.has_kind else None
    ),
    "the same, either actor first": lambda one: one.is_kind_right and one.is_pair_right if one.has_kind else None,
    "verdict-bearing readings that are right": lambda one: (
        one.is_kind_right if one.read.kind not in ("", "none", "law") and not one.read.lacks else None
    ),
}


def open_places() -> Places:
    """Whom the default casebook watches, its groups and regions."""
    casebook = load_casebook(find_casebook("japan-asean"))
    settings = casebook.settings
    actors = ((one.code, one.name, one.region) for one in casebook.actors)
    return make_places(settings.focus, (settings.partners, settings.baseline), actors)


def open_reader(choose: Callable[[str], AuditLexicon] | None = None) -> ReadArticle:
    """What reads an article: its sentences with their offsets and readings, on the default casebook.

    ``choose`` gives the lexicon for the text of an article; without it the shipped one reads them all.
    """
    folder = find_casebook("japan-asean")
    casebook, coder, shipped = load_casebook(folder), open_best_coder(folder), read_audit_lexicon()
    settings, places = casebook.settings, open_places()

    def read(text: str, title: str, published: date | None) -> list[tuple[str, int, int, Reading]]:
        document = make_document(text, title, published)
        lexicon = choose(text) if choose else shipped
        seen = see_article(document, coder, lexicon)
        readings = read_article(seen, lexicon, places, settings.as_of)
        return [(one.quote, one.start, one.end, reading) for one, reading in zip(seen.sentences, readings, strict=True)]

    return read


def resample(judged: Sequence[Judged], measure: Measure) -> tuple[float, float, float, int]:
    """A share with its 95 % interval over articles, and how many sentences it is of."""
    articles: dict[str, list[bool]] = {}
    for one in judged:
        value = measure(one)
        if value is not None:
            articles.setdefault(one.article, []).append(bool(value))
    right = np.array([sum(values) for values in articles.values()], dtype=float)
    counts = np.array([len(values) for values in articles.values()], dtype=float)
    picks = np.random.default_rng(SEED).integers(0, len(right), (RESAMPLES, len(right)))
    shares = right[picks].sum(axis=1) / counts[picks].sum(axis=1)
    low, high = np.quantile(shares, (0.025, 0.975))
    return float(right.sum() / counts.sum()), float(low), float(high), int(counts.sum())


def print_scores(name: str, judged: Sequence[Judged]) -> None:
    """Every measure with its interval, and the commonest label as the alternative."""
    classes = Counter(one.label["class"] for one in judged)
    kinds = Counter(one.label["kind"] for one in judged if one.has_kind)
    print(f"{name}: {len({one.article for one in judged})} articles, {len(judged)} sentences")
    for words, measure in MEASURES.items():
        share, low, high, n = resample(judged, measure)
        print(f"  {words:42} {share:.3f}  (95 % interval {low:.3f} to {high:.3f}; n = {n})")
    for words, counts in (("class", classes), ("kind, of sentences with a test", kinds)):
        label, most = counts.most_common(1)[0]
        print(f"  alternative for {words}: always {label!r}: {most / counts.total():.3f}")


def main() -> None:
    """Measure the files asked for, the held-out ones by default."""
    read = open_reader()
    for name in sys.argv[1:] or HELD_OUT:
        start = time.process_time()
        judged = read_labelled(LABELLED / f"{name}.jsonl", read)
        seconds = time.process_time() - start
        readers = read_readers(name)
        if len(readers) > 1:  # where two differ, the file's own label counts
            print_scores(f"{name}, as most of {1 + len(readers)} readers say", relabel(judged, readers))
        print_scores(f"{name}, by the file's own labels" if readers else name, judged)
        print(f"  read in {seconds:.2f} s of CPU")


if __name__ == "__main__":
    main()
