"""From a number, a verdict or an id down to the quotes it stands on, and who decided what of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pactwatch.model.errors import NotFoundError

if TYPE_CHECKING:
    from pactwatch.edition import Edition
    from pactwatch.edition.diff import TableDifference
    from pactwatch.edition.tracing import Trace, Tracer
    from pactwatch.ledger import Ledger


def trace(wanted: str, edition: Edition, ledger: Path | str | None = None) -> Trace:
    """What an id or a number of an edition stands on, down to quotes with their offsets, documents and addresses.

    ``wanted`` is the id of a record, milestone, mention, document, source or claim, or a measure's number as
    ``NAME:KEY/KEY/...`` in the order of the measure's key. ``ledger`` adds who decided what of each mention, when and
    why, and the numbers of the entries. Raises ``NotFoundError`` with what ids look like.
    """
    from pactwatch.edition.tracing import Tracer
    from pactwatch.ledger.location import has_ledger

    tracer = Tracer(edition)
    name, colon, key = wanted.partition(":")
    found = tracer.find(wanted)
    if found is None and colon:
        found = _trace_number(tracer, name, key)
    found = found or _trace_claim(tracer, wanted)
    if found is None:
        raise NotFoundError(_describe_ids(tracer, wanted))
    if ledger is None or not has_ledger(ledger) or not edition.ledger:
        return found
    from pactwatch.ledger import open_ledger

    with open_ledger(ledger, create=False) as opened:
        return _Annotator(opened).annotate(found)


def _trace_number(tracer: Tracer, name: str, text: str) -> Trace:
    """A row of a measure and the records it counts."""
    from pactwatch.edition.tracing import Trace
    from pactwatch.measures import MEASURES, compute, find_measure, find_missing
    from pactwatch.measures.behind import list_behind

    measure = find_measure(name)
    if find_missing(name, tracer.edition):
        raise NotFoundError(f"the measure {name} has no rows: {find_missing(name, tracer.edition)[0]}")
    rows = compute(name, tracer.edition).to_pyarrow().to_pylist()
    row = next((row for row in rows if "/".join(_write(row[column]) for column in measure.key) == text), None)
    if row is None:
        keys = ["/".join(_write(row[column]) for column in measure.key) for row in rows]
        near = get_close_matches(text, keys, 3, 0.4) or keys[:3]
        raise NotFoundError(
            f"the measure {name} has no row {text!r}; a row is named by {'/'.join(measure.key)}, for example "
            + " or ".join(f"{name}:{one}" for one in near)
        )
    key = {column: row[column] for column in measure.key}
    behind = list_behind(name, tracer.edition, key)
    title = MEASURES[name].title
    if behind is None:
        told = {"row": row, "counts": "no records: survey figures or imported data; the edition names their files"}
        return Trace("number", f"{name}:{text}", title, told, tuple(_trace_figures(tracer, row)))
    return Trace("number", f"{name}:{text}", title, {"row": row}, tuple(tracer.trace_record(one) for one in behind))


def _trace_figures(tracer: Tracer, row: dict[str, Any]) -> Sequence[Trace]:
    """The page of a survey figure, where the row is one."""
    figures = tracer.edition.arrow("perceptions").to_pylist()
    sources = [one["source_id"] for one in figures if one["figure_id"] == row.get("figure_id") and one["source_id"]]
    return [found for one in sources if (found := tracer.find(one))]


def _trace_claim(tracer: Tracer, wanted: str) -> Trace | None:
    """A claim's verdict and the records it used; ``None`` where no claim has that id."""
    from pactwatch.edition.tracing import Trace
    from pactwatch.flow.testing import test_claims

    if wanted not in {str(claim["id"]) for claim in tracer.edition.claims}:
        return None
    result = next(one for one in test_claims(tracer.edition) if one.id == wanted)
    told = {"verdict": str(result.verdict), "found": result.sentence, "estimate": result.estimate, "n": result.n}
    return Trace("claim", wanted, result.text, told, tuple(tracer.trace_record(one) for one in result.records))


