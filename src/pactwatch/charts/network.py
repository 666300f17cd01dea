"""Who is tied to whom: the focus actor in the middle, the others on a ring, lines as thick as ties are strong.

Written as SVG directly, since a script moves its lines from year to year; colours are CSS variables as in every chart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin

WIDTH, HEIGHT = 720, 560
RING = (226.0, 238.0)
"""Half axes of the ring in pixels."""

THICKEST, THINNEST = 11.0, 0.7
"""Width in pixels of the strongest tie and of the weakest that is drawn; a script reads them from the picture."""


@dataclass(frozen=True)
class Actor:
    """An actor on the ring (or ``focus``): code, name, part in the casebook, and its page from where the picture
    stands."""

    code: str
    name: str
    part: str
    href: str


@dataclass(frozen=True)
class Tie:
    """A tie of two actors by their codes, its strength, and what is told of it when a pointer rests on it."""

    first: str
    second: str
    strength: float
    told: str


def lay_out(actors: Sequence[Actor]) -> dict[str, tuple[float, float]]:
    """Where each actor stands: the focus one in the middle, the others clockwise from the top in their order."""
    ring = [one.code for one in actors if one.part != "focus"]
    step = 2 * pi / max(1, len(ring))
    placed = {
        code: (round(RING[0] * sin(place * step), 1), round(-RING[1] * cos(place * step), 1))
        for place, code in enumerate(ring)
    }
    return {one.code: (0.0, 0.0) for one in actors if one.part == "focus"} | placed


def scale_width(strength: float, most: float) -> float:
    """Width of a line in pixels: in proportion to strength, never thinner than can be seen, 0 for no tie.

    >>> scale_width(2.0, 2.0), scale_width(0.001, 2.0), scale_width(0.0, 2.0)
    (11.0, 0.7, 0.0)
    """
    if strength <= 0 or most <= 0:
        return 0.0
    return round(max(THINNEST, THICKEST * strength / most), 2)


def draw_network(actors: Sequence[Actor], ties: Sequence[Tie], title: str) -> str:
    """The picture as SVG for a page. Every text is escaped."""
    places = lay_out(actors)
    focus = {one.code for one in actors if one.part == "focus"}
    parts = {one.code: one.part for one in actors}
    known = [tie for tie in ties if tie.first in places and tie.second in places]
    most = max((tie.strength for tie in known if focus & {tie.first, tie.second}), default=0.0)
    lines = "".join(
        _draw_tie(tie, places, scale_width(tie.strength, most), _role(tie, parts, focus))
        for tie in sorted(known, key=lambda one: (bool(focus & {one.first, one.second}), one.strength))
    )
    nodes = "".join(_draw_actor(one, *places[one.code]) for one in actors)
    head = (
        f'<svg class="network" xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="{-WIDTH / 2:g} {-HEIGHT / 2:g} {WIDTH} {HEIGHT}" '
        f'role="group" aria-labelledby="network-title" data-thickest="{THICKEST:g}" data-thinnest="{THINNEST:g}">'
    )
    return f'{head}<title id="network-title">{escape(title)}</title><g fill="none">{lines}</g>{nodes}</svg>'


def _role(tie: Tie, parts: Mapping[str, str], focus: set[str]) -> str:
    """``accent`` for a tie of the focus actor with a partner, ``grey`` with another; empty for one without it."""
    if not focus & {tie.first, tie.second}:
        return ""
    return "accent" if "partner" in (parts[tie.first], parts[tie.second]) else "grey"


def _draw_tie(tie: Tie, places: Mapping[str, tuple[float, float]], width: float, role: str) -> str:
    (x1, y1), (x2, y2) = places[tie.first], places[tie.second]
    if role:
        path = f"M{x1:g},{y1:g}L{x2:g},{y2:g}"
        look = f'stroke="var(--{role})" stroke-opacity=".85" stroke-linecap="round"'
    else:
        bend = f"{(x1 + x2) * 0.22:.1f},{(y1 + y2) * 0.22:.1f}"
        path, look = f"M{x1:g},{y1:g}Q{bend} {x2:g},{y2:g}", 'stroke="var(--grey)" stroke-opacity=".28"'
        width = min(width, 3.0)
    pair = escape(f"{tie.first}-{tie.second}", quote=True)
    name = "own" if role else "other"
    return (
        f'<path class="{name}" data-pair="{pair}" d="{path}" {look} stroke-width="{width:g}">'
        f"<title>{escape(tie.told)}</title></path>"
    )


def _draw_actor(actor: Actor, x: float, y: float) -> str:
    code, name = escape(actor.code), escape(actor.name)
    if actor.part == "focus":
        dot = '<circle r="9" fill="var(--accent)" stroke="var(--paper)" stroke-width="3"/>'
        halo = 'stroke="var(--paper)" stroke-width="4" paint-order="stroke"'
        label = f'<text y="-15" text-anchor="middle" font-weight="bold" {halo} fill="var(--ink)">{name}</text>'
        return f'<g class="actor">{dot}{label}</g>'
    colour = "var(--accent)" if actor.part == "partner" else "var(--grey)"
    side = "middle" if abs(x) < 24 else "start" if x > 0 else "end"
    dx, dy = (0, -12 if y < 0 else 20) if side == "middle" else (10 if x > 0 else -10, round(4 + 9 * y / RING[1], 1))
    place = f'x="{x + dx:g}" y="{y + dy:g}" text-anchor="{side}" fill="var(--ink)"'
    dot = f'<circle cx="{x:g}" cy="{y:g}" r="5" fill="{colour}" stroke="var(--paper)" stroke-width="2"/>'
    texts = f'<text class="name" {place}>{name}</text><text class="code" {place} aria-hidden="true">{code}</text>'
    return f'<a class="actor" data-code="{code}" href="{escape(actor.href, quote=True)}" tabindex="-1">{dot}{texts}</a>'
