"""The judge judged: figures worked out by hand, and what must hold of any matching."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.coder.evaluation import Evaluation, GoldDocument, evaluate, read_gold
from pactwatch.coder.evaluation.calibration import calibrate
from pactwatch.coder.evaluation.differences import Kind, describe
from pactwatch.coder.evaluation.fields import FIELDS, fold
from pactwatch.coder.evaluation.gold import GoldError
from pactwatch.coder.evaluation.matching import match_mentions, overlap
from pactwatch.coder.evaluation.scores import Counts, score_rows
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention
from tests.coder.meetings import told

ROOT = Path(__file__).parents[2]
SHARED_GOLD = ROOT.parent / "shared" / "gold"


def gold(*mentions: Mention, file: str = "a") -> GoldDocument:
    return GoldDocument(Document(id="1", text="JPN met PHL."), mentions, file, 1)


def figures(found: Evaluation, which: str) -> tuple[float | None, ...]:
    score = getattr(found, which).overall
    return score.precision.value, score.recall.value, score.f1.value


@pytest.fixture(scope="module")
def worked() -> Evaluation:
    """Two files: one with a strict pair, a loose pair and a false alarm; one with a false alarm and a miss."""
    signed, in_force = (told(type="agreement", stage=stage) for stage in ("signed", "in_force"))
    drill = told(type="exercise", parties=("JPN", "VNM"), confidence=0.6, start=50)
    gift = told(type="transfer", stage="delivered")
    return evaluate(
        [
            (gold(told(), signed), [in_force, drill, told()]),
            (gold(file="b"), [drill]),
            (gold(gift, file="b"), []),
        ]
    )


def test_overall_figures(worked: Evaluation) -> None:
    assert worked.strict.overall.counts == Counts(gold=3, coded=4, paired=1)
    assert figures(worked, "strict") == pytest.approx((1 / 4, 1 / 3, 2 / 7))
    assert figures(worked, "loose") == pytest.approx((2 / 4, 2 / 3, 4 / 7))


def test_figures_by_file_and_their_mean(worked: Evaluation) -> None:
    by_file = {name: score.f1.value for name, score in worked.strict.by_file.items()}
    assert by_file == pytest.approx({"a": 2 / 5, "b": 0})
    assert worked.strict.mean_over_files.f1.value == pytest.approx(1 / 5)
    assert worked.strict.mean_over_files.precision.value == pytest.approx((1 / 3 + 0) / 2)
    assert worked.loose.mean_over_files.recall.value == pytest.approx((1 + 0) / 2)


def test_figures_by_type(worked: Evaluation) -> None:
    strict = {name: score.f1.value for name, score in worked.strict.by_type.items()}
    assert strict == {"agreement": 0, "transfer": 0, "exercise": 0, "dialogue": 1}
    assert worked.loose.by_type["agreement"].f1.value == 1


def test_empty_documents_and_calibration(worked: Evaluation) -> None:
    assert (worked.empty.documents, worked.empty.with_mentions, worked.empty.mentions) == (1, 1, 1)
    found = worked.strict_calibration
    assert [(one.low, one.mentions, one.share_right) for one in found.bins] == [(0.6, 2, 0), (0.8, 2, 0.5)]
    assert found.expected_error == pytest.approx((2 * 0.6 + 2 * 0.3) / 4)
    assert found.brier == pytest.approx((2 * 0.36 + 0.64 + 0.04) / 4)
    assert worked.loose_calibration.brier == pytest.approx((2 * 0.36 + 2 * 0.04) / 4)


def test_differences_say_what_to_mend(worked: Evaluation) -> None:
    kinds = [one.kind for one in worked.differences]
    assert sorted(kinds) == sorted([Kind.OTHERWISE, Kind.FALSE, Kind.FALSE, Kind.MISSED])
    (loose,) = (one for one in worked.differences if one.kind is Kind.OTHERWISE)
    assert loose.fields == ("stage",) and loose.passage == "JPN met PHL."
    assert loose.gold == "agreement/signed/actual JPN+PHL undated"
    assert loose.coded == "agreement/in_force/actual JPN+PHL undated"


def test_a_passage_read_as_something_else_is_one_difference_not_two() -> None:
    found = evaluate([(gold(told()), [told(parties=("JPN", "PHL", "USA"))])])
    (one,) = found.differences
    assert (one.kind, one.fields) == (Kind.OTHERWISE, ("parties",))
    assert figures(found, "loose") == (0, 0, 0)


def test_a_strict_pair_with_another_date_is_told() -> None:
    (one,) = evaluate([(gold(told(date="2024", precision="year")), [told()])]).differences
    assert (one.kind, one.fields) == (Kind.FIELDS, ("date", "precision"))


def test_a_mention_on_one_line() -> None:
    boats = {"category": "vessel", "name": "boats", "quantity": 5}
    whole = told(
        type="transfer", stage="contracted", supplier="JPN", recipient="PHL", date="2024-07", precision="month",
        instrument="ODA", items=(boats,), money={"amount": 1600000000, "currency": "JPY"}, speaker="Ms Ono",
    )  # fmt: skip
    expected = "transfer/contracted/actual JPN+PHL JPN>PHL 2024-07 ODA [5 boats (vessel)] 1,600,000,000 JPY says Ms Ono"
    assert describe(whole) == expected


def test_among_equals_the_quotes_that_overlap_most_go_together_then_the_dates_that_agree() -> None:
    early, late = told(start=0), told(start=100)
    near_early, near_late = told(start=3), told(start=95)
    pairs = match_mentions([early, late], [near_late, near_early]).strict
    assert sorted((one.start, other.start) for one, other in pairs) == [(0, 3), (100, 95)]
    first, second = told(date="2023", precision="year"), told(date="2024", precision="year")
    pairs = match_mentions([first, second], [second, first]).strict
    assert sorted((one.date, other.date) for one, other in pairs) == [("2023", "2023"), ("2024", "2024")]
    assert match_mentions([first, second], [second]).missed == (first,)


def test_overlap_outweighs_dates_and_dates_outweigh_other_fields() -> None:
    year: dict[str, Any] = {"precision": "year", "date": "2024"}
    closer, dated = told(start=2), told(start=6, **year)
    assert match_mentions([told(**year)], [dated, closer]).strict[0][1] == closer
    right_day, wrong_day = told(name="x", speaker="y", hadr=True, **year), told(precision="year", date="2025")
    assert match_mentions([told(**year)], [wrong_day, right_day]).strict[0][1] == right_day


def test_strict_pairs_come_before_loose_ones_that_overlap_more() -> None:
    signed = told(type="agreement", stage="signed", start=100)
    agreed, far = told(type="agreement", stage="agreed", start=100), told(type="agreement", stage="signed", start=0)
    matching = match_mentions([signed], [agreed, far])
    assert matching.strict == ((signed, far),) and matching.false == (agreed,)


@pytest.mark.parametrize(("start", "expected"), [(0, 1.0), (6, 6 / 18), (12, 0.0), (50, 0.0)])
def test_overlap_of_quotes_of_twelve_characters(start: int, expected: float) -> None:
    assert overlap(told(), told(start=start)) == pytest.approx(expected)


ITEM = {"category": "vessel", "name": "patrol boats", "quantity": 2}
MONEY = {"amount": "1600000000", "currency": "JPY"}


@pytest.mark.parametrize(
    ("field", "one", "other", "agrees"),
    [
        ("supplier", {"supplier": "JPN"}, {}, False),
        ("supplier", {}, {}, True),
        ("instrument", {"instrument": "RAA"}, {"instrument": "VFA"}, False),
        ("name", {"name": "Blue  Wave"}, {"name": "“blue wave”"}, True),
        ("name", {"name": "Blue Wave"}, {"name": "Blue Waves"}, False),
        ("speaker", {"speaker": "Ono"}, {"speaker": "ONO"}, True),
        ("items.category", {"items": (ITEM,)}, {"items": ({**ITEM, "name": "ships"},)}, True),
        ("items.category", {"items": (ITEM,)}, {"items": (ITEM, ITEM)}, False),
        ("items.name", {"items": (ITEM,)}, {"items": ({**ITEM, "name": "ships"},)}, False),
        ("items.quantity", {"items": (ITEM,)}, {"items": ({**ITEM, "quantity": 3},)}, False),
        ("items.quantity", {"items": ({**ITEM, "quantity": 1},)}, {"items": ({**ITEM, "quantity": None},)}, True),
        ("money", {"money": MONEY}, {"money": {**MONEY, "amount": 1.6e9}}, True),
        ("money", {"money": MONEY}, {"money": {**MONEY, "currency": "USD"}}, False),
        ("date", {"date": "2024-Q1", "precision": "quarter"}, {"date": "2024-33", "precision": "quarter"}, True),
        ("date", {"date": "2024-07", "precision": "month"}, {"date": "2024", "precision": "year"}, False),
        ("precision", {"date": "2024-07", "precision": "month"}, {"date": "2024-08", "precision": "month"}, True),
        ("hadr", {"hadr": True}, {}, False),
    ],
)
def test_when_a_field_agrees(field: str, one: dict[str, Any], other: dict[str, Any], agrees: bool) -> None:
    (chosen,) = (here for here in FIELDS if here.name == field)
    assert chosen.agrees(told(**one), told(**other)) is agrees


def test_field_accuracy_tells_apart_what_is_told_from_what_is_absent_on_both_sides() -> None:
    dated = told(date="2024", precision="year")
    found = evaluate([(gold(told(), dated), [told(start=0), told(date="2025", precision="year")])])
    score = found.strict_pairs.fields["date"]
    assert (score.pairs, score.agreed, score.told, score.told_agreed) == (2, 1, 1, 0)
    assert (score.accuracy, score.told_accuracy) == (0.5, 0)
    assert found.strict_pairs.mean_overlap == 1


def test_folding_keeps_letters_of_every_script() -> None:
    assert fold(" ‘Tàu  tuần-tra’ ") == "tàu tuần tra"


def test_intervals_are_those_of_resampled_documents() -> None:
    hit, miss = Counts(1, 1, 1), Counts(1, 0, 0)
    assert score_rows({"a": [hit]})[0].recall.interval == (1, 1)
    assert score_rows({"a": [hit, miss]})[0].recall.interval == (0, 1)  # a quarter of the draws at either end
    assert score_rows({"a": [hit], "b": [miss]})[0].recall.interval == (0.5, 0.5)  # files are not resampled
    wide, narrow = (score_rows({"a": [hit, miss] * number})[0].recall.interval for number in (5, 500))
    assert wide is not None and narrow is not None
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]
    assert 0.5 - narrow[0] == pytest.approx(1.96 * (0.25 / 1000) ** 0.5, rel=0.15)


def test_nothing_at_all_has_no_rate() -> None:
    for found in (evaluate([]), evaluate([(gold(), [])])):
        assert figures(found, "strict") == (None, None, None)
        assert found.strict_calibration.brier is None
        json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize(
    ("judged", "error", "brier"),
    [
        ([(1.0, True)], 0, 0),
        ([(1.0, False)], 1, 1),
        ([(0.5, True), (0.5, False)], 0, 0.25),
        ([(0.95, True), (1.0, True)], 0.025, 0.00125),  # 1 belongs to the last tenth
    ],
)
def test_calibration(judged: list[tuple[float, bool]], error: float, brier: float) -> None:
    found = calibrate(judged)
    assert (found.expected_error, found.brier) == pytest.approx((error, brier))
    assert len(found.bins) == 1


# What must hold of any mentions

PARTIES = [("JPN", "PHL"), ("JPN", "PHL", "USA"), ("JPN", "VNM")]
MENTIONS = st.builds(
    told,
    type=st.sampled_from(["dialogue", "exercise"]),
    stage=st.sampled_from(["held", "planned"]),
    parties=st.sampled_from(PARTIES),
    modality=st.sampled_from(["actual", "denied"]),
    start=st.integers(0, 30),
    name=st.sampled_from([None, "Blue Wave"]),
    confidence=st.floats(0, 1),
)
LISTS = st.lists(MENTIONS, max_size=8)


@given(LISTS)
def test_a_perfect_copy_is_perfect(mentions: list[Mention]) -> None:
    found = evaluate([(gold(*mentions), mentions[::-1])])
    assert figures(found, "strict") == ((1, 1, 1) if mentions else (None, None, None))
    assert all(score.accuracy in {1, None} for score in found.strict_pairs.fields.values())
    assert not found.differences


@given(st.lists(MENTIONS, min_size=1, max_size=8))
def test_silence_and_noise_have_no_merit(mentions: list[Mention]) -> None:
    assert figures(evaluate([(gold(*mentions), [])]), "loose") == (0, 0, 0)
    assert figures(evaluate([(gold(), mentions)]), "loose") == (0, 0, 0)


@given(LISTS, LISTS)
def test_no_mention_is_paired_twice_or_lost_and_pairs_are_as_many_as_can_be(
    here: list[Mention], there: list[Mention]
) -> None:
    matching = match_mentions(here, there)
    pairs = matching.strict + matching.loose + matching.near
    assert Counter(map(str, here)) == Counter(str(one) for one in [*(one for one, _ in pairs), *matching.missed])
    assert Counter(map(str, there)) == Counter(str(one) for one in [*(other for _, other in pairs), *matching.false])
    for paired, key in ((matching.strict, strict_of), (matching.strict + matching.loose, loose_of)):
        possible = Counter(map(key, here)) & Counter(map(key, there))
        assert len(paired) == possible.total()
        assert all(key(one) == key(other) for one, other in paired)


def strict_of(one: Mention) -> object:
    return one.type, one.stage, one.parties, one.modality


def loose_of(one: Mention) -> object:
    return one.type, one.parties


@given(LISTS, LISTS, st.integers(0, 1000))
def test_the_order_of_mentions_does_not_matter(here: list[Mention], there: list[Mention], seed: int) -> None:
    before = evaluate([(gold(*here), there)])
    Random(seed).shuffle(here)
    Random(seed + 1).shuffle(there)
    assert evaluate([(gold(*here), there)]) == before


# Reading gold


def gold_line(**changes: Any) -> str:
    """A faultless gold line, with the changes made in its mention."""
    mention: dict[str, Any] = {
        "type": "dialogue",
        "stage": "held",
        "parties": ["PHL", "JPN"],
        "modality": "actual",
        "items": [],
    }
    mention |= {"quote": "Japan met the Philippines", "date": None, "precision": "none", "level": None, "hadr": False}
    return json.dumps({"text": "Today Japan met the Philippines.", "mentions": [mention | changes]})


def test_gold_is_read_as_mentions(tmp_path: Path) -> None:
    (tmp_path / "w.jsonl").write_text(gold_line(date="2024-Q3", precision="quarter") + "\n\n" + gold_line(start=0))
    first, second = read_gold([str(tmp_path / "w.jsonl")])
    (mention,) = first.mentions
    assert (mention.parties, mention.start, mention.date) == (("JPN", "PHL"), 6, "2024-Q3")
    assert second.mentions[0].start == 6  # offsets that do not fit are looked for
    assert second.line == 3


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{", ""),
        ('{"text": ""}', "mentions"),
        ('{"text": "", "mentions": {}}', "mentions"),
        ('{"text": "", "mentions": [3]}', "mentions[0]"),
        (gold_line(type="treaty"), "mentions[0].type"),
        (gold_line(stage="signed"), "mentions[0]"),
        (gold_line(parties=["JPN", 3]), "mentions[0].parties.1"),
        (gold_line(parties=[]), "mentions[0]"),
        (gold_line(modality=None), "mentions[0].modality"),
        (gold_line(quote="Japan meets"), "mentions[0].quote"),
        (gold_line(quote=""), "mentions[0].quote"),
        (gold_line(date="2024-13", precision="month"), "mentions[0].date"),
        (gold_line(date="2024-12", precision="day"), "mentions[0].precision"),
        (gold_line(date="2024-12"), "mentions[0]"),
        (gold_line(colour="red"), "mentions[0].colour"),
        (gold_line(money={"amount": 1, "currency": "yen"}), "mentions[0].money.currency"),
    ],
)
def test_a_fault_of_gold_is_named_with_file_and_line(line: str, field: str, tmp_path: Path) -> None:
    file = tmp_path / "w.jsonl"
    file.write_text(gold_line() + "\n" + line)
    with pytest.raises(GoldError) as caught:
        read_gold([str(file)])
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.field) == (str(file), 2, field)
    assert caught.value.exit_code == 1


def test_the_shared_coded_documents_are_read_and_agree_with_themselves() -> None:
    files = sorted(str(file) for file in SHARED_GOLD.glob("writer_[2-5].jsonl"))
    if not files:
        pytest.skip("the coded documents are not here: ../shared/gold is missing")
    documents = read_gold(files)
    found = evaluate((one, one.mentions) for one in documents)
    assert figures(found, "strict") == (1, 1, 1)
    assert len(found.strict.by_file) == len(files)
