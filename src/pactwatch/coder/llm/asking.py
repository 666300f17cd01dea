"""Asking until there is a usable answer: formats stepped down, attempts counted, waits that grow."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from typing import Any

from pactwatch.coder.llm.answers import BrokenAnswerError, read_answer
from pactwatch.coder.llm.cost import Cost
from pactwatch.coder.llm.settings import LlmError, LlmSettings
from pactwatch.coder.llm.transport import NotUnderstoodError, PassingError, Transport

log = logging.getLogger(__name__)


class Asker:
    """Puts questions to one model. What format the server understands is learnt once."""

    def __init__(
        self,
        settings: LlmSettings,
        schema: dict[str, Any],
        cost: Cost,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._cost = cost
        self._sleep = sleep
        self._chance = random.Random()  # noqa: S311 - spreads waits, guards nothing
        self._transport = Transport(settings)
        self._formats: tuple[dict[str, Any], ...] = (
            {
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "mentions", "strict": True, "schema": schema},
                }
            },
            {"response_format": {"type": "json_object"}},
            {},
        )
        self._known = 0

    def close(self) -> None:
        """Let go of the connections."""
        self._transport.close()

    def ask(self, messages: list[dict[str, str]]) -> list[object]:
        """The mentions of an answer, unread; raises :class:`LlmError` when there is no usable answer in time."""
        end = time.monotonic() + self._settings.deadline
        trouble = ""
        for attempt in range(self._settings.attempts):
            try:
                return self._step_down(messages, attempt, end)
            except PassingError as error:
                self._cost.failed += 1
                trouble, asked = str(error), error.wait
            if attempt + 1 < self._settings.attempts and not self._waits(attempt, asked, end):
                raise LlmError(f"given up, no time left for another attempt. {trouble}")
        raise LlmError(f"no usable answer in {self._settings.attempts} attempts. {trouble}")

    def _step_down(self, messages: list[dict[str, str]], attempt: int, end: float) -> list[object]:
        """Ask in the strictest format the server takes; a refusal of the plainest is told."""
        for place in range(self._known, len(self._formats)):
            try:
                mentions = self._once({**self._question(messages, attempt), **self._formats[place]}, end)
            except NotUnderstoodError:
                if place + 1 == len(self._formats):
                    raise
                continue
            self._known = place
            return mentions
        raise AssertionError("no format")  # pragma: no cover - the last format returns or raises

    def _once(self, question: dict[str, Any], end: float) -> list[object]:
        self._cost.calls += 1
        reply = self._transport.post(question, end)
        self._cost.add_usage(reply.usage)
        if reply.is_cut:
            raise LlmError("the answer was cut off before its end: use smaller chunk_chars or larger max_tokens")
        try:
            return read_answer(reply.content)
        except BrokenAnswerError as error:
            raise PassingError(str(error)) from None

    def _question(self, messages: list[dict[str, str]], attempt: int) -> dict[str, Any]:
        question: dict[str, Any] = {"model": self._settings.model, "messages": messages, "stream": False}
        if self._settings.temperature is not None:
            question["temperature"] = self._settings.temperature
        if self._settings.seed is not None:
            question["seed"] = self._settings.seed + attempt  # the same seed would break the same way again
        if self._settings.max_tokens is not None:
            question["max_tokens"] = self._settings.max_tokens
        return question

    def _waits(self, attempt: int, asked: float | None, end: float) -> bool:
        """Wait before the next attempt; false when that would outlast the deadline."""
        grown = self._settings.first_wait * 2**attempt * self._chance.uniform(0.5, 1.5)
        seconds = min(self._settings.longest_wait, max(grown, asked or 0.0))
        if time.monotonic() + seconds >= end:
            return False
        log.info("attempt %d failed, next in %.1f s", attempt + 1, seconds)
        self._sleep(seconds)
        return True
