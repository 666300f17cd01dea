"""What hand-made weights choose: which candidates, how told, when, by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.choosing import Weights, choose
from pactwatch.coder.gate import hopeful
from pactwatch.coder.grammar import GrammarCoder
from pactwatch.coder.judging import certainty, chance_of_all
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.scenes import set_scenes
from pactwatch.model.documents import Document
from tests.coder.by_hand import KEEPS_SIGNED, PUBLISHED, SIGNED_ONLY, candidate_of, grammar, parse, weights

TREATY = "Japan and Fiji signed a defence treaty on 3 May 2021."


def chosen(text: str, with_weights: Weights) -> list[Candidate]:
    parsed = parse(text)
    return choose(parsed.sites, parsed.context, with_weights)


def told(text: str, with_weights: Weights) -> list[tuple[str, str, str, str]]:
    return [(one.type, one.stage, one.modality, "+".join(one.parties)) for one in chosen(text, with_weights)]


PLAIN = weights(KEEPS_SIGNED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TREATY, [("agreement", "signed", "actual", "FJI+JPN")]),
        ("Rain fell on the navy.", []),
        ("A defence treaty was signed.", []),
        (
            "Japan and Fiji signed a defence treaty. Laos and Samoa signed a defence pact.",
            [("agreement", "signed", "actual", "FJI+JPN"), ("agreement", "signed", "actual", "LAO+WSM")],
        ),
        ("Japan and Fiji held a naval drill.", []),
    ],
)
def test_what_the_weights_keep_is_told_in_the_order_of_the_text(
    text: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert told(text, PLAIN) == expected


def test_the_gate_drops_what_is_hopeless() -> None:
    parsed = parse(TREATY)
    set_scenes(parsed.context, PLAIN.models)
    assert hopeful(parsed.sites, parsed.context, LinearModel(0.0, {})) == parsed.candidates
    assert hopeful(parsed.sites, parsed.context, LinearModel(-9.0, {})) == []
    assert told(TREATY, weights(KEEPS_SIGNED | {"gate": {"bias": -9.0}})) == []


def test_what_is_unlikely_by_itself_gets_no_second_look() -> None:
    assert told(TREATY, weights(KEEPS_SIGNED | {"keep": {"bias": -9.0}})) == []


def test_articles_are_read_by_weights_of_their_own() -> None:
    nothing = weights(KEEPS_SIGNED | {"rival": {"bias": -9.0}})
    article = TREATY + " The navy of Fiji rested." * 40
    for text, by_reports, by_articles in ((TREATY, 1, 0), (article, 0, 1)):
        document = Document(id="d", text=text, published=PUBLISHED)
        assert len(GrammarCoder(grammar(), PLAIN, nothing).code(document)) == by_reports
        assert len(GrammarCoder(grammar(), nothing, PLAIN).code(document)) == by_articles
        assert len(GrammarCoder(grammar(), PLAIN).code(document)) == 1


def test_less_is_asked_of_an_articles_sentences() -> None:
    reports, articles = Weights(PLAIN.models), Weights.for_articles(PLAIN.models)
    assert articles.models is reports.models
    assert articles.keep_at < reports.keep_at
    assert articles.told_at < reports.told_at


@pytest.mark.parametrize(("keep_at", "count"), [(0.5, 1), (0.94, 1), (0.96, 0)])
def test_the_chance_from_which_a_candidate_is_kept(keep_at: float, count: int) -> None:
    assert len(told(TREATY, weights(KEEPS_SIGNED, keep_at))) == count


def test_of_two_candidates_of_one_act_the_likelier_stays() -> None:
    text = "Japan and Fiji signed a defence treaty and a defence pact."
    kept = chosen(
        text, weights({"keep": {"noun=defence pact>agreement/signed": 1.0}, "rival": SIGNED_ONLY | {"odds": 1.0}})
    )
    assert [one.lemma for one in kept if one.act is not None] == ["defence pact"]


@pytest.mark.parametrize("modality", ["actual", "planned", "possible", "denied"])
def test_the_likeliest_way_of_telling_is_chosen(modality: str) -> None:
    favoured = weights(KEEPS_SIGNED | {f"modality:{modality}": {"bias": 1.0}})
    assert told(TREATY, favoured) == [("agreement", "signed", modality, "FJI+JPN")]


def test_equal_scores_mean_told_as_done() -> None:
    (one,) = chosen(TREATY, PLAIN)
    assert (one.modality, one.modality_chance) == ("actual", 0.25)


@pytest.mark.parametrize(
    ("bias", "expected"),
    [(1.0, "2021-05-03"), (-1.0, None)],
)
def test_a_date_belongs_to_the_event_where_it_scores_above_nothing(bias: float, expected: str | None) -> None:
    (one,) = chosen(TREATY, weights(KEEPS_SIGNED | {"attach": {"bias": bias}}))
    assert (one.when.date if one.when else None) == expected


def test_the_likeliest_date_is_chosen() -> None:
    text = "In 2019 Japan and Fiji signed a defence treaty by 2021."
    for word, year in (("in", "2019"), ("by", "2021")):
        attach = {f"date:one:year+before={word}": 2.0, "bias": 0.5}
        (one,) = chosen(text, weights(KEEPS_SIGNED | {"attach": attach}))
        assert one.when is not None
        assert one.when.date == year


def test_the_same_event_is_told_once_and_anew_with_another_date() -> None:
    dated = weights(KEEPS_SIGNED | {"attach": {"bias": 1.0}})
    assert len(told(f"{TREATY} {TREATY}", dated)) == 1
    assert len(told(f"{TREATY} Japan and Fiji signed a defence treaty in 2023.", dated)) == 2
    assert len(told(f"{TREATY} Japan and Fiji signed a defence treaty.", dated)) == 1


@pytest.mark.parametrize(("told_at", "count"), [(0.2, 1), (0.3, 0)])
def test_an_event_is_told_where_all_of_it_is_likely(told_at: float, count: int) -> None:
    """The event is nearly sure, its parties too, but the four ways of telling are equally likely."""
    assert len(told(TREATY, replace(PLAIN, told_at=told_at))) == count


def test_what_is_not_told_lends_no_parties() -> None:
    unsure = replace(PLAIN, told_at=0.3)
    parsed = parse(f"{TREATY} Laos and Samoa signed a defence pact.")
    assert choose(parsed.sites, parsed.context, unsure) == []


@pytest.mark.parametrize(
    ("about", "sure_at", "count"),
    [(2.0, 0.9, 1), (0.75, 0.9, 0), (0.75, 0.3, 1), (-0.1, 0.0, 0)],
)
def test_the_words_around_decide_how_sure_an_event_must_be(about: float, sure_at: float, count: int) -> None:
    models = PLAIN.models.copy()
    models["about"] = LinearModel(about, {})
    may_be_civil = TREATY.replace("defence", "strategic")
    assert len(told(may_be_civil, replace(PLAIN, models=models, sure_at=sure_at))) == count
    models["about"] = LinearModel(about - 2.0, {})
    assert len(told(TREATY, replace(PLAIN, models=models, sure_at=sure_at))) == count, "it names defence itself"


def test_an_event_told_twice_in_a_sentence_keeps_its_date() -> None:
    text = "Japan and Fiji signed a defence pact, and signed the defence pact on 3 May 2021."
    dated = weights(KEEPS_SIGNED | {"attach": {"bias": -1.0, "date:only:day+chunks=after0": 3.0}})
    assert [one.when and one.when.date for one in chosen(text, dated)] == ["2021-05-03"]


def test_the_certainty_is_in_log_odds_within_bounds() -> None:
    one = candidate_of(parse(TREATY), "agreement/signed")
    one.keep, one.modality_chance, one.party_chance = 1.0, 0.5, 0.0
    assert certainty(one) == pytest.approx({"event": 6.9068, "modality": 0.0, "parties": -6.9068}, abs=1e-3)


def test_the_confidence_is_the_chance_where_no_model_says_more() -> None:
    (one,) = chosen(TREATY, PLAIN)
    assert one.confidence == pytest.approx(one.keep, abs=1e-4)
    models = PLAIN.models.copy()
    del models["confidence"]
    (bare,) = chosen(TREATY, replace(PLAIN, models=models))
    assert bare.confidence == pytest.approx(chance_of_all(bare), abs=1e-4)


def test_choosing_again_gives_the_same() -> None:
    assert told(f"{TREATY} Laos held a drill with Samoa.", PLAIN) == told(
        f"{TREATY} Laos held a drill with Samoa.", PLAIN
    )
