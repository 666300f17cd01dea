"""JSON Lines of documents, with the keys of ``pactwatch code``; and JSON files that hold one document or a list."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from pactwatch.model.document_lines import Line, LineError, read_document, read_lines
from pactwatch.model.documents import Document, identify_text
from pactwatch.model.errors import Fault
from pactwatch.read.charset import decode
from pactwatch.read.language import settle_language
from pactwatch.read.limits import Limits
from pactwatch.read.pieces import Found, Raw, ReadError
from pactwatch.read.tidying import check_text, one_line


def read_json_lines(raw: Raw, limits: Limits) -> Iterator[Found | Fault]:
    """The document of each line, its text kept to the letter; a faulty line is told and the next one read."""
    for line in read_lines(raw.address, io.BytesIO(raw.data)):
        number = line.number + max(0, raw.line - 1)
        yield _read_line(Line(line.file, number, line.raw, str(number)), limits)


def read_json(raw: Raw, limits: Limits) -> Iterator[Found | Fault]:
    """The documents of a JSON file: one object, or a list of them, with the keys of JSON Lines."""
    try:
        told = json.loads(decode(raw.data, [raw.charset]))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"JSON that cannot be read ({error})", "documents as JSON", "Mend it.") from None
    listed = told if isinstance(told, list) else [told]
    for number, one in enumerate(listed, 1):
        text = json.dumps(one, ensure_ascii=False).encode("utf-8", "surrogatepass")
        yield _read_line(Line(raw.address, number if isinstance(told, list) else 1, text, str(number)), limits)


def _read_line(line: Line, limits: Limits) -> Found | Fault:
    try:
        told = read_document(line)
        check_text(told.text, limits.text_chars)
    except LineError as error:
        return error.fault
    except ReadError as error:
        return Fault(line.file, line.number, "text", error.found, error.expected, error.fix)
    document = Document(
        id=identify_text(told.text),
        text=told.text,
        title=one_line(told.title),
        published=told.published,
        url=told.url,
        language=settle_language(told.text),
        media_type="application/jsonl",
    )
    return Found(document, told.url or f"{line.file}#{told.id}")
