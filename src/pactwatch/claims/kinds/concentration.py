"""``concentration``: are records spread over more, or fewer, partners (or types) than before?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.events import Counting, label_events, name_unit, other_countings, tell_joining
from pactwatch.claims.methods.herfindahl import Change, judge_change
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.thresholds import MINIMUM_N
from pactwatch.claims.words import say_p

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


class Parameters(Question):
    """Which records, spread over what, in which two windows of years."""

    selection: Selection = Field(description="the records whose spread is asked")
    early: tuple[int, int] = Field(description="first and last year of the earlier window")
    late: tuple[int, int] = Field(description="first and last year of the later window")
    over: Literal["partners", "types"] = Field(default="partners", description="what the records are spread over")
    among: tuple[str, ...] = Field(default=("partners",), description="actor codes or groups that count as partners")
    smallest_change: float = Field(
        default=0.05, gt=0, lt=1, description="smallest change of the index worth speaking of"
    )
    direction: Literal["falls", "rises"] = "falls"
    counting: Counting = Field(default="event", description="what counts as one observation")

    @model_validator(mode="after")
    def _are_windows(self) -> Parameters:
        if not self.early[0] <= self.early[1] < self.late[0] <= self.late[1]:
            raise ValueError(
                f"early {self.early}, late {self.late}; expected two windows of years, one after the other"
            )
        return self

    @property
    def smallest_effect(self) -> float:
        """The change of the index at the smallest effect."""
        return self.smallest_change if self.direction == "rises" else -self.smallest_change


@dataclass(frozen=True)
class Window:
    """The events of one window: a row of shares each, over the categories."""

    rows: pd.DataFrame
    events: NDArray[np.float64]
    outside: int

    @property
    def totals(self) -> list[float]:
        """Events by category; one shared by several counts in parts."""
        return [float(total) for total in self.events.sum(axis=0)]


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:
    """Change of the Herfindahl-Hirschman index from the early window to the late one."""
    import numpy as np

    rows = evidence.select(parameters.selection)
    categories = _list_categories(evidence, rows, parameters)
    early, late = (
        read_window(evidence, rows[rows["year"].between(*span)], categories, parameters)
        for span in (parameters.early, parameters.late)
    )
    finding = _describe(early, late, categories, parameters)
    if min(len(early.events), len(late.events)) < MINIMUM_N:
        return finding
    profiles, periods = count_profiles(early.events, late.events)
    change = judge_change(
        profiles, periods, parameters.smallest_effect, np.random.default_rng(effort.seed), effort.draws
    )
    return finding.model_copy(
        update={
            "estimate": change.after - change.before,
            "interval": change.interval,
            "p": change.p,
            "p_refute": change.p_refute,
            "detectable": change.detectable,
            "sentence": _say((len(early.events), len(late.events)), finding.n_unit, change, parameters),
        }
    )


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """The boundary a year earlier or later, a gap of two years at it, and other observations."""
    (first, end), (start, last) = parameters.early, parameters.late
    moved = (
        ("boundary a year earlier", (first, end - 1), (start - 1, last)),
        ("boundary a year later", (first, end + 1), (start + 1, last)),
        ("a year left out on each side of the boundary", (first, end - 1), (start + 1, last)),
    )
    others: list[tuple[str, Question]] = [
        (words, parameters.model_copy(update={"early": early, "late": late}))
        for words, early, late in moved
        if early[0] <= early[1] and late[0] <= late[1]
    ]
    others += [
        (words, parameters.model_copy(update={"counting": counting}))
        for words, counting in other_countings(parameters.counting)
    ]
    return others


def read_window(evidence: Evidence, rows: pd.DataFrame, categories: tuple[str, ...], parameters: Parameters) -> Window:
    """The shares of every event over the categories; a record of several partners is divided evenly among them."""
    import numpy as np

    if parameters.over == "types":
        found = [{str(value)} for value in rows["record_type"]]
    else:
        found = [parties & set(categories) for parties in rows["parties"]]
    is_in = np.array([bool(names) for names in found], dtype=bool)
    shares = np.array([[(name in names) / len(names) for name in categories] for names in found if names])
    kept = rows[is_in]
    if kept.empty:
        return Window(kept, np.zeros((0, len(categories))), int((~is_in).sum()))
    labels = label_events(kept, evidence.focus, parameters.counting)
    events = np.zeros((labels.max() + 1, len(categories)))
    np.add.at(events, labels, shares)
    return Window(kept, events / np.bincount(labels)[:, None], int((~is_in).sum()))


def count_profiles(
    early: NDArray[np.float64], late: NDArray[np.float64]
) -> tuple[NDArray[np.float64], tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The different rows of both windows, and how often each occurs in the early and in the late one."""
    import numpy as np

    both = np.concatenate([early, late]).round(9)
    profiles, places = np.unique(both, axis=0, return_inverse=True)
    places = places.reshape(-1)
    before, after = (
        np.bincount(part, minlength=len(profiles)) for part in (places[: len(early)], places[len(early) :])
    )
    return profiles, (before, after)


def _list_categories(evidence: Evidence, rows: pd.DataFrame, parameters: Parameters) -> tuple[str, ...]:
    if parameters.over == "types":
        return tuple(sorted({str(value) for value in rows["record_type"]}))
    return tuple(sorted(evidence.codes(parameters.among) - {evidence.focus}))


def _describe(early: Window, late: Window, categories: tuple[str, ...], parameters: Parameters) -> Finding:
    """What can be said before any test."""
    rows, events = len(early.rows) + len(late.rows), len(early.events) + len(late.events)
    unit = name_unit(rows, events, parameters.selection)
    caveats = tell_joining(rows, events, parameters.counting)
    if early.outside + late.outside:
        caveats += (f"{early.outside + late.outside} rows of the windows name none of the partners counted.",)
    return Finding(
        estimate=None,
        unit="change of the Herfindahl-Hirschman index (0 to 1)",
        no_effect=0.0,
        smallest_effect=parameters.smallest_effect,
        n=events,
        n_unit=unit,
        sentence=(
            f"{len(early.events)} {unit} in {_span(parameters.early)} and {len(late.events)} in "
            f"{_span(parameters.late)}; a comparison takes {MINIMUM_N} in each window."
        ),
        caveats=(
            *caveats,
            "Events of one window are taken for independent draws; a spell with one partner weakens that.",
        ),
        records=tuple(sorted({*early.rows["record_id"], *late.rows["record_id"]})),
        table=tuple(
            {parameters.over[:-1]: name, _span(parameters.early): one, _span(parameters.late): two}
            for name, one, two in zip(categories, early.totals, late.totals, strict=True)
        ),
    )


def _span(years: tuple[int, int]) -> str:
    return f"{years[0]}-{years[1]}"


def _say(counts: tuple[int, int], unit: str, change: Change, parameters: Parameters) -> str:
    early, late = counts
    return (
        f"The concentration of {unit} over {parameters.over} (the chance that two of them drawn at random have the "
        f"same) went from {change.before:.2f} ({_span(parameters.early)}, {early} {unit}) to {change.after:.2f} "
        f"({_span(parameters.late)}, {late} {unit}; {say_p(change.p)}); "
        f"only a change of {abs(change.detectable):.2f} or more would show four times in five."
    )


KIND = Kind(
    name="concentration",
    asks="Does the concentration of `selection` over partners (or types) fall, or rise, from `early` to `late`?",
    null="Events of both windows are equally concentrated; which window an event fell in does not matter.",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
)
