"""Claims read from a casebook or from an edition, checked against their kinds before anything is tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pactwatch.casebook import Contents
from pactwatch.casebook.sheets import FaultList
from pactwatch.casebook.toml_files import TomlFile, read_model
from pactwatch.claims.family import NOT_TESTABLE
from pactwatch.claims.kinds import KINDS
from pactwatch.claims.question import Claim, Question, Selection
from pactwatch.model.errors import Fault

if TYPE_CHECKING:
    from pactwatch.edition import Edition

GROUPS = ("partners", "baseline")
"""Group names a selection may use beside actor codes."""


def claims_of(edition: Edition) -> list[Claim]:
    """The claims sealed in an edition, which were checked when it was sealed."""
    return [Claim.model_validate(claim) for claim in edition.claims]


def check_claims(contents: Contents) -> list[Fault]:
    """Every fault in a casebook's claims: unknown keys, kinds, actors, records or series, and ids used twice."""
    faults = FaultList(f"{contents.path.name}/{contents.claims_file.name}")
    seen: dict[str, int] = {}
    for index, raw in enumerate(contents.claims):
        read_model(contents.claims_file, Claim, raw, faults, ("claim", index))
        name, line = str(raw.get("id")), contents.claims_file.line_of("id", "claim", index)
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
    if parameters is not None:
        _check_names(parameters, index, contents, faults)


def _check_names(parameters: Question, index: int, contents: Contents, faults: FaultList) -> None:
    actors = contents.actor_codes | set(GROUPS)
    records = {record.record_id for record in contents.records}
    file: TomlFile = contents.claims_file
    for selection in _selections(parameters):
        for key, names, known, what in (
            ("with_any", selection.with_any, actors, "a code of actors.csv, partners or baseline"),
            ("with_all", selection.with_all, actors, "a code of actors.csv, partners or baseline"),
            ("supplier", (selection.supplier,), actors, "a code of actors.csv"),
            ("recipient", (selection.recipient,), actors, "a code of actors.csv"),
            ("record_ids", selection.record_ids, records, "an id of records.csv"),
        ):
            for name in names:
                if name is not None and name not in known:
                    faults.add(file.line_of(key, "claim", index), key, name, what, "Correct it, or add it there.")
    series = getattr(parameters, "series", None)
    if isinstance(series, str) and series not in {figure.series for figure in contents.perceptions}:
        line = file.line_of("series", "claim", index)
        faults.add(line, "series", series, "a series of perceptions.csv", "Correct it, or add its figures there.")


def _selections(parameters: Question) -> Iterator[Selection]:
    for _, value in parameters:
        if isinstance(value, Selection):
            yield value
