"""Records of items: milestones, preferred values, what stands beside them, and what is no record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pactwatch.model.codes import Doubt, Modality, RecordType, ReviewStatus, SourceGrade, Stage
from pactwatch.model.documents import Document
from pactwatch.model.judgements import Decision
from pactwatch.model.records import Record
from pactwatch.reconcile import compile_records, reconcile
from pactwatch.reconcile.items import Compiled, Known, Told
from pactwatch.reconcile.rules import PREFERENCE, Voice, prefer, stage_told
from pactwatch.reconcile.weights import Weights
from tests.reconcile.telling import judge, tell

OUTLET = {"a": "The Harbour Courier", "b": "Kyodo News", "c": "Atlas Daily"}


def _compile(told: list[Told], known: Known, weights: Weights, *cases: Any) -> Compiled:
    heads = {
        doc: Document(id=doc, text="", title=f"Title {doc}", publisher=name, published=date(2026, 1, 1))
        for doc, name in OUTLET.items()
    }
    return compile_records(reconcile(told, known, cases, weights=weights), told, known, heads)


def _new(compiled: Compiled, known: Known) -> list[Record]:
    return list(compiled.records[len(known.records) :])


def test_stages_become_milestones_of_one_record(known: Known, weights: Weights) -> None:
    told = [
        tell("a", "agreement signed", "CHL NZL", date="2024-07-19", instrument="VFA"),
        tell("b", "agreement signed", "CHL NZL", date="2024-07", instrument="VFA"),
        tell("c", "agreement in_force", "CHL NZL", date="2025-02-01", instrument="VFA"),
    ]
    (record,) = _new(compiled := _compile(told, known, weights), known)
    assert record.title == "Chile and New Zealand: visiting forces agreement"
    assert [(one.stage, str(one.date)) for one in record.milestones] == [
        ("signed", "19 July 2024"), ("in_force", "1 February 2025"),
    ]  # fmt: skip
    signed = compiled.evidence[record.milestones[0].milestone_id]
    assert signed.mentions == tuple(sorted((told[0].id, told[1].id)))
    assert signed.fields["date"] == (told[0].id,)
    assert record.milestones[0].source_ids == ("a", "b")
    assert record.review_status is ReviewStatus.UNREVIEWED
    assert not record.milestones[0].conflicts


def test_two_dates_stand_side_by_side(known: Known, weights: Weights) -> None:
    """The agency is graded by the casebook, the others are not."""
    told = [
        tell("a", "agreement signed", "CHL NZL", date="2024-07-19", instrument="VFA"),
        tell("c", "agreement signed", "CHL NZL", date="2024-07-19", instrument="VFA", start=5),
        tell("b", "agreement signed", "CHL NZL", date="2024-07-20", instrument="VFA"),
    ]
    (record,) = _new(compiled := _compile(told, known, weights), known)
    (signed,) = record.milestones
    assert signed.date.edtf == "2024-07-20"
    assert [(one.field, one.value) for one in signed.conflicts] == [("date", "2024-07-19")]
    assert signed.conflicts[0].told_by in ("The Harbour Courier, 1 January 2026", "Atlas Daily, 1 January 2026")
    assert Doubt.CONFLICT in signed.doubts
    grades = {source.source_id: (source.grade, source.item_grade) for source in compiled.sources}
    assert grades["a"] == ("F", "6")
    assert grades["b"][0] == "B"


def test_a_person_wins_over_grades(known: Known, weights: Weights) -> None:
    accepted = replace(
        tell("a", "agreement signed", "CHL NZL", date="2024-07-19", instrument="VFA"), decision=Decision.ACCEPT
    )
    other = tell("b", "agreement signed", "CHL NZL", date="2024-07-20", instrument="VFA")
    (record,) = _new(_compile([accepted, other], known, weights), known)
    assert record.milestones[0].date.edtf == "2024-07-19"
    assert record.review_status is ReviewStatus.REVIEWED


def test_two_amounts_stand_side_by_side(known: Known, weights: Weights) -> None:
    boats = ("vessel", "patrol boats", 2)
    told = [
        tell("a", "transfer contracted", "ITA KEN", date="2024-04-10", things=boats, money=(9_000_000, "EUR")),
        tell("b", "transfer contracted", "ITA KEN", date="2024-04-10", things=boats, money=(9_100_000, "EUR")),
    ]
    (record,) = _new(_compile(told, known, weights), known)
    (contracted,) = record.milestones
    assert str(contracted.money) == "9100000 EUR"
    assert [(one.field, one.value) for one in contracted.conflicts] == [("money", "9000000 EUR")]
    assert [(one.name, one.quantity) for one in contracted.items] == [("patrol boats", "2")]


def test_a_delivery_in_parts_is_several_milestones(known: Known, weights: Weights) -> None:
    things = ("aircraft", "light aircraft", 2)
    told = [
        tell("a", "transfer contracted", "KOR PER", date="2023-10-04", things=("aircraft", "light aircraft", 10)),
        tell("b", "transfer delivered", "KOR PER", date="2025-05-07", things=things),
        tell("c", "transfer delivered", "KOR PER", date="2025-09-09", things=things),
    ]
    (record,) = _new(_compile(told, known, weights), known)
    assert [one.stage for one in record.milestones] == ["contracted", "delivered", "delivered"]
    assert len({one.milestone_id for one in record.milestones}) == 3


def test_what_is_only_planned_never_counts_as_done(known: Known, weights: Weights) -> None:
    told = [tell("a", "agreement signed", "CHL NZL", date="2026-09", instrument="VFA", modality="planned")]
    (record,) = _new(_compile(told, known, weights), known)
    (milestone,) = record.milestones
    assert milestone.stage == "proposed"
    assert milestone.is_tentative
    assert {Doubt.PREVIEW_ONLY, Doubt.PLANNED_DATE} <= milestone.doubts


def test_a_plan_gives_way_to_what_happened(known: Known, weights: Weights) -> None:
    told = [
        tell("a", "exercise planned", "CHL NZL", date="2024-03", name="Long Swell", modality="planned"),
        tell("b", "exercise held", "CHL NZL", date="2024-03-16", name="Long Swell"),
    ]
    compiled = _compile(told, known, weights)
    (record,) = _new(compiled, known)
    assert [one.stage for one in record.milestones] == ["held"]
    assert compiled.loose[record.record_id] == (told[0].id,)


def test_a_denial_is_kept_beside_what_it_denies(known: Known, weights: Weights) -> None:
    told = [
        tell("a", "agreement signed", "CHL NZL", date="2024-07-19", instrument="VFA"),
        tell("b", "agreement signed", "CHL NZL", instrument="VFA", modality="denied"),
    ]
    compiled = _compile(told, known, weights, judge(1, "same", told[0], told[1]))
    (record,) = _new(compiled, known)
    (signed,) = record.milestones
    assert [(one.field, one.value, one.told_by) for one in signed.conflicts] == [
        ("stage", "denied", "Kyodo News, 1 January 2026")
    ]
    assert compiled.evidence[signed.milestone_id].denials == (told[1].id,)
    assert signed.source_ids == ("a",)


def test_what_nothing_dates_is_no_record_and_is_told(known: Known, weights: Weights) -> None:
    told = [tell("a", "dialogue held", "CHL NZL")]
    compiled = _compile(told, known, weights)
    assert _new(compiled, known) == []
    assert len(compiled.undated) == 1


def test_the_casebooks_values_are_never_changed_by_a_machine(known: Known, weights: Weights) -> None:
    told = [
        tell("a", "agreement signed", "JPN PHL", date="2024-07-08", instrument="RAA"),
        tell("c", "agreement signed", "JPN PHL", date="2024-07-09", instrument="RAA"),
    ]
    compiled = _compile(told, known, weights)
    before = next(one for one in known.records if one.record_id == "PHL-RAA")
    after = next(one for one in compiled.records if one.record_id == "PHL-RAA")
    pairs = [(old, new) for old, new in zip(before.milestones, after.milestones, strict=True) if old != new]
    ((old, new),) = pairs
    assert new.source_ids == (*old.source_ids, "a", "c")
    assert new.model_copy(update={"source_ids": old.source_ids}) == old
    assert compiled.evidence[new.milestone_id].disputes == (told[1].id,)


def test_what_a_person_accepted_stands_beside_the_casebooks(known: Known, weights: Weights) -> None:
    told = [tell("a", "agreement signed", "JPN PHL", date="2024-07-09", instrument="RAA")]
    compiled = _compile([replace(told[0], decision=Decision.ACCEPT)], known, weights)
    signed = next(
        one for record in compiled.records if record.record_id == "PHL-RAA" for one in record.milestones
        if one.stage == "signed"
    )  # fmt: skip
    assert signed.date.edtf == "2024-07-08"
    assert ("date", "2024-07-09") in {(one.field, one.value) for one in signed.conflicts}


def test_a_new_step_of_a_known_record_is_a_milestone_of_it(known: Known, weights: Weights) -> None:
    told = [tell("a", "agreement in_force", "JPN PHL", date="2026-06-20", instrument="ACSA")]
    compiled = _compile(told, known, weights)
    acsa = next(one for one in compiled.records if one.record_id == "PHL-ACSA")
    assert acsa.milestones[-1].milestone_id == "PHL-ACSA-inforce"
    assert acsa.review_status is ReviewStatus.CURATED
    others = [(new, old) for new, old in zip(compiled.records, known.records, strict=True) if new is not acsa]
    assert all(new is old for new, old in others)


@pytest.mark.parametrize(
    ("type_", "stage", "modality", "expected"),
    [
        ("agreement", "signed", "actual", "signed"),
        ("agreement", "signed", "planned", "proposed"),
        ("agreement", "negotiating", "planned", "negotiating"),
        ("transfer", "delivered", "possible", "proposed"),
        ("exercise", "held", "planned", "planned"),
        ("exercise", "held", "possible", None),
        ("dialogue", "held", "denied", None),
    ],
)
def test_stages_by_modality(type_: str, stage: str, modality: str, expected: str | None) -> None:
    found = stage_told(RecordType(type_), Stage(stage), Modality(modality))  # type: ignore[call-arg]
    assert found == expected


RANKED = [
    ("better grade", {"grade": SourceGrade.B}, {"grade": SourceGrade.F}),
    ("more precise", {"date": "2024-07-19"}, {"date": "2024-07"}),
    ("more reports", {"reports": 3}, {"reports": 1}),
    ("later report", {"published": "2025-02-02"}, {"published": "2025-01-01"}),
]


@pytest.mark.parametrize(("why", "winner", "loser"), RANKED)
def test_each_test_of_the_rule_for_dates_decides(why: str, winner: dict[str, Any], loser: dict[str, Any]) -> None:
    def voice(doc: str, **told: Any) -> Voice:
        grade, reports = told.pop("grade", SourceGrade.C), told.pop("reports", 1)
        made = tell(doc, "agreement signed", "CHL NZL", **{"date": "2024-07-19", **told})
        return Voice(made, grade, reports)

    best, other = voice("a", **winner), voice("b", **loser)
    assert prefer("date", [other, best]) is best, why
    assert PREFERENCE["date"][0].words.startswith("a mention a person accepted")
