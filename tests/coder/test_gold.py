"""The shipped weights on coded documents.

The weights were fitted to these same documents: the figures show that nothing is broken, not how well the coder reads
what it has never seen. The honest figure is the one of documents left out (``bench/fit_coder.py --leave-out``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bench_unseen import as_gold, coded_again, coded_articles
from pactwatch.casebook import find_casebook
from pactwatch.coder.evaluation import Evaluation, evaluate, read_gold
from pactwatch.coder.grammar import WEIGHTS_FILE, open_coder
from pactwatch.coder.lexicon import BASE_LEXICONS

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"
CODED = Path(__file__).parents[2] / "bench" / "coded"
ARTICLES = Path(__file__).parents[2] / "bench" / "audit"
FITTED_TO = [GOLD / f"writer_{number}.jsonl" for number in (2, 3, 4, 5)]

LEAST_STRICT_F1 = 0.72
MOST_ON_EMPTY = 20


@cache
def evaluated() -> Evaluation:
    coder = open_coder(find_casebook("japan-asean"))
    documents = read_gold([str(file) for file in FITTED_TO])
    return evaluate((one, coder.code(one.document)) for one in documents)


@pytest.fixture
def found() -> Evaluation:
    if not all(file.is_file() for file in FITTED_TO):
        pytest.skip("the coded documents are not beside the repository (../shared/gold)")
    if not (BASE_LEXICONS / "en" / WEIGHTS_FILE).is_file():
        pytest.skip("the package has no fitted weights yet")
    return evaluated()


def test_the_fit_holds(found: Evaluation) -> None:
    f1 = found.strict.overall.f1.value
    assert f1 is not None
    assert f1 >= LEAST_STRICT_F1


def test_documents_that_tell_nothing_stay_nearly_empty(found: Evaluation) -> None:
    assert found.empty.documents > 0
    assert found.empty.mentions <= MOST_ON_EMPTY


def test_every_document_is_looked_at(found: Evaluation) -> None:
    assert found.documents == sum(len(file.read_text(encoding="utf-8").splitlines()) for file in FITTED_TO)


def test_the_projects_own_coded_documents_are_in_order() -> None:
    files = sorted(CODED.rglob("*.jsonl"))
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    assert len(read_gold(map(str, files))) == lines > 0


def test_the_coded_articles_are_in_order() -> None:
    """Of the audit's articles those that were coded, with a second reader's mentions of some."""
    coded, again = coded_articles(sorted(file.stem for file in ARTICLES.glob("*.jsonl"))), coded_again()
    twice = [coded[name] | {"mentions": mentions} for name, mentions in again.items()]
    assert len(as_gold([*coded.values(), *twice])) == len(coded) + len(again) > len(again) > 0
