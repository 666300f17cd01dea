"""Records over time: a lane of bars for each type, dates told less finely as lines over all days they may be.

Written as SVG directly, since any search has one and a script draws it again on static pages (``timeline.js`` there
follows the same places); colours are CSS variables as in every chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTHS = {"wide": 760, "narrow": 360}
"""Pixels across: for a page and for a phone."""

TOP, AXIS, STRIP, ROW = 20, 26, 34, 9
"""Pixels above the lanes, of the axis, of the strip of the whole time, and of a row of lines."""

WIDEST = 28.0
"""Pixels of a bar at most, however few there are."""

MOST_ROWS = 5
"""Rows of lines for dates told less finely; what finds no room in them is counted and not drawn."""


@dataclass(frozen=True)
class Lane:
    """Records of a type by part of the time: done and verified, and the others."""

    name: str
    firm: Sequence[int]
    other: Sequence[int]

    @property
    def total(self) -> int:
        """All records in it."""
        return sum(self.firm) + sum(self.other)


@dataclass(frozen=True)
class Part:
    """A part of the time: what is told of it, its ends as they stand in a query, and where it leads."""

    told: str
    since: str
    until: str
    href: str


@dataclass(frozen=True)
class Line:
    """Records known to a stretch of time only: its ends as shares of the picture's width (0 to 1), and what is told."""

    start: float
    end: float
    told: str


@dataclass(frozen=True)
class Strip:
    """The whole time of which the picture shows a part: records by part, the shown ends as shares of its width, and
    its parts."""

    counts: Sequence[int]
    start: float
    end: float
    parts: Sequence[Part]
    first: str
    last: str


@dataclass(frozen=True)
class Picture:
    """What is drawn. ``ticks`` are places (shares of the width) with their words; ``line_count`` is the records that
    ``lines`` stand for."""

    title: str
    parts: Sequence[Part]
    lanes: Sequence[Lane]
    ticks: Sequence[tuple[float, str]]
    lines: Sequence[Line] = ()
    line_count: int = 0
    strip: Strip | None = None


@dataclass(frozen=True)
class Frame:
    """Where things stand in a picture of a width."""

    width: int
    lanes: int
    rows: int
    has_strip: bool

    @property
    def left(self) -> int:
        """Where the bars begin: beside the names of lanes, on a phone under them."""
        return 104 if self.width > 500 else 0

    @property
    def across(self) -> int:
        """Pixels for all bars of a lane."""
        return self.width - self.left - 8

    @property
    def lane(self) -> int:
        """Pixels from lane to lane."""
        return 52 if self.lanes > 3 else 84

    @property
    def tallest(self) -> int:
        """Pixels of the tallest bar."""
        return self.lane - (12 if self.left else 24)

    @property
    def axis(self) -> int:
        """Where the lanes end."""
        return TOP + self.lanes * self.lane

    @property
    def lines(self) -> int:
        """Where the lines of less exact dates begin."""
        return self.axis + AXIS + (0 if self.left else 16)

    @property
    def strip(self) -> int:
        """Where the strip of the whole time begins."""
        return (self.lines + self.rows * ROW + 8 if self.rows else self.axis + AXIS) + (4 if self.left else 18)

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.strip + STRIP + 20 if self.has_strip else self.strip

    def place(self, share: float) -> float:
        """Pixels from the left for a share of the time."""
        return self.left + self.across * share


def pack(lines: Sequence[Line], room: float = 0.004) -> list[tuple[int, Line]]:
    """Lines with their rows, each in the first row where it touches no other; what finds none is left out."""
    ends: list[float] = []
    packed = []
    for line in sorted(lines, key=lambda one: (one.start, one.end)):
        row = next((number for number, end in enumerate(ends) if end + room <= line.start), len(ends))
        if row >= MOST_ROWS:
            continue
        ends[row : row + 1] = [line.end]
        packed.append((row, line))
    return packed


def draw_timeline(picture: Picture, size: str) -> str:
    """The picture as SVG for a page, ``wide`` or ``narrow``. Every text is escaped."""
    packed = pack(picture.lines)
    rows = max((row + 1 for row, _ in packed), default=0)
    frame = Frame(WIDTHS[size], len(picture.lanes), rows, picture.strip is not None)
    body = [_draw_ticks(picture, frame), *_draw_lanes(picture, frame), _draw_parts(picture.parts, frame)]
    if packed:
        body.append(_draw_lines(packed, picture.line_count, frame))
    if picture.strip:
        body.append(_draw_strip(picture.strip, frame))
    name = f"timeline-{size}"
    head = (
        f'<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}" '
        f'role="group" aria-labelledby="{name}"><title id="{name}">{escape(picture.title)}</title>'
    )
    return f"{head}{''.join(body)}</svg>"


def _draw_ticks(picture: Picture, frame: Frame) -> str:
    drawn, room = [], -99.0
    for share, words in picture.ticks:
        x = frame.place(share)
        drawn.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{frame.axis + 5}" stroke="var(--line)"/>')
        if x >= room and x + 6.2 * len(words) <= frame.width:
            room = x + 6.2 * len(words) + 10
            drawn.append(f'<text x="{x:.1f}" y="{frame.axis + 18}" fill="var(--muted)">{escape(words)}</text>')
    return "".join(drawn)


