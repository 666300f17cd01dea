"""What is kept for the next publishing changes no byte: any order of adding, deciding and publishing in between gives
the edition that is published from nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactwatch import flow
from pactwatch.casebook import Casebook
from pactwatch.edition import pieces
from pactwatch.edition.verify import verify_edition
from pactwatch.flow import composing
from pactwatch.flow.intake.attaching import Attached, attach
from pactwatch.ledger import Ledger, open_ledger
from pactwatch.model.entries import AddressFound, Coding, CopyFound, DocumentRead
from pactwatch.model.judgements import Decision, Judgement, RecordRef, identify_mention, refer_to
from pactwatch.model.mentions import Mention
from tests.flow.made import append, code, exercise, make_casebook
from tests.flow.test_publishing import STORIES, hash_files

DOCS = [story[0].document for story in STORIES if isinstance(story[0], DocumentRead)]
PAIRED = (Decision.SAME, Decision.DIFFERENT)

Action = Callable[[Ledger, Casebook, Path], object]
places = st.integers(0, len(STORIES) - 1)


def _mentions(ledger: Ledger) -> list[Mention]:
    """Mentions that stand now, in an order that does not depend on what is kept."""
    codings = ledger.codings()
    return [one for doc in sorted(codings) for one in codings[doc].mentions]


def _add(place: int) -> Action:
    return lambda ledger, *_: ledger.append(STORIES[place], "reader")


def _code_again(place: int, date: str, parties: tuple[str, ...], is_less: bool) -> Action:
    """Another coder's mention of the same passage, or none."""

    def do(ledger: Ledger, *_: object) -> None:
        doc = DOCS[place]
        if ledger.has_document(doc.id):
            told = () if is_less else (code(doc, coder="other", date=date, parties=parties, name="Blue Lantern"),)
            ledger.append([Coding(doc=doc.id, coder="other", mentions=told)], "reader")

    return do


def _find_elsewhere(place: int, number: int) -> Action:
    def do(ledger: Ledger, *_: object) -> None:
        if ledger.has_document(DOCS[place].id):
            found = AddressFound(doc=DOCS[place].id, address=f"https://{number}.example/story")
            ledger.append([found], "reader")

    return do


def _call_copy(place: int, other: int) -> Action:
    def do(ledger: Ledger, *_: object) -> None:
        one, two = DOCS[place].id, DOCS[other].id
        if one != two and ledger.has_document(one) and ledger.has_document(two) and two not in ledger.copies():
            ledger.append([CopyFound(doc=one, original=two, similarity=0.9)], "reader")

    return do


def _judge(decision: Decision, chosen: int, other: int, *, of_record: bool) -> Action:
    def do(ledger: Ledger, casebook: Casebook, _: Path) -> None:
        listed = _mentions(ledger)
        if not listed:
            return
        one, two = listed[chosen % len(listed)], listed[other % len(listed)]
        correction = {"parties": ["JPN", "PHL", "USA"], "confidence": 0.9} if decision is Decision.CORRECT else {}
        second = RecordRef(record_id=casebook.records[0].record_id) if of_record else refer_to(two)
        if decision in PAIRED and identify_mention(one) == identify_mention(two) and not of_record:
            return
        fields = {"other": second} if decision in PAIRED else {"correction": correction}
        ledger.append([Judgement.model_validate({"decision": decision, "about": refer_to(one), **fields})], "Ana")

    return do


def _withdraw(ledger: Ledger, *_: object) -> None:
    kept = ledger.judgements()
    if kept:
        ledger.append([Judgement(decision=Decision.WITHDRAW, withdraws=kept[-1].seq)], "Ana")


def _publish(_: Ledger, casebook: Casebook, home: Path) -> None:
    flow.publish(casebook, home)


def _attach(ledger: Ledger, casebook: Casebook, home: Path) -> None:
    assert sum(_counts(attach(casebook, home, ledger.documents()))) == _told(ledger, casebook)


def _counts(attached: Attached) -> tuple[int, int, int]:
    return attached.to_records, attached.to_told, attached.to_items


def _told(ledger: Ledger, casebook: Casebook) -> int:
    from pactwatch.flow.gathering import gather

    return len(gather(casebook, ledger, ledger.last()).hearing.told) if ledger.codings() else 0


