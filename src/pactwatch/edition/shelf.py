"""The shelf: the folder of a workspace that holds its editions."""

from __future__ import annotations

from pathlib import Path

from pactwatch.edition.opened import METADATA_FILE, Edition
from pactwatch.edition.sums import require_sealed
from pactwatch.model.errors import NotFoundError, PactwatchError


def shelf_of(home: Path) -> Path:
    """Where a workspace keeps its editions."""
    return home / "editions"


def list_editions(home: Path) -> list[Edition]:
    """Editions of a workspace, by casebook and version, later ones last (of one version, the one sealed last).

    Every folder of the shelf is listed, damaged ones last, so that none is overlooked.
    """
    shelf = shelf_of(home)
    folders = shelf.iterdir() if shelf.is_dir() else ()
    return sorted((Edition(path) for path in folders if path.is_dir() and not path.name.startswith(".")), key=_order)


def list_editions_of(home: Path, casebook: str) -> list[Edition]:
    """Editions of one casebook in the same order; damaged ones, of which `pactwatch verify` tells, are left out."""
    return [edition for edition in list_editions(home) if _is_of(edition, casebook)]


def _is_of(edition: Edition, casebook: str) -> bool:
    try:
        return edition.settings.name == casebook
    except PactwatchError:
        return False


def find_edition(home: Path, name: str) -> Edition:
    """An edition by its id, by the start of its id where that is one edition only, or by its folder.

    Its bytes are checked against their seal; raises ``IntegrityError`` when they differ.
    """
    folder = Path(name)
    if (folder / METADATA_FILE).is_file():
        return require_sealed(Edition(folder))
    shelved = {edition.path.name: edition for edition in list_editions(home)}
    matches = [name] if name in shelved else [one for one in shelved if one.startswith(name)]
    if len(matches) == 1:
        return require_sealed(shelved[matches[0]])
    known = ", ".join(shelved) or "none yet; `pactwatch publish` seals one"
    problem = "stands for several editions" if matches else "is no edition"
    raise NotFoundError(f"{name!r} {problem} on the shelf {shelf_of(home)}; there are: {known}")


def _order(edition: Edition) -> tuple[bool, str, tuple[int, ...], float]:
    try:
        settings = edition.settings
    except PactwatchError:
        return True, edition.path.name, (), 0.0
    version = tuple(int(part) for part in settings.version.split(".") if part.isdecimal())
    return False, settings.name, version, edition.path.stat().st_mtime