def _describe_ids(tracer: Tracer, wanted: str) -> str:
    known = {kind: ids for kind, ids in tracer.known_ids().items() if ids}
    known["claim"] = [str(claim["id"]) for claim in tracer.edition.claims]
    near = get_close_matches(wanted, [one for ids in known.values() for one in ids], 3, 0.75)
    looks = "; ".join(f"a {kind} like {ids[0]}" for kind, ids in known.items() if ids)
    meant = f" Is it {' or '.join(near)}?" if near else ""
    return (
        f"nothing in the edition {tracer.edition.id} has the id {wanted!r}.{meant} Ids look like this: {looks}; "
        "a measure's number like balance:2024/all (`pactwatch measure NAME` shows the keys)"
    )


def _write(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def compare(
    before: Edition, after: Edition, ledger: Path | str | None = None
) -> tuple[list[TableDifference], dict[str, dict[str, list[str]]]]:
    """What differs between two editions, and why: the documents behind it and, from a ledger, who decided what."""
    from pactwatch.edition.diff import compare_tables
    from pactwatch.edition.explaining import explain
    from pactwatch.ledger.location import has_ledger

    differences = compare_tables(before, after)
    decided: dict[str, list[str]] = {}
    if ledger is not None and has_ledger(ledger) and (before.ledger or after.ledger):
        from pactwatch.ledger import open_ledger

        with open_ledger(ledger, create=False) as opened:
            judged = _Annotator(opened).decided
            decided = {one: [_say_judgement(told) for told in many] for one, many in judged.items()}
    return differences, explain(before, after, differences, decided)


def _say_judgement(told: dict[str, Any]) -> str:
    other = f" as {told['other']}" if "other" in told else ""
    reason = f": {told['reason']}" if "reason" in told else ""
    return f"{told['decision']}{other} by {told['author']} on {told['at'][:10]}, entry {told['entry']}{reason}"


class _Annotator:
    """Adds to a trace what the ledger tells of each mention and document."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.decided: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in ledger.judgements():
            told = {"entry": one.seq, "decision": str(one.body.decision), "author": one.author}
            told |= {"at": one.at.isoformat()} | ({"reason": one.body.reason} if one.body.reason else {})
            told |= {"correction": one.body.correction} if one.body.correction else {}
            sides = [side.model_dump(mode="json") for side in (one.body.about, one.body.other) if side is not None]
            names = [str(side.get("mention_id") or side.get("record_id")) for side in sides]
            for name in names:
                others = [other for other in names if other != name]
                self.decided[name].append(told | ({"other": others[0]} if others else {}))
        self._documents: dict[str, dict[str, Any]] = {}

    def annotate(self, found: Trace) -> Trace:
        """The trace with its judgements and entry numbers."""
        told = dict(found.told)
        if self.decided.get(found.id):
            told["judgements"] = self.decided[found.id]
        if found.kind == "document":
            told |= self._describe_document(found.id)
        return replace(found, told=told, under=tuple(self.annotate(one) for one in found.under))

    def _describe_document(self, doc: str) -> dict[str, Any]:
        if doc not in self._documents:
            from pactwatch.model.entries import EntryKind

            kinds_asked = (EntryKind.DOCUMENT, EntryKind.ADDRESS, EntryKind.COPY, EntryKind.CODING)
            entries = self.ledger.about(kinds_asked, doc)
            kinds: dict[str, list[int]] = defaultdict(list)
            for one in entries:
                kinds[type(one.body).__name__].append(one.seq)
            read = next((one for one in entries if type(one.body).__name__ == "DocumentRead"), None)
            told: dict[str, Any] = {"entries": dict(kinds)}
            if read is not None:
                told |= {"read_at": read.at.isoformat(), "read_by": read.author}
            self._documents[doc] = told
        return self._documents[doc]
