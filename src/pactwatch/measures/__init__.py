"""Edition to tables: what can be counted and computed from sealed records, each measure with its definition and its
limits.

Each measure has a file: short pure functions over Ibis tables, one expression for every engine, tied to an edition by
its ``compute``. ``shape`` says what a measure is; ``completed`` makes the rows that most of them count: each record
once, at its first completed milestone, with its rows of evidence beside it. Nothing heavy is imported until a measure
runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.activity import ACTIVITY
from pactwatch.measures.balance import BALANCE
from pactwatch.measures.breadth import BREADTH
from pactwatch.measures.coverage import COVERAGE
from pactwatch.measures.depth import DEPTH
from pactwatch.measures.lag import LAG
from pactwatch.measures.network import NETWORK
from pactwatch.measures.pathways import PATHWAYS
from pactwatch.measures.perception import PERCEPTION
from pactwatch.measures.shape import ColumnNote, Measure, arrange
from pactwatch.measures.ties import TIES
from pactwatch.measures.timing import TIMING
from pactwatch.model.errors import NotFoundError

if TYPE_CHECKING:
    import ibis

_ALL = (ACTIVITY, TIMING, TIES, BALANCE, BREADTH, DEPTH, PATHWAYS, NETWORK, LAG, COVERAGE, PERCEPTION)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}
"""Every measure by name, in the order in which the documentation prints them."""


def find_measure(name: str) -> Measure:
    """The measure of that name; raises :class:`NotFoundError` with the names there are."""
    if name not in MEASURES:
        raise NotFoundError(f"there is no measure {name!r}; the measures are {', '.join(MEASURES)}")
    return MEASURES[name]


def compute(name: str, edition: Edition) -> ibis.Table:
    """A measure of an edition as an Ibis table: the columns it declares, in order, its rows ordered by its key."""
    measure = find_measure(name)
    return arrange(measure, measure.compute(edition))


__all__ = ["MEASURES", "ColumnNote", "Measure", "compute", "find_measure"]
