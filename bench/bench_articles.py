"""How right the coder is on whole articles, of three files that no fit of its weights has seen.

    python bench/bench_articles.py

Beside it, the same articles weighed as short reports are, and how far a second blind reader of some of them agrees with
the first: what a coder can be asked for.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pactwatch.casebook import find_casebook
from pactwatch.coder.evaluation import GoldDocument, evaluate, read_gold
from pactwatch.coder.evaluation.scores import Score
from pactwatch.coder.grammar import open_coder

ARTICLES = Path(__file__).parent / "audit"
LEFT_OUT = ("train_x", "train_y", "train_z")
"""Files whose mentions ``fit_coder.py`` is never given."""
SECOND = ARTICLES / "readings" / "mentions.second.jsonl"


def main() -> None:
    """Print what the coder makes of the articles, and what a second reader does."""
    coded = {f"{name}/{one['id']}": one for name in LEFT_OUT for one in _lines(ARTICLES / f"{name}.jsonl")}
    coded = {name: one for name, one in coded.items() if "mentions" in one}
    again = {one["id"]: one["mentions"] for one in _lines(SECOND)}
    gold = _gold(coded.values())
    coder = open_coder(find_casebook("japan-asean"))
    print(f"{len(gold)} articles of {', '.join(LEFT_OUT)}, {sum(len(one.mentions) for one in gold)} mentions")
    for name, one_coder in (("coder", coder), ("weighed as reports", replace(coder, for_articles=None))):
        found = evaluate((one, one_coder.code(one.document)) for one in gold)
        _print(name, found.strict.overall, found.loose.overall)
    first = _gold(coded[name] for name in again)
    second = _gold({**coded[name], "mentions": told} for name, told in again.items())
    found = evaluate((one, other.mentions) for one, other in zip(first, second, strict=True))
    print(f"{len(first)} of them, coded by two readers")
    _print("second reader", found.strict.overall, found.loose.overall)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _gold(coded: Iterable[Mapping[str, Any]]) -> list[GoldDocument]:
    """Coded articles as ``evaluate`` wants them, checked as a user's file is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(f"{json.dumps(one)}\n" for one in coded), encoding="utf-8")
        return read_gold([str(path)])


def _print(name: str, strict: Score, loose: Score) -> None:
    for kind, score in (("strict", strict), ("loose", loose)):
        low, high = score.f1.interval or (0.0, 0.0)
        print(
            f"  {name}, {kind}: F1 {score.f1.value:.3f} (95 %: {low:.3f} to {high:.3f}), "
            f"precision {score.precision.value:.3f}, recall {score.recall.value:.3f}"
        )


if __name__ == "__main__":
    main()
