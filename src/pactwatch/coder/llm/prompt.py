"""The words sent to the model: the codebook as instructions, and one part of a document as fenced data."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from string import Template

from pactwatch.coder.llm.actors import ActorCodes
from pactwatch.coder.llm.chunks import Chunk
from pactwatch.model.codes import STAGES, Code, Instrument, ItemCategory, Level, Modality, RecordType, Stage
from pactwatch.model.documents import Document


@dataclass(frozen=True)
class Prompt:
    """Instructions for the given types and actors; ``digest`` names their wording."""

    types: tuple[RecordType, ...]
    actors: ActorCodes

    @cached_property
    def instructions(self) -> str:
        """The codebook, its vocabularies taken from the code."""
        stages = {stage for kind in self.types for stage in STAGES[kind]}
        return _template("prompt.md").substitute(
            types="\n".join(f"- {kind}: {kind.meaning}. Stages: {', '.join(STAGES[kind])}" for kind in self.types),
            stages=_told(stage for stage in Stage if stage in stages),
            modality=_told(Modality),
            instrument=_told(Instrument),
            category=_told(ItemCategory),
            level=_told(Level),
            bodies=", ".join(sorted(self.actors.bodies)),
        )

    @cached_property
    def digest(self) -> str:
        """First letters of the SHA-256 of both templates as filled in for every document."""
        text = self.instructions + _template("passage.md").template
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def messages(self, document: Document, chunk: Chunk) -> list[dict[str, str]]:
        """The conversation that asks for the mentions of one part of a document."""
        before = f"{document.title}\n\n{document.text[chunk.context : chunk.start]}"
        passage = document.text[chunk.start : chunk.end]
        text = _template("passage.md").substitute(
            published=document.published.strftime("%A %Y-%m-%d") if document.published else "-",
            before=_sendable(before).strip(),
            passage=_sendable(passage),
            fence=_fence(before + passage),
        )
        return [{"role": "system", "content": self.instructions}, {"role": "user", "content": text}]


def _fence(text: str) -> str:
    """A mark no text can contain, because it depends on every letter of the text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _told(codes: Iterable[Code] | Collection[Code]) -> str:
    return "\n".join(f"- {code}: {code.meaning}" for code in codes)


def _template(name: str) -> Template:
    return Template((files("pactwatch.coder.llm") / name).read_text("utf-8"))
