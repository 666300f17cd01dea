"""The vocabularies are complete and agree with each other."""

from __future__ import annotations

from pactwatch.model.codes import DONE_STAGES, STAGES, TENTATIVE_STAGES, VOCABULARIES, RecordType, Stage


def test_every_type_has_stages_and_every_stage_a_type() -> None:
    assert set(STAGES) == set(RecordType)
    assert {stage for stages in STAGES.values() for stage in stages} == set(Stage)


def test_no_stage_is_both_intention_and_done() -> None:
    assert not TENTATIVE_STAGES & DONE_STAGES
    assert {Stage.HELD, Stage.SIGNED, Stage.DELIVERED} <= DONE_STAGES
    assert {Stage.PLANNED, Stage.PROPOSED} <= TENTATIVE_STAGES


def test_every_code_says_what_it_means() -> None:
    for vocabulary in VOCABULARIES:
        meanings = [member.meaning for member in vocabulary]
        assert all(meanings), vocabulary
        assert len(set(meanings)) == len(meanings), f"{vocabulary.__name__} tells two codes alike"
