"""How right the coder is on documents that no fit of its weights has seen: articles, plain reports, civil texts,
texts that mostly tell nothing, chronicles of civil dealings, lists of dated events.

    python bench/bench_unseen.py

Beside it, the articles weighed as reports are and the reports as articles are, and how far a second blind reader of
some agrees with the first: what a coder can be asked for.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from audit_scores import LABELLED, READINGS
from fit_coder import print_scores
from pactwatch.casebook import find_casebook
from pactwatch.coder.evaluation import GoldDocument, evaluate, read_gold
from pactwatch.coder.grammar import open_coder
from pactwatch.coder.network_coder import open_network_coder
from pactwatch.coder.protocol import Coder

REPORTS = Path(__file__).parent / "coded" / "left_out"
REPORTS_AGAIN = Path(__file__).parent / "coded" / "second"
CIVIL_TOO = ("civil", "none", "empty", "relations", "beside", "lists", "forms")
"""How the names of files begin that are no plain reports."""
LEFT_OUT = ("train_x", "train_y", "train_z")
"""Files whose mentions ``fit_coder.py`` is never given; the network has read the articles for the audit."""
UNREAD = ("held_out_varied", "train_ae", "train_ah", "train_ak")
"""Files that nothing is fitted on."""


def main() -> None:
    """Print what the coder makes of articles and reports, and what a second reader does of some."""
    coder, careful = open_coder(find_casebook("japan-asean")), open_network_coder(find_casebook("japan-asean"))
    coders: dict[str, Coder] = {"coder": coder, "with the network": careful}
    for files in (LEFT_OUT, *((name,) for name in UNREAD)):
        _print_articles(files, coders | {"weighed as reports": replace(coder, for_articles=None)})
    for kind in CIVIL_TOO:
        gold = read_gold(map(str, sorted(REPORTS.glob(f"{kind}_*.jsonl"))))
        silent = sum(not one.mentions for one in gold)
        print(f"{len(gold)} texts of {kind}, {silent} of them empty, {sum(len(one.mentions) for one in gold)} mentions")
        _print_both(gold, coders)
    gold = read_gold(str(path) for path in sorted(REPORTS.glob("*.jsonl")) if not path.stem.startswith(CIVIL_TOO))
    print(f"{len(gold)} plain reports, {sum(len(one.mentions) for one in gold)} mentions")
    as_articles = replace(coder, weights=coder.for_articles or coder.weights)
    _print_both(gold, coders | {"weighed as articles": as_articles})
    second = read_gold(map(str, sorted(REPORTS_AGAIN.glob("*.jsonl"))))
    by_id = {one.document.id: one for one in gold}
    _print_second([by_id[one.document.id] for one in second], second)


def _print_articles(files: Sequence[str], coders: Mapping[str, Coder]) -> None:
    """What coders make of the articles of some files, and a second reader of those that he coded."""
    coded, again = coded_articles(files), coded_again()
    gold = as_gold(coded.values())
    print(f"{len(gold)} articles of {', '.join(files)}, {sum(len(one.mentions) for one in gold)} mentions")
    _print_both(gold, coders)
    names = [name for name in again if name in coded]
    if names:
        second = as_gold({**coded[name], "mentions": again[name]} for name in names)
        _print_second(as_gold(coded[name] for name in names), second)


def _print_both(gold: Sequence[GoldDocument], coders: Mapping[str, Coder]) -> None:
    for name, coder in coders.items():
        print_scores(f"  {name}", evaluate((one, coder.code(one.document)) for one in gold))


def _print_second(first: Sequence[GoldDocument], second: Sequence[GoldDocument]) -> None:
    found = evaluate((one, other.mentions) for one, other in zip(first, second, strict=True))
    print_scores(f"  a second reader of {len(first)}", found)


def coded_articles(files: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The labelled articles of some files whose events were coded too, by file and id."""
    articles = {f"{file}/{one['id']}": one for file in files for one in _lines(LABELLED / f"{file}.jsonl")}
    return {name: one for name, one in articles.items() if "mentions" in one}


def coded_again() -> dict[str, list[dict[str, Any]]]:
    """The mentions of a second reader, by file and id of the article."""
    return {one["id"]: one["mentions"] for one in _lines(READINGS / "mentions.second.jsonl")}


def as_gold(coded: Iterable[Mapping[str, Any]]) -> list[GoldDocument]:
    """Coded articles as ``evaluate`` wants them, checked as a user's file is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(f"{json.dumps(one)}\n" for one in coded), encoding="utf-8")
        return read_gold([str(path)])


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
