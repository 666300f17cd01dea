"""One question over HTTP: bounded in time and size, its failures sorted into passing and lasting ones."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pactwatch.coder.llm.settings import LlmError, LlmSettings
from pactwatch.model.errors import shown
from pactwatch.model.waiting import read_retry_after

if TYPE_CHECKING:
    import httpx

MOST_ERROR_BYTES = 20_000
PASSING = frozenset({408, 409, 425, 429})
UNREADABLE = frozenset({400, 422})
TOLD_AT_ONCE = {
    401: "the server does not accept the key (401): check PACTWATCH_LLM_KEY",
    403: "the key may not use this model or address (403)",
    404: "no such address or model (404): check PACTWATCH_LLM_URL, which usually ends in /v1, and PACTWATCH_LLM_MODEL",
    413: "the question is too long for the server (413): use smaller chunk_chars",
}


class PassingError(Exception):
    """A failure that another attempt may get past; ``wait`` is how long the server asked to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class NotUnderstoodError(LlmError):
    """The server cannot read the question (400, 422): perhaps a format it does not know."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said, and the tokens it took as the server tells them."""

    content: str
    usage: object
    is_cut: bool


class Transport:
    """Asks one server. The key lives in the client's headers only, and redirects are not followed with it."""

    def __init__(self, settings: LlmSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._address = f"{settings.url}/chat/completions"
        self._httpx = _import_httpx()
        self._client = self._httpx.Client(
            headers=_headers(settings),
            follow_redirects=False,
            trust_env=not settings.is_local,  # no proxy stands between a machine and itself
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def post(self, question: dict[str, Any], end: float) -> Reply:
        """Send one question, to be answered before ``end`` on the clock."""
        seconds = max(0.01, min(self._settings.timeout, end - self._clock()))
        body = json.dumps(question, ensure_ascii=False).encode()
        try:
            with self._client.stream("POST", self._address, content=body, timeout=seconds) as response:
                status = response.status_code
                is_good = status == 200
                data = self._read(response, self._clock() + seconds, is_good)
        except self._httpx.TimeoutException:
            raise PassingError(f"no answer within {seconds:.3g} seconds") from None
        except self._httpx.HTTPError as error:
            raise PassingError(f"cannot reach {self._settings.url}: {self._clean(str(error))}") from None
        if not is_good:
            self._refuse(status, data, response.headers.get("retry-after", ""))
        return _read_reply(data)

    def _read(self, response: httpx.Response, end: float, is_good: bool) -> bytes:
        most = self._settings.max_bytes if is_good else MOST_ERROR_BYTES
        data = bytearray()
        for piece in response.iter_bytes():
            data += piece
            if len(data) > most and is_good:
                raise LlmError(f"the answer is longer than {most} bytes")
            if len(data) > most:
                break
            if self._clock() > end:
                raise PassingError("the answer came too slowly")
        return bytes(data[:most])

    def _refuse(self, status: int, data: bytes, retry_after: str) -> None:
        words = self._clean(_server_words(data))
        if status in PASSING or status >= 500:
            raise PassingError(f"the server answered {status}: {words}", read_retry_after(retry_after))
        if status in UNREADABLE:
            raise NotUnderstoodError(f"the server cannot use the question ({status}): {words}")
        if 300 <= status < 400:
            raise LlmError(
                f"the server points elsewhere ({status}), which is not followed: set PACTWATCH_LLM_URL to it"
            )
        raise LlmError(f"{TOLD_AT_ONCE.get(status, f'the server answered {status}')}. It says: {words}")

    def _clean(self, words: str) -> str:
        secret = self._settings.key.get_secret_value()
        return shown(words.replace(secret, "[key]") if secret else words, 200)


def _import_httpx() -> Any:
    try:
        import httpx
    except ImportError:
        raise LlmError("the language-model coder needs httpx: pip install 'pactwatch[llm]'") from None
    return httpx


def _headers(settings: LlmSettings) -> dict[str, str]:
    secret = settings.key.get_secret_value()
    authorisation = {"Authorization": f"Bearer {secret}"} if secret else {}
    # uncompressed, so that few bytes cannot become many
    return {"Content-Type": "application/json", "Accept-Encoding": "identity", **authorisation}


def _server_words(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return text
    error = told.get("error", told.get("message", text)) if isinstance(told, dict) else text
    message = error.get("message", text) if isinstance(error, dict) else error
    return message if isinstance(message, str) else text


def _read_reply(data: bytes) -> Reply:
    try:
        told = json.loads(data)
        choice = told["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError):
        raise PassingError("the server's answer is no chat completion") from None
    if not isinstance(content, str):
        raise PassingError("the model gave no text")
    return Reply(content, told.get("usage"), choice.get("finish_reason") == "length")
