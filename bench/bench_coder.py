"""How fast the coder reads: sentences about defence, news about other things, long documents, streams on two cores.

Beside it, in the same run, spaCy's blank English tokenizer with its sentencizer and a PhraseMatcher of the same words,
which finds words and codes nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

from fit_coder import EXAMPLES_PUBLISHED, lexicon_examples
from pactwatch.casebook import find_casebook
from pactwatch.coder.choosing import Weights
from pactwatch.coder.grammar import GrammarCoder, open_coder, open_lexicon
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.network_coder import open_network_coder
from pactwatch.coder.tokens import cut_sentences, cut_tokens
from pactwatch.coder.typography import plain_text
from pactwatch.model.documents import Document

SENTENCES_OF_A_DOCUMENT = 4
MEASURED = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)
"""Runs a command from a small process: a child counts the memory of the process it was forked from as its own."""
OTHER_NEWS = (
    "The city council voted on Tuesday to keep the library open later, after readers complained that it closed early.",
    "Rain is expected through the weekend, and the temperature will fall to nine degrees by Sunday night.",
    "The home side scored twice in the last ten minutes and went top of the table before a crowd of 31,000.",
    "Shares in the bakery chain rose by four per cent after it told investors that profits would double this year.",
    "The film festival opened with a comedy about two brothers who inherit a lighthouse and cannot agree what to do.",
)


def read_documents(path: Path, *, telling: bool) -> list[Document]:
    """The documents of a coded file that tell something, or those that tell nothing."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Document(id=one["id"], text=one["text"], title=one["title"], published=date.fromisoformat(one["published"]))
        for one in lines
        if bool(one["mentions"]) is telling
    ]


def relevant_documents() -> list[Document]:
    """The coded documents that the weights are fitted to, as far as they tell anything."""
    paths = sorted((Path(__file__).parent / "coded").glob("*.jsonl"))
    return [document for path in paths for document in read_documents(path, telling=True)]


def dense_documents() -> list[Document]:
    """The lexicon's examples, four to a document: every sentence tells something."""
    texts = [text for text, coded in lexicon_examples() if coded]
    return [
        Document(id=str(at), text="\n\n".join(texts[at : at + SENTENCES_OF_A_DOCUMENT]), published=EXAMPLES_PUBLISHED)
        for at in range(0, len(texts), SENTENCES_OF_A_DOCUMENT)
    ]


def seconds(work: Callable[[], object], least: float = 3.0) -> float:
    """Processor seconds of ``work``, run once before it is measured."""
    work()
    return fastest(lambda: clocked(work), least)


def fastest(run: Callable[[], float], least: float) -> float:
    """The least that ``run`` says it took, of runs that took ``least`` seconds together: what else a machine does only
    makes a run slower.
    """
    took = [run()]
    while sum(took) < least:
        took.append(run())
    return min(took)


def clocked(work: Callable[[], object]) -> float:
    """Processor seconds of one run of ``work``."""
    start = time.process_time()
    work()
    return time.process_time() - start


