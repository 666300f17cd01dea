"""Order does not matter, a part added later gives the same as the whole, ids are never lost or given twice."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory_store import MemoryStore
from pactwatch.casebook import find_casebook
from pactwatch.model.entries import Naming
from pactwatch.reconcile import Linker, blocking, open_weights, propose_namings, reconcile
from pactwatch.reconcile.answering import ask_linker
from pactwatch.reconcile.items import Hearing, Known, Reconciliation, Told
from pactwatch.reconcile.keeping import keep_linker, open_linker
from pactwatch.reconcile.linking import Decided
from pactwatch.reconcile.naming import provisional_id
from tests.reconcile.telling import Case, judge, tell

WEIGHTS = open_weights(find_casebook("japan-asean"))
_PAIRS = ("CHL NZL", "ITA KEN", "CHL ITA NZL")
_DATES = (None, "2024", "2024-05", "2024-05-03", "2024-05-05", "2024-05-29", "2024-09-01", "2025-05-03")
_WHAT = ("dialogue held", "exercise held", "agreement signed", "agreement in_force", "transfer contracted")


@st.composite
def tellings(draw: Any) -> list[Told]:
    """Up to a dozen mentions of a small world, so that many fall into one block."""
    told: dict[str, Told] = {}
    for number in range(draw(st.integers(1, 12))):
        what = draw(st.sampled_from(_WHAT))
        one = tell(
            f"d{draw(st.integers(0, 6))}", what, draw(st.sampled_from(_PAIRS)),
            published=draw(st.sampled_from(("2024-05-04", "2024-06-01", "2025-06-01"))),
            date=draw(st.sampled_from(_DATES)),
            name=draw(st.sampled_from((None, "Condor Shield"))) if what == "exercise held" else None,
            instrument=draw(st.sampled_from((None, "VFA", "MOU"))) if what.startswith("agreement") else None,
            start=100 * number,
        )  # fmt: skip
        told[one.id] = one
    days: dict[str, Any] = {}
    return [
        Told(one.id, one.mention, days.setdefault(one.mention.doc, one.published), one.report) for one in told.values()
    ]


@st.composite
def judged(draw: Any) -> tuple[list[Told], list[Case]]:
    """Mentions, and judgements of some pairs, contradictory ones among them."""
    told = draw(tellings())
    cases = []
    for seq in range(draw(st.integers(0, 5))):
        a, b = draw(st.sampled_from(told)), draw(st.sampled_from(told))
        if a.id != b.id:
            cases.append(judge(seq + 1, draw(st.sampled_from(("same", "different"))), a, b))
    return told, cases


def _places(found: Reconciliation) -> dict[str, str]:
    return {one: item.key for item in found.items for one in item.mentions}


@settings(max_examples=60, deadline=None)
@given(judged(), st.randoms(use_true_random=False))
def test_order_does_not_matter(made: tuple[list[Told], list[Case]], chance: random.Random) -> None:
    told, cases = made
    shuffled, later = list(told), list(cases)
    chance.shuffle(shuffled)
    chance.shuffle(later)
    assert reconcile(told, Known(), cases, weights=WEIGHTS) == reconcile(shuffled, Known(), later, weights=WEIGHTS)


@pytest.fixture(params=[False, True], ids=["small blocks", "large blocks"])
def block_sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With blocks of three already too large to compare all pairs, windows and what leaves them are at work."""
    if request.param:
        monkeypatch.setattr(blocking, "SMALL", 2)
        monkeypatch.setattr(blocking, "WINDOW", 1)


CHECKS = [HealthCheck.function_scoped_fixture]


