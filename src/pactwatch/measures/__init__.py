"""Edition to tables: what can be counted and computed from sealed records, each measure with its definition and its
limits.

Each measure has a file: short pure functions over Ibis tables, one expression for every engine, tied to an edition by
its ``compute``. Those at the end join imported data sets. ``shape`` says what a measure is; ``completed`` makes the
rows that most of them count: each record once, at its first completed milestone, with its rows of evidence beside it.
Nothing heavy is imported until a measure runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.activity import ACTIVITY
from pactwatch.measures.arms_trade import ARMS_TRADE
from pactwatch.measures.balance import BALANCE
from pactwatch.measures.breadth import BREADTH
from pactwatch.measures.commitments import COMMITMENTS
from pactwatch.measures.coverage import COVERAGE
from pactwatch.measures.dependence import DEPENDENCE, SUPPLIERS
from pactwatch.measures.depth import DEPTH
from pactwatch.measures.event_cooperation import EVENT_COOPERATION
from pactwatch.measures.exercise_partners import EXERCISE_PARTNERS
from pactwatch.measures.lag import LAG
from pactwatch.measures.network import NETWORK
from pactwatch.measures.pathways import PATHWAYS
from pactwatch.measures.perception import PERCEPTION
from pactwatch.measures.shape import ColumnNote, Measure, arrange, make_table
from pactwatch.measures.spending import SPENDING
from pactwatch.measures.surveys import SURVEYS
from pactwatch.measures.ties import TIES
from pactwatch.measures.timing import TIMING
from pactwatch.model.errors import NotFoundError

if TYPE_CHECKING:
    import ibis

    from pactwatch.datasets import MissingImportError

_OWN = (ACTIVITY, TIMING, TIES, BALANCE, BREADTH, DEPTH, PATHWAYS, NETWORK, LAG, COVERAGE, PERCEPTION)
_JOINED = (DEPENDENCE, SUPPLIERS, ARMS_TRADE, SPENDING, COMMITMENTS, EXERCISE_PARTNERS, EVENT_COOPERATION, SURVEYS)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*_OWN, *_JOINED)}
"""Every measure by name, in the order in which the documentation prints them."""


def find_measure(name: str) -> Measure:
    """The measure of that name; raises :class:`NotFoundError` with the names there are."""
    if name not in MEASURES:
        raise NotFoundError(f"there is no measure {name!r}; the measures are {', '.join(MEASURES)}")
    return MEASURES[name]


def compute(name: str, edition: Edition) -> ibis.Table:
    """A measure of an edition as an Ibis table: the columns it declares, in order, its rows ordered by its key.

    One that joins data sets which were not imported has no rows; :func:`find_missing` names them.
    """
    measure = find_measure(name)
    if find_missing(name, edition):
        return arrange(measure, make_table([], measure.types))
    return arrange(measure, measure.compute(edition))


def find_missing(name: str, edition: Edition) -> tuple[MissingImportError, ...]:
    """The imports a measure of an edition lacks, each telling how to bring it in; none where it can be computed."""
    measure = find_measure(name)
    if not measure.needs:
        return ()
    from pactwatch.datasets import open_library
    from pactwatch.datasets.kinds import KINDS
    from pactwatch.datasets.store import MissingImportError

    imported = {one.kind.name for one in open_library(edition).imports}
    return tuple(MissingImportError(KINDS[kind]) for kind in measure.missing(imported))


__all__ = ["MEASURES", "ColumnNote", "Measure", "compute", "find_measure", "find_missing"]