def spacy_matcher() -> Callable[[str], int]:
    """SpaCy's tokenizer, sentencizer and phrase matcher with the phrases of the lexicon."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 50_000_000
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    phrases = sorted({phrase for phrase in open_lexicon(find_casebook("japan-asean")).terms.phrases() if phrase})
    matcher.add("lexicon", [nlp.make_doc(phrase) for phrase in phrases])

    def match(text: str) -> int:
        document = nlp(text)
        return len(matcher(document)) + sum(1 for _ in document.sents)

    return match


def _forget(weights: Weights) -> Weights:
    models = {name: LinearModel(one.bias, one.weights) for name, one in weights.models.items()}
    return replace(weights, models=models)


def fresh_seconds(documents: list[Document], coder: GrammarCoder, least: float = 10.0) -> float:
    """Processor seconds for every fourth document, by a coder that has just met the others and none of these: it
    remembers what its models summed, so that reading the same documents twice would flatter it.
    """

    def run() -> float:
        for_articles = _forget(coder.for_articles) if coder.for_articles else None
        fresh = GrammarCoder(coder.grammar, _forget(coder.weights), for_articles)
        for number, document in enumerate(documents):
            if number % 4:
                fresh.code(document)
        return clocked(lambda: [fresh.code(document) for document in documents[::4]])

    return fastest(run, least)


def _print_pace(name: str, documents: list[Document], coder: GrammarCoder, match: Callable[[str], int]) -> None:
    ours = fresh_seconds(documents, coder)
    documents = documents[::4]
    sentences = sum(len(coder.grammar.parse(one).context.sentences) for one in documents)
    ours = sentences / ours
    theirs = sentences / seconds(lambda: [match(one.text) for one in documents])
    print(
        f"{name} sentences each second ({sentences:,}): coder {ours:,.0f}, spaCy's matching alone {theirs:,.0f}, "
        f"ratio {ours / theirs:.2f}"
    )


def bench_speed(coder: GrammarCoder, match: Callable[[str], int]) -> None:
    """Sentences about defence, and megabytes of other news, each second on one core."""
    _print_pace("relevant", relevant_documents(), coder, match)
    _print_pace("dense", dense_documents(), coder, match)
    news = "\n\n".join(" ".join(OTHER_NEWS[at:] + OTHER_NEWS[:at]) for at in range(5)) + "\n\n"
    other = Document(id="other", text=news * (2_000_000 // len(news)))
    megabytes = len(other.text.encode()) / 1e6
    ours = megabytes / seconds(lambda: coder.code(other))
    theirs = megabytes / seconds(lambda: match(other.text[:200_000])) * (200_000 / len(other.text))
    print(f"megabytes of other news each second: coder {ours:.1f}, spaCy {theirs:.2f}, ratio {ours / theirs:.0f}")


def bench_network(coder: GrammarCoder) -> None:
    """What reading with the network costs: sentences each second on one core, beside the grammar alone."""
    careful = open_network_coder(find_casebook("japan-asean"))
    documents = relevant_documents()[::40]
    sentences = sum(len(coder.grammar.parse(one).context.sentences) for one in documents)
    ours = sentences / seconds(lambda: [careful.code(one) for one in documents])
    alone = sentences / seconds(lambda: [coder.code(one) for one in documents])
    print(
        f"relevant sentences each second ({sentences:,}): with the network {ours:,.1f}, the grammar alone "
        f"{alone:,.0f}, ratio {ours / alone:.4f}"
    )


def bench_length(coder: GrammarCoder) -> None:
    """Whether ten times the text takes ten times as long."""
    text = "\n\n".join(one.text for one in dense_documents()) + "\n\n"
    small = Document(id="small", text=text * max(1, 300_000 // len(text)), published=EXAMPLES_PUBLISHED)
    large = Document(id="large", text=small.text * 10, published=EXAMPLES_PUBLISHED)
    took = []
    for document in (small, large):
        start = time.process_time()
        coder.code(document)
        took.append(time.process_time() - start)
    growth = took[1] / took[0] / (len(large.text) / len(small.text))
    print(
        f"one document of {len(small.text) / 1e6:.1f} MB {took[0]:.1f} s, ten times as long {took[1]:.1f} s: "
        f"{growth:.2f} of linear"
    )


def bench_stream() -> None:
    """The command over a stream: seconds with one and with two processes, and the most memory any of them held."""
    documents = dense_documents() * 40
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "docs.jsonl"
        path.write_text("".join(json.dumps({"id": f"{n}", "text": one.text}) + "\n" for n, one in enumerate(documents)))
        took, memory = {}, 0.0
        for jobs in (1, 2):
            start = time.perf_counter()
            command = ["-m", "pactwatch", "code", str(path), "--out", f"{folder}/out", "--jobs", str(jobs)]
            told = subprocess.run(
                [sys.executable, "-c", MEASURED, sys.executable, *command], check=True, capture_output=True
            )
            took[jobs] = time.perf_counter() - start
            memory = max(memory, int(told.stdout.split()[-1]) / 1024)
    print(
        f"stream of {len(documents)} documents: one process {took[1]:.1f} s, two {took[2]:.1f} s, "
        f"ratio {took[1] / took[2]:.2f}; most memory of a process {memory:.0f} MB"
    )


def bench_general_news(coder: GrammarCoder, match: Callable[[str], int]) -> None:
    """Mentions in general news that tells nothing and that no fit has seen, beside matches of the lexicon."""
    paths = sorted((Path(__file__).parent / "held_out").glob("*.jsonl"))
    documents = [document for path in paths for document in read_documents(path, telling=False)]
    words = coder.grammar.lexicon.sentences
    sentences = sum(len(cut_sentences(cut_tokens(plain_text(one.text)), words)) for one in documents)
    mentions = sum(len(coder.code(one)) for one in documents)
    matches = sum(match(one.text) for one in documents)
    print(
        f"general news: {mentions} mentions in {sentences} sentences; spaCy's matching alone {matches}, "
        f"ratio {mentions / matches:.5f}"
    )


def main() -> None:
    """Run all of it."""
    start = time.perf_counter()
    coder = open_coder(find_casebook("japan-asean"))
    opened = time.perf_counter() - start
    start = time.perf_counter()
    match = spacy_matcher()
    built = time.perf_counter() - start
    print(f"opening: coder {opened:.2f} s, spaCy blank with the same phrases {built:.2f} s, ratio {opened / built:.2f}")
    bench_speed(coder, match)
    bench_network(coder)
    bench_general_news(coder, match)
    bench_length(coder)
    bench_stream()


if __name__ == "__main__":
    main()
