"""A casebook to start from: commented files that load and run as they are."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from pactwatch.model.errors import PactwatchError


class TemplateError(PactwatchError):
    """The folder for a new casebook cannot be used."""


def write_template(folder: Path) -> list[str]:
    """Write the starter casebook into ``folder`` and return the names of its files; nothing existing is touched."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TemplateError(f"{folder} exists and is not an empty folder; choose another name")
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "casebook"
    starter = sorted(
        (entry for entry in files("pactwatch.casebook").joinpath("starter").iterdir()), key=lambda one: one.name
    )
    folder.mkdir(parents=True, exist_ok=True)
    for entry in starter:
        text = entry.read_text("utf-8").replace("{name}", name)
        (folder / entry.name).write_text(text, "utf-8", newline="\n")
    return [entry.name for entry in starter]
