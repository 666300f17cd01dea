"""Exercise partners: with whom the focus actor trained, in the exercise data set and in the edition's records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.completed import ALL, add_all, list_completed, list_partners
from pactwatch.measures.shape import ColumnNote, Measure, make_table
from pactwatch.model.codes import RecordType

if TYPE_CHECKING:
    import ibis

PARTNERS, BASELINE = "partners", "baseline"
"""Stand in the code column for a group of the casebook, each exercise counted once."""


def list_meetings(participants: ibis.Table, exercises: ibis.Table, focus: str) -> ibis.Table:
    """One row per exercise with the focus actor and per other participant: ``exercise_id year partner_code states``."""
    own = participants.filter(participants.actor_code == focus).select("exercise_id").distinct()
    others = participants.filter(participants.actor_code != focus).select("exercise_id", partner_code="actor_code")
    dated = exercises.select("exercise_id", year=exercises.start_year, states=exercises.participant_count)
    return others.distinct().join(own, "exercise_id").join(dated, "exercise_id")


def count_meetings(meetings: ibis.Table, groups: dict[str, tuple[str, ...]]) -> ibis.Table:
    """Exercises by year and partner, by year and group, and by year for all; each exercise once in each row.

    Example: one exercise of JPN, PHL and USA gives PHL, USA, partners, baseline and all one exercise each.
    """
    import ibis

    rows = meetings
    for name, codes in ((ALL, None), *groups.items()):
        members = meetings if codes is None else meetings.filter(meetings.partner_code.isin(codes))
        once = members.select("exercise_id", "year", "states").distinct()
        rows = rows.union(once.mutate(partner_code=ibis.literal(name)).select(*rows.columns))
    return rows.group_by("year", "partner_code").aggregate(
        exercises=rows.exercise_id.nunique(),
        bilateral_exercises=rows.exercise_id.nunique(where=rows.states == 2),
    )


def fill_years(counts: ibis.Table, years: tuple[int, int], names: tuple[str, ...]) -> ibis.Table:
    """The counts with a zero in years without an exercise for groups and all, so that a trend sees them."""
    every = [{"year": year, "partner_code": name} for year in range(years[0], years[1] + 1) for name in names]
    grid = make_table(every, {"year": "int64", "partner_code": "string"})
    empty = grid.anti_join(counts, ("year", "partner_code")).mutate(exercises=0, bilateral_exercises=0)
    return counts.union(empty.cast(counts.schema()))


def count_records(edition: Edition) -> ibis.Table:
    """Completed exercises of the edition's records by year and partner, and all once."""
    completed = list_completed(edition)
    chosen = completed.filter(completed.record_type == RecordType.EXERCISE.value)
    partners = list_partners(chosen, edition.table("parties"), edition.settings.focus)
    rows = add_all(partners, chosen.semi_join(partners, "record_id"), "partner_code")
    return rows.group_by("year", "partner_code").aggregate(recorded_exercises=rows.count())


def compute_exercise_partners(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`EXERCISE_PARTNERS` tells."""
    from pactwatch.datasets import open_library

    library, settings = open_library(edition), edition.settings
    exercises = library.table("mme", "exercises")
    meetings = list_meetings(library.table("mme", "exercise_participants"), exercises, settings.focus)
    groups = {PARTNERS: settings.partners, BASELINE: settings.baseline}
    span = exercises.aggregate(first=exercises.start_year.min(), last=exercises.start_year.max())
    years = span.to_pyarrow().to_pylist()[0]
    counts = fill_years(count_meetings(meetings, groups), (years["first"], years["last"]), (ALL, PARTNERS, BASELINE))
    joined = counts.outer_join(count_records(edition), ("year", "partner_code"))
    return joined.select(
        year=joined.year.coalesce(joined.year_right),
        partner_code=joined.partner_code.coalesce(joined.partner_code_right),
        exercises=joined.exercises,
        bilateral_exercises=joined.bilateral_exercises,
        recorded_exercises=joined.recorded_exercises.fill_null(0),
    )


EXERCISE_PARTNERS = Measure(
    name="exercise_partners",
    title="Exercise partners",
    definition="Multinational exercises with the focus actor by year and partner in the exercise data set (1980-2010), "
    "beside the exercises completed in the edition's own records.",
    unit="exercises",
    source="D'Orazio, Joint Military Exercises, doi:10.7910/DVN/KHFODX, as imported.",
    cannot_show="How large or demanding an exercise was. The data set rests on news and grows denser over time, and it "
    "ends in 2010; the records begin about then, so one rarely confirms the other. Participants told as a number only "
    "are in neither.",
    example="An exercise of three states in 2005 gives each of the two partners, and all, one exercise that is not "
    "bilateral.",
    key=("year", "partner_code"),
    columns={
        "year": ColumnNote("year the exercise began", "year"),
        "partner_code": ColumnNote("partner; or partners, baseline (groups of the casebook), all: each once", "code"),
        "exercises": ColumnNote("exercises in the data set; empty outside its years", "exercises"),
        "bilateral_exercises": ColumnNote("of these, with two states; empty outside its years", "exercises"),
        "recorded_exercises": ColumnNote("completed exercises in the edition's records", "records"),
    },
    compute=compute_exercise_partners,
    needs=("mme",),
    types={
        "year": "int64",
        "partner_code": "string",
        "exercises": "int64",
        "bilateral_exercises": "int64",
        "recorded_exercises": "int64",
    },
)
