"""The shelf: the folder of a workspace that holds its editions."""

from __future__ import annotations

from pathlib import Path

from pactwatch.edition.opened import METADATA_FILE, Edition
from pactwatch.model.errors import NotFoundError


def shelf_of(home: Path) -> Path:
    """Where a workspace keeps its editions."""
    return home / "editions"


def list_editions(home: Path) -> list[Edition]:
    """Editions of a workspace, by casebook and version, later ones last (of one version, the one sealed last)."""
    shelf = shelf_of(home)
    folders = shelf.iterdir() if shelf.is_dir() else ()
    found = [Edition(path) for path in folders if (path / METADATA_FILE).is_file() and not path.name.startswith(".")]
    return sorted(found, key=_order)


def find_edition(home: Path, name: str) -> Edition:
    """An edition by its id, by the start of its id where that is one edition only, or by its folder."""
    folder = Path(name)
    if (folder / METADATA_FILE).is_file():
        return Edition(folder)
    editions = list_editions(home)
    matches = [edition for edition in editions if edition.id == name] or [
        one for one in editions if one.id.startswith(name)
    ]
    if len(matches) == 1:
        return matches[0]
    known = ", ".join(edition.id for edition in editions) or "none yet; `pactwatch publish` seals one"
    problem = "stands for several editions" if matches else "is no edition"
    raise NotFoundError(f"{name!r} {problem} on the shelf {shelf_of(home)}; there are: {known}")


def _order(edition: Edition) -> tuple[str, tuple[int, ...], float]:
    settings = edition.settings
    return settings.name, tuple(int(part) for part in settings.version.split(".")), edition.path.stat().st_mtime
