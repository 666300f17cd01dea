"""Ties: how strongly each pair of actors is tied in each year, as a weighted sum of past records that fades."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

from pactwatch.edition import Edition
from pactwatch.measures.completed import list_completed, list_years
from pactwatch.measures.shape import DECIMALS, ColumnNote, Measure, arrange, make_table

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

BASE = "base"
"""The weighting that the casebook sets; the others only give the range of ranks."""


def list_pairs(records: ibis.Table, parties: ibis.Table, focus: str) -> ibis.Table:
    """One row per record and pair of its parties, the focus actor first, else in order of code, with ``share``
    1/(k-1) for k parties.

    With that share each actor gives a record's weight once, divided over its partners in it. Source: Newman,
    "Scientific collaboration networks II", Physical Review E 64, 016132 (2001).

    Example: a record of JPN, PHL and USA gives three pairs with share 1/2: JPN has 1 in all.
    """
    counts = parties.group_by("record_id").aggregate(size=parties.count())
    first = parties.select("record_id", actor_a_code=parties.actor_code)
    second = parties.select("record_id", actor_b_code=parties.actor_code)
    pairs = first.join(second, "record_id").join(counts.filter(counts.size > 1), "record_id")
    in_order = (pairs.actor_b_code != focus) & (pairs.actor_a_code < pairs.actor_b_code)
    is_kept = (pairs.actor_a_code != pairs.actor_b_code) & ((pairs.actor_a_code == focus) | in_order)
    shared = pairs.filter(is_kept).mutate(share=1 / (pairs.size - 1))
    return records.join(shared.drop("size"), "record_id")


def vary_weights(weights: Mapping[str, float], half_life: float) -> dict[str, tuple[dict[str, float], float]]:
    """The weightings over which ranks are compared: weights by type and half-life in years, by name.

    The casebook's own (``base``), all types equal, each type's weight halved and doubled, the half-life halved and
    doubled. Types of weight 0 are left out of all.

    Example: two types give 1 + 1 + 4 + 2 = 8 weightings.
    """
    own = {type_: weight for type_, weight in weights.items() if weight > 0}
    varied = {BASE: (own, half_life), "equal": (dict.fromkeys(own, 1.0), half_life)}
    for word, factor in (("half", 0.5), ("double", 2.0)):
        varied |= {f"{word} {type_}": (own | {type_: own[type_] * factor}, half_life) for type_ in own}
        varied[f"{word} half-life"] = (own, half_life * factor)
    return varied


def tabulate_weights(varied: Mapping[str, tuple[Mapping[str, float], float]]) -> ibis.Table:
    """Weightings as rows of ``weighting record_type weight half_life``."""
    rows = [
        {"weighting": name, "record_type": type_, "weight": float(weight), "half_life": float(half_life)}
        for name, (weights, half_life) in varied.items()
        for type_, weight in weights.items()
    ]
    schema = {"weighting": "string", "record_type": "string", "weight": "float64", "half_life": "float64"}
    return make_table(rows, schema)


def sum_ties(pairs: ibis.Table, years: ibis.Table, weightings: ibis.Table) -> ibis.Table:
    """Tie strength of each pair in each year from its first record on, under each weighting.

    A record of weight w and share s, completed in year y, adds w * s * 0.5 ** ((year - y) / half-life).

    Example: weight 4, half-life 5 years, a bilateral record of 2014: 4 in 2014, 2 in 2019, 1 in 2024.
    """
    exposed = pairs.group_by("actor_a_code", "actor_b_code", "record_type", "year").aggregate(
        share=pairs.share.sum(), records=pairs.count(), supports=pairs.supports.sum()
    )
    exposed = exposed.rename(since="year").join(weightings, "record_type")
    running = exposed.join(years, exposed.since <= years.year)
    faded = running.weight * running.share * 2.0 ** ((running.since - running.year) / running.half_life)
    return running.group_by("weighting", "year", "actor_a_code", "actor_b_code").aggregate(
        tie_strength=faded.sum().round(DECIMALS),
        records=running.records.sum().cast("int64"),
        supports=running.supports.sum().cast("int64"),
    )


def rank_partners(ties: ibis.Table) -> ibis.Table:
    """Ties with ``rank``: 1 is the strongest of a year under a weighting; equal ties share the better rank.

    Example: strengths 3, 2, 2, 1 have ranks 1, 2, 2, 4.
    """
    import ibis

    order = ibis.rank().over(group_by=[ties.weighting, ties.year], order_by=ties.tie_strength.desc())
    return ties.mutate(rank=(order + 1).cast("int64"))


def span_ranks(ranked: ibis.Table) -> ibis.Table:
    """Rank under the casebook's weighting, with the best and the worst rank under any.

    Example: first under the casebook's weights and third with half the weight on exercises: rank_in_year 1, rank_low
    1, rank_high 3.
    """
    keys = ("year", "actor_a_code", "actor_b_code")
    return ranked.group_by(*keys).aggregate(
        rank_in_year=ranked["rank"].max(where=ranked.weighting == BASE),
        rank_low=ranked["rank"].min(),
        rank_high=ranked["rank"].max(),
    )


def expose_pairs(edition: Edition) -> ibis.Table:
    """One row per completed record and pair of its parties, as :func:`list_pairs` gives them."""
    return list_pairs(list_completed(edition), edition.table("parties"), edition.settings.focus)


class Weigher:
    """Ties of an edition under any weights. The query is planned once and its steps that weights do not change are
    taken once: planning it takes longer than answering it. One caller at a time."""

    def __init__(self, edition: Edition) -> None:
        settings, records = edition.settings, list_completed(edition)
        self._connection = edition.connection
        self._prefix = f"ties_{uuid4().hex}_"
        years = self._hold("years", list_years(records, int(settings.as_of[:4])))
        asked = years.semi_join(self._hold("asked", _tabulate_years()), "year")
        weightings = self._hold("weightings", tabulate_weights({}))
        ties = express_ties(self._hold("pairs", expose_pairs(edition)), asked, weightings, settings.focus)
        self._sql = str(self._connection.compile(arrange(TIES, ties)))

    def weigh(self, weights: Mapping[str, float], half_life: float, year: int) -> pa.Table:
        """Tie strength of every pair in a year under the weights by type and the half-life in years given, with the
        ranks of the focus actor's partners and their range under :func:`vary_weights`; columns as :data:`TIES` tells.
        """
        weightings = tabulate_weights(vary_weights(weights, half_life))
        self._connection.insert(f"{self._prefix}weightings", weightings, overwrite=True)
        self._connection.insert(f"{self._prefix}asked", _tabulate_years(year), overwrite=True)
        return self._connection.raw_sql(self._sql).to_arrow_table()

    def _hold(self, name: str, table: ibis.Table) -> ibis.Table:
        """The rows of an expression as a table of the connection."""
        self._connection.create_table(f"{self._prefix}{name}", schema=table.schema(), temp=True)
        self._connection.insert(f"{self._prefix}{name}", table)
        return self._connection.table(f"{self._prefix}{name}")


def _tabulate_years(*years: int) -> ibis.Table:
    return make_table([{"year": year} for year in years], {"year": "int64"})


def express_ties(pairs: ibis.Table, years: ibis.Table, weightings: ibis.Table, focus: str) -> ibis.Table:
    """Tie strength of every pair in each year under the weighting :data:`BASE`, with the ranks of the focus actor's
    partners under it and their range under all; columns as :data:`TIES` tells."""
    of_focus = pairs.filter(pairs.actor_a_code == focus)
    ranks = span_ranks(rank_partners(sum_ties(of_focus, years, weightings)))
    ties = sum_ties(pairs, years, weightings.filter(weightings.weighting == BASE))
    keys = ["year", "actor_a_code", "actor_b_code"]
    return ties.left_join(ranks, keys).select(*TIES.columns)


def compute_ties(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`TIES` tells."""
    settings = edition.settings
    years = list_years(list_completed(edition), int(settings.as_of[:4]))
    varied = vary_weights(settings.tie_weights, settings.tie_half_life_years)
    return express_ties(expose_pairs(edition), years, tabulate_weights(varied), settings.focus)


