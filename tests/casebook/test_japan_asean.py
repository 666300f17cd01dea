"""What the shipped casebook promises to everyone who counts with it."""

from __future__ import annotations

from functools import cache

from pactwatch.casebook import Casebook, find_casebook, load_casebook
from pactwatch.edition.compile import compile_tables
from pactwatch.edition.expectations import check_expectations
from pactwatch.model.codes import (
    DONE_STAGES,
    Doubt,
    ItemGrade,
    Precision,
    RecordType,
    SourceGrade,
    Stage,
)
from pactwatch.model.records import Milestone, Record, Source

KNOWN_DEPLOYMENTS = {
    "ASEAN-IPD18",
    "IDN-OP-JOGJA",
    "IDN-OP-PALU",
    "IDN-OP-QZ8501",
    "IPD-2024",
    "PHL-OP-HAIYAN",
    "PNG-EX-2022",
    "USA-IPD19",
}
"""Relief operations and named cruises: exercises in the first telling, none by the codebook."""


@cache
def casebook() -> Casebook:
    """Loading refuses the whole casebook if any of its files has a fault, so every test here rests on that."""
    return load_casebook(find_casebook("japan-asean"))


def rows() -> list[tuple[Record, Milestone]]:
    return [(record, milestone) for record in casebook().records for milestone in record.milestones]


def sources_of(milestone: Milestone) -> list[Source]:
    by_id = {source.source_id: source for source in casebook().sources}
    return [by_id[source_id] for source_id in milestone.source_ids]


def test_the_numbers_lie_within_what_the_casebook_expects() -> None:
    outcomes = check_expectations(casebook(), compile_tables(casebook()))
    assert [outcome.words for outcome in outcomes if outcome.is_short or outcome.is_over] == []
    asked = {expectation.partner for expectation in casebook().expectations}
    assert set(casebook().settings.partners) <= asked


def test_every_source_is_used_and_named() -> None:
    used = {source_id for _, milestone in rows() for source_id in milestone.source_ids}
    used |= {figure.source_id for figure in casebook().perceptions}
    assert {source.source_id for source in casebook().sources} == used
    bare = [source.publisher for source in casebook().sources if source.publisher.startswith("www.")]
    assert bare == []


def test_what_is_known_from_a_preview_alone_is_planned_and_never_done() -> None:
    previews = [milestone for _, milestone in rows() if Doubt.PREVIEW_ONLY in milestone.doubts]
    assert len(previews) > 30
    assert [milestone.milestone_id for milestone in previews if milestone.stage in DONE_STAGES] == []


def test_japan_is_a_party_unless_it_only_observed() -> None:
    focus = casebook().settings.focus
    without = {record.record_id for record in casebook().records if focus not in record.parties}
    assert without == {"PHL-EX-BK24", "PHL-EX-KMD6"}


def test_indonesias_part_in_the_fleet_review_stays_a_plan() -> None:
    """Its only page is a departure report; the Singaporean part of the same event is told after it."""
    stages = {milestone.milestone_id: (record.parties, milestone.stage) for record, milestone in rows()}
    assert stages["IDN-EX-IFR22"] == (("IDN", "JPN"), Stage.PLANNED)
    assert stages["SGP-EX-2022"] == (("JPN", "SGP"), Stage.HELD)


def test_relief_operations_and_cruises_are_no_exercises() -> None:
    deployments = {record.record_id for record in casebook().records if record.type is RecordType.DEPLOYMENT}
    assert deployments == KNOWN_DEPLOYMENTS
    levelled = [m.milestone_id for r, m in rows() if m.level is not None and r.type is not RecordType.EXERCISE]
    assert levelled == []


def test_unverified_rows_lean_on_no_page_that_was_read() -> None:
    """A preview may be read and still leave the event itself unverified; every other such row has no read page."""
    unverified = [milestone for _, milestone in rows() if not milestone.is_verified]
    assert len(unverified) > 30
    leaning = [
        milestone.milestone_id
        for milestone in unverified
        if Doubt.PREVIEW_ONLY not in milestone.doubts
        and any(source.is_seen or source.item_grade is not ItemGrade.UNJUDGED for source in sources_of(milestone))
    ]
    assert leaning == []
    unfounded = [m.milestone_id for _, m in rows() if m.is_verified and not any(s.is_seen for s in sources_of(m))]
    assert unfounded == []


def test_a_source_without_a_page_is_graded_f6() -> None:
    for source in casebook().sources:
        assert (source.grade is SourceGrade.F) == (source.url == ""), source.source_id
        assert (source.item_grade is ItemGrade.UNJUDGED) == (not source.is_seen), source.source_id


def test_what_stands_on_copies_alone_says_so() -> None:
    silent = []
    for _, milestone in rows():
        pages = [source for source in sources_of(milestone) if source.url]
        is_copied = bool(pages) and all(source.grade is SourceGrade.D for source in pages)
        if is_copied and Doubt.SECONDARY_SOURCE not in milestone.doubts:
            silent.append(milestone.milestone_id)
    assert silent == []


def test_inferred_dates_and_conflicts_are_marked_where_they_stand() -> None:
    for _, milestone in rows():
        assert milestone.date.is_uncertain == (Doubt.DATE_INFERRED in milestone.doubts), milestone.milestone_id
        assert bool(milestone.conflicts) == (Doubt.CONFLICT in milestone.doubts), milestone.milestone_id


def test_no_budget_counts_as_a_transfer() -> None:
    """Budgets and programme totals are policy, of the fiscal year alone; money of a transfer belongs to its items."""
    for record, milestone in rows():
        if "BUDGET" in record.record_id or record.record_id.startswith("OSA-"):
            assert record.type is RecordType.POLICY, record.record_id
            assert milestone.items == (), milestone.milestone_id
        if record.title.startswith("Initial defence budget") and milestone.stage is Stage.ENACTED:
            assert milestone.date.precision is Precision.YEAR
            assert str(milestone.date.year) in record.record_id
    undirected = [r.record_id for r in casebook().records if r.type is RecordType.TRANSFER and not r.supplier]
    assert undirected == ["GCAP", "IND-UNICORN-1"]


def test_survey_figures_of_two_weightings_share_no_series() -> None:
    bases: dict[str, set[str]] = {}
    for figure in casebook().perceptions:
        bases.setdefault(figure.series, set()).add(figure.basis)
    assert [series for series, found in bases.items() if {"restated", "first_published"} <= found] == []
    assert bases["iseas-trust-JPN-asean10-restated2022"] == {"restated"}
    assert bases["iseas-trust-JPN-asean10-first"] == {"first_published"}
