"""Telling a server of alerts: one JSON document each, signed, with bounded retries, never a private server unless
allowed.

The secret comes from the environment and leaves this process only as a signature; neither it nor the address, which
may hold a token, is ever told in a message.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pactwatch.model.errors import PactwatchError
from pactwatch.read.fetch import Fetcher
from pactwatch.read.pieces import ReadError
from pactwatch.watch.notice import Notice

ADDRESS_VARIABLE = "PACTWATCH_WEBHOOK"
SECRET_VARIABLE = "PACTWATCH_WEBHOOK_SECRET"  # noqa: S105 - the name of the variable
SIGNATURE_HEADER = "X-Pactwatch-Signature"


class WebhookError(PactwatchError):
    """The server could not be told; it will be told in the next round."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where alerts are told, and the key they are signed with."""

    address: str = field(repr=False)
    secret: str = field(default="", repr=False)

    def tell(self, fetcher: Fetcher, notice: Notice) -> None:
        """Tell of one alert; raises :class:`WebhookError` where the server does not take it."""
        body = json.dumps(notice.as_values(), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SIGNATURE_HEADER] = sign(body, self.secret)
        try:
            status = fetcher.post(self.address, body, headers)
        except ReadError as error:
            raise WebhookError(self._words(f"{error.found}. {error.fix}")) from None
        if not 200 <= status < 300:
            raise WebhookError(self._words(f"it answered {status}"))

    def _words(self, why: str) -> str:
        host = urlsplit(self.address).hostname or "the server"
        clean = why.replace(self.address, "[address]")
        clean = clean.replace(self.secret, "[secret]") if self.secret else clean
        return f"the webhook at {host} could not be told: {clean}"


def webhook_of_environment() -> Webhook | None:
    """The webhook that ``PACTWATCH_WEBHOOK`` names, with the secret of ``PACTWATCH_WEBHOOK_SECRET``."""
    address = os.environ.get(ADDRESS_VARIABLE, "").strip()
    return Webhook(address, os.environ.get(SECRET_VARIABLE, "")) if address else None


def sign(body: bytes, secret: str) -> str:
    """``sha256=`` and the HMAC-SHA-256 of the body in hexadecimal (RFC 2104)."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
