"""Office Open XML workbooks (ISO/IEC 29500): the text and the font colour of every cell, sheet by sheet.

Only what a table of numbers needs is read. Sizes are bounded, and a document type (the door to expanding entities) is
refused.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

from pactwatch.model.errors import Fault, InputError

LARGEST_PART = 200_000_000

Colour = Literal["red", "blue", ""]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_INDEXED: dict[str, Colour] = {"10": "red", "12": "blue", "2": "red", "4": "blue"}
"""Places of red and blue in the palette every workbook starts with."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell: its text as stored (numbers unrounded) and the colour of its letters."""

    text: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that has cells: its number and its cells by column, counted from 0."""

    number: int
    cells: dict[int, SheetCell]


@dataclass(frozen=True)
class Workbook:
    """A workbook's sheets by name, in order."""

    sheets: dict[str, tuple[SheetRow, ...]]
    has_colours: bool


def read_workbook(path: Path, name: str) -> Workbook:
    """Read every sheet; raises :class:`InputError` for a workbook that is damaged or hostile."""
    try:
        with zipfile.ZipFile(path) as archive:
            texts, colours = _read_texts(archive), _read_colours(archive)
            parts = _find_sheets(archive)
            sheets = {title: tuple(_read_rows(archive, part, texts, colours)) for title, part in parts.items()}
            return Workbook(sheets, any(colours))
    except (zipfile.BadZipFile, ET.ParseError, KeyError, IndexError, ValueError, EOFError) as error:
        fix = "Download it again, or open it and save it as a new .xlsx file."
        raise InputError([Fault(name, 0, "", str(error), "a sound workbook", fix)], f"{name} is damaged") from error


def _parse(archive: zipfile.ZipFile, part: str) -> ET.Element:
    info = archive.getinfo(part)
    if info.file_size > LARGEST_PART:
        raise ValueError(f"a part of {info.file_size:,} bytes ({part})")
    raw = archive.read(info)
    if b"<!DOCTYPE" in raw[:4096] or b"<!ENTITY" in raw[:4096]:
        raise ValueError(f"a document type in {part}")
    return ET.fromstring(raw)  # noqa: S314 - no document type, so no entities


def _find_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    targets = {one.get("Id"): one.get("Target", "") for one in _parse(archive, "xl/_rels/workbook.xml.rels")}
    found = {}
    for sheet in _parse(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(_RELATION)]
        found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _read_texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = _parse(archive, "xl/sharedStrings.xml")
    return ["".join(one.text or "" for one in item.iter(f"{_MAIN}t")) for item in root.iter(f"{_MAIN}si")]


def _read_colours(archive: zipfile.ZipFile) -> list[Colour]:
    """The letters' colour of every cell style."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = _parse(archive, "xl/styles.xml")
    listed = root.find(f"{_MAIN}fonts")
    fonts = [_colour_of(font.find(f"{_MAIN}color")) for font in (listed if listed is not None else [])]
    styles = root.find(f"{_MAIN}cellXfs")
    return [fonts[int(style.get("fontId", "0"))] for style in (styles if styles is not None else [])]


def _colour_of(colour: ET.Element | None) -> Colour:
    if colour is None:
        return ""
    if (place := colour.get("indexed")) is not None:
        return _INDEXED.get(place, "")
    rgb = (colour.get("rgb") or "")[-6:]
    if len(rgb) < 6:
        return ""
    red, green, blue = (int(rgb[at : at + 2], 16) for at in (0, 2, 4))
    if red > 150 and max(green, blue) < 90:
        return "red"
    return "blue" if blue > 150 and max(red, green) < 120 else ""


def _read_rows(archive: zipfile.ZipFile, part: str, texts: list[str], colours: list[Colour]) -> Iterator[SheetRow]:
    for number, row in enumerate(_parse(archive, part).iter(f"{_MAIN}row"), 1):
        cells = {}
        for place, cell in enumerate(row.iter(f"{_MAIN}c")):
            text = _text_of(cell, texts)
            if text:
                style = int(cell.get("s", "0"))
                colour = colours[style] if style < len(colours) else ""
                cells[_column_of(cell.get("r"), place)] = SheetCell(text, colour)
        if cells:
            yield SheetRow(int(row.get("r", number)), cells)


def _text_of(cell: ET.Element, texts: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(one.text or "" for one in cell.iter(f"{_MAIN}t")).strip()
    value = cell.find(f"{_MAIN}v")
    if value is None or value.text is None:
        return ""
    return (texts[int(value.text)] if cell.get("t") == "s" else value.text).strip()


def _column_of(place: str | None, otherwise: int) -> int:
    """The column of a cell's place, from 0.

    >>> _column_of("A1", 9), _column_of("AB7", 9), _column_of(None, 9)
    (0, 27, 9)
    """
    match = _PLACE.fullmatch(place or "")
    if match is None:
        return otherwise
    total = 0
    for letter in match[1]:
        total = total * 26 + ord(letter) - 64
    return total - 1
