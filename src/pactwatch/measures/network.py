"""Network: who stands where among all parties of the records, by year and over five years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from pactwatch.edition import Edition
from pactwatch.measures.completed import list_completed
from pactwatch.measures.shape import DECIMALS, ColumnNote, Measure, make_table

if TYPE_CHECKING:
    import ibis

Ties = dict[str, dict[str, float]]
"""Weight of each tie, by actor and by the other actor; every tie stands under both."""


@dataclass(frozen=True, slots=True)
class Centrality:
    """Where one actor stands in a network.

    ``degree`` counts the actors it shares a record with; ``strength`` is the sum of its pair weights;
    ``betweenness`` and ``brokerage`` are shares from 0 to 1 of all pairs of other actors (0 where there are fewer than
    two others).
    """

    degree: int
    strength: float
    betweenness: float
    brokerage: float


class NetworkedRecord(NamedTuple):
    """What the network needs of a record: its year, who takes part, and its rows of evidence."""

    year: int
    parties: frozenset[str]
    supports: int


def weigh_pairs(parties: Iterable[frozenset[str]]) -> dict[frozenset[str], float]:
    """Weight of each pair of actors: every record weighs 1 in all, shared equally over the pairs among its parties.

    ``parties`` holds the actor codes of one record each; a record with fewer than two parties makes no pair. The
    sharing keeps one exercise of ten states (45 pairs) from outweighing 44 bilateral ones. Source: fractional counting
    of joint work (Newman, "Scientific collaboration networks II", Physical Review E 64, 016132, 2001), here over
    pairs, so that the weights sum to the number of records.

    Example: {JPN, PHL} and {JPN, PHL, USA} give JPN-PHL 1 + 1/3, JPN-USA 1/3, PHL-USA 1/3: 2 in all.
    """
    weights: dict[frozenset[str], float] = {}
    for codes, times in sorted(Counter(parties).items(), key=lambda counted: sorted(counted[0])):
        pairs = [frozenset(pair) for pair in combinations(sorted(codes), 2)]
        for pair in pairs:
            weights[pair] = weights.get(pair, 0.0) + times / len(pairs)
    return weights


def measure_centrality(pair_weights: Mapping[frozenset[str], float]) -> dict[str, Centrality]:
    """Degree, strength, betweenness and brokerage of each actor in an undirected network, by actor code in order.

    Pairs of weight 0 or less are no tie. Betweenness is Freeman's, over shortest paths that ignore the weights, divided
    by the number of pairs of other actors ("A set of measures of centrality based on betweenness", Sociometry 40,
    1977; algorithm of Brandes, 2001). Brokerage is the share of pairs of other actors that both have a tie with this
    one and none with each other (Gould and Fernandez, "Structures of mediation", Sociological Methodology 19, 1989,
    without their groups).

    Example: in the path PHL - JPN - USA, JPN has degree 2, betweenness 1 and brokerage 1, the others 0 of either. A tie
    PHL - USA takes both from JPN.
    """
    ties = gather_ties(pair_weights)
    betweenness = measure_betweenness(ties)
    return {
        code: Centrality(len(of_actor), sum(of_actor.values()), betweenness[code], share_brokered(ties, code))
        for code, of_actor in ties.items()
    }


def gather_ties(pair_weights: Mapping[frozenset[str], float]) -> Ties:
    """Each actor's ties with their weights, in order of code; pairs of weight 0 or less are left out."""
    ordered = sorted((min(pair), max(pair), weight) for pair, weight in pair_weights.items() if weight > 0)
    ties: Ties = {code: {} for code in sorted({code for pair in ordered for code in pair[:2]})}
    for first, second, weight in ordered:
        ties[first][second] = ties[second][first] = weight
    return ties


def measure_betweenness(ties: Ties) -> dict[str, float]:
    """Share of the pairs of other actors whose shortest paths run through each actor (0 with fewer than two others)."""
    import rustworkx

    graph: rustworkx.PyGraph[str, float] = rustworkx.PyGraph(multigraph=False)
    node_of = dict(zip(ties, graph.add_nodes_from(list(ties)), strict=True))
    edges = ((first, second, weight) for first, of in ties.items() for second, weight in of.items() if first < second)
    graph.add_edges_from([(node_of[first], node_of[second], weight) for first, second, weight in edges])
    between = rustworkx.graph_betweenness_centrality(graph, normalized=len(ties) > 2)
    return {code: between[node] for code, node in node_of.items()}


