"""What is sent: a text or an address, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from pactwatch.audit.article import LONGEST

MOST_FIELDS = 20
LONGEST_TITLE, LONGEST_ADDRESS = 300, 2_000
"""Characters of the short fields."""


@dataclass(frozen=True)
class Form:
    """The fields as they were sent. ``text`` is bytes: what is no text at all has to be recognised as what it is."""

    text: bytes = b""
    address: str = ""
    title: str = ""
    published: str = ""
    edition: str = ""

    @classmethod
    def clean(cls, text: bytes, **short: str) -> Form:
        """The fields as they are taken: a blank text is none, short fields lose what no line of text has."""
        return cls(text if text.strip() else b"", **{name: _clean(told) for name, told in short.items()})

    def as_shown(self) -> dict[str, str]:
        """The fields as they stand in the form that is shown again."""
        text = self.text.decode("utf-8", "replace").replace("\0", "\ufffd")
        told = {name: getattr(self, name) for name in ("address", "title", "published", "edition")}
        return {"text": text, **told}

    @property
    def day(self) -> date | None:
        """The day of publication; raises ``ValueError`` for what is none."""
        return date.fromisoformat(self.published) if self.published else None


class FormError(ValueError):
    """What was sent is no form."""


def read_form(body: bytes) -> Form:
    """The fields of a form's body, whatever its bytes are; raises :class:`FormError` for too many fields."""
    try:
        told = dict(
            parse_qsl(body.decode("ascii", "surrogateescape"), errors="surrogateescape", max_num_fields=MOST_FIELDS)
        )
    except ValueError as error:
        raise FormError(f"Too many fields: {MOST_FIELDS} may be sent.") from error
    text = told.get("text", "").encode("utf-8", "surrogateescape").replace(b"\r\n", b"\n")  # as forms send new lines
    return Form.clean(text, **{name: told.get(name, "") for name in ("address", "title", "published", "edition")})


def find_faults(form: Form) -> dict[str, str]:
    """Everything that is wrong with a form, in words, by the field that is to be mended."""
    faults = {}
    if form.text and form.address:
        faults["text"] = "There are both a text and an address; leave one of them empty."
    if not form.text and not form.address:
        faults["text"] = "There is nothing to audit yet: paste the article's text, or give its address."
    if len(form.text) > 4 * LONGEST:
        faults["text"] = f"The text is too long: {LONGEST:,} characters can be audited."
    for name, most in (("title", LONGEST_TITLE), ("address", LONGEST_ADDRESS)):
        if len(getattr(form, name)) > most:
            faults[name] = f"The {name} is too long: {most:,} characters at most."
    try:
        _ = form.day
    except ValueError:
        told = f"{form.published[:40]!r} is no day of publication; write it as 2024-07-08, or leave it empty."
        faults["published"] = told
    return faults


def _clean(told: str) -> str:
    words = told.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(one for one in words if one >= " " and one != "\x7f").strip()
