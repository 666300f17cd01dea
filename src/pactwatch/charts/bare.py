"""Pictures that pages write as SVG themselves, as files of their own: light colours, a ground, a title, no links."""

from __future__ import annotations

import re
import textwrap
from html import escape

from pactwatch.charts.theme import COLOURS, FILE_SANS, FILE_SERIF

_BOX = re.compile(r'viewBox="(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+)"')
_TITLE, _TEXT = 20, 16
"""Pixels of a line of the title and of the text under it."""


def save_bare(svg: str, title: str = "", told: str = "") -> str:
    """A picture as a file; ``title`` and ``told`` stand above it."""
    bare = re.sub(r"</?a\b[^>]*>", "", svg)
    bare = re.sub(r'<text class="code"[^>]*>[^<]*</text>', "", bare)
    for role, colour in COLOURS.items():
        bare = bare.replace(f"var(--{role})", colour)
    found = _BOX.search(bare)
    if found is None:
        raise ValueError("a picture of a page has a viewBox")
    x, y, width, height = map(float, found.groups())
    head, room = _write_head(title, told, (x, y, width))
    y, height = y - room, height + room
    bare = _BOX.sub(f'viewBox="{x:g} {y:g} {width:g} {height:g}"', bare, count=1)
    ground = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{COLOURS["paper"]}"/>'
    start, _, rest = bare.partition(">")
    look = f'width="{width:g}" height="{height:g}" font-family="{FILE_SANS}" font-size="12"'
    return f"{start} {look}>{ground}{head}{rest}"


def _write_head(title: str, told: str, corner: tuple[float, float, float]) -> tuple[str, float]:
    """The lines above a picture of a width, and the pixels they take."""
    x, top, width = corner
    heads = textwrap.wrap(title, max(20, int(width / 7.6)))
    texts = textwrap.wrap(told, max(20, int(width / 5.7)))
    room = _TITLE * len(heads) + _TEXT * len(texts) + (12 if heads or texts else 0)
    lines, y = [], top - room
    for line in heads:
        y += _TITLE
        look = f'font-family="{FILE_SERIF}" font-size="15" font-weight="bold" fill="{COLOURS["ink"]}"'
        lines.append(f'<text x="{x + 4:g}" y="{y - 4:g}" {look}>{escape(line)}</text>')
    for line in texts:
        y += _TEXT
        lines.append(f'<text x="{x + 4:g}" y="{y - 3:g}" fill="{COLOURS["muted"]}">{escape(line)}</text>')
    return "".join(lines), room
