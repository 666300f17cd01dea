"""Depth: how demanding the exercises with each partner are, on an ordinal scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.completed import add_all, list_completed, list_partners
from pactwatch.measures.shape import ColumnNote, Measure
from pactwatch.model.codes import LEVEL_ORDER, Level, RecordType

if TYPE_CHECKING:
    import ibis


def measure_levels(exercises: ibis.Table) -> ibis.Table:
    """Exercises by year and partner with the median, the highest level and the share at field level or above.

    Levels are ranks (0 port call, 1 goodwill, 2 tabletop, 3 field, 4 combined); a median halfway between two ranks
    means that half of the exercises lie at or below the lower one. Exercises whose level is not told count only in
    ``records``.

    Example: port call, port call, combined and one untold: 4 records, 3 told, median 0, highest combined, share 1/3.
    """
    rank = exercises.level_rank
    is_demanding = rank >= LEVEL_ORDER.index(Level.FIELD)
    levels = exercises.group_by("year", "partner_code").aggregate(
        records=exercises.count(),
        supports=exercises.supports.sum().cast("int64"),
        level_told_records=rank.count(),
        median_level=rank.median().cast("float64"),
        highest=rank.max(),
        demanding=is_demanding.sum().fill_null(0),
    )
    names = [(place, level.value) for place, level in enumerate(LEVEL_ORDER)]
    return levels.mutate(
        highest_level=levels.highest.cases(*names),
        demanding_share=levels.demanding / levels.level_told_records.nullif(0),
    )


def compute_depth(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`DEPTH` tells."""
    records = list_completed(edition)
    exercises = records.filter(records.record_type == RecordType.EXERCISE.value)
    partners = list_partners(exercises, edition.table("parties"), edition.settings.focus)
    return measure_levels(add_all(partners, exercises, "partner_code"))


DEPTH = Measure(
    name="depth",
    title="Depth of exercises",
    definition="Exercises by year and partner: how many, at which median and highest level, and the share of "
    "field or combined ones.",
    unit="ordinal rank: 0 port call, 1 goodwill, 2 tabletop, 3 field, 4 combined",
    source="Levels after the codebook; ordinal measurement: Stevens, 'On the Theory of Scales of Measurement', "
    "Science 103 (1946). Kinds of joint exercises: D'Orazio, 'Joint Military Exercises: 1970-2010' (data "
    "set).",
    cannot_show="Distances: a combined exercise is not twice a tabletop. Size, length and realism are not in the "
    "rank. Exercises whose level the sources don't tell are left out of level columns, and simple "
    "ones are told less often.",
    example="With PHL in one year two port calls, a combined exercise and one untold: median 0, highest "
    "combined, share 1/3.",
    key=("year", "partner_code"),
    columns={
        "year": ColumnNote("year in which the exercise was held", "year"),
        "partner_code": ColumnNote("partner of the focus actor, or all: every exercise once", "code"),
        "records": ColumnNote("exercises held", "records"),
        "supports": ColumnNote("sources that support them", "rows of evidence"),
        "level_told_records": ColumnNote("exercises whose level is told", "records"),
        "median_level": ColumnNote("median rank of the told levels", "rank"),
        "highest_level": ColumnNote("highest told level", "code"),
        "demanding_share": ColumnNote("share of field or combined among those told", "share"),
    },
    compute=compute_depth,
)
