"""imported_change: does a figure of imported data change, actor by actor, between two spans of years?"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding
from pactwatch.claims.imported import Imported, find_rows, tell_data, tell_missing
from pactwatch.claims.kinds.imported_trend import ROUNDING, TIMES
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.question import Question
from pactwatch.claims.thresholds import ALPHA, CONFIDENCE, POWER
from pactwatch.claims.words import say_count, say_p
from pactwatch.measures import MEASURES

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

LARGEST_LISTED = 14
"""Up to so many actors all signs are gone through (2 ** 14 = 16,384); above, signs are drawn."""

FEWEST = 3


class Parameters(Imported):
    """Which actors, which spans, and the change that would matter."""

    actor_column: str = Field(default="recipient_code", description="the column that names the actor")
    among: tuple[str, ...] = Field(
        default=("partners",), description="actor codes, or the groups partners and baseline"
    )
    direction: Literal["rises", "falls"] = "falls"
    spans_back: int = Field(default=3, ge=1, description="how many spans the earlier one lies before the latest")
    smallest_change: float = Field(gt=0, description="smallest mean change worth speaking of, in the figure's unit")
    called: str = Field(default="the figure", description="names the figure as the sentence says it")


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:
    """Test the mean change over actors by flipping signs: without an effect each change is as likely its opposite.

    p is the larger of the sign-flip p (Fisher 1935, The Design of Experiments) and that of Student's t on the changes.
    """
    rows, missing = find_rows(evidence, parameters)
    unit = MEASURES[parameters.measure].columns[parameters.column].unit if missing is None else ""
    if missing is not None:
        return tell_missing(missing, "", "actors")
    spans, pairs = pair_spans(rows, evidence, parameters)
    base = _describe(spans, pairs, (evidence, rows, unit), parameters)
    if len(pairs) < FEWEST:
        return base
    import numpy as np

    changes = np.array([after - before for _, before, after in pairs])
    if float(np.std(changes)) <= ROUNDING:
        return base
    sign = 1.0 if parameters.direction == "rises" else -1.0
    return _conclude(base, changes, sign, parameters, effort)


def pair_spans(
    rows: pd.DataFrame, evidence: Evidence, parameters: Parameters
) -> tuple[tuple[int, int] | None, list[tuple[str, float, float]]]:
    """The last years of both spans, and for each actor with a figure in both: code, figure before, figure after."""
    time = next(name for name in TIMES if name in MEASURES[parameters.measure].columns)
    ends = sorted({int(year) for year in rows[time]}, reverse=True)
    if len(ends) <= parameters.spans_back:
        return None, []
    spans = (ends[parameters.spans_back], ends[0])
    codes = evidence.codes(parameters.among)
    values = {
        (str(row[parameters.actor_column]), int(row[time])): float(row[parameters.column])
        for row in rows.to_dict("records")
    }
    pairs = [(code, values.get((code, spans[0])), values.get((code, spans[1]))) for code in sorted(codes)]
    return spans, [(code, one, other) for code, one, other in pairs if one is not None and other is not None]


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """The earlier span one nearer, or one farther back."""
    others: list[tuple[str, Question]] = []
    for back in (parameters.spans_back - 1, parameters.spans_back + 1):
        if back >= 1:
            words = f"against {back} span{'s' if back > 1 else ''} before"
            others.append((words, parameters.model_copy(update={"spans_back": back})))
    return others


def flip_p(changes: NDArray[np.float64], effort: Effort) -> float:
    """One-sided p that the mean is as high when each change may have either sign; exact up to ``LARGEST_LISTED``.

    >>> import numpy as np
    >>> flip_p(np.array([1.0, 2.0, 3.0]), Effort())  # 1 of 2 ** 3 signs gives a mean as high
    0.125
    """
    import numpy as np

    if len(changes) <= LARGEST_LISTED:
        signs = np.array(list(product((1.0, -1.0), repeat=len(changes))))
        return float(np.mean(signs @ changes >= changes.sum() - ROUNDING))
    drawn = np.random.default_rng(effort.seed).choice((1.0, -1.0), (effort.draws, len(changes)))
    return float((1 + np.sum(drawn @ changes >= changes.sum() - ROUNDING)) / (1 + effort.draws))


def _conclude(
    base: Finding, changes: NDArray[np.float64], sign: float, parameters: Parameters, effort: Effort
) -> Finding:
    import numpy as np
    from scipy.stats import t

    n, mean = len(changes), float(changes.mean())
    error, freedom = float(changes.std(ddof=1) / np.sqrt(n)), n - 1
    smallest = sign * parameters.smallest_change
    p = max(flip_p(sign * changes, effort), float(t.sf(sign * mean / error, freedom)))
    refute = max(flip_p(-sign * (changes - smallest), effort), float(t.sf(sign * (smallest - mean) / error, freedom)))
    half = float(t.ppf((1 + CONFIDENCE) / 2, freedom)) * error
    reach = float(t.ppf(1 - ALPHA, freedom) + t.ppf(POWER, freedom)) * error
    sentence = (
        f"{base.sentence} The mean change is {mean:+.3g} (95 % interval {mean - half:+.3g} to {mean + half:+.3g}; "
        f"{say_p(p)}); less than {reach:.3g} would probably not have been seen."
    )
    return base.model_copy(
        update={
            "estimate": mean,
            "interval": (mean - half, mean + half),
            "no_effect": 0.0,
            "smallest_effect": smallest,
            "p": min(p, 1.0),
            "p_refute": min(refute, 1.0),
            "detectable": sign * reach,
            "sentence": sentence,
        }
    )


def _describe(
    spans: tuple[int, int] | None,
    pairs: list[tuple[str, float, float]],
    about: tuple[Evidence, pd.DataFrame, str],
    parameters: Parameters,
) -> Finding:
    evidence, rows, unit = about
    falls = sum(1 for _, before, after in pairs if after < before)
    called = parameters.called[:1].upper() + parameters.called[1:]
    told = f" from the span to {spans[0]} to the span to {spans[1]}" if spans else ""
    return Finding(
        estimate=None,
        unit=unit,
        n=len(pairs),
        n_unit="actors",
        sentence=f"{called}{told}: {say_count(len(pairs), 'actor')} with both figures, lower in {falls}.",
        caveats=tell_data(evidence, parameters, rows),
        table=tuple(
            {"actor": evidence.name(code), "before": before, "after": after, "span": f"{spans[0]} and {spans[1]}"}
            for code, before, after in pairs
            if spans
        ),
    )


KIND = Kind(
    name="imported_change",
    asks="whether a figure of imported data changes, actor by actor, from an earlier span of years to the latest",
    null="each actor's change is as likely its opposite",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="change",
)
