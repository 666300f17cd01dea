"""Fits of which candidates tell: quotes are bags, words say what a text is about, folds are writers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.coded import Coded, folds
from pactwatch.coder.context import Context
from pactwatch.coder.fitting import fit_all, fit_confidence
from pactwatch.coder.linear import Features
from pactwatch.coder.scene_fitting import fit_scenes
from pactwatch.coder.sharing import of_kind
from pactwatch.coder.telling import Telling
from pactwatch.model.documents import Document
from tests.coder.by_hand import grammar

SIGNED = {"type": "agreement", "stage": "signed", "modality": "actual", "supplier": None, "speaker": None, "date": None}
NAVAL = [
    "Fiji and Chile signed a naval pact.",
    "Kenya and Oman signed a naval pact.",
    "Peru and Laos signed a naval pact.",
]
PARTIES = [["CHL", "FJI"], ["KEN", "OMN"], ["LAO", "PER"]]


def coded(text: str, mentions: Sequence[dict[str, Any]], source: str = "", weight: float = 1.0) -> Coded:
    document = Document(id="d", text=text, published=date(2024, 5, 6))
    return Coded(grammar().parse(document), document, mentions, weight, source)


def signed(text: str, parties: Sequence[str], quote: str = "", source: str = "") -> Coded:
    return coded(text, [{**SIGNED, "parties": list(parties), "quote": quote or text}], source)


def by_lemma(candidate: Candidate, context: Context) -> Features:
    return Features(
        [f"noun={candidate.lemma}", f"act={candidate.act_word.lemma}>{candidate.stage}"],
        {"place": float(len(context.order))},
    )


def test_a_mention_may_be_told_by_the_candidates_of_its_type_and_stage_in_its_quote() -> None:
    text = "Fiji and Chile signed a naval pact. Kenya and Oman signed a naval treaty."
    one = signed(text, ["CHL", "FJI"], "Fiji and Chile signed a naval pact.")
    assert one.told
    assert {one.candidates[place].sentence.index for place in one.told} == {0}
    assert {one.candidates[place].type for place in one.told} == {"agreement"}


def test_no_candidate_tells_two_mentions_while_others_are_left() -> None:
    text = "Fiji and Chile signed a naval pact and a naval treaty."
    mentions = [{**SIGNED, "parties": ["CHL", "FJI"], "quote": text} for _ in range(2)]
    numbers = [number for number, _ in coded(text, mentions).best()]
    assert len(set(numbers)) == 2


def test_of_a_bag_the_likeliest_candidate_is_taken_for_right() -> None:
    """Two acts stand in a quote; one of them tells elsewhere, the other stands elsewhere and tells nothing."""
    clear = [signed(text, parties) for text, parties in zip(NAVAL, PARTIES, strict=True)] * 3
    mixed = [signed("Samoa and Togo signed a naval pact and inked another pact.", ["TGO", "WSM"])] * 3
    idle = [coded("Nobody inked the naval pact.", [])] * 6
    model = Telling([*clear, *mixed, *idle], by_lemma).fit(penalty=0.5)
    assert model.weights["act=ink>signed"] < 0 < model.weights["act=sign>signed"]


def test_folds_keep_the_documents_of_a_writer_together() -> None:
    many = [coded("Rain fell on the navy.", [], source) for source in ("a", "b", "a", "c", "d", "e", "b")]
    parts = folds(many)
    assert sorted(number for part in parts for number in part) == list(range(7))
    assert len(parts) == 4
    for source in "abcde":
        places = {number for number, one in enumerate(many) if one.source == source}
        assert sum(bool(places & set(part)) for part in parts) == 1


def test_the_words_of_a_text_say_what_it_is_about() -> None:
    telling = [signed(text, parties, source=s) for s in "ab" for text, parties in zip(NAVAL, PARTIES, strict=True)]
    other = [coded("The club signed a striker before the navy game.", [], source) for source in "ab" for _ in range(3)]
    models = fit_scenes([*telling, *other], penalty=0.1)
    assert models["about"].weights["pact"] > 0 > models["about"].weights["striker"]
    assert models["scene"].weights["pact"] > 0 > models["scene"].weights["striker"]
    assert all(one.parsed.context.about[0] > 0 for one in telling)
    assert all(one.parsed.context.about[0] < 0 for one in other)


@pytest.mark.parametrize("weight", [1.0, 0.5])
def test_a_coder_can_be_fitted_to_a_handful_of_documents(weight: float) -> None:
    documents = [
        *(signed(text, parties, source=s) for s in "ab" for text, parties in zip(NAVAL, PARTIES, strict=True)),
        *(coded("The club signed a striker before the navy game.", [], s, weight) for s in "ab" for _ in range(3)),
    ]
    models = fit_all(documents)
    assert {"about", "scene", "gate", "keep", "rival", "party", "party-set", "attach"} <= set(models)
    assert set(fit_confidence(documents).weights) <= {"event", "modality", "parties"}


def test_the_confidence_of_articles_is_asked_of_articles_alone() -> None:
    """Signed pacts are coded in all of the reports and in every other one of the articles."""
    rest = " The navy of Togo rested and the army of Samoa waited." * 20
    reports = [signed(text, parties, source=s) for s in "abcd" for text, parties in zip(NAVAL, PARTIES, strict=True)]
    articles = [
        signed(text + rest, parties, text, source) if source in "ab" else coded(text + rest, [], source)
        for source in "abcd"
        for text, parties in zip(NAVAL, PARTIES, strict=True)
    ]
    for article in articles:
        article.weight, article.is_article = 0.5, True
    certain = {"event": 3.0, "modality": 3.0, "parties": 3.0}
    model = fit_confidence([*reports, *articles])
    of_reports, of_articles = (of_kind(model, is_article=one).score((), certain) for one in (False, True))
    assert of_reports > of_articles
