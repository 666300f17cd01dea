"""How each published figure is computed from imported tables: short functions, one number each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pactwatch.datasets.kinds import KINDS
from pactwatch.datasets.library import Library
from pactwatch.datasets.store import Import, choose_import

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Bench:
    """The imports a figure may be computed from, those of its release where there are any.

    ``used`` collects the imports that were taken, so that the table can say which vintage a figure rests on.
    """

    library: Library
    release: str
    used: list[Import]

    def frame(self, kind: str, table: str) -> pd.DataFrame:
        """A table as a pandas frame; raises ``MissingImportError`` when nothing of the kind is there."""
        import pandas as pd

        of_kind = [one for one in self.library.imports if one.kind.name == kind and one.has(table)]
        fitting = [one for one in of_kind if one.details["vintage"].startswith(self.release)]
        chosen = choose_import(fitting or of_kind, KINDS[kind])
        self.used.append(chosen)
        return pd.read_parquet(chosen.file(table))

    @cached_property
    def deliveries(self) -> pd.DataFrame:
        """Arms deliveries by order and year."""
        return self.frame("sipri-register", "arms_deliveries")


Years = Sequence[int]


def arms_volume(bench: Bench, years: Years, supplier: str = "", recipient: str = "") -> float:
    """Volume delivered in the years, both included, in million TIV."""
    rows = bench.deliveries
    mask = rows["delivery_year"].between(years[0], years[1])
    for column, code in (("supplier_code", supplier), ("recipient_code", recipient)):
        if code:
            mask &= rows[column] == code
    return float(rows.loc[mask, "tiv_delivered"].sum())


def arms_change(bench: Bench, before: Years, after: Years, supplier: str = "", recipient: str = "") -> float:
    """Change of the volume between two spans of years, in percent."""
    first = arms_volume(bench, before, supplier, recipient)
    return 100 * (arms_volume(bench, after, supplier, recipient) / first - 1)


def arms_share(bench: Bench, of: str, years: Years, supplier: str = "", recipient: str = "") -> float:
    """Share of a part in a recipient's imports, a supplier's exports or the world's transfers, in percent."""
    whole = {"recipient": ("", recipient), "supplier": (supplier, ""), "world": ("", "")}[of]
    return 100 * arms_volume(bench, years, supplier, recipient) / arms_volume(bench, years, *whole)


def order_count(bench: Bench, **names: str) -> float:
    """Orders in the register, by the names it uses."""
    return float(len(_orders(bench, names)))


def order_volume(bench: Bench, **names: str) -> float:
    """Volume delivered under the orders, in million TIV."""
    return float(_orders(bench, names)["tiv_delivered"].sum())


def _orders(bench: Bench, names: Mapping[str, str]) -> pd.DataFrame:
    rows = bench.frame("sipri-register", "arms_orders")
    for column, name in names.items():
        rows = rows[rows[column] == name]
    return rows


def spending(bench: Bench, country: str, series: str, year: int, divide_by: float) -> float:
    """A figure of a country's military spending."""
    rows = bench.frame("sipri-milex", "military_spending")
    mask = (rows["actor_code"] == country) & (rows["series"] == series) & (rows["year"] == year)
    return float(rows.loc[mask, "figure"].iloc[0]) / divide_by


def spending_change(bench: Bench, country: str, years: Years) -> float:
    """Change of a country's spending at constant prices, in percent."""
    first, last = (spending(bench, country, "constant_usd", year, 1) for year in years)
    return 100 * (last / first - 1)


def regional_change(bench: Bench, region: str, years: Years) -> float:
    """Change of a region's spending at constant prices, in percent."""
    rows = bench.frame("sipri-milex", "military_spending")
    rows = rows[(rows["series"] == "regional_totals") & (rows["country_name"] == region)].set_index("year")
    return float(100 * (rows["figure"][years[1]] / rows["figure"][years[0]] - 1))


def agreements(bench: Bench, type: str = "", party: str = "", others: Sequence[str] = (), year: int = 0) -> float:  # noqa: A002
    """Defence cooperation agreements of a type, of a party, of it with others, of a year."""
    rows = bench.frame("dcad", "defence_agreements")
    pairs = list(zip(rows["first_code"], rows["second_code"], strict=True))
    mask = [not party or party in pair for pair in pairs]
    if others:
        mask = [keep and any(code in others for code in pair) for keep, pair in zip(mask, pairs, strict=True)]
    rows = rows[mask]
    rows = rows[rows["agreement_type"] == type] if type else rows
    return float(len(rows[rows["signed_year"] == year] if year else rows))


def exercises(bench: Bench, all_of: Sequence[str]) -> float:
    """Exercises in which all of the actors took part; without actors, the numbers of exercises there are."""
    if not all_of:
        return float(bench.frame("mme", "exercises")["told_id"].nunique())
    rows = bench.frame("mme", "exercise_participants")
    groups = [set(rows.loc[rows["actor_code"] == code, "exercise_id"]) for code in all_of]
    return float(len(set.intersection(*groups)))


def network(bench: Bench, year: int, part: str) -> float:
    """Ties, density, triangles or isolates of a yearly undirected network; its states are those listed for the year.

    Density is ties over pairs of states (Wasserman and Faust 1994).
    """
    import rustworkx as rx

    ties = bench.frame("network", "network_ties")
    ties = ties[ties["year"] == year]
    pairs = {tuple(sorted(pair)) for pair in zip(ties["first_name"], ties["second_name"], strict=True)}
    if part == "ties":
        return float(len(pairs))
    members = bench.frame("network", "network_members")
    names = sorted(set(members.loc[members["year"] == year, "member_name"]))
    places = {name: place for place, name in enumerate(names)}
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(names)
    graph.add_edges_from_no_data([(places[one], places[other]) for one, other in pairs])
    found = {
        "density": len(pairs) / (len(names) * (len(names) - 1) / 2),
        "triangles": _count_triangles(graph),
        "isolates": sum(1 for node in graph.node_indices() if graph.degree(node) == 0),
    }
    return float(found[part])


def _count_triangles(graph: Any) -> int:
    near = {node: set(graph.neighbors(node)) for node in graph.node_indices()}
    return sum(len(near[one] & near[other]) for one, other in graph.edge_list()) // 3


RECIPES: dict[str, tuple[Callable[..., float], str]] = {
    "arms_volume": (arms_volume, "sipri-register"),
    "arms_change": (arms_change, "sipri-register"),
    "arms_share": (arms_share, "sipri-register"),
    "order_count": (order_count, "sipri-register"),
    "order_volume": (order_volume, "sipri-register"),
    "spending": (spending, "sipri-milex"),
    "spending_change": (spending_change, "sipri-milex"),
    "regional_change": (regional_change, "sipri-milex"),
    "agreements": (agreements, "dcad"),
    "exercises": (exercises, "mme"),
    "network": (network, "network"),
}
"""Every recipe by its name in ``figures.toml``, with the kind of data set it needs."""
