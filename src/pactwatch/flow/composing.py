"""The tables of an edition of a casebook and its ledger, put together of pieces: only those are made anew whose
mentions, judgements, documents or names changed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pactwatch.casebook.world import find_actor
from pactwatch.edition import ledger_schema, schema
from pactwatch.edition.compile import Row, build_table, compile_context, compile_records, source_rows
from pactwatch.edition.compile_ledger import alias_rows, compile_documents, evidence_rows
from pactwatch.edition.ledger_view import ReadDocument, ToldMention, name_source, publishable
from pactwatch.edition.pieces import Pieces, Sealed, digest_rows
from pactwatch.edition.rows import group_rows
from pactwatch.flow.gathering import TELLING
from pactwatch.flow.standing import Standing, hear_documents, list_namings, stand
from pactwatch.model.errors import NotFoundError
from pactwatch.model.judgements import Decision, identify_mention
from pactwatch.reconcile.items import Hearing, Item, Known, Reconciliation, Told
from pactwatch.reconcile.keeping import basis_of

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.ledger import Ledger
    from pactwatch.ledger.queries import Newest
    from pactwatch.model.entries import Naming

_OF_RECORDS = (schema.RECORDS, schema.PARTIES, schema.MILESTONES, schema.ITEMS, schema.SUPPORTS, ledger_schema.EVIDENCE)
_OF_DOCUMENTS = (ledger_schema.DOCUMENTS, ledger_schema.ADDRESSES, ledger_schema.MENTIONS)

Rows = dict[str, dict[str, list[Row]]]
"""Rows by table and piece."""


@dataclass(frozen=True, slots=True)
class Stock:
    """All items of a ledger up to an entry, without what their mentions tell; ``docs`` has the digest of each mention
    by document.
    """

    standing: Standing
    reconciliation: Reconciliation
    namings: Sequence[Naming]
    docs: Mapping[str, Mapping[str, str]]
    is_now: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """The tables of an edition; ``casebook`` has its settings as of the latest document, ``state`` is the last entry
    that tells something.
    """

    casebook: Casebook
    tables: dict[str, Sealed]
    state: Newest


def take_stock(casebook: Casebook, ledger: Ledger, until: int | None) -> Stock:
    """Reconcile what a ledger told up to an entry, up to now without one."""

    def answer(standing: Standing) -> Stock:
        namings = list_namings(ledger.namings(), standing.until)
        linker = standing.linker
        return Stock(standing, linker.items(namings), namings, dict(linker.docs.items()), until is None)

    return stand(casebook, ledger, until, answer)


def compose(casebook: Casebook, ledger: Ledger, stock: Stock) -> Composed:
    """The tables of the edition of a casebook and what its ledger told."""
    until = stock.standing.until
    state = ledger.newest(TELLING, until)
    if state is None:
        raise NotFoundError(f"the ledger {ledger.location.shown} tells nothing yet; `pactwatch read` begins it")
    composer = _Composer(casebook, ledger, stock)
    tables = composer.put_together()
    told = [*filter(None, tables["documents"].table["published_edtf"].to_pylist())]
    gathered = casebook.settings.as_of
    if told:  # a page may bear a day that is still to come
        gathered = max(gathered, min(date.fromisoformat(max(told)), state.at.date()))
    settings = casebook.settings.model_copy(update={"as_of": gathered})
    order = [table.name for table in ledger_schema.ALL_TABLES]
    return Composed(replace(casebook, settings=settings), {name: tables[name] for name in order}, state)


def _name(*parts: Iterable[str] | str) -> str:
    """The name of a piece: a digest of what it is made of."""
    told = repr([part if isinstance(part, str) else [*part] for part in parts])
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class _Composer:
    """Finds out which pieces are new, makes them, and puts all together."""

    def __init__(self, casebook: Casebook, ledger: Ledger, stock: Stock) -> None:
        self._casebook, self._ledger, self._stock = casebook, ledger, stock
        self._standing, self._until = stock.standing, stock.standing.until
        linker = stock.standing.linker
        basis = f"{(linker.basis or basis_of(casebook.records, linker.weights)).decode()} {casebook.digest}"
        self._pieces = Pieces(ledger.derived if stock.is_now else None, casebook.settings.name, basis)
        self._doc_of = {mention: doc for doc, mentions in stock.docs.items() for mention in mentions}
        self._addresses = ledger.all_addresses(self._until)

    def put_together(self) -> dict[str, Sealed]:
        """Every table; what was made is kept."""
        items = self._name_items()
        rows = self._make_records([item for piece, item in items.items() if piece not in self._pieces.known])
        names = {item.key: piece for piece, item in items.items()}
        tables = self._merge(_OF_RECORDS, items, _by_piece(rows, names))
        record_ids = frozenset(tables["records"].table["record_id"].to_pylist())
        documents = self._name_documents(record_ids)
        new = {doc: piece for piece, doc in documents.items() if piece not in self._pieces.known}
        tables |= self._merge(_OF_DOCUMENTS, documents, _by_piece(self._make_documents(new, record_ids), new))
        tables |= self._merge_sources(tables["supports"])
        tables |= self._make_context(tables, record_ids)
        self._pieces.keep([*items, *documents])
        return tables

    def _merge(self, declared: Sequence[schema.Table], pieces: Collection[str], rows: Rows) -> dict[str, Sealed]:
        return {table.name: self._pieces.put_together(table, pieces, rows.get(table.name, {})) for table in declared}

    def _name_items(self) -> dict[str, Item]:
        """Every item, and the casebook's records that no mention tells, by piece."""
        items = list(self._stock.reconciliation.items)
        told = {item.record_id for item in items}
        items += [
            Item(record.record_id, (), (), record.record_id)
            for record in self._casebook.records
            if record.record_id not in told
        ]
        prints = {one: digest for mentions in self._stock.docs.values() for one, digest in mentions.items()}
        return {
            _name("item", item.key, item.record_id or "", item.mentions, [prints[one] for one in item.mentions]): item
            for item in items
        }

    def _make_records(self, items: Sequence[Item]) -> dict[str, dict[str, list[Row]]]:
        """The rows of items, by table and record id."""
        from pactwatch.reconcile import compile_records as compile_items

        casebook = self._casebook
        wanted = {item.record_id for item in items}
        known = Known(
            tuple(one for one in casebook.records if one.record_id in wanted), casebook.sources, casebook.actors
        )
        docs = {self._doc_of[one] for item in items for one in item.mentions}
        hearing = self._hear(docs)
        told = {one.id: one for one in hearing.told}
        items = [item for item in items if item.record_id or self._is_watched(told[one] for one in item.mentions)]
        docs = {name for item in items for one in item.mentions for name in (told[one].mention.doc, told[one].report)}
        heads = self._ledger.documents(self._until, docs)
        compiled = compile_items(Reconciliation(tuple(items)), hearing, known, heads)
        decided = {one.id for one in hearing.told if one.decision is not None}
        records = publishable(casebook, compiled, decided)
        owners = {one.milestone_id: record.record_id for record in records for one in record.milestones}
        rows = {**compile_records(records), "evidence": evidence_rows(compiled.evidence, owners)}
        return {name: _by_record(many, owners) for name, many in rows.items()}

    def _is_watched(self, told: Iterable[Told]) -> bool:
        """Whether a record of some mentions may be published: one of its parties is watched."""
        watched = {self._casebook.settings.focus, *self._casebook.settings.partners}
        return any(not watched.isdisjoint(one.mention.parties) for one in told)

    def _hear(self, docs: Collection[str]) -> Hearing:
        """The mentions of documents; what was heard just now is not heard again."""
        heard = self._standing
        if heard.docs is None or heard.docs.issuperset(docs):
            return heard.hearing
        every = len(docs) > len(self._stock.docs) // 2
        return hear_documents(self._ledger, heard.judged, self._until, None if every else docs)

    def _name_documents(self, record_ids: Collection[str]) -> dict[str, str]:
        """Every document by piece."""
        record_of = {
            one: item.key
            for item in self._stock.reconciliation.items
            if item.key in record_ids
            for one in item.mentions
        }
        codings, copies = self._ledger.latest_codings(self._until), self._ledger.copies(self._until)
        judged: dict[str, list[str]] = defaultdict(list)
        for seq, docs in self._standing.linker.state["judged"].items():
            for doc in docs:
                judged[doc].append(seq)
        pieces = {}
        for doc in self._ledger.document_ids(self._until):
            mentions = self._stock.docs.get(doc, {})
            told = [f"{one} {digest} {record_of.get(one, '')}" for one, digest in mentions.items()]
            known = (codings.get(doc, ""), copies.get(doc, ""), *judged.get(doc, ()))
            pieces[_name("document", doc, known, self._addresses.get(doc, ()), sorted(told))] = doc
        return pieces

    def _make_documents(self, docs: Collection[str], record_ids: Collection[str]) -> dict[str, dict[str, list[Row]]]:
        """The rows of documents and their mentions, by table and document."""
        mentions = self._tell_mentions(docs)
        counts: dict[str, int] = defaultdict(int)
        for one in mentions:
            counts[one.mention.doc] += 1
        copies = self._ledger.copies(self._until, docs)
        read = (
            ReadDocument(head, self._addresses.get(doc, ()), copies.get(doc, doc), counts[doc])
            for doc, head in self._ledger.documents(self._until, docs).items()
        )
        rows = compile_documents(read, mentions, record_ids)
        return {name: group_rows(many, "document_id") for name, many in rows.items()}

    def _tell_mentions(self, docs: Collection[str]) -> list[ToldMention]:
        """The mentions of documents as they stand, rejected ones as they were coded."""
        hearing = self._hear(docs)
        told = {one.id: one for one in hearing.told}
        record_of = {one: item.key for item in self._stock.reconciliation.items for one in item.mentions}
        asked = None if len(docs) > len(self._stock.docs) // 2 else docs
        codings = self._ledger.codings(self._until, asked)
        found: list[ToldMention] = []
        for coded in (one for doc, coding in codings.items() if doc in docs for one in coding.mentions):
            name = identify_mention(coded)
            if name in told:
                one: Told = told[name]
                found.append(ToldMention(name, one.mention, record_of.get(name), one.decision))
            elif name in hearing.rejected:
                found.append(ToldMention(name, coded, None, Decision.REJECT))
        return found

    def _merge_sources(self, supports: Sealed) -> dict[str, Sealed]:
        """The casebook's sources and those that published milestones stand on."""
        from pactwatch.reconcile.sourcing import Sourcing

        known = {source.source_id for source in self._casebook.sources}
        used = {*filter(None, supports.table["source_id"].to_pylist())} - known
        pieces = {_name("source", doc, self._addresses.get(doc, ())): doc for doc in sorted(used)}
        pieces[_name("sources")] = ""
        kept = self._pieces.pieces_of("sources")
        new = {doc: piece for piece, doc in pieces.items() if piece not in kept}
        sourcing = Sourcing(self._casebook.sources, {})
        heads = self._ledger.documents(self._until, [doc for doc in new if doc])
        rows = {
            new[doc]: [*source_rows([name_source(sourcing.source_of(head), self._addresses.get(doc, ()))])]
            for doc, head in heads.items()
        }
        if "" in new:
            rows[new[""]] = [*source_rows(self._casebook.sources)]
        return {"sources": self._pieces.put_together(schema.SOURCES, pieces, rows)}

    def _make_context(self, tables: Mapping[str, Sealed], record_ids: Collection[str]) -> dict[str, Sealed]:
        """The tables that are made as a whole: small ones."""
        records = tables["records"].table
        columns = (tables["parties"].table["actor_code"], records["supplier_code"], records["recipient_code"])
        named = {code for column in columns for code in column.to_pylist() if code}
        listed = {actor.code for actor in self._casebook.actors}
        actors = (*self._casebook.actors, *(find_actor(code) for code in sorted(named - listed)))
        rows: dict[str, Any] = {
            **compile_context(self._casebook, actors),
            "aliases": alias_rows(self._stock.reconciliation.aliases, record_ids),
        }
        declared = {table.name: table for table in ledger_schema.ALL_TABLES}
        return {name: digest_rows(build_table(declared[name], many)) for name, many in rows.items()}


def _by_record(rows: Iterable[Row], owners: Mapping[str, str]) -> dict[str, list[Row]]:
    """Rows by the record they tell of, by themselves or by their milestone."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["record_id"] if "record_id" in row else owners[row["milestone_id"]]].append(row)
    return found


def _by_piece(rows: Mapping[str, Mapping[str, list[Row]]], names: Mapping[str, str]) -> Rows:
    """Rows by table and piece instead of what the piece tells of."""
    return {table: {names[one]: many for one, many in told.items()} for table, told in rows.items()}
