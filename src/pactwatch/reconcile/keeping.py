"""What was compared, kept as bytes, so that the next document need not begin at nothing.

Kept state is never relied on for truth: it is used only where it was made by this version, with these weights, from
these records of the casebook, and computed again otherwise. It lies in pages (:mod:`pactwatch.reconcile.paging`), of
which only those are read and written that a change touches; a head names the turn at which they were written last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from pactwatch.model.records import Milestone, Record
from pactwatch.reconcile.items import Store
from pactwatch.reconcile.judging import Pairs
from pactwatch.reconcile.linking import Linker
from pactwatch.reconcile.paging import Form, Paged, Shelf
from pactwatch.reconcile.weights import Weights
from pactwatch.version import __version__

KIND, KEY = "reconcile", "head"
FORM = 4
"""Raised when what is kept changes its form."""


def basis_of(records: Sequence[Record], weights: Weights) -> bytes:
    """A digest of what kept state depends on: version, weights, the casebook's records."""
    total = hashlib.sha256(f"{__version__}|{FORM}|{weights.model_dump_json()}".encode())
    for record in sorted(records, key=lambda one: one.record_id):
        told = repr(record.model_copy(update={"milestones": [*map(_in_order, record.milestones)]}))
        total.update(told.encode("utf-8", "surrogatepass"))
    return total.hexdigest()[:32].encode()


def _in_order(milestone: Milestone) -> Milestone:
    """A milestone whose doubts come in one order: that of a set is another in every process."""
    return milestone.model_copy(update={"doubts": sorted(milestone.doubts)})


def open_linker(store: Store, records: Sequence[Record], weights: Weights) -> Linker:
    """The linker as it was kept, or a new one that knows only the casebook's records.

    What is asked of it may raise ``OutdatedError``: it reads what it needs when it needs it.
    """
    value, basis = store.get(KIND, KEY), basis_of(records, weights)
    head = None if value is None or not value.startswith(basis) else _read_head(value[len(basis) :])
    if head is None:
        linker = Linker(records, weights)
        linker.basis = basis
        return linker

    def open_(form: Form[Any]) -> Paged[Any, Any]:
        pages, size = head["maps"][form.name]
        kind = _kind_of(form)
        return Paged(
            form, Shelf(lambda page: store.get(kind, page), lambda: store.all(kind), head["turn"], pages), size
        )

    linker = Linker(records, weights, open_, tuple(head["next"]))
    linker.set_pairs(Pairs(frozenset(map(tuple, head["same"])), frozenset(map(tuple, head["different"]))))
    linker.basis, linker.opened, linker.turn, linker.state = basis, value, head["turn"], head["state"]
    return linker


def _read_head(value: bytes) -> dict[str, Any] | None:
    """The head; ``None`` where it is not what this version writes."""
    try:
        head = orjson.loads(value)
    except ValueError:
        return None
    wanted = {"turn", "next", "maps", "same", "different", "state"}
    return head if isinstance(head, dict) and head.keys() == wanted else None


def keep_linker(store: Store, linker: Linker) -> bool:
    """Keep what changed of a linker, with a digest of what it depends on; whether it was kept.

    It is not where another process kept something since it was opened: then that stands, and loses nothing but time.
    """
    turn = linker.turn + 1
    values = {(_kind_of(one.form), page): value for one in linker.maps for page, value in one.changed(turn).items()}
    head = {
        "turn": turn,
        "next": [linker.graph.next, linker.next],
        "maps": {one.form.name: [one.pages, len(one)] for one in linker.maps},
        "same": sorted(linker.pairs.same),
        "different": sorted(linker.pairs.different),
        "state": linker.state,
    }
    told = (linker.basis or basis_of([*linker.records.values()], linker.weights)) + orjson.dumps(head)
    before = linker.opened
    if before is None:
        before = store.get(KIND, KEY)
    elif not values and _is_same(before, told):
        return True
    emptied = [_kind_of(one.form) for one in linker.maps if one.is_whole]
    emptied += [] if linker.opened is not None else [KIND]  # what other versions kept
    return store.swap((KIND, KEY), before, {**values, (KIND, KEY): told}, emptied)


def _is_same(before: bytes, after: bytes) -> bool:
    """Whether two heads say the same but for their turn."""
    heads: list[Mapping[str, Any]] = [orjson.loads(one[one.index(b"{") :]) for one in (before, after)]
    return {**heads[0], "turn": 0} == {**heads[1], "turn": 0}


def _kind_of(form: Form[Any]) -> str:
    return f"{KIND} {form.name}"
