"""The page written: template, style and structured data in one file, under a policy that lets nothing in."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from pactwatch.claims.finding import SHAPES, Verdict
from pactwatch.site.audit_page.panels import lay_out, make_panels

if TYPE_CHECKING:
    from pactwatch.audit.report import Audit
    from pactwatch.edition import Edition


def render_page(audit: Audit, edition: Edition) -> str:
    """The page of an audit as HTML."""
    panels = make_panels(audit, edition)
    style = _read("page.css")
    return _template().render(
        audit=audit,
        title=audit.document.title or _first_words(audit),
        paragraphs=lay_out(audit, panels),
        panels=list(panels.values()),
        shapes={verdict.value: SHAPES[verdict] for verdict in Verdict},
        settings=edition.settings,
        style=Markup(style),  # noqa: S704 - our own file
        policy=_policy(style),
        reviews=Markup(_write_data(audit)),  # noqa: S704 - JSON with every < escaped
    )


def write_page(audit: Audit, edition: Edition, path: Path) -> None:
    """Write the page; the file gets its name when it is whole, so that an old one stays where writing fails."""
    page = render_page(audit, edition)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_text(page, encoding="utf-8", errors="replace")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _policy(style: str) -> str:
    """A content security policy: only this page's own style, known by its digest; no scripts, no requests."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _write_data(audit: Audit) -> str:
    """The reviews as JSON-LD; nothing in it can end the element it stands in."""
    text = json.dumps(audit.as_reviews(), ensure_ascii=False, indent=1)
    for mark, code in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(mark, code)
    return text


def _first_words(audit: Audit) -> str:
    first = audit.sentences[0].quote if audit.sentences else "An article"
    words = " ".join(first.split())
    return words if len(words) <= 90 else words[:89].rstrip() + "…"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_read("page.html"))


@cache
def _read(name: str) -> str:
    return (files("pactwatch.site.audit_page") / name).read_text(encoding="utf-8")
