"""A chart as SVG: drawn offline, made small, and coloured by CSS variables so that one picture serves light and
dark."""

from __future__ import annotations

import hashlib
import json
import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from pactwatch.charts.theme import COLOURS, FILE_SANS, FILE_SERIF, INK, MUTED, PAPER, SANS, SERIF, TEXT_SIZE, TITLE_SIZE

if TYPE_CHECKING:
    import altair as alt

LINK_BASE = "https://pages.invalid/"
"""Address before every link in a chart; rendering puts the place of the pages there. It leads nowhere by itself."""

_TIP = "tip: "
_NOISE = re.compile(
    r' (?:role|aria-roledescription|aria-hidden|pointer-events)="[^"]*"'
    r'| class="(?:background|foreground|mark-[^"]*|root)"'
    r'| style="[^"]*"| opacity="1"| aria-label="(?!tip: )[^"]*"'
)
_EMPTY = re.compile(
    r'<path(?: [^>]*)? d="(?:M0,0h0v0h0Z)?"[^>]*/>|<path [^>]*display="none"[^>]*/>|<g(?![^>]*/>)[^>]*></g>|<g[^>]*/>'
)
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_GEOMETRY = re.compile(r' (?:d|transform|x|y|x1|y1|x2|y2|cx|cy|r|width|height|viewBox)="[^"]*"')
_TIPPED = re.compile(r'<(path|text|line|rect)([^>]*?) aria-label="tip: ([^"]*)"([^>]*?)(/>|>([^<]*)</\1>)')
_OPENING = re.compile(r"<svg[^>]*>")
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def tip(text: str) -> str:
    """The value of a mark's description that is to be shown when a pointer rests on it."""
    return _TIP + text


def specify(chart: alt.Chart | alt.LayerChart) -> dict[str, Any]:
    """The chart's Vega-Lite specification as plain values."""
    specification: dict[str, Any] = chart.to_dict(validate=False)
    return specification


def draw_body(specification: dict[str, Any]) -> str:
    """A Vega-Lite specification as SVG without its title, with its noise taken out. Nothing is loaded from anywhere."""
    import vl_convert

    untitled = {name: value for name, value in specification.items() if name != "title"}
    svg: str = vl_convert.vegalite_to_svg(json.dumps(untitled), allowed_base_urls=[])
    return _clean(svg)


def save_svg(body: str, specification: dict[str, Any]) -> str:
    """A drawn body with the title of its specification above it, as a file of its own: light colours, no links, the
    type stacks told."""
    svg = re.sub(r"</?a\b[^>]*>", "", _put_title(body, specification))
    for name, stack in ((SANS, FILE_SANS), (SERIF, FILE_SERIF)):
        svg = svg.replace(f'font-family="{name}"', f'font-family="{stack}"')
    return svg


def render_svg(chart: alt.Chart | alt.LayerChart, description: str = "", root: str = "", is_titled: bool = True) -> str:
    """A chart as SVG to stand inside a page; ``root`` is the way from the page to the folder its links start from.

    Ids in it depend on the content alone; the title of the chart and ``description`` tell what it shows to those who
    cannot see it.
    Without ``is_titled`` the title is left to the page.
    """
    specification = specify(chart)
    body = draw_body(specification)
    return embed_svg(
        _put_title(body, specification) if is_titled else body, read_title(specification), description, root
    )


def read_title(specification: dict[str, Any], part: str = "text") -> str:
    """The title (or the ``subtitle``) of a specification as one line."""
    text = specification.get("title", {}).get(part, "")
    return text if isinstance(text, str) else " ".join(text)


def embed_svg(svg: str, title: str, description: str = "", root: str = "") -> str:
    """A drawn picture made ready for a page: CSS variables, ids of its own, title and description, links from
    ``root``."""
    name = "g" + hashlib.sha256(f"{svg}{title}{description}".encode()).hexdigest()[:10]
    body = svg.replace(LINK_BASE, escape(root, quote=True))
    for role, colour in COLOURS.items():
        body = body.replace(f'="{colour}"', f'="var(--{role})"')
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r"url\(#(?!g[0-9a-f]{10}-)([^)]+)\)", rf"url(#{name}-\1)", body)
    body = (
        body.replace("<a ", '<a tabindex="-1" ')
        .replace(f' font-family="{SANS}"', "")
        .replace(f'font-family="{SERIF}"', 'class="serif"')
    )
    head = f'<title id="{name}-t">{escape(title)}</title>'
    labels = f'aria-labelledby="{name}-t"'
    if description:
        head += f'<desc id="{name}-d">{escape(description)}</desc>'
        labels += f' aria-describedby="{name}-d"'
    role = "group" if "<a " in body else "img"
    return _OPENING.sub(
        lambda found: f'{found[0][:-1]} font-family="{FILE_SANS}" role="{role}" {labels}>{head}', body, count=1
    )


def _put_title(body: str, specification: dict[str, Any]) -> str:
    """The drawing moved down by the height of its title and subtitle, and those above it."""
    lines = [(text, "title") for text in specification.get("title", {}).get("text", [])]
    lines += [(text, "subtitle") for text in specification.get("title", {}).get("subtitle", []) if text]
    opening = _OPENING.match(body)
    size = _SIZE.search(body)
    if not lines or opening is None or size is None:
        return body
    y, texts = 0.0, ""
    for text, part in lines:
        y += 20 if part == "title" else 17
        look = (
            f'font-family="{SERIF}" font-size="{TITLE_SIZE}px" font-weight="bold" fill="{INK}"'
            if part == "title"
            else f'font-family="{SANS}" font-size="{TEXT_SIZE}px" fill="{MUTED}"'
        )
        texts += f'<text x="4" y="{y:g}" {look}>{escape(text, quote=False)}</text>'
    width, height, top = float(size[1]), float(size[2]), y + 12
    told = f'width="{width:g}" height="{height + top:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {told} viewBox="0 0 {width:g} {height + top:g}">'
    back = f'<rect width="{width:g}" height="{height + top:g}" fill="{PAPER}"/>'
    inner = body[opening.end() :].removesuffix("</svg>")
    return f'{head}{back}{texts}<g transform="translate(0,{top:g})">{inner}</g></svg>'


def _clean(svg: str) -> str:
    svg = svg.replace('<rect width="100%" height="100%" fill="white"/>', "").replace("xlink:href=", "href=")
    svg = _NOISE.sub("", svg)
    before = ""
    while before != svg:
        before, svg = svg, _EMPTY.sub("", svg)
    svg = _GEOMETRY.sub(lambda attribute: _LONG_NUMBER.sub(_round_number, attribute[0]), svg)
    return _TIPPED.sub(_show_tip, svg).replace(
        ' xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" class="marks"', ""
    )


def _round_number(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def _show_tip(found: re.Match[str]) -> str:
    element, before, text, after, _, content = found.groups()
    return f"<{element}{before}{after}><title>{escape(unescape(text), quote=False)}</title>{content or ''}</{element}>"
