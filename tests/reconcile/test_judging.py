"""Same and different: between mentions, with records, contradictory, withdrawn; and the ids that follow."""

from __future__ import annotations

from pactwatch.model.entries import Coding, Naming
from pactwatch.model.judgements import Decision, Judgement, identify_mention
from pactwatch.reconcile import hear, propose_namings, reconcile
from pactwatch.reconcile.items import Known, Reconciliation, Told
from pactwatch.reconcile.weights import Weights
from tests.reconcile.telling import Case, judge, mention, tell

A = tell("a", "dialogue held", "CHL NZL", date="2024-03-01")
B = tell("b", "dialogue held", "CHL NZL", date="2025-06-01")
C = tell("c", "exercise held", "ITA KEN", date="2019-01-01")
TWIN = tell("t", "dialogue held", "CHL NZL", date="2024-03-01")


def _together(found: Reconciliation) -> set[frozenset[str]]:
    names = {one.id: name for name, one in (("A", A), ("B", B), ("C", C), ("T", TWIN))}
    return {frozenset(names[one] for one in item.mentions) for item in found.items}


def _groups(*cases: Case, weights: Weights) -> tuple[set[frozenset[str]], list[int]]:
    found = reconcile([A, B, C, TWIN], Known(), cases, weights=weights)
    return _together(found), [one.seq for one in found.adrift]


def _sets(*names: str) -> set[frozenset[str]]:
    return {frozenset(name) for name in names}


def test_people_join_what_no_score_would(weights: Weights) -> None:
    assert _groups(judge(1, "same", A, C), weights=weights) == (_sets("ACT", "B"), [])


def test_people_part_what_is_told_alike(weights: Weights) -> None:
    assert _groups(judge(1, "different", A, TWIN), weights=weights) == (_sets("A", "T", "B", "C"), [])


def test_the_later_of_two_on_one_pair_wins(weights: Weights) -> None:
    cases = (judge(1, "same", A, B), judge(2, "different", B, A))
    assert _groups(*cases, weights=weights) == (_sets("AT", "B", "C"), [1])


def test_what_follows_from_later_judgements_wins_too(weights: Weights) -> None:
    cases = (judge(1, "different", A, C), judge(2, "same", A, B), judge(3, "same", B, C))
    assert _groups(*cases, weights=weights) == (_sets("ABCT"), [1])


def test_a_withdrawn_judgement_is_as_if_never_made(weights: Weights) -> None:
    withdrawal = Case(2, Judgement(decision=Decision.WITHDRAW, withdraws=1))
    assert _groups(judge(1, "different", A, TWIN), withdrawal, weights=weights) == (_sets("AT", "B", "C"), [])


def test_a_mention_is_put_to_a_record_and_kept_from_another(known: Known, weights: Weights) -> None:
    told = tell("a", "transfer delivered", "JPN PHL", date="2017-03-27", things=("aircraft", "TC-90", 2))
    assert reconcile([told], known, weights=weights).items[0].record_id == "PHL-TC90"
    apart = reconcile([told], known, [judge(1, "different", told, "PHL-TC90")], weights=weights)
    assert apart.items[0].record_id != "PHL-TC90"
    put = reconcile([told], known, [judge(1, "same", told, "PHL-CG44")], weights=weights)
    assert put.items[0].key == "PHL-CG44"


def test_the_casebook_keeps_its_records_apart(known: Known, weights: Weights) -> None:
    found = reconcile([], known, [judge(5, "same", "PHL-CG44", "PHL-CG97")], weights=weights)
    assert [(one.seq, one.why) for one in found.adrift] == [(5, "a later judgement, or the casebook, says otherwise")]


def test_a_record_nobody_knows_is_told(known: Known, weights: Weights) -> None:
    found = reconcile([A], known, [judge(5, "same", A, "NO-SUCH")], weights=weights)
    assert [one.seq for one in found.adrift] == [5]


def _named(told: list[Told], namings: list[Naming], *cases: Case, weights: Weights) -> Reconciliation:
    found = reconcile(told, Known(), cases, namings, weights)
    namings += propose_namings(found, namings)
    return found


def test_merged_ids_resolve_and_a_split_restores(weights: Weights) -> None:
    namings: list[Naming] = []
    first = _named([A], namings, weights=weights).items[0].key
    both = _named([A, B], namings, weights=weights)
    second = next(item.key for item in both.items if item.key != first)
    merged = _named([A, B], namings, judge(1, "same", A, B), weights=weights)
    assert ([item.key for item in merged.items], merged.aliases) == ([first], {second: first})
    assert namings[-1] == Naming(record_id=second, founder=B.id, becomes=first)
    parted = _named([A, B], namings, judge(1, "same", A, B), judge(2, "different", A, B), weights=weights)
    assert {item.key: item.mentions for item in parted.items} == {first: (A.id,), second: (B.id,)}
    assert parted.aliases == {}
    assert namings[-1] == Naming(record_id=second, founder=B.id)


def test_an_item_that_turns_out_to_be_known_becomes_the_casebooks(known: Known, weights: Weights) -> None:
    told = tell("a", "agreement signed", "JPN PHL", date="2024-07-08", instrument="RAA")
    namings = [Naming(record_id="PW-OLD", founder=told.id)]
    found = reconcile([told], known, (), namings, weights)
    assert (found.items[0].key, found.aliases) == ("PHL-RAA", {"PW-OLD": "PHL-RAA"})
    assert propose_namings(found, namings) == (Naming(record_id="PW-OLD", founder=told.id, becomes="PHL-RAA"),)


def test_an_id_outlives_its_founder_being_coded_otherwise(weights: Weights) -> None:
    old = mention("d", "dialogue held", "CHL NZL", date="2024-03-01", quote="q" * 40)
    new = mention("d", "dialogue held", "CHL NZL", date="2024-03-02", quote="q" * 35)
    namings = [Naming(record_id="PW-KEPT", founder=identify_mention(old))]
    coding = {"d": Coding(doc="d", coder="new", mentions=(new,))}
    found = reconcile(hear(coding, {}, {}, (), (old,)), Known(), (), namings, weights)
    assert [item.key for item in found.items] == ["PW-KEPT"]


def test_an_id_whose_passage_is_told_no_more_is_reported(weights: Weights) -> None:
    namings = [
        Naming(record_id="PW-GONE", founder="m-nowhere"),
        Naming(record_id="PW-MERGED", founder="m-too", becomes="PW-HERE"),
        Naming(record_id="PW-HERE", founder=A.id),
    ]
    found = reconcile([A], Known(), (), namings, weights)
    assert found.vanished == ("PW-GONE",)
    assert found.aliases == {"PW-MERGED": "PW-HERE"}
    assert [item.key for item in found.items] == ["PW-HERE"]
