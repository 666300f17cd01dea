"""What the network is asked of a document's words, with a network and questions made by chance."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from pactwatch.coder.choosing import MODALITIES, choose, party_odds
from pactwatch.coder.features import keep_features, keep_odds
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.modality_features import modality_features
from pactwatch.coder.parsing import Parsed
from pactwatch.coder.questions import Questions, WordQuestion
from pactwatch.coder.scenes import set_scenes
from pactwatch.coder.senses import (
    PLACES,
    PROPOSED,
    UNSEEN,
    Senses,
    outcome_of,
    place_from,
    propose,
)
from pactwatch.encoder.network import Floats, Linear
from tests.coder.by_hand import KEEPS_SIGNED, candidate_of, parse, weights
from tests.encoder.made import Chance

UNITS, WIDE, NARROW = 6, 5, 3
OUTCOMES = ("agreement/signed", "exercise/held")
SIGNED = "Japan and Fiji signed a defence treaty. Peru and Japan held a drill in Oman."


@cache
def questions() -> Questions:
    chance, many = Chance(3), len(OUTCOMES)
    shapes = {
        "word.word": (NARROW, UNITS),
        "word.answer": (many, NARROW),
        "event.act": (WIDE, UNITS),
        "event.thing": (WIDE, UNITS),
        "event.manner": (len(MODALITIES), WIDE),
        "party.act": (NARROW, UNITS),
        "party.thing": (NARROW, UNITS),
        "party.naming": (NARROW, UNITS),
        "party.mix": (NARROW, NARROW),
        "party.answer": (1, NARROW),
    }
    tables: dict[str, Floats] = {}
    for name, shape in shapes.items():
        tables[f"{name}.weight"], tables[f"{name}.bias"] = chance.table(*shape), chance.table(shape[0])
    tables["word.answer.bias"] -= 99.0  # no word is proposed but where a test wants it
    tables |= {"event.no_thing": chance.table(WIDE), "party.no_thing": chance.table(NARROW)}
    tables |= {"event.outcomes": chance.table(many, WIDE), "event.answers": chance.table(many, WIDE)}
    tables |= {"event.answer_bias": chance.table(many, 1), "party.outcomes": chance.table(many, NARROW)}
    tables |= {"party.places": chance.table(4 * PLACES, NARROW), "party.standing": chance.table(4, 1)}
    return Questions.from_tables(tables | {"party.outcome_bias": chance.table(many, 1)}, {"outcomes": OUTCOMES})


def sense(text: str = SIGNED, title: str = "") -> Parsed:
    parsed = parse(text, title)
    parsed.context.senses = Senses(Chance(5).table(len(parsed.tokens.words), UNITS), questions())
    parsed.context.senses.weigh(parsed.candidates)
    return parsed


def senses_of(parsed: Parsed) -> Senses:
    assert parsed.context.senses is not None
    return parsed.context.senses


def test_an_event_is_asked_as_the_formula_says() -> None:
    parsed = sense()
    one = candidate_of(parsed, "agreement/signed")
    asked, vectors = questions().event, senses_of(parsed).vectors
    assert one.noun_at is not None
    hidden = asked.act(vectors[one.anchor][None]) + asked.thing(vectors[one.noun_at[1] - 1][None]) + asked.outcomes[0]
    eased = np.array([[0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in hidden[0].tolist()]])
    odds = float((eased @ asked.answers[0]).item() / 4 + asked.answer_bias[0, 0])
    assert one.sense == pytest.approx(odds, abs=1e-3)
    assert sum(map(math.exp, one.manners)) == pytest.approx(1.0, abs=1e-3)


def test_an_outcome_that_the_questions_do_not_know_is_not_asked() -> None:
    parsed = sense()
    others = [one for one in parsed.candidates if outcome_of(one) not in OUTCOMES]
    assert others
    assert {(one.sense, one.manners) for one in others} == {(0.0, ())}
    assert senses_of(parsed).of_parties(others[0], parsed.context) == {}


def test_everyone_of_the_document_is_asked_for_and_the_title_alone_counts_little() -> None:
    parsed = sense(title="Kenya and Fiji")
    one = candidate_of(parsed, "agreement/signed")
    told = senses_of(parsed).of_parties(one, parsed.context)
    asked = questions().party
    assert set(told) == {"JPN", "FJI", "PER", "OMN", "KEN"}
    assert told["KEN"] == pytest.approx(UNSEEN + asked.standing[2, 0] + asked.outcome_bias[0, 0], abs=1e-3)


def test_what_namings_weigh_is_summed_as_chances_are() -> None:
    parsed = sense("Fiji signed a defence treaty with Peru, and Peru was glad.")
    one = candidate_of(parsed, "agreement/signed")
    senses, asked = senses_of(parsed), questions().party
    assert one.noun_at is not None
    query = asked.query(senses.vectors[one.anchor], senses.vectors[one.noun_at[1] - 1], 0)
    spans = [naming.span for naming in parsed.context.namings[0] if naming.span.codes == ("PER",)]
    scores = [
        asked.weigh(query, asked.naming(senses.vectors[span.j - 1][None]), np.array([4 * place_from(1, 0, span.i, 0)]))
        for span in spans
    ]
    assert len(spans) == 2
    whole = np.logaddexp(scores[0][0], scores[1][0]) + asked.standing[0, 0] + asked.outcome_bias[0, 0]
    assert senses.of_parties(one, parsed.context)["PER"] == pytest.approx(float(whole), abs=1e-3)


@pytest.mark.parametrize(
    ("word", "sentence", "place"),
    [
        *[(9, 2, 0), (7, 2, 0), (6, 2, 1), (2, 2, 1), (1, 2, 2), (11, 2, 3), (14, 2, 3), (15, 2, 4), (20, 2, 4)],
        *[(21, 2, 5), (0, 1, 6), (0, 0, 7), (0, -1, 8), (0, -3, 8), (0, -4, 9), (40, 3, 10), (50, 4, 11), (90, 9, 11)],
    ],
)
def test_how_a_naming_stands_to_an_act(word: int, sentence: int, place: int) -> None:
    assert place_from(10, 2, word, sentence) == place


def test_what_the_network_says_is_a_number_among_the_features() -> None:
    parsed = sense()
    set_scenes(parsed.context, weights({}).models)
    one = candidate_of(parsed, "agreement/signed")
    model = LinearModel(0.5, {"sense": 2.0, "sense+agreement/signed": 1.0, "sense+here=True": 1.0})
    (odds,) = keep_odds([one], parsed.context, model)
    assert odds == pytest.approx(0.5 + 3.0 * one.sense)
    assert odds == pytest.approx(model.score_of(keep_features(one, parsed.context)))
    assert modality_features(one, parsed.context).numbers == dict(
        zip(["sense-0", "sense-1", "sense-2", "sense-3"], one.manners, strict=True)
    )
    told = senses_of(parsed).of_parties(one, parsed.context)
    party = party_odds(one, parsed.context, model, [])
    assert party == pytest.approx({code: 0.5 + (3.0 if code in ("JPN", "FJI") else 2.0) * told[code] for code in told})


def test_without_a_network_nothing_of_it_is_among_the_features() -> None:
    parsed = parse(SIGNED)
    set_scenes(parsed.context, weights({}).models)
    one = candidate_of(parsed, "agreement/signed")
    assert not any("sense" in name for name in keep_features(one, parsed.context).numbers)
    assert modality_features(one, parsed.context).numbers == {}


def test_a_word_that_no_list_knows_is_proposed_where_nothing_else_would_tell_the_same() -> None:
    parsed = parse(SIGNED)
    words = parsed.tokens.words
    vectors = np.zeros((len(words), 2), np.float32)
    vectors[words.index("drill")] = vectors[words.index("treaty")] = [8.0, 0.0]
    vectors[words.index("peru")] = [4.0, 4.0]
    told = WordQuestion(
        Linear(np.eye(2, dtype=np.float32), np.zeros(2, np.float32)),
        Linear(np.eye(2, dtype=np.float32), np.full(2, PROPOSED - 3.0, np.float32)),
    )
    proposed = propose(told, OUTCOMES, vectors, parsed.context, parsed.candidates)
    assert [(words[one.anchor], outcome_of(one), one.sentence.index) for one in proposed] == [
        ("drill", "agreement/signed", 1),
    ]
    bare = propose(told, OUTCOMES, vectors, parsed.context, ())
    assert [(words[one.anchor], outcome_of(one)) for one in bare] == [
        ("treaty", "agreement/signed"),
        ("drill", "agreement/signed"),
        ("peru", "exercise/held"),
    ]


def test_the_document_is_read_only_where_there_is_something_to_ask() -> None:
    asked: list[str] = []

    def look() -> Senses:
        asked.append("read")
        return Senses(np.zeros((99, UNITS), np.float32), questions())

    parsed = parse(SIGNED)
    assert choose(parsed.sites, parsed.context, weights(KEEPS_SIGNED), look)
    idle = parse("The army of Peru is large.")
    assert choose(idle.sites, idle.context, weights(KEEPS_SIGNED | {"gate": {"bias": -9.0}}), look) == []
    assert asked == ["read"]
