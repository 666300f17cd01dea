"""Commitments: the focus actor's alliances and defence agreements with each partner, before its records begin and
since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.datasets.library import Library
from pactwatch.edition import Edition
from pactwatch.measures.completed import list_completed, list_partners
from pactwatch.measures.shape import ColumnNote, Measure, make_table
from pactwatch.model.codes import RecordType

if TYPE_CHECKING:
    import ibis

COUNTS = {"partner_code": "string", "count": "int64", "first_year": "int64"}


def list_allies(members: ibis.Table, focus: str, *, only_defence: bool = False) -> ibis.Table:
    """Alliances in force when the data were made that the focus actor shares with each other member; only those with a
    duty of defence where asked.

    Example: a treaty of 1960 in force with USA gives USA one alliance since 1960; one that ended in 1945 gives none.
    """
    living = members.filter(members.is_in_force & members.actor_code.notnull())
    living = living.filter(living.has_defense) if only_defence else living
    own = living.filter(living.actor_code == focus).select("alliance_id", own_entry=living.entry_year)
    shared = living.filter(living.actor_code != focus).join(own, "alliance_id")
    since = _later(shared.entry_year, shared.own_entry)
    by_alliance = (
        shared.mutate(since=since).group_by("actor_code", "alliance_id").aggregate(since=lambda t: t.since.min())
    )
    return by_alliance.group_by(partner_code=by_alliance.actor_code).aggregate(
        count=by_alliance.count(), first_year=by_alliance.since.min()
    )


def list_agreements(agreements: ibis.Table, focus: str) -> ibis.Table:
    """Defence cooperation agreements of the focus actor by partner, of all years of the data."""
    first, second = agreements.first_code, agreements.second_code
    own = agreements.filter((first == focus) | (second == focus))
    partner = (own.first_code == focus).ifelse(own.second_code, own.first_code)
    named = own.mutate(partner_code=partner)
    named = named.filter(named.partner_code.notnull())
    return named.group_by("partner_code").aggregate(count=named.count(), first_year=named.signed_year.min())


def count_records(edition: Edition) -> ibis.Table:
    """Completed agreements of the edition's records by partner."""
    completed = list_completed(edition)
    chosen = completed.filter(completed.record_type == RecordType.AGREEMENT.value)
    partners = list_partners(chosen, edition.table("parties"), edition.settings.focus)
    return partners.group_by("partner_code").aggregate(count=partners.count(), first_year=partners.year.min())


def join_counts(partners: ibis.Table, counts: dict[str, ibis.Table]) -> ibis.Table:
    """One row per partner with each count and the first year behind it; partners with none of them are left out."""
    joined = partners
    for name, table in counts.items():
        part = table.select("partner_code", **{name: table["count"], f"{name}_first_year": table.first_year})
        joined = joined.left_join(part, "partner_code").drop("partner_code_right")
        joined = joined.mutate(**{name: joined[name].fill_null(0)})
    total = sum((joined[name] for name in list(counts)[1:]), joined[next(iter(counts))])
    return joined.filter(total > 0)


def compute_commitments(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`COMMITMENTS` tells."""
    from pactwatch.datasets import open_library

    library, settings = open_library(edition), edition.settings
    partners = [{"partner_code": code} for code in (*settings.partners, *settings.baseline)]
    counts = {
        "alliances": _allies(library, settings.focus, only_defence=False),
        "defence_pacts": _allies(library, settings.focus, only_defence=True),
        "dcad_agreements": _agreements(library, settings.focus),
        "recorded_agreements": count_records(edition),
    }
    return join_counts(make_table(partners, {"partner_code": "string"}), counts)


def _allies(library: Library, focus: str, *, only_defence: bool) -> ibis.Table:
    """Counts from ATOP; none where it was not imported."""
    if not library.has("atop"):
        return make_table([], COUNTS)
    return list_allies(library.table("atop", "alliance_members"), focus, only_defence=only_defence)


def _agreements(library: Library, focus: str) -> ibis.Table:
    """Counts from DCAD; none where it was not imported."""
    if not library.has("dcad"):
        return make_table([], COUNTS)
    return list_agreements(library.table("dcad", "defence_agreements"), focus)


def _later(one: ibis.IntegerColumn, other: ibis.IntegerColumn) -> ibis.IntegerColumn:
    return (one > other).ifelse(one, other)


COMMITMENTS = Measure(
    name="commitments",
    title="Alliances and agreements, before and since",
    definition="By partner of the casebook: alliances with the focus actor in force when ATOP was made, defence "
    "cooperation agreements in DCAD (1980-2010), and completed agreements in the edition's own records.",
    unit="alliances; agreements",
    source="Leeds and others, Alliance Treaty Obligations and Provisions (2002); Kinne, The Defense Cooperation "
    "Agreement Dataset (2020), as imported.",
    cannot_show="That an agreement was kept: each counts the same. The data sets end in 2010 and 2018 and define "
    "agreements more narrowly than the records do; an agreement may be in two of the columns. A data set that was not "
    "imported counts nothing.",
    example="A partner with a treaty of 1960 in force, one agreement of 2009 in DCAD and three recorded since has 1, "
    "1 and 3.",
    key=("partner_code",),
    columns={
        "partner_code": ColumnNote("the partner", "code"),
        "alliances": ColumnNote(
            "ATOP alliances with the focus actor in force when the data were made, non-aggression pacts among them",
            "alliances",
        ),
        "alliances_first_year": ColumnNote("year since which the oldest of them holds for both", "year"),
        "defence_pacts": ColumnNote("of these, with a duty of defence", "alliances"),
        "defence_pacts_first_year": ColumnNote("year since which the oldest of them holds for both", "year"),
        "dcad_agreements": ColumnNote("agreements in DCAD", "agreements"),
        "dcad_agreements_first_year": ColumnNote("year of the first of them", "year"),
        "recorded_agreements": ColumnNote("completed agreements in the edition's records", "records"),
        "recorded_agreements_first_year": ColumnNote("year of the first of them", "year"),
    },
    compute=compute_commitments,
    needs=("dcad", "atop"),
    needs_any=True,
    types={
        "partner_code": "string",
        "alliances": "int64",
        "alliances_first_year": "int64",
        "defence_pacts": "int64",
        "defence_pacts_first_year": "int64",
        "dcad_agreements": "int64",
        "dcad_agreements_first_year": "int64",
        "recorded_agreements": "int64",
        "recorded_agreements_first_year": "int64",
    },
)
