"""Items of mentions: asked of a linker that is made for it, or of the one that was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from pactwatch.model.entries import Naming
from pactwatch.model.records import Record
from pactwatch.reconcile.items import Hearing, Judged, Known, Reconciliation, Store, Told
from pactwatch.reconcile.judging import adrift_first
from pactwatch.reconcile.keeping import keep_linker, open_linker
from pactwatch.reconcile.linking import Decided, Linker
from pactwatch.reconcile.paging import OutdatedError
from pactwatch.reconcile.weights import Weights, open_weights

T = TypeVar("T")

_TURNS = 3
"""Times that kept state is opened anew when another process wrote it meanwhile, before it is left aside."""


def reconcile(
    told: Hearing | Iterable[Told],
    known: Known,
    judgements: Iterable[Judged] = (),
    namings: Sequence[Naming] = (),
    weights: Weights | None = None,
    store: Store | None = None,
) -> Reconciliation:
    """Which mentions tell one real-world item, and why.

    ``told`` are the mentions in force (a :class:`Hearing` also knows where former mentions stand now and what is
    adrift); ``weights`` those of the casebook (:func:`open_weights`), else those that come with pactwatch. The result
    does not depend on the order of mentions or records. In a ``store`` (the ledger's ``derived``) what was compared is
    kept, so that the next time only what changed is: the result is the same with and without.
    """
    hearing = told if isinstance(told, Hearing) else Hearing(tuple(told))
    decided = Decided(tuple(judgements), tuple(namings))

    def answer(linker: Linker) -> Reconciliation:
        return with_adrift(linker.reconciliation(decided), hearing)

    return ask_linker(store, known.records, weights or open_weights(), lambda one: one.follow(hearing, decided), answer)


def ask_linker(
    store: Store | None,
    records: Sequence[Record],
    weights: Weights,
    change: Callable[[Linker], object],
    answer: Callable[[Linker], T],
) -> T:
    """Open a linker as it was kept (a new one without a store), change it, keep it, and answer from it.

    Begins anew where another process kept something meanwhile, or what is kept turns out to be damaged; both functions
    may then be called again.
    """
    for turn in range(_TURNS):
        try:
            is_last = store is None or turn == _TURNS - 1
            linker = Linker(records, weights) if store is None or is_last else open_linker(store, records, weights)
            change(linker)
            if store is not None:
                keep_linker(store, linker)
            return answer(linker)
        except OutdatedError:
            continue
    raise AssertionError("what is in memory is never outdated")


def with_adrift(result: Reconciliation, hearing: Hearing) -> Reconciliation:
    """A reconciliation that also tells what hearing found to be adrift."""
    return replace(result, adrift=adrift_first([*hearing.adrift, *result.adrift]))
