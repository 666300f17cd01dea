"""Documents coded by people, one JSON object a line: a document's keys and ``mentions`` with the codebook's fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from pactwatch.coder.stream import read_files
from pactwatch.model.codes import Precision
from pactwatch.model.dates import DateError, parse_date
from pactwatch.model.document_lines import Line, LineError, read_document, read_object
from pactwatch.model.documents import Document
from pactwatch.model.errors import Fault, InputError, shown
from pactwatch.model.mentions import Mention

CODER = "gold"
"""What stands as the coder of a mention that a person coded."""


class GoldError(InputError):
    """Coded documents have faults; all of them are listed."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with the mentions people found in it. ``file`` groups documents (a writer, a source)."""

    document: Document
    mentions: tuple[Mention, ...]
    file: str = ""
    line: int = 0


def read_gold(files: Iterable[str]) -> list[GoldDocument]:
    """The coded documents of the files; raises :class:`GoldError` naming every fault."""
    faults: list[Fault] = []
    read = [_read_line(line, faults) for line in read_files(files)]
    if faults:
        raise GoldError(faults, "the coded documents have faults")
    return [one for one in read if one is not None]


def _read_line(line: Line, faults: list[Fault]) -> GoldDocument | None:
    try:
        values = read_object(line)
        document = read_document(line, values)
    except LineError as error:
        faults.append(error.fault)
        return None
    coded = values.get("mentions")
    if not isinstance(coded, list):
        fix = "Write [] where a document tells nothing."
        faults.append(Fault(line.file, line.number, "mentions", shown(coded), "a list", fix))
        return None
    read = [_read_mention(line, document, at, one, faults) for at, one in enumerate(coded)]
    return GoldDocument(document, tuple(one for one in read if one is not None), line.file, line.number)


def _read_mention(line: Line, document: Document, at: int, values: Any, faults: list[Fault]) -> Mention | None:
    place = f"mentions[{at}]"
    try:
        if not isinstance(values, dict):
            raise _FieldError("", values, "a JSON object")
        mention = Mention(**_complete(document, values))
        _check_date(mention)
    except ValidationError as error:
        faults.extend(
            _fault(line, ".".join([place, *map(str, one["loc"])]), shown(one["input"]), one["msg"])
            for one in error.errors()
        )
    except _FieldError as error:
        faults.append(_fault(line, f"{place}.{error.field}".rstrip("."), shown(error.found), error.expected))
    else:
        return mention
    return None


class _FieldError(Exception):
    def __init__(self, field: str, found: object, expected: str) -> None:
        super().__init__(field)
        self.field, self.found, self.expected = field, found, expected


def _fault(line: Line, field: str, found: str, expected: str) -> Fault:
    return Fault(line.file, line.number, field, found, expected, "Mend this mention by the codebook.")


def _complete(document: Document, values: dict[str, Any]) -> dict[str, Any]:
    """A mention's fields with its offsets, parties in order and absent values as a coder leaves them."""
    quote = values.get("quote")
    if not isinstance(quote, str) or not quote:
        raise _FieldError("quote", quote, "the passage, verbatim")
    start = values.get("start")
    if not isinstance(start, int) or not document.text.startswith(quote, max(start, 0)):
        start = document.text.find(quote)
    if start < 0:
        raise _FieldError("quote", quote, "a passage of the document's text, verbatim")
    told = {key: value for key, value in values.items() if value is not None}
    parties = told.get("parties")
    if isinstance(parties, list) and all(isinstance(one, str) for one in parties):
        told["parties"] = sorted(set(parties))
    own = {"doc": document.id, "start": start, "end": start + len(quote), "confidence": 1.0, "coder": CODER}
    return {**told, **own}


def _check_date(mention: Mention) -> None:
    """A date is of the notation, and as precise as its precision says."""
    if mention.date is None:
        return
    try:
        precision = parse_date(mention.date).precision
    except DateError as error:
        raise _FieldError("date", mention.date, str(error)) from None
    if precision is not mention.precision or precision is Precision.NONE:
        raise _FieldError("precision", mention.precision.value, f"{precision.value}, as the date tells it")
