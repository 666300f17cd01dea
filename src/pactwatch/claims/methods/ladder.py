"""``precedes`` with a ladder: do partners take the same instruments in the same order?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pactwatch.claims.finding import Finding
from pactwatch.claims.methods.chance import judge_draws
from pactwatch.claims.methods.firsts import SMALLEST_RISE, list_partners, rows_with
from pactwatch.claims.methods.orders import Row, Steps, share_of_pairs, shuffle_across, shuffle_within
from pactwatch.claims.question import Selection
from pactwatch.claims.words import say_count, say_p, say_percent, say_row_date

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pactwatch.claims.evidence import Evidence
    from pactwatch.claims.kinds.precedes import Parameters
    from pactwatch.claims.kinds.shape import Effort


def find_ladder(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:
    """Share of the pairs of first dates, within partners, that lie in the ladder's order (as Kendall counts pairs).

    Null: the dates of each partner shuffled over its instruments; or, ``across partners``, each instrument's first
    dates shuffled among partners, which keeps the years in which an instrument was to be had at all.
    """
    import numpy as np

    columns = ["record_id", "instrument", "parties", "earliest", "latest", "precision", "is_inferred", "year"]
    rows = evidence.select(Selection(instruments=parameters.ladder, stages=parameters.stages))[columns].to_dict(
        "records"
    )
    heights = {str(instrument): height for height, instrument in enumerate(parameters.ladder)}
    climbs = {code: climb(rows_with(code, rows), heights) for code in list_partners(evidence, parameters.among)}
    climbers = [steps for steps in climbs.values() if len(set(steps.rungs.tolist())) > 1]
    agreeing, pairs = share_of_pairs(climbers, len(heights))
    base = _describe(rows, climbs, pairs, heights)
    if not pairs:
        return base
    shuffle = shuffle_within if parameters.shuffled == "within partners" else shuffle_across
    draws = shuffle(climbers, len(heights), effort.draws, np.random.default_rng(effort.seed))
    return _conclude(base, agreeing / pairs, draws, parameters, len(climbers))


def climb(rows: Sequence[Row], heights: dict[str, int]) -> Steps:
    """The different dates of one partner on the ladder, earliest first; a date told twice for a rung is one."""
    import numpy as np

    told = ((heights[str(row["instrument"])], row["earliest"].toordinal(), row["latest"].toordinal()) for row in rows)
    columns = np.array(list(dict.fromkeys(told)), dtype=np.int64).reshape(-1, 3)
    return Steps(columns[:, 0], columns[:, 1], columns[:, 2])


def _describe(rows: Sequence[Row], climbs: dict[str, Steps], pairs: int, heights: dict[str, int]) -> Finding:
    return Finding(
        estimate=None,
        unit="share of pairs of first dates",
        n=pairs,
        n_unit="pairs of first dates",
        sentence="No partner has two instruments of the ladder with clear dates.",
        caveats=(
            "An instrument that did not exist until late comes late with everyone, ladder or not; see the choice that "
            "keeps its calendar.",
            "Pairs of one partner hang together; the shuffled orders allow for it.",
        ),
        records=tuple(sorted({str(row["record_id"]) for row in rows})),
        table=tuple(
            row
            for code, steps in climbs.items()
            if len(steps.rungs)
            for row in _tabulate(code, rows_with(code, rows), heights)
        ),
    )


def _conclude(
    base: Finding, observed: float, draws: NDArray[np.float64], parameters: Parameters, partners: int
) -> Finding:
    chance = judge_draws(observed, draws, parameters.smallest_rise or SMALLEST_RISE)
    names = ", ".join(str(instrument).replace("_", " ") for instrument in parameters.ladder)
    low, high = chance.interval
    counted = f"{say_count(base.n, 'pair')} of first dates with {say_count(partners, 'partner')}"
    sentence = (
        f"Of {counted}, {say_percent(observed)} lie in the order {names} (dates shuffled {parameters.shuffled}: "
        f"{say_percent(chance.no_effect)}; 95 % interval {100 * low:.0f} to {100 * high:.0f}; {say_p(chance.p)}); "
        f"only {say_percent(chance.detectable)} or more would probably have been seen."
    )
    return base.model_copy(update={"estimate": observed, "sentence": sentence, **asdict(chance)})


def _tabulate(code: str, rows: Sequence[Row], heights: dict[str, int]) -> list[dict[str, Any]]:
    # The last to enter a dict wins, so the rows go in backwards for the first of each instrument to stay.
    firsts = {str(row["instrument"]): row for row in reversed(rows)}
    return [
        {
            "partner": code,
            "instrument": str(row["instrument"]),
            "rung": heights[str(row["instrument"])] + 1,
            "date": say_row_date(row),
            "year": int(row["year"]),
            "record_id": str(row["record_id"]),
        }
        for row in sorted(firsts.values(), key=lambda row: heights[str(row["instrument"])])
    ]
