"""A casebook to start from: commented files that load and run as they are."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pactwatch.model.errors import PactwatchError


class TemplateError(PactwatchError):
    """The folder for a new casebook cannot be used."""


def write_template(folder: Path) -> list[str]:
    """Write the starter casebook into ``folder`` and return the names of its files; nothing existing is touched."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TemplateError(f"{folder} exists and is not an empty folder; choose another name")
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "casebook"
    starter = _list_files(files("pactwatch.casebook").joinpath("starter"))
    for place, entry in starter:
        text = entry.read_text("utf-8").replace("{name}", name)
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, "utf-8", newline="\n")
    return [place for place, _ in starter]


def _list_files(folder: Traversable, above: str = "") -> list[tuple[str, Traversable]]:
    """The files of a folder and of those in it, each with its place, in order."""
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        place = f"{above}{entry.name}"
        found += _list_files(entry, f"{place}/") if entry.is_dir() else [(place, entry)]
    return found