def share_brokered(ties: Ties, actor: str) -> float:
    """Share of the pairs of other actors that both deal with this one and not with each other."""
    others, degree = len(ties) - 1, len(ties[actor])
    if others < 2:
        return 0.0
    closed_twice = sum(len(ties[actor].keys() & ties[neighbour].keys()) for neighbour in ties[actor])
    return (degree * (degree - 1) - closed_twice) / (others * (others - 1))


WINDOWS = (1, 5)
"""Lengths in years over which a network is drawn: the year alone, and the year with the four before."""


def list_networked(edition: Edition) -> list[NetworkedRecord]:
    """Completed records of two parties or more, in order of id."""
    records = list_completed(edition).select("record_id", "year", "party_codes", "supports").order_by("record_id")
    rows = records.to_pyarrow().to_pylist()
    networked = (
        NetworkedRecord(row["year"], frozenset(row["party_codes"].split(";")), row["supports"]) for row in rows
    )
    return [record for record in networked if len(record.parties) > 1]


def rank_strengths(strengths: Mapping[str, float]) -> dict[str, int]:
    """Rank by strength, 1 the strongest; equal strengths (to :data:`DECIMALS` places) share the better rank.

    Example: strengths 3, 2, 2, 1 have ranks 1, 2, 2, 4.
    """
    rounded = {code: round(strength, DECIMALS) for code, strength in strengths.items()}
    return {code: 1 + sum(other > own for other in rounded.values()) for code, own in rounded.items()}


def describe_window(records: Sequence[NetworkedRecord], window_years: int, year: int) -> list[dict[str, object]]:
    """Rows of the measure for the network of the records completed in the window that ends with a year."""
    inside = [record for record in records if year - window_years < record.year <= year]
    centralities = measure_centrality(weigh_pairs(record.parties for record in inside))
    ranks = rank_strengths({code: centrality.strength for code, centrality in centralities.items()})
    return [
        {
            "window_years": window_years,
            "year": year,
            "actor_code": code,
            **asdict(centrality),
            "rank_in_window": ranks[code],
            "records": sum(code in record.parties for record in inside),
            "supports": sum(record.supports for record in inside if code in record.parties),
        }
        for code, centrality in centralities.items()
    ]


def compute_network(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`NETWORK` tells."""
    records = list_networked(edition)
    first = min((record.year for record in records), default=0)
    last = max([int(edition.settings.as_of[:4]), *(record.year for record in records)]) if records else -1
    years = range(first, last + 1)
    rows = [row for window in WINDOWS for year in years for row in describe_window(records, window, year)]
    return make_table(rows, SCHEMA)


SCHEMA = {
    "window_years": "int64",
    "year": "int64",
    "actor_code": "string",
    "degree": "int64",
    "strength": "float64",
    "betweenness": "float64",
    "brokerage": "float64",
    "rank_in_window": "int64",
    "records": "int64",
    "supports": "int64",
}
NETWORK = Measure(
    name="network",
    title="Network",
    definition="Degree, strength, betweenness and brokerage of each actor in the network of actors that share "
    "completed records, in a year and in the five years that end with it. A record weighs 1 in all, "
    "shared over its pairs.",
    unit="actors; records; shares of pairs",
    source="Freeman, Sociometry 40 (1977); Brandes, Journal of Mathematical Sociology 25 (2001); Gould and "
    "Fernandez, Sociological Methodology 19 (1989); Newman, Physical Review E 64, 016132 (2001).",
    cannot_show="Centrality in the region: the records were gathered around the focus actor, so it is central by "
    "design (ego-network bias), and ties among the others appear only where it takes part. Compare "
    "an actor with itself over time, and that with care. Bodies such as ASEAN count as one actor "
    "beside their members.",
    example="JPN with PHL and JPN with USA, and no record of all three: JPN has degree 2, strength 2, "
    "betweenness 1, brokerage 1.",
    key=("window_years", "year", "actor_code"),
    columns={
        "window_years": ColumnNote("length of the window that ends with the year: 1 or 5", "years"),
        "year": ColumnNote("last year of the window", "year"),
        "actor_code": ColumnNote("the actor", "code"),
        "degree": ColumnNote("other actors it shares a record with", "actors"),
        "strength": ColumnNote("sum of its pair weights; a record of k parties gives 2/k to each", "records"),
        "betweenness": ColumnNote("share of other pairs' shortest paths through it", "share"),
        "brokerage": ColumnNote("share of other pairs with a tie to it and none to each other", "share"),
        "rank_in_window": ColumnNote("rank by strength, 1 the strongest", "rank"),
        "records": ColumnNote("records it takes part in", "records"),
        "supports": ColumnNote("sources that support their completed milestones", "rows of evidence"),
    },
    compute=compute_network,
)
