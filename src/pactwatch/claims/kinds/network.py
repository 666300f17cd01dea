"""network: did an actor become more central among all the parties of the records?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Fact, Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.chance import judge_draws
from pactwatch.claims.methods.events import label_events, name_unit, tell_joining
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.thresholds import MINIMUM_N
from pactwatch.claims.words import say_change, say_p, say_points, say_units
from pactwatch.measures.network import measure_centrality, weigh_pairs

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

EGO_SHARE = 0.9
"""Above this share of records with the actor in them, the records are the actor's own surroundings, not the network."""


class Parameters(Question):
    """Whose place is watched, in which records (``focus = false``: also those without the focus actor), from when."""

    selection: Selection = Selection(focus=False)
    actor: str | None = Field(default=None, description="left out: the focus actor")
    among: tuple[str, ...] = Field(default=("partners", "baseline"), description="the other actors of the network")
    cut: int = Field(description="first year of the later period")
    measure: Literal["strength", "brokerage"] = "strength"
    direction: Literal["rises", "falls"] = "rises"
    smallest_change: float = Field(
        default=0.05, gt=0, lt=1, description="smallest change of the share worth speaking of"
    )


@dataclass(frozen=True)
class Web:
    """Weight of every pair of actors in every event (events by pairs; an event weighs 1), and which are late."""

    actors: tuple[str, ...]
    weights: NDArray[np.float64]
    is_late: NDArray[np.bool_]


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:
    """Compare the actor's share of ties before and from the cut with shuffled periods, parties kept.

    A record of several parties weighs 1 in all, shared over its pairs. Records gathered around the actor cannot say
    how central it is: where nearly all have it as a party, no test is run and the fact is unknown.
    """
    import numpy as np

    actor = parameters.actor or evidence.focus
    codes = evidence.codes(parameters.among) | {actor, evidence.focus}
    rows = evidence.select(parameters.selection)
    rows = rows[np.array([len(parties & codes) > 1 for parties in rows["parties"]], dtype=bool)]
    web = weave(rows, codes, label_events(rows, actor), parameters.cut)
    name = evidence.name(actor)
    base = _describe(rows, web, name, parameters)
    own = sum(actor in parties for parties in rows["parties"])
    if len(rows) and own > EGO_SHARE * len(rows):
        return _decline(base, f"{own} of {len(rows)} {parameters.selection.unit}s", name)
    few = min(int(web.is_late.sum()), int((~web.is_late).sum()))
    if few < MINIMUM_N // 2:
        return base
    generator = np.random.default_rng(effort.seed)
    lates = generator.permuted(np.tile(web.is_late, (effort.draws, 1)), axis=1)
    observed = float(measure_change(web, web.is_late[None, :], actor, parameters.measure)[0])
    shuffled = measure_change(web, lates, actor, parameters.measure)
    return _conclude(base, observed, shuffled, name, parameters)


def weave(rows: pd.DataFrame, codes: frozenset[str], events: NDArray[np.int64], cut: int) -> Web:
    """Pair weights of each event; its different sets of parties share its weight of 1 equally."""
    import numpy as np

    actors = tuple(sorted(codes))
    column = {frozenset(pair): index for index, pair in enumerate(combinations(actors, 2))}
    count = int(events.max()) + 1 if len(events) else 0
    weights, late = np.zeros((count, len(column))), np.zeros(count, dtype=bool)
    told = dict.fromkeys(zip(events.tolist(), rows["parties"], rows["year"].tolist(), strict=True))
    for event, parties, year in told:
        late[event] = year >= cut
        for pair, weight in weigh_pairs([parties & codes]).items():
            weights[event, column[pair]] += weight
    return Web(actors, weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12), late)


def measure_change(web: Web, lates: NDArray[np.bool_], actor: str, measure: str) -> NDArray[np.float64]:
    """The actor's measure in the later events less the earlier ones, for each row of ``lates`` (draws by events)."""
    part = share_ties if measure == "strength" else share_brokerage
    return part(web, lates, actor) - part(web, ~lates, actor)


def share_ties(web: Web, chosen: NDArray[np.bool_], actor: str) -> NDArray[np.float64]:
    """Share of the weight of all ties that is the actor's, for each choice of events.

    Two-party events with the actor, and one of three parties with it: 1, 1 and 2/3 of the weight are its own.
    """
    import numpy as np

    own = web.weights[:, [actor in pair for pair in combinations(web.actors, 2)]].sum(axis=1)
    return np.asarray((chosen @ own) / np.maximum(chosen.sum(axis=1), 1))


