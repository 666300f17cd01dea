"""Fits the weights of reconciling to the fit half of the labelled sets and writes them where they are read.

    python bench/fit_reconcile.py           writes reconcile.toml (the default, and the default casebook's)
    python bench/fit_reconcile.py --rarity  also counts the words of bench/coded anew into rarity.csv

Pairs that share a block are the examples: whether both tell one item is the answer, the levels their comparison
reaches are what a logistic regression looks at. Its weights are the points. The test half is never read here.
"""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

import pactwatch.reconcile
from linked_sets import Labelled, casebook_records, coded, gold
from pactwatch.casebook import find_casebook
from pactwatch.reconcile.graph import Graph
from pactwatch.reconcile.levels import LEVELS
from pactwatch.reconcile.scoring import Scorer
from pactwatch.reconcile.sides import known_sides, side_of, words_of
from pactwatch.reconcile.weights import RARITY_FILE, WEIGHTS_FILE, Weights, read_rarity

ROOM = Path(pactwatch.reconcile.__file__).parent
PENALTY = 1.0
"""How much the fit holds on to what was expected (below): half the squared distance counts as this many nats."""

CODED_WORDS = Path(__file__).parent / "coded"
RAREST_KEPT = 4
"""Documents a word must stand in to have a rarity of its own."""

APART = {
    "agreement.signed": 30,
    "agreement.in_force": 60,
    "transfer.contracted": 90,
    "dialogue.held": 10,
    "exercise.held": 45,
    "training.held": 45,
}
"""Days two dates of one item's stage may lie apart: set by hand, since no fit of pairs can see a chain."""

EXPECTED_BASE = -2.0
EXPECTED = {
    "parties_same": 1.0, "parties_same_many": 1.6, "parties_within": 0.0, "parties_within_alone": -0.5,
    "parties_by_body": 0.0, "parties_overlap": -0.5, "parties_one": -1.5, "parties_apart": -4.0,
    "type_akin": -1.5, "level_same": 0.3, "level_other": -0.8, "direction_same": 0.3, "direction_other": -2.5,
    "name_same": 2.0, "name_near": 1.2, "name_partly": 0.0, "name_other": -1.5,
    "name_other_days": -4.0,
    "instrument_same": 2.0, "instrument_same_kind": 0.5, "instrument_other": -3.0, "instrument_other_kind": -0.6,
    "items_same": 1.0, "items_alike": 0.3, "items_kind": -0.7, "items_other": -2.0,
    "quantity_same": 0.8, "quantity_other": -0.6, "quantity_other_total": -2.0,
    "money_same": 2.5, "money_near": 1.0, "money_other": -0.8, "money_abroad": 0.7, "money_abroad_other": -0.8,
    "document_same_stage": -1.0, "document_other_stage": 0.3,
    "words_none": -0.8, "words_few": -0.4, "words_some": 0.2, "words_many": 0.7, "words_most": 1.2, "words_all": 1.8,
    "date_same_day": 2.5, "date_within_month": 1.5, "date_within_year": 0.5, "date_near": 1.0, "date_week": -0.5,
    "date_month": -1.0, "date_season": -1.5, "date_years": -2.0, "date_far": -3.0,
    "published_near": 0.8, "published_month": 0.3, "published_year": -0.3, "published_far": -1.5,
    "published_before": -3.0,
    "date_delivery_season": -0.5, "date_delivery_years": -1.0, "date_delivery_far": -2.0,
    "order_month": 0.5, "order_year": 0.4, "order_years": 0.0, "order_far": -1.0, "order_wrong": -2.0,
}  # fmt: skip
"""What an engineer expected of each level before the fit (``date_near`` stands for all families)."""

ABOUT = (
    "Points of the comparisons by which mentions are joined into items: log-odds (natural logarithm), fitted by "
    "logistic regression, held by a penalty of 1 to what was expected of each level, to the pairs of one half of the "
    "items of bench/linked (documents written for it, coded by people and by the grammar, and the rows the default "
    "casebook was made of). Levels the fit saw no pair of weigh what was expected. bodies and apart are set by hand. "
    "Refit: python bench/fit_reconcile.py."
)


def examples(labelled: Labelled) -> tuple[list[list[str]], list[float]]:
    """Levels and answers of every pair that shares a block."""
    scorer = Scorer(Weights(base=0.0, points={}, bodies=BODIES), read_rarity())
    graph = Graph(scorer)
    told = [side_of(one) for one in labelled.told]
    graph.change([*known_sides(labelled.records), *told], (), {side.id for side in told})
    item = {**labelled.items, **{s.id: s.known for s in known_sides(labelled.records)}}
    features, answers = [], []
    for a, others in graph.near.items():
        for b in others:
            if a < b:
                left, right = graph.side(a), graph.side(b)
                features.append(scorer.levels(left, right))
                answers.append(float(item[left.id] == item[right.id]))
    return features, answers


