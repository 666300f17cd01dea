"""The coder that asks a language model and checks what it says."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pactwatch.coder.llm.actors import ActorCodes, load_actor_codes
from pactwatch.coder.llm.answers import RefusedError, answer_schema, read_mention
from pactwatch.coder.llm.asking import Asker
from pactwatch.coder.llm.chunks import Chunk, cut_chunks
from pactwatch.coder.llm.cost import Cost
from pactwatch.coder.llm.finder import Finder
from pactwatch.coder.llm.grounding import Grounder
from pactwatch.coder.llm.prompt import Prompt
from pactwatch.coder.llm.settings import LlmSettings, settings_from_environment
from pactwatch.model.codes import RecordType
from pactwatch.model.documents import Document
from pactwatch.model.errors import shown
from pactwatch.model.mentions import Mention

CODED_TYPES = tuple(kind for kind in RecordType if kind is not RecordType.DEPLOYMENT)
"""Types a mention may have; deployments are put together by editors."""
_PLACE_FIELDS = {"quote", "start", "end", "spans", "confidence", "why"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event the model told that was not taken, and why."""

    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document gave."""

    mentions: tuple[Mention, ...]
    refusals: tuple[Refusal, ...]


class LlmCoder:
    """A coder in the sense of :class:`pactwatch.coder.protocol.Coder`; close it, or use it in a ``with`` block.

    ``cost`` is a running tally over all documents. One coder serves one thread.
    """

    def __init__(self, settings: LlmSettings, actors: ActorCodes, sleep: Callable[[float], None] = time.sleep) -> None:
        self.cost = Cost(settings.price_in, settings.price_out)
        self._settings = settings
        self._actors = actors
        self._prompt = Prompt(CODED_TYPES, actors)
        self._asker = Asker(settings, answer_schema(actors.all, CODED_TYPES), self.cost, sleep)

    @property
    def name(self) -> str:
        """The model's name, marked as a language model's."""
        return f"llm:{self._settings.model}"

    def code(self, document: Document) -> tuple[Mention, ...]:
        """The mentions of a document in order of their passages; raises ``LlmError`` when the model fails."""
        return self.read(document).mentions

    def read(self, document: Document) -> Reading:
        """The mentions of a document, and what the model told that was refused."""
        grounder = Grounder(
            document,
            Finder(document.text),
            self._actors,
            self.name,
            {"coder": self.name, "prompt": self._prompt.digest},
        )
        mentions: list[Mention] = []
        refusals: list[Refusal] = []
        for chunk in cut_chunks(document.text, self._settings.chunk_chars, self._settings.context_chars):
            for raw in self._asker.ask(self._prompt.messages(document, chunk)):
                _take(raw, chunk, grounder, mentions, refusals)
        mentions.sort(key=lambda mention: (mention.start, mention.end))
        return Reading(_once_each(mentions), tuple(refusals))

    def close(self) -> None:
        """Let go of the connections."""
        self._asker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_llm_coder(
    settings: LlmSettings | None = None,
    *,
    actors: ActorCodes | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> LlmCoder:
    """A coder for the model that ``settings``, or else the environment, name; nothing is sent yet."""
    return LlmCoder(settings or settings_from_environment(), actors or load_actor_codes(), sleep)


def _take(raw: object, chunk: Chunk, grounder: Grounder, mentions: list[Mention], refusals: list[Refusal]) -> None:
    try:
        answer, notes = read_mention(raw)
        mentions.append(grounder.ground(answer, notes, chunk))
    except RefusedError as error:
        quote = raw.get("quote") if isinstance(raw, dict) else raw
        refusals.append(Refusal(shown(quote, 200), str(error)))


def _once_each(mentions: list[Mention]) -> tuple[Mention, ...]:
    """The same event told twice is one mention unless a field differs: the first is kept."""
    kept: dict[str, Mention] = {}
    for mention in mentions:
        kept.setdefault(mention.model_dump_json(exclude=_PLACE_FIELDS), mention)
    return tuple(kept.values())
