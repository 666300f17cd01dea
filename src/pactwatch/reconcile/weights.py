"""``reconcile.toml``: what each level of a comparison weighs, fitted once and published in the casebook."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pydantic import Field, field_validator

from pactwatch.casebook.settings import Line, Number, Strict
from pactwatch.casebook.sheets import FaultList
from pactwatch.casebook.toml_files import read_model, read_toml
from pactwatch.model.errors import Fault, InputError
from pactwatch.reconcile.levels import LEVELS

WEIGHTS_FILE = "reconcile.toml"
RARITY_FILE = "rarity.csv"
RAREST = 650
"""Rarity, in hundredths of a natural logarithm, of a word that the list does not have."""

STAGES_APART = ("signed", "in_force", "held", "contracted")
"""Stages an item reaches once: two of them far apart are two items."""


class Weights(Strict):
    """Points are log-odds (natural logarithm) that two tellings tell one item: ``base`` plus one for each level found.

    Tellings are joined while the average over their compared pairs is above ``threshold``. ``bodies`` names the
    members of bodies. ``apart`` says, by type and stage, how many days two dates of one item's stage may lie apart.
    """

    about: str = ""
    base: Number
    threshold: Number = 0.0
    points: dict[str, Number]
    bodies: dict[str, tuple[Line, ...]] = Field(default_factory=dict)
    apart: dict[str, int] = Field(default_factory=dict)

    @field_validator("points")
    @classmethod
    def _know_the_levels(cls, points: dict[str, float]) -> dict[str, float]:
        unknown = sorted(set(points) - set(LEVELS))
        if unknown:
            raise ValueError(f"levels of docs/reconciling.md, not {', '.join(unknown)}")
        if any(abs(one) > 50 for one in points.values()):
            raise ValueError("points between -50 and 50")
        return points

    @field_validator("apart")
    @classmethod
    def _know_the_stages(cls, apart: dict[str, int]) -> dict[str, int]:
        wrong = [key for key, days in apart.items() if key.partition(".")[2] not in STAGES_APART or days < 0]
        if wrong:
            raise ValueError(f"days by type and stage like agreement.signed = 30, not {', '.join(wrong)}")
        return apart


def open_weights(casebook_folder: Path | None = None) -> Weights:
    """The weights of a casebook, or those that come with pactwatch where it has none.

    Raises :class:`InputError` with every fault of the file.
    """
    own = casebook_folder / WEIGHTS_FILE if casebook_folder else None
    path = own if own and own.is_file() else Path(str(files("pactwatch") / "reconcile" / WEIGHTS_FILE))
    faults = FaultList(f"{path.parent.name}/{path.name}")
    file = read_toml(path, faults)
    weights = None if file is None else read_model(file, Weights, file.values, faults)
    if weights is None or faults.faults:
        raise InputError(faults.faults, f"the weights {path.name} have faults")
    return weights


@lru_cache(maxsize=1)
def read_rarity() -> dict[str, int]:
    """Rarity of common words, in hundredths of a natural logarithm; other words have :data:`RAREST`."""
    path = Path(str(files("pactwatch") / "reconcile" / RARITY_FILE))
    rows = [*csv.reader(path.read_text(encoding="utf-8").splitlines())][1:]
    try:
        return {word: int(rarity) for word, rarity in rows}
    except ValueError as error:
        fault = Fault(RARITY_FILE, 0, "", str(error), "a word and a whole number", "Run bench/fit_reconcile.py.")
        raise InputError([fault]) from None
