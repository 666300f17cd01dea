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

from pactwatch.audit.reading import SentenceClass
from pactwatch.claims.finding import SHAPES, Verdict
from pactwatch.site.audit_page.panels import lay_out, make_panels
from pactwatch.site.frame.places import place_record, place_rule

LONGEST_HEADING = 120

if TYPE_CHECKING:
    from pactwatch.audit.report import Audit
    from pactwatch.edition import Edition


def render_page(audit: Audit, edition: Edition, root: str = "") -> str:
    """The page of an audit as HTML; ``root`` is the path of the first page of the site that shows it, so that records
    and rules link there: empty for a page that stands alone."""
    panels = make_panels(audit, edition)
    title = audit.document.title or _first_heading(audit)
    paragraphs = lay_out(audit, panels)
    if paragraphs and paragraphs[0].text == title:  # it stands above already
        paragraphs = paragraphs[1:]
    style = _read("page.css")
    return _template().render(
        audit=audit,
        title=title,
        paragraphs=paragraphs,
        panels=list(panels.values()),
        shapes={verdict.value: SHAPES[verdict] for verdict in Verdict},
        settings=edition.settings,
        style=Markup(style),  # noqa: S704 - our own file
        policy=page_policy(),
        root=root,
        place_record=place_record,
        place_rule=place_rule,
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


def page_policy() -> str:
    """A content security policy: only the page's own style, known by its digest; no scripts, no requests."""
    digest = base64.b64encode(hashlib.sha256(_read("page.css").encode()).digest()).decode()
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


def _first_heading(audit: Audit) -> str:
    """The line an article opens with where it is a heading; else that it is an article."""
    first = audit.sentences[0] if audit.sentences else None
    words = " ".join(first.quote.split()) if first else ""
    is_heading = first is not None and first.sentence_class is SentenceClass.OTHER and words[-1:] not in ".!?"
    return words if is_heading and len(words) <= LONGEST_HEADING else "An article, sentence by sentence"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_read("page.html"))


@cache
def _read(name: str) -> str:
    return (files("pactwatch.site.audit_page") / name).read_text(encoding="utf-8")
