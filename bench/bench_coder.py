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
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

from fit_coder import EXAMPLES_PUBLISHED, lexicon_examples
from pactwatch.casebook import find_casebook
from pactwatch.coder.grammar import GrammarCoder, open_coder, open_lexicon
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


def relevant_documents() -> list[Document]:
    """The lexicon's examples, four to a document."""
    texts = [text for text, coded in lexicon_examples() if coded]
    return [
        Document(id=str(at), text="\n\n".join(texts[at : at + SENTENCES_OF_A_DOCUMENT]), published=EXAMPLES_PUBLISHED)
        for at in range(0, len(texts), SENTENCES_OF_A_DOCUMENT)
    ]


def seconds(work: Callable[[], object], least: float = 3.0) -> float:
    """Processor seconds of one run of ``work``, over runs that take at least ``least`` together."""
    work()
    runs, start = 0, time.process_time()
    while time.process_time() - start < least:
        work()
        runs += 1
    return (time.process_time() - start) / runs


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


def bench_speed(coder: GrammarCoder, match: Callable[[str], int]) -> None:
    """Sentences about defence, and megabytes of other news, each second on one core."""
    documents = relevant_documents()
    sentences = sum(len(coder.grammar.parse(one).context.sentences) for one in documents)
    ours = sentences / seconds(lambda: [coder.code(one) for one in documents])
    theirs = sentences / seconds(lambda: [match(one.text) for one in documents])
    print(
        f"relevant sentences each second: coder {ours:,.0f}, spaCy's matching alone {theirs:,.0f}, "
        f"ratio {ours / theirs:.2f}"
    )
    news = "\n\n".join(" ".join(OTHER_NEWS[at:] + OTHER_NEWS[:at]) for at in range(5)) + "\n\n"
    other = Document(id="other", text=news * (2_000_000 // len(news)))
    megabytes = len(other.text.encode()) / 1e6
    ours = megabytes / seconds(lambda: coder.code(other))
    theirs = megabytes / seconds(lambda: match(other.text[:200_000])) * (200_000 / len(other.text))
    print(f"megabytes of other news each second: coder {ours:.1f}, spaCy {theirs:.2f}, ratio {ours / theirs:.0f}")


def bench_length(coder: GrammarCoder) -> None:
    """Whether ten times the text takes ten times as long."""
    text = "\n\n".join(one.text for one in relevant_documents()) + "\n\n"
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
    documents = relevant_documents() * 40
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
    bench_length(coder)
    bench_stream()


if __name__ == "__main__":
    main()