@settings(max_examples=60, deadline=None, suppress_health_check=CHECKS)
@given(judged(), st.randoms(use_true_random=False))
@pytest.mark.usefixtures("block_sizes")
def test_documents_added_and_taken_away_give_the_same_as_the_whole(
    made: tuple[list[Told], list[Case]], chance: random.Random
) -> None:
    told, cases = made
    linker = Linker((), WEIGHTS)
    docs = sorted({one.mention.doc for one in told})
    chance.shuffle(docs)
    for doc in docs:
        linker.change([one for one in told if one.mention.doc == doc], (), Decided(tuple(cases[:1])))
    gone = docs[: chance.randrange(len(docs) + 1)]
    linker.change([], [one.id for one in told if one.mention.doc in gone], Decided(tuple(cases)))
    left = [one for one in told if one.mention.doc not in gone]
    assert linker.reconciliation(Decided(tuple(cases))) == reconcile(left, Known(), cases, weights=WEIGHTS)


@settings(max_examples=30, deadline=None)
@given(judged())
def test_what_was_kept_goes_on_as_if_never_put_away(made: tuple[list[Told], list[Case]]) -> None:
    told, cases = made
    decided, store = Decided(tuple(cases)), MemoryStore()
    first, rest = told[0].mention.doc, [one for one in told if one.mention.doc != told[0].mention.doc]
    linker = Linker((), WEIGHTS)
    linker.change(rest, (), decided)
    keep_linker(store, linker)
    again = open_linker(store, (), WEIGHTS)
    again.change([one for one in told if one.mention.doc == first], (), decided)
    assert again.reconciliation(decided) == reconcile(told, Known(), cases, weights=WEIGHTS)


@settings(max_examples=60, deadline=None, suppress_health_check=CHECKS)
@given(judged(), judged(), st.randoms(use_true_random=False))
@pytest.mark.usefixtures("block_sizes")
def test_with_a_store_the_result_is_the_same_whatever_it_was_before(
    before: tuple[list[Told], list[Case]], made: tuple[list[Told], list[Case]], chance: random.Random
) -> None:
    """Documents come, go and are coded otherwise, judgements come and are withdrawn; numbers change under one id."""
    store = MemoryStore()
    told, cases = made
    again = [
        replace(one, mention=one.mention.model_copy(update={"supplier": "ITA", "level": None}))
        if chance.random() < 0.3
        else one
        for one in told
    ]
    for mentions, judgements in (before, made, (again, cases[:1])):
        kept = reconcile(mentions, Known(), judgements, weights=WEIGHTS, store=store)
        assert kept == reconcile(mentions, Known(), judgements, weights=WEIGHTS)


@settings(max_examples=60, deadline=None)
@given(judged())
def test_judgements_in_force_hold(made: tuple[list[Told], list[Case]]) -> None:
    told, cases = made
    found = reconcile(told, Known(), cases, weights=WEIGHTS)
    places, adrift = _places(found), {one.seq for one in found.adrift}
    assert sorted(places) == sorted(one.id for one in told)
    for case in cases:
        if case.seq in adrift:
            assert case.seq < max(one.seq for one in cases)  # only what came later overrules
            continue
        a, b = case.judgement.about, case.judgement.other
        assert a is not None
        assert b is not None
        is_one = places[a.mention_id] == places[b.mention_id]  # type: ignore[union-attr]
        assert is_one == (case.judgement.decision == "same")


@settings(max_examples=60, deadline=None)
@given(tellings(), tellings(), st.randoms(use_true_random=False))
def test_ids_once_given_still_resolve_and_are_given_once(
    first: list[Told], second: list[Told], chance: random.Random
) -> None:
    """Published, then joined and parted by judgements: every id given resolves to one item, and to its own again."""
    namings: list[Naming] = []
    every = {one.id: one for one in (*first, *second)}
    told = list(every.values())
    cases: list[Case] = []
    for turn in range(4):
        present = [one for one in told if one in first or turn]
        found = reconcile(present, Known(), cases, namings, WEIGHTS)
        keys = [item.key for item in found.items]
        assert len(keys) == len(set(keys))
        given_before = {one.record_id for one in namings}
        assert given_before <= {*keys, *found.aliases}
        assert not found.vanished
        namings += propose_namings(found, namings)
        founders: dict[str, set[str]] = {}
        for naming in namings:
            founders.setdefault(naming.record_id, set()).add(naming.founder)
        assert all(len(known) == 1 for known in founders.values())
        assert propose_namings(reconcile(present, Known(), cases, namings, WEIGHTS), namings) == ()
        a, b = chance.choice(told), chance.choice(told)
        if a.id != b.id and a in present and b in present:
            cases.append(judge(turn + 1, chance.choice(("same", "different")), a, b))


