"""A small real coder for tests of what surrounds coders: it reads sentences like ``JPN met PHL.`` and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pactwatch.model.codes import Modality, RecordType, Stage
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention

MEETING = re.compile(r"([A-Z]{3}) (met|may meet) ([A-Z]{3})\.")


class MeetingCoder:
    """Codes meetings; one that may be is half as sure."""

    name = "meetings 1"

    def code(self, document: Document) -> tuple[Mention, ...]:
        """The meetings of a document. The word ``crash`` makes it fail, as a coder with a mistake would."""
        if document.text == "crash":
            raise ZeroDivisionError("on purpose")
        return tuple(self._mention(document, found) for found in MEETING.finditer(document.text))

    def _mention(self, document: Document, found: re.Match[str]) -> Mention:
        is_sure = found[2] == "met"
        return told(
            doc=document.id,
            stage=Stage.HELD if is_sure else Stage.PLANNED,
            parties=tuple(sorted((found[1], found[3]))),
            modality=Modality.ACTUAL if is_sure else Modality.POSSIBLE,
            quote=found[0],
            start=found.start(),
            confidence=0.8 if is_sure else 0.4,
        )


class UngroundedCoder:
    """Quotes what is not there."""

    name = "ungrounded 1"

    def code(self, document: Document) -> tuple[Mention, ...]:
        """A quote that no document holds."""
        return (told(doc=document.id, quote="never said"),)


def open_meetings(casebook_folder: Path | None = None) -> MeetingCoder:
    """The coder, whichever casebook."""
    del casebook_folder
    return MeetingCoder()


def told(quote: str = "JPN met PHL.", start: int = 0, **fields: Any) -> Mention:
    """A mention; what is not given is that of a meeting of Japan and the Philippines."""
    usual = {
        "doc": "1",
        "type": RecordType.DIALOGUE,
        "stage": Stage.HELD,
        "parties": ("JPN", "PHL"),
        "modality": Modality.ACTUAL,
        "confidence": 0.8,
        "coder": MeetingCoder.name,
    }
    return Mention(**{**usual, **fields, "quote": quote, "start": start, "end": start + len(quote)})
