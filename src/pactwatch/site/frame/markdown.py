"""The little Markdown that our own files use (headings, lists, tables, paragraphs, code, bold) as safe HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markupsafe import Markup

_HEADING = re.compile(r"(#{1,4}) (.+)")
_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")


def render_markdown(text: str, lower: int = 0) -> Markup:
    """Markdown as HTML with every character of the text escaped; headings are put ``lower`` levels down and get an
    anchor each."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    parts: list[str] = []
    heading = ""
    for block in blocks:
        parts += _render(block, lower, heading)
        told = _HEADING.fullmatch(block.splitlines()[0])
        heading = told[2].replace("`", "") if told else heading
    return Markup("\n".join(parts))  # noqa: S704 - every text is escaped below


def name_anchor(heading: str) -> str:
    """The anchor of a heading.

    >>> name_anchor("Table `records`")
    'table-records'
    """
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") or "section"


def _render(block: str, lower: int, under: str) -> Iterator[str]:
    lines = block.splitlines()
    heading = _HEADING.fullmatch(lines[0])
    if heading:
        level = min(6, len(heading[1]) + lower)
        yield f'<h{level} id="{name_anchor(heading[2])}">{_inline(heading[2])}</h{level}>'
        if lines[1:]:
            yield from _render("\n".join(lines[1:]), lower, heading[2].replace("`", ""))
    elif lines[0].startswith("|"):
        yield _table(lines, under)
    elif lines[0].startswith(("- ", "  - ")):
        items = "".join(f"<li>{_inline(line.strip()[2:])}</li>" for line in lines if line.strip())
        yield f"<ul>{items}</ul>"
    else:
        yield f"<p>{_inline(' '.join(lines))}</p>"


def _table(lines: list[str], under: str) -> str:
    head, _, *body = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    columns = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in head)
    rows = "".join(f"<tr>{''.join(_cell(place, cell) for place, cell in enumerate(row))}</tr>" for row in body)
    caption = escape(f"{len(body)} rows: {', '.join(head)}")
    table = f"<table><caption>{caption}</caption><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"
    label = f"{escape(under)}: {caption}" if under else caption
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">{table}</div>'


def _cell(place: int, text: str) -> str:
    return f"<td>{_inline(text)}</td>" if place else f'<th scope="row">{_inline(text)}</th>'


def _inline(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", escape(text)))
