"""No text makes the coder slow: what is read grows in step with its length.

Times are compared with each other: four times the text may take eight times as long, not sixteen.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from time import process_time

import pytest
from _pytest.mark import ParameterSet

from pactwatch.coder.choosing import Weights, choose
from pactwatch.coder.grammar import WEIGHTS_FILE, Grammar, open_coder
from pactwatch.coder.lexicon import BASE_LEXICONS, read_lexicon
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.tokens import LONGEST_SENTENCE, cut_sentences, cut_tokens
from pactwatch.coder.typography import plain_text
from pactwatch.model.documents import Document

MEGABYTE = 1_000_000
LEAST_SECONDS = 0.02
MOST_RATIO = 8.0
KEEP_ALL = Weights(defaultdict(lambda: LinearModel(1.0, {})))
"""Weights that keep every candidate: the most that choosing can have to do."""

Make = Callable[[int], str]
PLAIN: dict[str, Make] = {
    "one word": lambda n: "a" * 100 * n,
    "brackets": lambda n: "(" * 20 * n,
    "line breaks": lambda n: "\n" * 100 * n,
    "spaces": lambda n: " " * 100 * n,
    "stops": lambda n: ". " * 10 * n,
    "quoted stops": lambda n: '."' * 20 * n,
    "closing marks": lambda n: "." + ")" * 20 * n,
    "digits": lambda n: "1" * 100 * n,
    "dotted letters": lambda n: "u.s." * 20 * n,
    "soft hyphens": lambda n: "\u00ad" * 20 * n,
    "hyphenated lines": lambda n: "a-\n" * 20 * n,
    "bullets": lambda n: "\n- a" * 10 * n,
    "nulls": lambda n: "\x00" * 20 * n,
}
READ: dict[str, Make] = {
    "dates": lambda n: "8 July 2024, navy, " * n,
    "years": lambda n: "2024 navy " * n,
    "acts": lambda n: "signed navy " * n,
    "actors": lambda n: "Japan, Fiji, navy, " * n,
    "speakers": lambda n: "Japan said navy " * n,
    "amounts": lambda n: "$5 million navy " * n,
}
DENSE: dict[str, Make] = {
    "nouns": lambda n: "treaty " * n,
    "acts and nouns": lambda n: "signed treaty " * n,
    "items": lambda n: "two radars " * n,
    "dates and nouns": lambda n: "treaty of 2024, " * n,
    "sentences": lambda n: "Japan and Fiji signed a treaty. " * n,
    "full sentences": lambda n: "Japan delivered two radars to Fiji on 3 May 2024 for $5 million. " * n,
}


@cache
def grammar() -> Grammar:
    return Grammar(read_lexicon([BASE_LEXICONS / "en"]))


def seconds(work: Callable[[str], object], text: str) -> float:
    gc.disable()  # a collection of the whole lexicon would fall into one measurement and not into the other
    start = process_time()
    try:
        work(text)
        return process_time() - start
    finally:
        gc.enable()


def grows_in_step(
    work: Callable[[str], object], make: Make, least: float = LEAST_SECONDS, n: int = LONGEST_SENTENCE
) -> bool:
    """Whether four times the text takes no more than eight times as long, once the time can be measured at all.

    Within a sentence all may be compared with all, so a text that is one sentence has to be longer than any.
    """
    work(make(1))
    while (short := seconds(work, make(n))) < least and n < 1_000:
        n *= 2
    limit = MOST_RATIO * max(short, least)
    return any(seconds(work, make(4 * n)) <= limit for _ in range(2))


def cut(text: str) -> None:
    lexicon = grammar().lexicon
    cut_sentences(cut_tokens(plain_text(text, lexicon.keeps_hyphen)), lexicon.sentences)


def parse(text: str) -> None:
    grammar().parse(Document(id="d", text=f"The treaty. {text}", published=date(2024, 5, 6)))


def parse_and_choose(text: str) -> None:
    parsed = grammar().parse(Document(id="d", text=f"The treaty of Fiji and Japan. {text}", published=date(2024, 5, 6)))
    choose(parsed.sites, parsed.context, KEEP_ALL)


def cases(makes: dict[str, Make]) -> list[ParameterSet]:
    return [pytest.param(make, id=name) for name, make in makes.items()]


@pytest.mark.parametrize("make", cases(PLAIN))
def test_cutting_grows_in_step(make: Make) -> None:
    assert grows_in_step(cut, make, n=8)


@pytest.mark.parametrize("make", cases(READ | DENSE))
def test_parsing_grows_in_step(make: Make) -> None:
    assert grows_in_step(parse, make)


@pytest.mark.parametrize("make", cases(DENSE))
def test_choosing_grows_in_step(make: Make) -> None:
    assert grows_in_step(parse_and_choose, make)


def test_choosing_among_many_sentences_grows_in_step() -> None:
    assert grows_in_step(parse_and_choose, DENSE["sentences"], least=0.3)


@pytest.mark.parametrize("make", cases(READ | DENSE))
def test_the_coder_as_opened_grows_in_step(make: Make) -> None:
    if not (BASE_LEXICONS / "en" / WEIGHTS_FILE).is_file():
        pytest.skip("the package has no fitted weights yet")
    coder = open_coder()
    assert grows_in_step(lambda text: coder.code(Document(id="d", text=text, published=date(2024, 5, 6))), make)


@pytest.mark.parametrize(
    "text", ["a" * MEGABYTE, "(" * MEGABYTE, "\n" * MEGABYTE, "\n " * (MEGABYTE // 2), "-" * MEGABYTE]
)
def test_a_megabyte_of_nothing_tells_nothing(text: str) -> None:
    document = Document(id="d", text=text, title=text, published=date(2024, 5, 6))
    assert grammar().parse(document).candidates == []


def test_an_actor_named_fifty_thousand_times_is_one_actor() -> None:
    document = Document(id="d", text="Japan, Fiji, navy, " * 25_000)
    parsed = grammar().parse(document)
    assert parsed.context.counts == {"JPN": 25_000, "FJI": 25_000}
    assert parsed.context.order == ["JPN", "FJI"]
