"""Refits the coder's weights from coded documents and writes them beside the lexicon, or scores by leaving files out.

    python bench/fit_coder.py CODED.jsonl... [--extra MORE.jsonl...] [--articles LONG.jsonl...]
        writes weights.json for reports and weights_articles.json for articles to src/pactwatch/lexicons/en
    python bench/fit_coder.py --leave-out CODED.jsonl...     fits without each file in turn and scores on it
    python bench/fit_coder.py --network FOLDER ...           the same with what the network makes of the documents
        (fit_senses.py has left it in FOLDER); writes weights_network.json and weights_network_articles.json

The worked examples of the lexicon teach too. Documents are dealt into folds by a hash of their text, so the order of
the files does not matter.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from pactwatch.casebook import find_casebook
from pactwatch.coder.coded import Coded
from pactwatch.coder.evaluation import Evaluation, evaluate, read_gold
from pactwatch.coder.fitting import Fitted, fit_all, fit_confidence
from pactwatch.coder.grammar import ARTICLE_WEIGHTS_FILE, LANGUAGE, WEIGHTS_FILE, Grammar, GrammarCoder, open_lexicon
from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.coder.linear import LinearModel, write_models
from pactwatch.coder.network_coder import WEIGHTS_FILES
from pactwatch.coder.parsing import Parsed
from pactwatch.coder.questions import Questions
from pactwatch.coder.senses import Senses
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention

EXAMPLES_PUBLISHED = date(2025, 6, 16)
"""The day the lexicon's examples are read as published on."""
EXTRA_WEIGHT = 0.5
"""What an example counts against a coded document: it says more in each sentence than real texts do."""