BODIES: dict[str, tuple[str, ...]] = {
    "ASEAN": ("BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "TLS", "VNM")
}


def fit() -> Weights:
    """Weights from the fit half of every set."""
    records = casebook_records()
    sets = [
        (gold("facts.jsonl").half("fit"), 0.3),
        (gold("documents.jsonl", records).half("fit"), 1.0),
        (coded("documents.jsonl", records).half("fit"), 1.0),
    ]
    features: list[list[str]] = []
    answers: list[float] = []
    weights: list[float] = []
    for labelled, weight in sets:
        found = examples(labelled)
        print(f"{labelled.name}: {len(labelled.told)} mentions, {len(found[0])} pairs, {sum(found[1]):.0f} of one item")
        features += found[0]
        answers += found[1]
        weights += [weight] * len(found[0])
    base, points = regress(features, np.array(answers), np.array(weights))
    return Weights(
        about=ABOUT,
        base=round(base, 2),
        points={level: round(value, 2) for level, value in points.items() if round(value, 2)},
        bodies=BODIES,
        apart=APART,
    )


def regress(
    features: list[list[str]], answers: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, dict[str, float]]:
    """Logistic regression held to what was expected: the maximum a posteriori under a normal prior around it."""
    levels = [*LEVELS]
    place = {level: number for number, level in enumerate(levels)}
    rows = np.repeat(np.arange(len(features)), [len(one) for one in features])
    columns = np.array([place[level] for one in features for level in one])
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(features), len(levels)))
    expected = np.array([expect(level) for level in levels])

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ theta[1:] + theta[0]
        away = theta[1:] - expected
        value = (weights * (np.logaddexp(0.0, scores) - answers * scores)).sum() + 0.5 * PENALTY * (away**2).sum()
        error = weights * (0.5 * (1.0 + np.tanh(0.5 * scores)) - answers)
        return float(value), np.concatenate([[error.sum()], matrix.T @ error + PENALTY * away])

    start = np.concatenate([[EXPECTED_BASE], expected])
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return float(found.x[0]), dict(zip(levels, map(float, found.x[1:]), strict=True))


def expect(level: str) -> float:
    """The points expected of a level before any pair is seen; 0 where nothing is expected."""
    if level in EXPECTED:
        return EXPECTED[level]
    comparison, _, rest = level.partition("_")
    return EXPECTED.get(f"{comparison}_{rest.partition('_')[2]}", 0.0) if rest else 0.0


def write_rarity() -> None:
    """Rarity of the words of bench/coded: -ln of the share of documents they stand in, in hundredths."""
    counts: Counter[str] = Counter()
    documents = 0
    for path in sorted(CODED_WORDS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            counts.update(words_of_all(json.loads(line)["text"]))
            documents += 1
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(("word", "rarity"))
    kept = sorted(word for word, count in counts.items() if count >= RAREST_KEPT)
    writer.writerows((word, round(-100 * math.log(counts[word] / documents))) for word in kept)
    (ROOM / RARITY_FILE).write_text(target.getvalue(), encoding="utf-8")
    print(f"{RARITY_FILE}: {len(kept)} words of {documents} documents")


def words_of_all(text: str) -> set[str]:
    """The words of a whole text, sentence by sentence."""
    return set().union(*(words_of(part) for part in text.split(". ")))


def write(weights: Weights, path: Path, *, with_bodies: bool) -> None:
    """One file of weights."""
    lines = [f"about = {json.dumps(weights.about)}", "", f"base = {weights.base}", f"threshold = {weights.threshold}"]
    lines += ["", "[apart]", *(f'"{key}" = {days}' for key, days in weights.apart.items())]
    if with_bodies:
        lines += ["", "[bodies]", *(f"{body} = {json.dumps(list(them))}" for body, them in weights.bodies.items())]
    lines += ["", "[points]", *(f"{level} = {value}" for level, value in weights.points.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(path)


def main() -> None:
    """Fit and write."""
    if "--rarity" in sys.argv:
        write_rarity()
        read_rarity.cache_clear()
    weights = fit()
    write(weights, ROOM / WEIGHTS_FILE, with_bodies=False)
    write(weights, find_casebook("japan-asean") / WEIGHTS_FILE, with_bodies=True)


if __name__ == "__main__":
    main()