def share_brokerage(web: Web, chosen: NDArray[np.bool_], actor: str) -> NDArray[np.float64]:
    """Share of the pairs of other actors that both deal with this one and not with each other, by choice of events.

    Source: brokerage as in Gould and Fernandez (1989), Sociological Methodology 19, 89-126, without their groups. All
    actors compared count, those without a tie too, so that the choices have one denominator.
    """
    import numpy as np

    ties = (chosen.astype(np.float64) @ web.weights) > 0
    position = web.actors.index(actor)
    pairs = list(combinations(range(len(web.actors)), 2))
    partner = np.zeros((len(chosen), len(web.actors)), dtype=bool)
    for index, (one, other) in enumerate(pairs):
        if position in (one, other):
            partner[:, other if one == position else one] = ties[:, index]
    brokered = np.zeros(len(chosen))
    for index, (one, other) in enumerate(pairs):
        if position not in (one, other):
            brokered += partner[:, one] & partner[:, other] & ~ties[:, index]
    others = len(web.actors) - 1
    return brokered / max(others * (others - 1) / 2, 1)


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Cuts one and two years off, and the other measure."""
    other = "brokerage" if parameters.measure == "strength" else "strength"
    cuts = [(f"cut at {year}", {"cut": year}) for year in (parameters.cut + step for step in (-2, -1, 1, 2))]
    changes: list[tuple[str, dict[str, Any]]] = [
        *cuts,
        (f"{other} instead of {parameters.measure}", {"measure": other}),
    ]
    return [(words, parameters.model_copy(update=change)) for words, change in changes]


def _describe(rows: pd.DataFrame, web: Web, name: str, parameters: Parameters) -> Finding:
    n = len(web.is_late)
    unit = name_unit(len(rows), n, parameters.selection)
    return Finding(
        estimate=None,
        unit="change of the share of all ties"
        if parameters.measure == "strength"
        else "change of the share of pairs brokered",
        n=n,
        n_unit=unit,
        sentence=f"{int((~web.is_late).sum())} {unit} before {parameters.cut}, {int(web.is_late.sum())} from then on "
        f"are too few to compare the place of {name}.",
        caveats=(
            "The network is that of the records gathered; ties between others that no source here tells are missing.",
            *tell_joining(len(rows), n),
        ),
        records=tuple(sorted(set(rows["record_id"].astype(str)))),
        table=tuple(_tabulate(rows, parameters.cut)),
    )


def _decline(base: Finding, counted: str, name: str) -> Finding:
    """No test: the records were gathered around the actor."""
    return base.model_copy(
        update={
            "fact": Fact.UNKNOWN,
            "sentence": f"{counted} have {name} as a party, because records were gathered around it: "
            "they show its own ties, not the region's network, and cannot tell whether it became more central there.",
            "caveats": (
                f"In records gathered around {name} it is central by design, whatever happened; ties among the others "
                "would have to be gathered too.",
                *base.caveats,
            ),
        }
    )


def _conclude(
    base: Finding, observed: float, shuffled: NDArray[np.float64], name: str, parameters: Parameters
) -> Finding:
    sign = 1.0 if parameters.direction == "rises" else -1.0
    chance = judge_draws(observed, shuffled, sign * parameters.smallest_change, bounds=(-1.0, 1.0))
    what = "share of all ties" if parameters.measure == "strength" else "share of pairs brokered"
    low, high = (f"{100 * bound:.0f}" for bound in chance.interval)
    sentence = (
        f"From before {parameters.cut} to after, the {what} of {name} shows {say_change(observed)} over "
        f"{say_units(base.n, base.n_unit)} (periods shuffled: {100 * chance.no_effect:+.1f}; 95 % interval {low} to "
        f"{high}; {say_p(chance.p)}); a change under {say_points(chance.detectable)} would probably not have been seen."
    )
    return base.model_copy(update={"estimate": observed, "sentence": sentence, **asdict(chance)})


def _tabulate(rows: pd.DataFrame, cut: int) -> list[dict[str, Any]]:
    table = []
    for words, part in ((f"before {cut}", rows[rows["year"] < cut]), (f"from {cut}", rows[rows["year"] >= cut])):
        for code, place in measure_centrality(weigh_pairs(part["parties"])).items():
            table.append(
                {
                    "period": words,
                    "actor": code,
                    "partners": place.degree,
                    "strength": round(place.strength, 3),
                    "share of ties": round(place.strength / max(len(part), 1), 4),
                    "betweenness": round(place.betweenness, 4),
                    "brokerage": round(place.brokerage, 4),
                }
            )
    return table


KIND = Kind(
    name="network",
    asks="whether an actor's share of all ties, or of the pairs it stands between, changed from one period to the next",
    null="periods shuffled over the events, parties kept; no test where the records were gathered around the actor",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="bars",
)