def read_coded(path: Path, grammar: Grammar, weight: float = 1.0, *, is_article: bool = False) -> list[Coded]:
    """The documents of a file that were coded, parsed; each counts with ``weight``."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        values = json.loads(line)
        if "mentions" not in values:
            continue  # an article whose sentences were labelled for the audit, and no more
        published = date.fromisoformat(values["published"]) if values.get("published") else None
        document = Document(id=values["id"], text=values["text"], title=values.get("title") or "", published=published)
        found.append(Coded(grammar.parse(document), document, values["mentions"], weight, path.stem, is_article))
    return found


def read_examples(grammar: Grammar) -> list[Coded]:
    """The worked examples of the lexicon as coded documents."""
    found = []
    for text, coded in lexicon_examples():
        document = Document(id="example", text=text, published=EXAMPLES_PUBLISHED)
        found.append(
            Coded(grammar.parse(document), document, [_mention(text, part) for part in coded], source="examples")
        )
    return found


def lexicon_examples() -> Iterator[tuple[str, list[str]]]:
    """Each example of the lexicon with its coded events."""
    for name in ("acts", "nouns", "cues", "anaphors"):
        tables = tomllib.loads((BASE_LEXICONS / LANGUAGE / f"{name}.toml").read_text(encoding="utf-8"))
        for lines in tables.values():
            for line in lines if isinstance(lines, list) else [lines]:
                for one in [line] if "example" in line else line.get("examples", []):
                    yield one["example"], _events(one["coded"])
    plain = tomllib.loads((BASE_LEXICONS / LANGUAGE / "examples.toml").read_text(encoding="utf-8"))
    for line in plain["plain"]:
        for text, coded in line["lines"]:
            yield text, _events(coded)


def _events(coded: str) -> list[str]:
    return [part.strip() for part in coded.split(";") if part.strip()]


def _mention(text: str, coded: str) -> dict[str, Any]:
    kind, stage, modality, parties = coded.split()
    return {"type": kind, "stage": stage, "modality": modality, "parties": sorted(parties.split("+")), "quote": text}


class Network:
    """What the network made of coded documents, by questions that have not seen their writers."""

    def __init__(self, folder: Path) -> None:
        self._vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        self._index = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
        folds = {fold for _, _, fold in self._index.values()}
        self._questions = {fold: Questions.from_file(folder / f"{fold}.safetensors") for fold in folds}

    def sense(self, document: Document, parsed: Parsed) -> None:
        """Let a parsed document know."""
        start, size, fold = self._index[key_of(document)]
        parsed.context.senses = Senses(self._vectors[start : start + size], self._questions[fold])


def key_of(document: Document) -> str:
    """What a document is known again by."""
    return hashlib.sha256(f"{document.title}\n{document.text}".encode()).hexdigest()


def _score(
    files: list[Path], coded: dict[Path, list[Coded]], more: list[Coded], grammar: Grammar, network: Network | None
) -> None:
    scores: list[tuple[float, float]] = []
    for left_out in files:
        rest = [one for path in files if path != left_out for one in coded[path]]
        fitted = Fitted.of(_fit([*rest, *more]))
        coder = GrammarCoder(grammar, fitted.reports, fitted.articles)
        found = evaluate((gold, _code(gold.document, coder, network)) for gold in read_gold([str(left_out)]))
        strict, loose = found.strict.overall, found.loose.overall
        print_scores(left_out.name, found)
        scores.append((strict.f1.value or 0.0, loose.f1.value or 0.0))
    means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    print(f"mean of the files left out: strict F1 {means[0]:.3f}, loose F1 {means[1]:.3f}")


def _code(document: Document, coder: GrammarCoder, network: Network | None) -> tuple[Mention, ...]:
    parsed = coder.grammar.parse(document)
    if network is not None:
        network.sense(document, parsed)
    return coder.code_parsed(document, parsed)


def print_scores(name: str, found: Evaluation) -> None:
    """A line of how right a coder is on some documents."""
    strict, loose = found.strict.overall, found.loose.overall
    if strict.f1.value is None:
        print(f"{name}: nothing to tell and nothing told", flush=True)
        return
    low, high = strict.f1.interval or (0.0, 0.0)
    print(
        f"{name}: strict F1 {strict.f1.value:.3f} (95 %: {low:.3f} to {high:.3f}), loose F1 {loose.f1.value:.3f}, "
        f"strict precision {strict.precision.value:.3f}, recall {strict.recall.value:.3f}, "
        f"mentions on empty documents {found.empty.mentions}, "
        f"calibration error {found.strict_calibration.expected_error:.3f}",
        flush=True,
    )


def _fit(documents: Sequence[Coded]) -> dict[str, LinearModel]:
    dealt = sorted(documents, key=lambda one: hashlib.sha256(one.document.text.encode()).hexdigest())
    return {**fit_all(dealt), "confidence": fit_confidence(dealt)}


def main(arguments: Sequence[str]) -> None:
    """Fit and write, or leave out and score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument(
        "--extra", nargs="*", type=Path, default=[], help="coded files that count less, never scored on"
    )
    parser.add_argument("--leave-out", action="store_true", help="score on each file with weights fitted to the others")
    parser.add_argument(
        "--articles",
        nargs="*",
        type=Path,
        default=[],
        help="coded articles, which count as --extra does and whose weights may stand apart",
    )
    parser.add_argument("--network", type=Path, help="the folder of fit_senses.py")
    options = parser.parse_args(arguments)
    grammar = Grammar(open_lexicon(find_casebook("japan-asean")))
    coded = {path: read_coded(path, grammar) for path in options.files}
    more = read_examples(grammar)
    more += [one for path in options.extra for one in read_coded(path, grammar, EXTRA_WEIGHT)]
    more += [one for path in options.articles for one in read_coded(path, grammar, EXTRA_WEIGHT, is_article=True)]
    documents = [one for many in coded.values() for one in many] + more
    network = Network(options.network) if options.network is not None else None
    if network is not None:
        for one in documents:
            network.sense(one.document, one.parsed)
    if options.leave_out:
        _score(options.files, coded, more, grammar, network)
        return
    fitted = Fitted.of(_fit(documents))
    names = (WEIGHTS_FILE, ARTICLE_WEIGHTS_FILE) if network is None else WEIGHTS_FILES
    reports, target = (BASE_LEXICONS / LANGUAGE / name for name in names)
    _write(reports, fitted.reports.models, documents)
    if options.articles:
        _write(target, fitted.articles.models, documents)
    else:
        target.unlink(missing_ok=True)
        print(f"no articles were given: {target} is gone, and articles will be read as reports are")


def _write(target: Path, models: dict[str, LinearModel], documents: Sequence[Coded]) -> None:
    told = {
        "what": "weights of the coder's linear models by feature; written by bench/fit_coder.py, not by hand",
        "documents": len(documents),
        "mentions": sum(len(one.gold) for one in documents),
    }
    write_models(target, models, told)
    print(f"{target}: {len(documents)} documents, {sum(len(model.weights) for model in models.values())} weights")


if __name__ == "__main__":
    main(sys.argv[1:])
