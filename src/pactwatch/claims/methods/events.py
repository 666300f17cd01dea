"""Records are not independent: what was done on one day with one partner is one event, however many records tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from pactwatch.claims.question import Selection
from pactwatch.claims.words import say_count

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

Counting = Literal["event", "record", "name"]
"""What counts as one observation. ``event``: all rows of one told date with a common partner; ``record``: every row
by itself; ``name``: as ``event``, and all rows of one proper name (a yearly exercise) together."""

COUNTINGS: dict[Counting, str] = {
    "event": "one event per date and partner",
    "record": "every row by itself",
    "name": "each named series once",
}
"""The countings as the robustness grid names them."""


def label_events(rows: pd.DataFrame, focus: str, counting: Counting = "event") -> NDArray[np.int64]:
    """The event of each row, numbered from 0 in the order of the rows.

    Two rows are of one event when their told dates span the same days and they share a party other than ``focus``
    (rows of the focus actor alone share that). A duplicate of a record therefore adds no event. Rows without a date
    stand alone.
    """
    import numpy as np

    if counting == "record":
        return np.arange(len(rows))
    groups = _Groups(len(rows))
    repeated = (rows.duplicated(["earliest", "latest"], keep=False) & rows["earliest"].notna()).to_numpy()
    columns = (rows.loc[repeated, name].tolist() for name in ("earliest", "latest", "record_type", "parties"))
    places = repeated.nonzero()[0].tolist()
    for index, earliest, latest, record_type, parties in zip(places, *columns, strict=True):
        kind = None if earliest == latest else record_type
        groups.join(index, ((earliest, latest, kind, party) for party in parties - {focus} or {focus}))
    if counting == "name":
        for index, name in enumerate(rows["proper_name"].tolist()):
            if isinstance(name, str) and name:
                groups.join(index, [name])
    return np.array(groups.numbers(), dtype=np.int64)


def other_countings(counting: Counting) -> list[tuple[str, Counting]]:
    """The countings a careful reader might choose instead, with their words.

    >>> other_countings("event")
    [('every row by itself', 'record'), ('each named series once', 'name')]
    """
    return [(words, other) for other, words in COUNTINGS.items() if other != counting]


def mean_by_event(labels: NDArray[np.int64], values: ArrayLike) -> NDArray[np.float64]:
    """Each event's mean value; with 0 and 1 the share of the event's rows that have a feature.

    >>> import numpy as np
    >>> mean_by_event(np.array([0, 0, 1]), [1.0, 0.0, 1.0]).tolist()
    [0.5, 1.0]
    """
    import numpy as np

    return np.bincount(labels, weights=np.asarray(values, dtype=float)) / np.bincount(labels)


def first_of_each(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions of the first row of every event.

    >>> import numpy as np
    >>> first_of_each(np.array([0, 0, 1])).tolist()
    [0, 2]
    """
    import numpy as np

    return np.asarray(np.unique(labels, return_index=True)[1], dtype=np.int64)


def name_unit(rows: int, events: int, selection: Selection) -> str:
    """The unit of n: ``events`` where rows were joined, else ``records`` or ``milestones``, as the selection counts.

    >>> name_unit(3, 2, Selection()), name_unit(3, 3, Selection()), name_unit(3, 3, Selection(unit="milestone"))
    ('events', 'records', 'milestones')
    """
    return f"{selection.unit}s" if rows == events else "events"


def tell_joining(rows: int, events: int, counting: Counting = "event") -> tuple[str, ...]:
    """The caveat that several rows count as one observation, if any do."""
    if rows == events:
        return ()
    what = (
        "of one date with a common partner"
        if counting == "event"
        else "of one date with a common partner, or of one named series,"
    )
    return (f"Rows {what} count as one event: {rows} rows make {say_count(events, 'event')}.",)


class _Groups:
    """Disjoint sets of row numbers, joined through shared keys (union-find, Galler and Fischer 1964)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._holder: dict[object, int] = {}

    def join(self, index: int, keys: Iterable[object]) -> None:
        for key in keys:
            own, other = self._root(index), self._root(self._holder.setdefault(key, index))
            self._parent[max(own, other)] = min(own, other)

    def numbers(self) -> list[int]:
        seen: dict[int, int] = {}
        return [seen.setdefault(self._root(index), len(seen)) for index in range(len(self._parent))]

    def _root(self, index: int) -> int:
        while self._parent[index] != index:
            index = self._parent[index]
        return index