def test_a_taken_id_is_not_given_again() -> None:
    first = provisional_id("m1")
    assert provisional_id("m1", {first}) != first


@settings(max_examples=40, deadline=None)
@given(judged(), st.randoms(use_true_random=False))
def test_kept_bytes_that_are_damaged_are_made_again(made: tuple[list[Told], list[Case]], chance: random.Random) -> None:
    """Cut, lost, of another form, or newer than the rest: the answer is as it would be without."""
    store, (told, cases) = MemoryStore(), made
    found = reconcile(told, Known(), cases, weights=WEIGHTS, store=store)
    whole = dict(store.held)
    for place in chance.sample(sorted(whole), 12):
        value = whole[place]
        for other in (value[:40], value[:12] + b"[[1]]", b"9" * len(value), b"", None):
            store.held = {one: held for one, held in whole.items() if one != place}
            if other is not None:
                store.held[place] = other
            assert reconcile(told, Known(), cases, weights=WEIGHTS, store=store) == found
            assert reconcile(told[1:], Known(), weights=WEIGHTS, store=store) == reconcile(
                told[1:], Known(), weights=WEIGHTS
            )


@settings(max_examples=40, deadline=None)
@given(judged(), st.integers(1, 3))
def test_what_another_process_keeps_meanwhile_is_not_mixed_in(made: tuple[list[Told], list[Case]], size: int) -> None:
    """Somebody keeps more mentions while this one has opened fewer: it begins anew, or its own is not kept."""
    store, (told, cases) = MemoryStore(), made
    reconcile(told[:size], Known(), weights=WEIGHTS, store=store)
    hearing, decided, turns = Hearing(tuple(told)), Decided(tuple(cases)), 0

    def change(linker: Linker) -> None:
        nonlocal turns
        turns += 1
        if turns == 1:
            assert reconcile(told[size:], Known(), weights=WEIGHTS, store=store).items or not told[size:]
        linker.follow(hearing, decided)

    found = ask_linker(store, (), WEIGHTS, change, lambda linker: linker.reconciliation(decided))
    assert found == reconcile(told, Known(), cases, weights=WEIGHTS)
    assert reconcile(told, Known(), cases, weights=WEIGHTS, store=store) == found


@settings(max_examples=40, deadline=None)
@given(judged(), st.randoms(use_true_random=False))
def test_hearing_only_what_changed_gives_the_same_as_hearing_all(
    made: tuple[list[Told], list[Case]], chance: random.Random
) -> None:
    store, (told, cases) = MemoryStore(), made
    docs = sorted({one.mention.doc for one in told})
    steps = [([doc], 1.0, cases[:1]) for doc in docs] + [([chance.choice(docs)], 0.5, cases)]

    def hear(heard: list[str], share: float, cases: list[Case]) -> tuple[list[Told], Reconciliation]:
        """Hear a document, or a part of what it told, with some judgements."""
        again = [one for one in told if one.mention.doc in heard and chance.random() < share]
        decided = Decided(tuple(cases))

        def follow(linker: Linker) -> None:
            linker.follow(Hearing(tuple(again)), decided, heard)

        return again, ask_linker(store, (), WEIGHTS, follow, lambda linker: linker.reconciliation(decided))

    for step in steps:
        again, found = hear(*step)
    left = [one for one in told if one.mention.doc not in steps[-1][0] or one in again]
    assert found == reconcile(left, Known(), cases, weights=WEIGHTS)


def test_what_was_kept_with_other_weights_is_not_used() -> None:
    store, linker = MemoryStore(), Linker((), WEIGHTS)
    linker.change([tell("a", "dialogue held", "CHL NZL", date="2024-05-03")])
    keep_linker(store, linker)
    assert open_linker(store, (), WEIGHTS.model_copy(update={"base": -3.0})).reconciliation().items == ()