TIES = Measure(
    name="ties",
    title="Tie strength",
    definition="For a pair of actors and a year: the sum over their completed records of the type's weight, "
    "halved for each half-life since, and divided by k-1 in a record of k parties.",
    unit="weight of one fresh bilateral record of weight 1",
    source="Division over partners: Newman, Physical Review E 64, 016132 (2001). Fading sums of past events: "
    "Brandes, Lerner and Snijders, 'Networks evolving step by step', ASONAM 2009. Ranks under other "
    "weights: OECD and JRC, Handbook on Constructing Composite Indicators (2008).",
    cannot_show="What a tie is worth in a crisis; weights and half-life are choices, so read the range of ranks "
    "and not the rank alone. Pairs without the focus actor are known only from records gathered "
    "around it and are not ranked. Agreements fade like everything else although they stay in force.",
    example="Weight 4 for an agreement and a half-life of 5 years: a bilateral agreement of 2014 gives 4 in "
    "2014, 2 in 2019 and 1 in 2024; with three parties half of that to each pair.",
    key=("year", "actor_a_code", "actor_b_code"),
    columns={
        "year": ColumnNote("calendar year, from the pair's first record on", "year"),
        "actor_a_code": ColumnNote("the focus actor where it is in the pair, else the first in order of code", "code"),
        "actor_b_code": ColumnNote("the other actor", "code"),
        "tie_strength": ColumnNote("weighted, fading sum of the pair's records up to the year", "weight"),
        "rank_in_year": ColumnNote(
            "rank among the focus actor's partners, 1 the strongest; empty for other pairs", "rank"
        ),
        "rank_low": ColumnNote("best rank under the other weightings", "rank"),
        "rank_high": ColumnNote("worst rank under the other weightings", "rank"),
        "records": ColumnNote("weighted records of the pair up to the year", "records"),
        "supports": ColumnNote("sources that support their completed milestones", "rows of evidence"),
    },
    compute=compute_ties,
)
