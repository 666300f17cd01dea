"""Every line of the lexicon shows itself at work, and the coder makes of it what the line says."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from fit_coder import EXAMPLES_PUBLISHED, lexicon_examples
from pactwatch.casebook import find_casebook
from pactwatch.coder.grammar import WEIGHTS_FILE, Grammar, open_coder, open_lexicon
from pactwatch.coder.inflection import Morphology
from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.coder.phrases import PhraseBook, Reading
from pactwatch.coder.relevance import Relevance
from pactwatch.coder.tokens import cut_tokens
from pactwatch.coder.typography import plain_text
from pactwatch.model.codes import STAGES, Modality, RecordType
from pactwatch.model.documents import Document

BASE = BASE_LEXICONS / "en"
FILES = ("acts", "nouns", "cues", "anaphors")
EXACTLY_AS_CODED = 0.88
"""The least share of examples that come out as coded; the weights were fitted to them too."""
WORTH_READING = 0.95
"""The least share of examples with events that stand in a paragraph worth reading."""
PLANNABLE = frozenset({"exercise", "training", "dialogue"})


class ReadsAll(Relevance):
    """Takes every text for a paragraph worth reading."""

    def __init__(self) -> None:
        super().__init__((), ())

    def paragraphs(self, low: str) -> list[tuple[int, int]]:
        return [(0, len(low))]


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((BASE / f"{name}.toml").read_text(encoding="utf-8"))


def lines_of(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lines of a file, each with its table's name and the line's own first words."""
    for key, lines in table(name).items():
        for line in lines if isinstance(lines, list) else [lines]:
            words = [*line.get("verbs", ()), *line.get("words", ()), *line.get("nouns", ())]
            yield f"{name}: {key}: {words[:2]}", line


def examples_of(line: dict[str, Any]) -> list[dict[str, str]]:
    return [line] if "example" in line else line.get("examples", [])


def has_word(line: dict[str, Any], text: str, morphology: Morphology) -> bool:
    book = PhraseBook()
    phrases = [*line.get("words", ()), *line.get("nouns", ())]
    phrases += [phrase for verb in line.get("verbs", ()) for _, phrase in morphology.forms(verb)]
    for phrase in phrases:
        book.add(phrase, Reading("word", phrase))
    tokens = cut_tokens(plain_text(text))
    return bool(book.find(tokens, 0, len(tokens.words)))


@cache
def grammar() -> Grammar:
    return Grammar(open_lexicon(find_casebook("japan-asean")))


@cache
def grammar_that_reads_all() -> Grammar:
    found = Grammar(grammar().lexicon)
    found.relevance = ReadsAll()
    return found


def document(text: str) -> Document:
    return Document(id="example", text=text, published=EXAMPLES_PUBLISHED)


def wanted(coded: list[str]) -> Counter[tuple[str, ...]]:
    events = [part.split() for part in coded]
    return Counter((*event[:3], "+".join(sorted(event[3].split("+")))) for event in events)


@pytest.mark.parametrize("name", FILES)
def test_every_line_has_an_example(name: str) -> None:
    assert [where for where, line in lines_of(name) if not examples_of(line)] == []


@pytest.mark.parametrize("name", FILES)
def test_a_word_of_every_line_stands_in_its_examples(name: str) -> None:
    """Lines that show only what is no event may show a near miss ("a publisher") instead."""
    morphology = Morphology.from_toml(table("morphology"))
    silent = [
        where
        for where, line in lines_of(name)
        if any(one["coded"] for one in examples_of(line))
        and not any(has_word(line, one["example"], morphology) for one in examples_of(line))
    ]
    assert silent == []


def test_every_coded_event_is_of_the_codebook() -> None:
    stages = {str(kind): {str(stage) for stage in STAGES[kind]} for kind in RecordType}
    modalities = {str(modality) for modality in Modality}
    wrong = [
        part
        for _, coded in lexicon_examples()
        for part in coded
        if len(part.split()) != 4
        or part.split()[1] not in stages.get(part.split()[0], set())
        or part.split()[2] not in modalities
    ]
    assert wrong == []


def test_no_example_stands_twice() -> None:
    counts = Counter(text for text, _ in lexicon_examples())
    assert [text for text, count in counts.items() if count > 1] == []


def test_examples_with_events_are_worth_reading() -> None:
    with_events = [text for text, coded in lexicon_examples() if coded]
    unread = [text for text in with_events if not grammar().relevance.paragraphs(plain_text(text).low)]
    assert 1 - len(unread) / len(with_events) >= WORTH_READING, unread


def test_the_grammar_proposes_every_coded_event_and_names_its_parties() -> None:
    missed = []
    for text, coded in lexicon_examples():
        parsed = grammar_that_reads_all().parse(document(text))
        proposed = {(one.type, one.stage) for one in parsed.candidates}
        for kind, stage, _, parties in wanted(coded):
            proposable = "held" if kind in PLANNABLE and stage == "planned" else stage
            if (kind, proposable) not in proposed:
                missed.append(f"{kind} {stage} is not proposed: {text}")
            if not set(parties.split("+")) <= set(parsed.context.order):
                missed.append(f"{parties} not all named: {text}")
    assert missed == []


def test_most_examples_come_out_as_coded() -> None:
    if not (BASE / WEIGHTS_FILE).is_file():
        pytest.skip("the package has no fitted weights yet")
    coder = open_coder(find_casebook("japan-asean"))
    examples = list(lexicon_examples())
    failed = []
    for text, coded in examples:
        found = Counter(
            (str(one.type), str(one.stage), str(one.modality), "+".join(one.parties))
            for one in coder.code(document(text))
        )
        if found != wanted(coded):
            failed.append(f"{text}\n  coded {sorted(wanted(coded).elements())}\n  found {sorted(found.elements())}")
    assert 1 - len(failed) / len(examples) >= EXACTLY_AS_CODED, "\n".join(failed)