def _draw_lanes(picture: Picture, frame: Frame) -> list[str]:
    most = max((a + b for lane in picture.lanes for a, b in zip(lane.firm, lane.other, strict=True)), default=0) or 1
    is_told = False
    drawn = []
    for number, lane in enumerate(picture.lanes):
        base = TOP + (number + 1) * frame.lane
        x, y, anchor = (frame.left - 10, base - 3, "end") if frame.left else (0, base - frame.lane + 14, "start")
        words = f'{escape(lane.name)} <tspan fill="var(--muted)">{lane.total}</tspan>'
        drawn.append(f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="var(--ink)">{words}</text>')
        drawn.append(_draw_bars(lane, (base, frame.tallest / most), frame))
        drawn.append(
            f'<line x1="{frame.left}" x2="{frame.width - 8}" y1="{base}.5" y2="{base}.5" stroke="var(--line)"/>'
        )
        top = next((one for one, pair in enumerate(zip(lane.firm, lane.other, strict=True)) if sum(pair) == most), None)
        if top is not None and not is_told:
            is_told = True
            middle = frame.place((top + 0.5) / len(picture.parts))
            y = base - frame.tallest - 4
            drawn.append(f'<text x="{middle:.1f}" y="{y}" text-anchor="middle" fill="var(--ink)">{most}</text>')
    return drawn


def _draw_bars(lane: Lane, scale: tuple[float, float], frame: Frame) -> str:
    """The bars of a lane: filled for what is done and verified, hollow above it for the rest."""
    base, unit = scale
    step = frame.across / len(lane.firm)
    wide = min(WIDEST, max(1.0, step - min(2.0, step * 0.25)))
    filled, hollow = [], []
    for number, (firm, other) in enumerate(zip(lane.firm, lane.other, strict=True)):
        x = frame.left + number * step + (step - wide) / 2
        if firm:
            filled.append(f"M{x:.1f},{base:g}v{-firm * unit:.1f}h{wide:.1f}v{firm * unit:.1f}z")
        if other:
            y = base - firm * unit
            hollow.append(f"M{x + 0.5:.1f},{y:.1f}v{-other * unit:.1f}h{max(0.5, wide - 1):.1f}v{other * unit:.1f}z")
    paths = f'<path d="{"".join(filled)}" fill="var(--accent)"/>' if filled else ""
    look = 'fill="var(--paper)" stroke="var(--accent)" stroke-width="1"'
    return paths + (f'<path d="{"".join(hollow)}" {look}/>' if hollow else "")


def _draw_parts(parts: Sequence[Part], frame: Frame, top: int = TOP, height: int = 0, name: str = "bin") -> str:
    """What a pointer or a key may choose: a column over all lanes for each part."""
    step = frame.across / len(parts)
    drawn = []
    for number, part in enumerate(parts):
        ends = f'data-since="{escape(part.since)}" data-until="{escape(part.until)}"'
        place = (
            f'x="{frame.left + number * step:.1f}" y="{top}" width="{step:.1f}" height="{height or frame.axis - top}"'
        )
        drawn.append(
            f'<a class="{name}" href="{escape(part.href)}" tabindex="-1" {ends}><title>{escape(part.told)}</title>'
            f'<rect {place} fill="transparent"/></a>'
        )
    return "".join(drawn)


def _draw_lines(packed: Sequence[tuple[int, Line]], count: int, frame: Frame) -> str:
    x, y, anchor = (frame.left - 10, frame.lines + 8, "end") if frame.left else (0, frame.lines - 6, "start")
    words = f'less exact <tspan fill="var(--muted)">{count}</tspan>'
    drawn = [f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="var(--ink)">{words}</text>']
    for row, line in packed:
        start, end = frame.place(max(0.0, line.start)), frame.place(min(1.0, line.end))
        place = f'x="{start:.1f}" y="{frame.lines + row * ROW + 1}" width="{max(2.0, end - start - 1):.1f}" height="5"'
        look = 'fill="var(--accent-soft)" stroke="var(--accent)" stroke-width=".7"'
        drawn.append(f"<rect {place} {look}><title>{escape(line.told)}</title></rect>")
    return "".join(drawn)


def _draw_strip(strip: Strip, frame: Frame) -> str:
    """The whole time in small, with the part that is shown above laid over it."""
    base = frame.strip + STRIP
    most = max(strip.counts, default=0) or 1
    lane = Lane("", strip.counts, [0] * len(strip.counts))
    x, y, anchor = (frame.left - 10, base - 3, "end") if frame.left else (0, frame.strip - 4, "start")
    start, end = frame.place(strip.start), frame.place(strip.end)
    window = f'x="{start:.1f}" y="{frame.strip}" width="{max(3.0, end - start):.1f}" height="{STRIP}"'
    last = f'x="{frame.left + frame.across}" y="{base + 14}" text-anchor="end"'
    return (
        f'<rect {window} fill="var(--accent-soft)"/>'
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="var(--ink)">whole time '
        f'<tspan fill="var(--muted)">{sum(strip.counts)}</tspan></text>'
        f"{_draw_bars(lane, (base, (STRIP - 4) / most), frame)}"
        f'<text x="{frame.left}" y="{base + 14}" fill="var(--muted)">{escape(strip.first)}</text>'
        f'<text {last} fill="var(--muted)">{escape(strip.last)}</text>'
        f"{_draw_parts(strip.parts, frame, frame.strip, STRIP)}"
    )