actions = st.one_of(
    st.builds(_add, places),
    st.builds(_add, places),
    st.just(_publish),
    st.builds(
        _code_again,
        places,
        st.sampled_from(("2026-02-18", "2025-11-03")),
        st.sampled_from((("JPN", "PHL"), ("CHL", "PER"))),
        st.booleans(),
    ),
    st.builds(_find_elsewhere, places, st.integers(0, 2)),
    st.builds(_call_copy, places, places),
    st.builds(
        _judge,
        st.sampled_from((*PAIRED, Decision.ACCEPT, Decision.CORRECT, Decision.REJECT)),
        st.integers(0, 9),
        st.integers(0, 9),
        of_record=st.booleans(),
    ),
    st.just(_withdraw),
    st.just(_attach),
)


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    return make_casebook(tmp_path_factory.mktemp("republishing") / "book")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.builds(_add, places), min_size=1, max_size=4), st.lists(actions, min_size=3, max_size=14))
def test_any_order_gives_the_bytes_of_publishing_from_nothing(
    casebook: Casebook, first: list[Action], then: list[Action]
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="republishing-"))
    try:
        home = folder / "home"
        with open_ledger(home) as ledger:
            for action in (*first, _publish, *then):
                action(ledger, casebook, home)
            kept = flow.publish(casebook, home)[0]
            _forget(ledger)
        afresh = flow.publish(casebook, folder / "other", ledger=home)[0]
        assert kept.id == afresh.id
        assert hash_files(kept.path) == hash_files(afresh.path)
        assert not verify_edition(kept)
    finally:
        shutil.rmtree(folder)


def _forget(ledger: Ledger) -> None:
    """Leave nothing of what is kept."""
    for kind in ("reconcile", "edition book"):
        assert ledger.derived.get(kind, "head") is not None, f"{kind}: nothing was kept, so nothing was tried"
        ledger.derived.drop(kind)


def test_only_what_a_document_changes_is_made_again(
    casebook: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(tmp_path) as ledger:
        append(ledger, STORIES)
        flow.publish(casebook, tmp_path)
        made: dict[str, int] = {}
        true_build = pieces._build

        def count(table: object, fresh: object) -> object:
            built = true_build(table, fresh)  # type: ignore[arg-type]
            made[table.name] = built.num_rows  # type: ignore[attr-defined]
            return built

        monkeypatch.setattr(pieces, "_build", count)
        ledger.append(exercise("White Ibis", "2026-01-09"), "reader")
        flow.publish(casebook, tmp_path)
        assert made == {
            **{"records": 1, "parties": 2, "milestones": 1, "items": 0, "supports": 1, "evidence": 2},
            **{"documents": 1, "addresses": 1, "mentions": 1, "sources": 1},
        }
        ledger.append([AddressFound(doc=DOCS[0].id, address="https://mirror.example/story")], "reader")
        flow.publish(casebook, tmp_path)
        assert {name for name, rows in made.items() if rows} == {"documents", "addresses", "mentions", "sources"}
        flow.publish(make_casebook(tmp_path / "book", second_pair_of_eyes="true"), tmp_path)
        assert made["records"] > 1, "another casebook: all of it"


@pytest.mark.parametrize("damage", ["cut", "lost", "other"])
def test_what_is_kept_and_damaged_is_made_again(casebook: Casebook, tmp_path: Path, damage: str) -> None:
    with open_ledger(tmp_path / "home") as ledger:
        append(ledger, STORIES[:5])
        flow.publish(casebook, tmp_path / "home")
        for name, value in ledger.derived.all("edition book").items():
            if damage == "lost":
                ledger.derived.drop("edition book", name) if name == "mentions" else None
            elif name in ("mentions", "records"):
                other = value[:100] if damage == "cut" else value.replace(b"Japan", b"Jhpan")
                ledger.derived.put("edition book", name, other)
        append(ledger, STORIES[5:], first=9)
        kept = flow.publish(casebook, tmp_path / "home")[0]
        for kind in ("reconcile", "edition book"):
            ledger.derived.drop(kind)
    afresh = flow.publish(casebook, tmp_path / "afresh", ledger=tmp_path / "home")[0]
    assert hash_files(kept.path) == hash_files(afresh.path)


def test_it_is_kept_on_every_database(casebook: Casebook, store: str, tmp_path: Path) -> None:
    with open_ledger(store) as ledger:
        append(ledger, STORIES[:4])
        flow.publish(casebook, tmp_path / "kept", ledger=store)
        append(ledger, STORIES[4:], first=9)
        kept = flow.publish(casebook, tmp_path / "kept", ledger=store)[0]
        assert composing.take_stock(casebook, ledger, None).standing.docs == frozenset(), "nothing was left to hear"
        _forget(ledger)
        afresh = flow.publish(casebook, tmp_path / "afresh", ledger=store)[0]
    assert hash_files(kept.path) == hash_files(afresh.path)
