"""Claims read from a casebook or from an edition, checked against their kinds before anything is tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pactwatch.casebook import Contents
from pactwatch.casebook.sheets import FaultList
from pactwatch.casebook.toml_files import TomlFile, read_model
from pactwatch.claims.family import NOT_TESTABLE
from pactwatch.claims.kinds import KINDS
from pactwatch.claims.question import Claim, Question, lay_over
from pactwatch.model.errors import Fault

if TYPE_CHECKING:
    from pactwatch.edition import Edition

GROUPS = ("partners", "baseline")
"""Group names a list of actors may use beside actor codes."""

_EXPECTED = {
    **{(key, False): "a code of actors.csv" for key in ("actor", "supplier", "recipient")},
    **{(key, True): "a code of actors.csv, partners or baseline" for key in ("among", "with_any", "with_all")},
    ("record_ids", True): "an id of records.csv",
}
"""What a name under a key must be; the second part of the key tells a list from a single name."""


def claims_of(edition: Edition) -> list[Claim]:
    """The claims sealed in an edition, which were checked when it was sealed."""
    return [Claim.model_validate(claim) for claim in edition.claims]


def check_claims(contents: Contents) -> list[Fault]:
    """Every fault in a casebook's claims: unknown keys, kinds, actors, records or series, and ids used twice."""
    faults = FaultList(f"{contents.path.name}/{contents.claims_file.name}")
    seen: dict[str, int] = {}
    for index, raw in enumerate(contents.claims):
        read_model(contents.claims_file, Claim, raw, faults, ("claim", index))
        name, line = raw.get("id"), contents.claims_file.line_of("id", "claim", index)
        if isinstance(name, str):
            if name in seen:
                faults.add(line, "id", name, "an id used once", f"Line {seen[name]} has it already.")
            seen.setdefault(name, line)
        _check_parameters(raw, index, contents, faults)
    return faults.faults


def _check_parameters(raw: Mapping[str, Any], index: int, contents: Contents, faults: FaultList) -> None:
    """The parameters are checked even where the claim's head is faulty, so that both are mended at once."""
    file, place, kind = contents.claims_file, ("claim", index), raw.get("kind")
    if kind == NOT_TESTABLE or not isinstance(kind, str):
        return
    if kind not in KINDS:
        names = ", ".join((*sorted(KINDS), NOT_TESTABLE))
        faults.add(file.line_of("kind", *place), "kind", kind, f"one of {names}", "See docs/claims.md.")
        return
    parameters = read_model(file, KINDS[kind].parameters, raw.get("parameters", {}), faults, place)
    if parameters is None:
        return
    _check_names(parameters, index, contents, faults)
    for other in _list_otherwise(raw):
        laid = read_model(file, KINDS[kind].parameters, lay_over(raw.get("parameters", {}), other), faults, place)
        if laid is not None:
            _check_names(laid, index, contents, faults)


def _list_otherwise(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The parameters of the other readings, as far as they have the right shape."""
    others = raw.get("otherwise", ())
    tables = [other.get("parameters") for other in others if isinstance(other, Mapping)]
    return [table for table in tables if isinstance(table, Mapping)]


def _check_names(parameters: Question, index: int, contents: Contents, faults: FaultList) -> None:
    known = {
        "a code of actors.csv": contents.actor_codes,
        "a code of actors.csv, partners or baseline": contents.actor_codes | set(GROUPS),
        "an id of records.csv": {record.record_id for record in contents.records},
        "a series of perceptions.csv": {figure.series for figure in contents.perceptions},
    }
    file: TomlFile = contents.claims_file
    for key, name, what in _references(parameters):
        if name not in known[what]:
            faults.add(file.line_of(key, "claim", index), key, name, what, "Correct it, or add it there.")


def _references(question: Question) -> Iterator[tuple[str, str, str]]:
    """Each name that refers to another file, with its key and what it must be; selections are looked into."""
    of_series = hasattr(question, "series")
    for key, value in question:
        if isinstance(value, Question):
            yield from _references(value)
        names = value if isinstance(value, tuple) else (value,)
        what = _EXPECTED.get((key, isinstance(value, tuple)))
        if of_series and key in ("series", "against"):
            what = "a series of perceptions.csv"
        yield from ((key, name, what) for name in names if what is not None and isinstance(name, str))
