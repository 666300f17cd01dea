"""Markdown without its marks: sentences stay whole, links become their words."""

from __future__ import annotations

import re

from pactwatch.read.days import read_day
from pactwatch.read.pieces import Hints
from pactwatch.read.tidying import one_line

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]{1,30})\s*[:=]\s*(.*)$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)[^\n]*\n.*?^ {0,3}\1[^\n]*$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.{0,100000}?-->", re.DOTALL)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[^\n]*$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:[-*_][ \t]*){3,}$", re.MULTILINE)
_UNDERLINED = re.compile(r"^([^\n]{1,300})\n {0,3}(?:=+|-{2,})[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\] )?", re.MULTILINE)
_TABLE_LINE = re.compile(r"^[ \t]*\|?[ \t:]*-{3,}[-| \t:]*$", re.MULTILINE)
_TABLE_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,1000})\](?:\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|\[[^\]\n]{0,200}\])")
_NOTE = re.compile(r"\[\^[^\]\n]{1,50}\]:?")
_BARE = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_STRONG = re.compile(r"(\*{1,3})(?=\S)([^*\n]{0,1000}?[^*\s])\1|(?<!\w)(_{1,3})(?=\S)([^_\n]{0,1000}?[^_\s])\3(?!\w)")
_CODE = re.compile(r"(`+)([^`\n]{1,1000})\1")
_STRUCK = re.compile(r"~~([^~\n]{1,1000})~~")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")


def read_front_matter(text: str) -> tuple[Hints, str]:
    """What the lines between ``---`` at the top say (title, date, author or publisher, language), and the rest."""
    front = _FRONT.match(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    if not front:
        return Hints(), text
    fields = {name.lower(): value.strip().strip("\"'") for name, value in _FIELD.findall(front[1])}
    hints = Hints(
        title=one_line(fields.get("title", "")),
        published=read_day(fields.get("date") or fields.get("published") or ""),
        publisher=one_line(fields.get("publisher") or fields.get("source") or "", 200),
        language=fields.get("lang") or fields.get("language") or "",
    )
    return hints, front.string[front.end() :]


def strip_marks(text: str) -> tuple[str, str]:
    """The first heading and the text without marks; blocks of code are left out, headings end like paragraphs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for pattern in (_FENCE, _COMMENT, _DEFINITION):
        text = pattern.sub("", text)
    text = _UNDERLINED.sub(lambda found: f"# {found[1].strip()}" if found[1].strip() else found[0], text)
    heading = _HEADING.search(text)
    text = _HEADING.sub(lambda found: f"\n{found[1]}\n", _RULE.sub("", text))
    text = _TABLE_ROW.sub(
        lambda found: "; ".join(cell.strip() for cell in found[1].split("|")), _TABLE_LINE.sub("", text)
    )
    text = _BULLET.sub("\n", _QUOTE.sub("", text))
    return one_line(_strip_inline(heading[1])) if heading else "", _strip_inline(text)


def _strip_inline(text: str) -> str:
    text = _IMAGE.sub("", text)
    for _ in range(2):  # a link may hold an image or emphasis, and be held by it
        text = _LINK.sub(lambda found: found[1], text)
        text = _STRONG.sub(lambda found: found[2] or found[4], text)
    text = _CODE.sub(lambda found: found[2], _STRUCK.sub("", _NOTE.sub("", text)))
    return _ESCAPED.sub(lambda found: found[1], _TAG.sub("", _BARE.sub(lambda found: found[1], text)))
