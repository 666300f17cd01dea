"""What ``expect.toml`` asks of a build: minima that refuse it, maxima that warn.

Minima and shares are asked of what a person answers for: what a machine coded and nobody reviewed can neither make up
for what is missing nor hold up a build. Maxima count everything, since a flood is worth a warning whoever coded it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pactwatch.casebook import Casebook
from pactwatch.casebook.settings import Expectation
from pactwatch.model.codes import Doubt, ReviewStatus
from pactwatch.model.errors import PactwatchError

if TYPE_CHECKING:
    import pyarrow as pa


class ExpectationError(PactwatchError):
    """A build falls short of what its casebook expects."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation with the number found."""

    words: str
    found: float
    is_short: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class _Counted:
    """What expectations count: records with their milestones, and the sizes of the rest."""

    records: tuple[tuple[str, frozenset[str], tuple[_Step, ...]], ...]
    sizes: Mapping[str, int]


class _Step(NamedTuple):
    """A milestone as expectations look at it."""

    is_reviewed: bool
    is_verified: bool
    is_cited: bool


def check_expectations(casebook: Casebook, tables: Mapping[str, pa.Table]) -> list[Outcome]:
    """Every expectation of a casebook with what was found in the tables of an edition."""
    everything = _count(casebook, tables)
    reviewed = replace(everything, records=tuple(_keep_reviewed(tables, everything)))
    return [_check(everything, reviewed, expectation) for expectation in casebook.expectations]


def _count(casebook: Casebook, tables: Mapping[str, pa.Table]) -> _Counted:
    columns = {name: tables[name].to_pydict() for name in ("records", "milestones", "supports", "sources")}
    seen = {one for one, is_seen in _columns(columns["sources"], "source_id", "is_seen") if is_seen}
    cited = {one for one, source in _columns(columns["supports"], "milestone_id", "source_id") if source in seen}
    steps: dict[str, list[_Step]] = defaultdict(list)
    names = ("record_id", "milestone_id", "is_verified", "doubt_codes")
    for record_id, milestone_id, is_verified, doubts in _columns(columns["milestones"], *names):
        is_reviewed = Doubt.UNREVIEWED.value not in (doubts or "").split(";")
        steps[record_id].append(_Step(is_reviewed, is_verified, milestone_id in cited))
    records = tuple(
        (type_, frozenset(parties.split(";")), tuple(steps[record_id]))
        for record_id, type_, parties in _columns(columns["records"], "record_id", "record_type", "party_codes")
    )
    sizes = {"sources": tables["sources"].num_rows, "perceptions": len(casebook.perceptions)}
    return _Counted(records, sizes | {"claims": len(casebook.claims)})


def _columns(table: Mapping[str, list[Any]], *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name] for name in names), strict=True)


def _keep_reviewed(
    tables: Mapping[str, pa.Table], everything: _Counted
) -> Iterator[tuple[str, frozenset[str], tuple[_Step, ...]]]:
    statuses = tables["records"]["review_status"].to_pylist()
    for status, (type_, parties, steps) in zip(statuses, everything.records, strict=True):
        kept = tuple(step for step in steps if step.is_reviewed)
        if kept and status != ReviewStatus.UNREVIEWED:
            yield type_, parties, kept


def require_expectations(casebook: Casebook, tables: Mapping[str, pa.Table]) -> list[str]:
    """Refuse a build below a minimum (all shortfalls at once); returns the warnings of exceeded maxima."""
    outcomes = check_expectations(casebook, tables)
    short = [outcome.words for outcome in outcomes if outcome.is_short]
    if short:
        raise ExpectationError("the casebook falls short of its expect.toml: " + "; ".join(short))
    return [outcome.words for outcome in outcomes if outcome.is_over]


def _check(counted: _Counted, reviewed: _Counted, expectation: Expectation) -> Outcome:
    low, high = expectation.at_least, expectation.at_most
    answered = _measure(reviewed, expectation)
    everything = answered if expectation.what.endswith("_share") else _measure(counted, expectation)
    is_short, is_over = low is not None and answered < low, high is not None and everything > high
    found = answered if is_short else everything
    scope = " ".join(str(part) for part in (expectation.type, expectation.partner) if part)
    bounds = " and ".join(
        f"{word} {bound:g}" for word, bound in (("at least", low), ("at most", high)) if bound is not None
    )
    words = f"{expectation.what}{' of ' + scope if scope else ''}: {found:g}, expected {bounds}"
    return Outcome(words, found, is_short, is_over)


def _measure(counted: _Counted, expectation: Expectation) -> float:
    records = [
        steps
        for type_, parties, steps in counted.records
        if (expectation.type is None or type_ == expectation.type)
        and (expectation.partner is None or expectation.partner in parties)
    ]
    milestones = [step for steps in records for step in steps]
    if expectation.what == "verified_share":
        return _share([step.is_verified for step in milestones])
    if expectation.what == "cited_share":
        return _share([step.is_cited for step in milestones])
    sizes = {**counted.sizes, "records": len(records), "milestones": len(milestones)}
    return float(sizes[expectation.what])


def _share(flags: list[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0
