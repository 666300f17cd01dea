"""A folder of 300 mixed files, some hostile, in which what is told is known."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.read.made import packed, page, pdf, picture_pdf

PLACES = ("off Palawan", "in the Sulu Sea", "near Subic Bay", "off Okinawa", "at Clark Air Base")
NAMES = [
    f"{first} {second}"
    for second in ("Lantern", "Heron", "Crane", "Reed", "Harbour", "Gate", "Anchor", "Shield")
    for first in ("Blue", "Grey", "Red", "Silver", "Amber", "Quiet", "Northern", "Southern", "Swift", "Bright")
]


def write_folder(folder: Path) -> int:
    """Write the files; returns how many there are."""
    chance = random.Random(5)
    for number, (name, data) in enumerate([*_good(chance), *_hostile(), *_dull()]):
        place = folder / f"{number % 7}" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return sum(file.is_file() for file in folder.rglob("*"))


def tell(number: int, chance: random.Random) -> tuple[str, date]:
    """A short article about one of eighty exercises, in one of three wordings, and the day it is of."""
    event = number % len(NAMES)
    day = date(2012, 2, 6) + timedelta(days=61 * event)
    told, name, place = f"{day.day} {day:%B %Y}", NAMES[event], PLACES[event % len(PLACES)]
    wordings = (
        f"Japan and the Philippines held the joint exercise {name} {place} on {told}. Two ships took part.",
        f"The Maritime Self-Defense Force and the Philippine Navy took part in the exercise {name} on {told}.",
        f"MANILA. Japan and the Philippines held exercise {name} {place} on {told}, the navy said. It was the first.",
    )
    lead = f"Report {number}. " if chance.random() < 0.5 else ""
    return lead + wordings[number // len(NAMES) % 3], day + timedelta(days=1)


def _good(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for number in range(240):
        text, day = tell(number, chance)
        kind = ("txt", "html", "pdf", "md", "jsonl", "zip")[number % 6]
        published = f'<meta property="article:published_time" content="{day.isoformat()}">'
        title = f"<title>Exercise news {number}</title>"
        yield (
            f"{number:03}.{kind}",
            {
                "txt": text.encode(),
                "html": page(f"<p>{text}</p>", title + published),
                "pdf": pdf([_wrap(text)], title=f"Exercise news {number}"),
                "md": f"# Exercise news {number}\n\n{text}\n".encode(),
                "jsonl": json.dumps({"text": text, "published": day.isoformat(), "title": f"News {number}"}).encode(),
                "zip": packed({"inside.txt": text.encode()}),
            }[kind],
        )


def _wrap(text: str) -> list[str]:
    words, lines = text.split(), [""]
    for word in words:
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if len(lines[-1]) < 70 else [*lines, word]
    return lines


def _hostile() -> Iterator[tuple[str, bytes]]:
    """Twenty files that cannot be read, or that say what no page should be made to show."""
    yield "locked.pdf", pdf([["Japan and the Philippines held a drill."]], password="x" * 8)
    yield "picture.pdf", picture_pdf()
    yield "cut.pdf", pdf([["Japan and the Philippines held a drill."]])[:300]
    yield "broken.zip", packed({"a.txt": b"x" * 500})[:200]
    yield "bomb.zip", packed({"a.txt": b"\0" * (60 << 20)})
    yield "out.zip", packed({"../../outside.txt": b"Japan and the Philippines held a drill."})
    yield "empty.txt", b""
    yield "blank.html", b"<html></html>"
    yield "noise.bin", random.Random(1).randbytes(5000)
    yield "noise.txt", random.Random(2).randbytes(5000)
    yield "lines.jsonl", b'{"text": "One."}\nno json\n{"text": 7}\n[]\n'
    yield "utf16.txt", "Japan and the Philippines held a drill on 5 May 2024.".encode("utf-16")
    yield "escape.txt", b"\x1b[2J\x1b]0;title\x07Japan and the Philippines held exercise Rogue Wave on 6 May 2024."
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    yield "script.html", page(f"<p>{evil}Japan and the Philippines held exercise Evil Eye on 7 May 2024.</p>", evil)
    yield "turned.txt", "\u202eJapan and the Philippines held exercise Turned Tide on 8 May 2024.\u202c".encode()
    yield "long.txt", b"word " * 200_000
    yield "line.txt", b"x" * 3_000_000
    yield "deep.html", b"<div>" * 20_000 + b"Japan" + b"</div>" * 20_000
    yield "name with spaces & 'quotes' <b>.txt", b"Japan and the Philippines held exercise Odd Name on 9 May 2024."
    yield "feed.xml", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'>]><rss><channel>&a;</channel></rss>"


def _dull() -> Iterator[tuple[str, bytes]]:
    for number in range(40):
        yield (
            f"dull-{number}.txt",
            f"The city opened library number {number} on a rainy morning. Children read.".encode(),
        )
