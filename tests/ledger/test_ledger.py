"""What the ledger keeps and answers, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from pactwatch.ledger import Ledger, open_ledger
from pactwatch.ledger.appending import insert_rows, row_of
from pactwatch.ledger.chain import Written
from pactwatch.ledger.engine import writing
from pactwatch.ledger.errors import LedgerError, RefusedEntryError
from pactwatch.model.codes import RecordType
from pactwatch.model.entries import (
    BODY_OF,
    AddressFound,
    Alert,
    Body,
    Coding,
    CopyFound,
    DocumentRead,
    EntryKind,
    Fetched,
    Naming,
    Publication,
)
from pactwatch.model.errors import NotFoundError
from pactwatch.model.judgements import Decision, Judgement, MentionRef, RecordRef
from tests.ledger.made import NOON, accept, coding, document, mention, story


@pytest.fixture
def ledger(store: str) -> Iterator[Ledger]:
    with open_ledger(store) as opened:
        yield opened


def test_a_document_is_kept_once_with_all_its_addresses(ledger: Ledger) -> None:
    told = document(
        "A treaty was signed.\x00 「署名」 \U0001f4dc", title="Treaty", url="https://one.example", pages=(0, 5)
    )
    first = ledger.append(
        [DocumentRead(document=told), AddressFound(doc=told.id, address="https://one.example")], "reader"
    )
    assert [entry.kind for entry in first] == [EntryKind.DOCUMENT, EntryKind.ADDRESS]
    second: list[Body] = [
        DocumentRead(document=told),
        AddressFound(doc=told.id, address="https://one.example"),
        AddressFound(doc=told.id, address="https://two.example/" + "x" * 5000),
        AddressFound(doc=told.id, address="https://two.example/" + "x" * 5000),
    ]
    assert [entry.kind for entry in ledger.append(second, "reader")] == [EntryKind.ADDRESS]
    assert ledger.append(second, "reader") == ()
    assert ledger.document(told.id) == told
    assert ledger.documents() == {told.id: told.model_copy(update={"text": ""})}
    assert ledger.addresses(told.id) == ("https://one.example", "https://two.example/" + "x" * 5000)
    assert ledger.has_document(told.id) and not ledger.has_document("d" + "0" * 32)
    with pytest.raises(NotFoundError, match="holds no document 'd000"):
        ledger.document("d" + "0" * 32)


def test_the_coding_in_force_is_the_last_one_at_an_entry(ledger: Ledger) -> None:
    told, bodies = story(1, 2)
    ledger.append(bodies, "reader")
    before = ledger.last()
    assert ledger.append(bodies, "reader") == ()
    again = coding(told, told.text.splitlines()[0], coder="person")
    assert len(ledger.append([again], "coder")) == 1
    assert ledger.append([again], "coder") == ()
    assert ledger.codings() == {told.id: again}
    assert ledger.coding_of(told.id) == again
    assert ledger.codings(until=before) == {told.id: bodies[2]}
    assert ledger.codings(until=0) == {} and ledger.coding_of("d") is None
    assert len(ledger.append([bodies[2]], "coder")) == 1, "an earlier coding may be told again"
    assert ledger.codings() == {told.id: bodies[2]}


def test_former_mentions_and_coders_follow_the_codings(ledger: Ledger) -> None:
    told, bodies = story(1, 2)
    other, more = story(2)
    ledger.append([*bodies, *more], "reader")
    before = ledger.last()
    assert ledger.former_mentions() == []
    ledger.append([coding(told, coder='a "person"')], "coder")
    assert ledger.coders() == {told.id: 'a "person"', other.id: "grammar"}
    assert ledger.coders(before) == {told.id: "grammar", other.id: "grammar"}
    assert isinstance(bodies[2], Coding)
    assert ledger.former_mentions() == list(bodies[2].mentions)
    assert ledger.former_mentions(before) == []


def test_of_some_documents_the_same_is_told_as_of_all(ledger: Ledger) -> None:
    told, bodies = story(1, 2)
    other, more = story(2)
    bare = document("nobody coded this")
    ledger.append([*bodies, *more, DocumentRead(document=bare)], "reader")
    between = ledger.last()
    ledger.append([coding(told, coder="person"), coding(other, coder="person")], "coder")
    ledger.append([CopyFound(doc=told.id, original=other.id, similarity=0.9)], "reader")
    ledger.append([CopyFound(doc=other.id, original=bare.id, similarity=0.9)], "reader")
    asked = {told.id, bare.id, "d" + "0" * 32}
    for until in (None, between):
        for tell in (ledger.documents, ledger.codings, ledger.copies):
            assert tell(until, asked) == {doc: one for doc, one in tell(until).items() if doc in asked}
            assert tell(until, ()) == {}
        former = ledger.former_mentions(until)
        assert ledger.former_mentions(until, asked) == [one for one in former if one.doc in asked]
    assert (ledger.uncoded(), ledger.document_ids()) == ([bare.id], [told.id, other.id, bare.id])
    assert sorted(ledger.coded()) == sorted([told.id, other.id])
    assert ledger.latest_codings(between) == {told.id: "3", other.id: "6"}
    kinds = (EntryKind.CODING, EntryKind.COPY)
    late = [(EntryKind.CODING, told.id), (EntryKind.CODING, other.id), (EntryKind.COPY, told.id)]
    assert ledger.subjects(kinds, between) == [*late, (EntryKind.COPY, other.id)]
    assert ledger.subjects(kinds, between, between + 3) == late
    assert ledger.digest(2) == next(iter(ledger.entries(after=1))).digest and ledger.digest(99) == ""
    names = [Naming(record_id=f"R{number}", founder=f"m{number}") for number in range(3)]
    ledger.append(names, "publisher")
    assert [one.body for one in ledger.namings(record_ids=["R2", "R0"])] == [names[0], names[2]]


def test_derived_bytes_are_put_together_or_not_at_all(ledger: Ledger) -> None:
    store, head = ledger.derived, ("pages", "head")
    assert store.swap(head, None, {head: b"1", ("pages", "a"): b"a", ("more", "b"): b"b"})
    assert not store.swap(head, None, {head: b"2", ("pages", "a"): b"other"}), "somebody was there before"
    assert (store.all("pages"), store.all("more")) == ({"head": b"1", "a": b"a"}, {"b": b"b"})
    assert store.swap(head, b"1", {head: b"2", ("pages", "a"): b"new", ("more", "c"): b"c"}, ["more"])
    assert (store.all("pages"), store.all("more")) == ({"head": b"2", "a": b"new"}, {"c": b"c"})
    assert ledger.last() == 0, "nothing derived is an entry"


def test_what_is_newest_and_what_is_told_of_one_thing(ledger: Ledger) -> None:
    told, bodies = story(1)
    other, more = story(2)
    assert ledger.newest(list(EntryKind)) is None
    made = ledger.append([*bodies, *more], "reader", NOON)
    newest = ledger.newest([EntryKind.ADDRESS, EntryKind.DOCUMENT])
    assert newest == (5, made[4].digest, NOON)
    assert ledger.newest([EntryKind.ADDRESS], until=4) == (2, made[1].digest, NOON)
    assert ledger.newest([EntryKind.ALERT]) is None
    about = ledger.about([EntryKind.CODING, EntryKind.ADDRESS], told.id)
    assert [(kept.seq, kept.body) for kept in about] == [(2, bodies[1]), (3, bodies[2])]
    assert ledger.all_addresses() == {
        told.id: ("https://gazette.example/1",),
        other.id: ("https://gazette.example/2",),
    }
    assert set(ledger.all_addresses(until=3)) == {told.id}


def test_copies_name_an_original_that_is_none_itself(ledger: Ledger) -> None:
    one, two, three, four = (document(f"text {number}") for number in range(4))
    ledger.append([DocumentRead(document=each) for each in (one, two, three, four)], "reader")
    found = CopyFound(doc=two.id, original=one.id, similarity=0.9)
    assert len(ledger.append([found, found, CopyFound(doc=three.id, original=one.id, similarity=0.8)], "reader")) == 2
    until = ledger.last()
    ledger.append([CopyFound(doc=one.id, original=four.id, similarity=0.85)], "reader")
    assert ledger.copies() == {one.id: four.id, two.id: four.id, three.id: four.id}
    assert ledger.copies(until) == {two.id: one.id, three.id: one.id}
    with pytest.raises(RefusedEntryError, match="name its original"):
        ledger.append([CopyFound(doc=four.id, original=two.id, similarity=0.9)], "reader")


def test_an_alert_is_raised_once_by_whoever_comes_first(ledger: Ledger) -> None:
    told, bodies = story(1)
    alert = Alert(watchlist="ships", doc=told.id, words="frigate")
    other = Alert(watchlist="pacts", doc=told.id, words="pact")
    assert len(ledger.append([*bodies, alert, alert, other], "one watch")) == len(bodies) + 2
    assert ledger.append([alert, other], "another watch") == ()
    assert [kept.body for kept in ledger.alerts()] == [alert, other]


def test_judgements_hold_until_withdrawn_and_again_when_that_is_withdrawn(ledger: Ledger) -> None:
    told, bodies = story(1)
    ledger.append(bodies, "reader")
    one = accept(mention(told, told.text))
    two = Judgement(
        decision=Decision.SAME, about=RecordRef(record_id="R1"), other=RecordRef(record_id="R2"), reason="one pact"
    )
    first, second = ledger.append([one, two], "Ada", NOON + timedelta(days=400))
    assert [(kept.seq, kept.author, kept.body) for kept in ledger.judgements()] == [
        (first.seq, "Ada", one),
        (second.seq, "Ada", two),
    ]
    (away,) = ledger.append([Judgement(decision=Decision.WITHDRAW, withdraws=first.seq)], "Ben")
    assert [kept.body for kept in ledger.judgements()] == [two]
    assert [kept.body for kept in ledger.judgements(until=second.seq)] == [one, two]
    ledger.append([Judgement(decision=Decision.WITHDRAW, withdraws=away.seq)], "Ada")
    assert [kept.body for kept in ledger.judgements()] == [one, two]


def test_namings_publications_alerts_and_fetches_come_back_as_told(ledger: Ledger) -> None:
    told, bodies = story(1)
    ledger.append(bodies, "reader")
    namings = [Naming(record_id="N1", founder="m1"), Naming(record_id="N1", becomes="N2")]
    publication = Publication(edition="e1", casebook="japan-asean", until=ledger.last())
    asked = [
        Fetched(address="https://feed.example", status=200, etag='"a"'),
        Fetched(address="https://feed.example", status=304),
    ]
    alert = Alert(watchlist="ships", doc=told.id, words="frigate")
    made = ledger.append([*namings, publication, *asked, alert], "pactwatch")
    assert len(made) == 6
    assert [kept.body for kept in ledger.namings()] == namings
    assert [kept.body for kept in ledger.publications()] == [publication]
    assert [kept.body for kept in ledger.alerts()] == [alert]
    last = ledger.fetched("https://feed.example")
    assert last is not None and last.body == asked[1] and last.at == made[-1].at
    assert ledger.fetched("https://other.example") is None


def test_entries_are_chained_numbered_and_read_back(ledger: Ledger) -> None:
    for number in range(3):
        ledger.append(story(number)[1], "reader")
    entries = list(ledger.entries())
    assert [entry.seq for entry in entries] == list(range(1, 10))
    assert [entry.previous for entry in entries] == ["0" * 64, *(entry.digest for entry in entries[:-1])]
    assert [entry.kind for entry in ledger.entries([EntryKind.CODING], after=3, until=8)] == [EntryKind.CODING]
    assert all(isinstance(BODY_OF[entry.kind].model_validate(entry.body), BODY_OF[entry.kind]) for entry in entries)


def test_time_never_goes_back_and_tells_what_was_last_then(ledger: Ledger) -> None:
    late = NOON + timedelta(days=1, microseconds=7)
    ledger.append(story(1)[1], "reader", NOON)
    ledger.append(story(2)[1], "reader", late)
    (entry, *_) = ledger.append(story(3)[1], "reader", NOON)
    assert entry.at == late and entry.at.tzinfo is UTC
    assert ledger.last() == 9 and ledger.last(late) == 9
    assert ledger.last(late - timedelta(microseconds=1)) == 3
    assert ledger.last(NOON - timedelta(microseconds=1)) == 0
    with pytest.raises(RefusedEntryError, match="no time zone"):
        ledger.append(story(4)[1], "reader", datetime(2026, 1, 1))  # noqa: DTZ001 - what is refused


TOLD = document("Japan and Peru signed a pact.")
OTHER = document("Something else.")
QUOTED = mention(TOLD, "Japan and Peru signed")
ELSEWHERE = MentionRef(
    mention_id="m", doc="dx", start=0, end=1, type=RecordType.POLICY, stage=QUOTED.stage, parties=("JPN",)
)

UNFIT: list[tuple[Body, str]] = [
    (DocumentRead(document=TOLD.model_copy(update={"id": "d1"})), "'d1' is not that of the document's text"),
    (AddressFound(doc="dx", address="a"), "'dx' is not in the ledger; append it first"),
    (CopyFound(doc=TOLD.id, original="dx", similarity=1), "'dx' is not in the ledger"),
    (CopyFound(doc=TOLD.id, original=TOLD.id, similarity=1), "a copy of itself"),
    (Coding(doc="dx", coder="c", mentions=()), "'dx' is not in the ledger"),
    (Coding(doc=OTHER.id, coder="c", mentions=(QUOTED,)), "stands in the coding of"),
    (Coding(doc=TOLD.id, coder="c", mentions=(QUOTED.model_copy(update={"start": 1, "end": 22}),)), "does not stand"),
    (Judgement(decision=Decision.WITHDRAW, withdraws=1), "entry 1 is no judgement"),
    (Judgement(decision=Decision.ACCEPT, about=ELSEWHERE), "'dx' is not in the ledger"),
    (Publication(edition="e", casebook="c", until=3), "rests on entry 3, but the last one is 2"),
    (Naming(record_id=""), "an id that is not empty"),
    (Alert(watchlist="w", doc="dx", words="w"), "'dx' is not in the ledger"),
    (Judgement(decision=Decision.CORRECT, about=RecordRef(record_id="R"), correction={"n": 2**70}), "beyond 64 bits"),
]


@pytest.mark.parametrize(("body", "told"), UNFIT, ids=lambda value: value[:30] if isinstance(value, str) else "")
def test_what_does_not_fit_is_refused_and_nothing_of_its_batch_is_kept(ledger: Ledger, body: Body, told: str) -> None:
    ledger.append([DocumentRead(document=TOLD), DocumentRead(document=OTHER)], "reader")
    with pytest.raises(RefusedEntryError, match=told) as caught:
        ledger.append([DocumentRead(document=document("New.")), body], "reader")
    assert str(caught.value).startswith("entry 2 of 2 (")
    assert ledger.last() == 2


@pytest.mark.parametrize("author", ["", "  ", "a\nb", "x" * 201])
def test_an_author_has_a_name(ledger: Ledger, author: str) -> None:
    with pytest.raises(RefusedEntryError, match="author is a name"):
        ledger.append(story(1)[1], author)


def test_half_a_surrogate_pair_comes_back(ledger: Ledger) -> None:
    told = document("half \ud83d a pair")
    ledger.append([DocumentRead(document=told)], "reader")
    assert ledger.document(told.id) == told


def test_derived_bytes_are_replaced_and_forgotten(ledger: Ledger) -> None:
    store = ledger.derived
    store.put("links", "a", b"\x00old")
    store.put("links", "a", b"\x00new")
    store.put("links", "b", b"")
    store.put("other", "a", b"x")
    assert (store.get("links", "a"), store.get("links", "b"), store.get("links", "c")) == (b"\x00new", b"", None)
    assert store.keys("links") == ("a", "b")
    store.drop("links", "a")
    assert store.keys("links") == ("b",)
    store.drop("links")
    assert store.keys("links") == () and store.get("other", "a") == b"x"
    assert ledger.last() == 0, "nothing derived is an entry"


def test_opened_again_all_is_there(store: str) -> None:
    with open_ledger(store) as ledger:
        ledger.append(story(1)[1], "reader")
        before = list(ledger.entries())
    with open_ledger(store, create=False) as ledger:
        assert list(ledger.entries()) == before


def test_an_entry_of_a_later_pactwatch_is_named(ledger: Ledger) -> None:
    ledger.append(story(1)[1], "reader")
    last = list(ledger.entries())[-1]
    later = Written(4, "rumour", "Ada", "2999-01-01T00:00:00.000000Z", last.digest, "{}").sealed()
    with writing(ledger.engine, ledger.location) as connection:
        insert_rows(connection, [row_of(later, {"subject": "", "head": "", "size": 2})])
    assert len(ledger.codings()) == 1, "what is known is answered"
    with pytest.raises(LedgerError, match="entry 4 is of a kind 'rumour' that a newer pactwatch made"):
        list(ledger.entries())
