"""What a sentence may tell: acts with nouns, with topics told before, and dates that stand alone."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.grammar import Grammar
from pactwatch.coder.lexicon import BASE_LEXICONS, read_lexicon
from pactwatch.model.documents import Document

Outcome = tuple[int, str, str, str, str]
"""Sentence, act (``-`` if none), what it is done to (``-`` if not named there), type, stage."""

WORDS = (
    "Japan|Fiji|ASEAN|Tokyo|signed|treaty|drill|held|radars|delivered|they|It|not|will|met|in 2024|on Monday"
    "|US$5 million|.|. |,|\n|\n\n|—|🇯🇵|'s|\"|(|)|two patrol boats|8 July 2024|the navy"
)
PIECES = st.sampled_from(WORDS.split("|"))
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map(" ".join))


@cache
def grammar() -> Grammar:
    return Grammar(read_lexicon([BASE_LEXICONS / "en"]))


def outcomes(text: str, title: str = "") -> set[Outcome]:
    parsed = grammar().parse(Document(id="d", text=text, title=title, published=date(2024, 5, 6)))

    def told(one: Candidate) -> Outcome:
        act = parsed.tokens.shown(one.act.i, one.act.j) if one.act else "-"
        noun = parsed.tokens.shown(*one.noun_at) if one.noun_at else "-"
        return one.sentence.index, act, noun, one.type, one.stage

    return {told(one) for one in parsed.candidates}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Fiji signed a defence treaty.", (0, "signed", "defence treaty", "agreement", "signed")),
        ("A defence treaty was signed.", (0, "signed", "defence treaty", "agreement", "signed")),
        ("The signing of the treaty came late.", (0, "signing", "treaty", "agreement", "signed")),
        ("The treaty took effect.", (0, "took effect", "treaty", "agreement", "in_force")),
        ("Parliament ratified the defence pact.", (0, "ratified", "defence pact", "agreement", "approved")),
        ("Fiji withdrew from the treaty.", (0, "withdrew from", "treaty", "agreement", "ended")),
        ("Laos proposed a treaty.", (0, "proposed", "treaty", "agreement", "proposed")),
        ("Japan delivered two patrol boats.", (0, "delivered", "two patrol boats", "transfer", "delivered")),
        ("Laos ordered five radars.", (0, "ordered", "five radars", "transfer", "contracted")),
        ("The navies held a drill.", (0, "held", "drill", "exercise", "held")),
        ("Balikatan began off Luzon.", (0, "began", "Balikatan", "exercise", "held")),
        ("The warship made a port call.", (0, "-", "port call", "exercise", "held")),
        ("The defence ministers met in Oslo.", (0, "met", "-", "dialogue", "held")),
        ("Japan published its defence white paper.", (0, "published", "defence white paper", "policy", "published")),
        ("the treaty of the two", (0, "-", "treaty", "agreement", "signed")),
        ("Fiji signed a treaty on radars and a pact on ships.", (0, "signed", "pact", "agreement", "signed")),
    ],
)
def test_acts_go_with_nouns(text: str, outcome: Outcome) -> None:
    assert outcome in outcomes(text)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Laos drafted a treaty. Fiji signed on Friday.", (1, "signed", "-", "agreement", "signed")),
        ("Laos drafted a treaty. Rain fell. Fiji signed on Friday.", (2, "signed", "-", "agreement", "signed")),
        ("The navies readied a drill. Fiji called off its part.", (1, "called off", "-", "exercise", "cancelled")),
        ("Laos eyed two patrol boats. Fiji ordered on Friday.", (1, "ordered", "-", "transfer", "contracted")),
    ],
)
def test_an_act_may_be_done_to_what_was_told_before(text: str, outcome: Outcome) -> None:
    assert outcome in outcomes(text)


def test_an_act_may_be_done_to_what_the_title_tells() -> None:
    signed = (0, "signed", "-", "agreement", "signed")
    assert signed in outcomes("The navy was glad as Fiji signed on Friday.", title="Fiji and the treaty")
    assert signed not in outcomes("The navy was glad as Fiji signed on Friday.", title="Fiji and the rain")


def test_what_comes_later_is_no_topic_yet() -> None:
    assert (0, "signed", "-", "agreement", "signed") not in outcomes("Fiji signed on Friday. The treaty is long.")


def test_a_noun_named_in_the_sentence_leaves_no_room_for_the_topic() -> None:
    told = outcomes("Laos drafted a treaty. Fiji signed the defence pact.")
    assert (1, "signed", "defence pact", "agreement", "signed") in told
    assert (1, "signed", "-", "agreement", "signed") not in told


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Japan signed a defence treaty in 2016. Laos followed in 2018.", (1, "-", "2018", "agreement", "signed")),
        ("Fiji held a drill in 2016. Laos did so in May 2018.", (1, "-", "May 2018", "exercise", "held")),
    ],
)
def test_a_date_may_stand_for_what_was_told_before(text: str, outcome: Outcome) -> None:
    assert outcome in outcomes(text)


def test_a_date_beside_its_act_is_no_gap() -> None:
    assert not any(noun == "2016" for _, _, noun, _, _ in outcomes("Japan signed a defence treaty in 2016."))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rice was sold and the rain fell.",
        "The bakery opened in 2016. Laos followed in 2018.",
        "A film festival took place in Oslo.",
    ],
)
def test_nothing_is_proposed_of_what_tells_nothing(text: str) -> None:
    assert outcomes(text) == set()


def test_an_act_far_from_its_noun_does_not_reach_it() -> None:
    filler = "as the long rain of that grey week fell on every roof of the small old town " * 4
    assert (0, "signed", "treaty", "agreement", "signed") not in outcomes(f"Fiji signed {filler}the treaty.")


def test_the_same_candidate_is_not_proposed_twice() -> None:
    parsed = grammar().parse(Document(id="d", text="Fiji signed a defence treaty."))
    seen = [(one.act, one.act_word, one.noun_at, one.group, one.type, one.stage) for one in parsed.candidates]
    assert all(seen.count(one) == 1 for one in seen)


@settings(max_examples=150)
@given(TEXTS, TEXTS)
def test_any_text_is_read_and_read_alike_twice(text: str, title: str) -> None:
    document = Document(id="d", text=text, title=title, published=date(2024, 5, 6))
    one, other = grammar().parse(document), grammar().parse(document)
    assert one.candidates == other.candidates
    assert one.context.order == other.context.order
    for candidate in one.candidates:
        sentence, (first, stop) = candidate.sentence, candidate.reach
        assert sentence.first <= first < stop <= sentence.stop
        assert sentence.first <= candidate.anchor < sentence.stop
        start, end = one.plain.original_span(one.tokens.starts[first], one.tokens.ends[stop - 1])
        assert 0 <= start < end <= len(text)
