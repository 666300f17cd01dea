"""Published figures recomputed: ``figures.toml`` holds what was stated where, ``recipes`` how it is computed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pactwatch.datasets.kinds import KINDS
from pactwatch.datasets.library import Library
from pactwatch.datasets.reproduction.recipes import RECIPES, Bench
from pactwatch.datasets.store import MissingImportError

Status = Literal["reproduced", "differs", "explained", "not imported"]


class Figure(BaseModel):
    """One published figure. ``published`` as stated, rounded there to ``decimals``; ``release`` begins the vintage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str
    published: float
    decimals: int
    unit: str
    source: str
    recipe: str
    arguments: dict[str, Any] = Field(default_factory=dict)
    release: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reproduction:
    """A figure beside what the imported data give. ``vintage`` is that of the data; ``reason`` tells a difference."""

    figure: Figure
    source: str
    status: Status
    computed: float | None
    vintage: str
    reason: str

    @property
    def difference(self) -> float | None:
        """Computed less published."""
        return None if self.computed is None else self.computed - self.figure.published


def read_figures() -> tuple[tuple[Figure, ...], dict[str, str]]:
    """The published figures and their sources by name."""
    raw = tomllib.loads((files("pactwatch.datasets.reproduction") / "figures.toml").read_text("utf-8"))
    return tuple(Figure.model_validate(one) for one in raw["figure"]), raw["sources"]


def reproduce(library: Library) -> list[Reproduction]:
    """Every published figure computed anew from the imports there are."""
    figures, sources = read_figures()
    return [_reproduce(figure, sources[figure.source], library) for figure in figures]


def _reproduce(figure: Figure, source: str, library: Library) -> Reproduction:
    recipe, kind = RECIPES[figure.recipe]
    bench = Bench(library, figure.release, [])
    try:
        computed = recipe(bench, **figure.arguments)
    except MissingImportError as missing:
        return Reproduction(figure, source, "not imported", None, "", str(missing))
    except (KeyError, IndexError, ZeroDivisionError):
        reason = f"the imported file of {KINDS[kind].title} does not cover it"
        return Reproduction(figure, source, "explained", None, _tell_vintage(bench), reason)
    if is_within_rounding(computed, figure):
        return Reproduction(figure, source, "reproduced", computed, _tell_vintage(bench), "")
    reason = figure.reason or _explain(figure, bench)
    return Reproduction(figure, source, "explained" if reason else "differs", computed, _tell_vintage(bench), reason)


def is_within_rounding(computed: float, figure: Figure) -> bool:
    """Whether a computed number rounds to the published one.

    >>> one = Figure(what="", published=155, decimals=0, unit="%", source="", recipe="")
    >>> is_within_rounding(154.7, one), is_within_rounding(154.4, one)
    (True, False)
    """
    return bool(abs(computed - figure.published) <= 0.5 * 10**-figure.decimals + 1e-9)


def _explain(figure: Figure, bench: Bench) -> str:
    """Why a figure may differ: other vintages were revised, and split deliveries are estimates."""
    strange = [one for one in bench.used if not one.details["vintage"].startswith(figure.release)]
    if strange:
        told = strange[0].details["vintage"] or strange[0].details["file"]
        return (
            f"computed from {told}, not from the release of {figure.release}: history is revised, and years may differ"
        )
    if any(one.details["layout"] == "one row per order" for one in bench.used) and figure.recipe.startswith("arms_"):
        return "deliveries are split evenly over years here; the register with a row per delivery year is exact"
    return ""


def _tell_vintage(bench: Bench) -> str:
    return ", ".join(dict.fromkeys(one.details["vintage"] for one in bench.used))
