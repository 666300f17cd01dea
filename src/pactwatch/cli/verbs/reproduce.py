"""``pactwatch reproduce [FILE...]``: published figures beside what the imported data give."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.options import HomeOption, JsonOption, settle
from pactwatch.cli.output import print_json, print_table, say

if TYPE_CHECKING:
    from pactwatch.datasets.reproduction import Reproduction


def reproduce(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Compute from these files [default: the imports]")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> int:
    """Recompute figures published from imported data sets: figure, published, computed, difference.

    The exit code is 1 when a figure differs beyond rounding without a reason.
    """
    results = _compute(files, settle(context, None, home).home)
    if json:
        print_json({"figures": [_plain(one) for one in results]})
    else:
        _print(results)
    return int(any(one.status == "differs" for one in results))


def _compute(files: list[Path] | None, home: Path) -> list[Reproduction]:
    """From the workspace's imports, or from files that are read for this once."""
    if not files:
        return flow.reproduce(home)
    with TemporaryDirectory(prefix="pactwatch-") as folder:
        for outcome in flow.import_data(files, Path(folder)):
            if outcome.error is not None:
                raise outcome.error
        return flow.reproduce(Path(folder))


def _print(results: list[Reproduction]) -> None:
    cells = [
        (one.status, one.figure.what, _number(one.figure.published, one), _number(one.computed, one),
         _signed(one.difference, one), one.figure.unit, one.vintage)
        for one in results
        if one.status != "not imported"
    ]  # fmt: skip
    columns = ("status", "figure", "published", "computed", "difference", "unit", "vintage")
    counts = Counter(one.status for one in results)
    print_table(columns, cells, ", ".join(f"{count} {status}" for status, count in counts.items()))
    for one in results:
        if one.status in ("explained", "differs"):
            say(f"{one.figure.what}: {one.reason or 'differs beyond rounding, and nothing tells why'}")
    for reason, count in Counter(one.reason for one in results if one.status == "not imported").items():
        say(f"{count} figures not computed: {reason}")


def _number(value: float | None, one: Reproduction) -> str:
    """With two more places than were published, so that the rounding can be seen."""
    if value is None:
        return "–"
    places = one.figure.decimals + (2 if value is one.computed and value != int(value) else 0)
    return f"{value:,.{places}f}"


def _signed(value: float | None, one: Reproduction) -> str:
    return "–" if value is None else f"{value:+,.{one.figure.decimals + 2}f}"


def _plain(one: Reproduction) -> dict[str, object]:
    return {
        **one.figure.model_dump(mode="json", exclude={"reason"}),
        "source": one.source,
        "status": one.status,
        "computed": one.computed,
        "difference": one.difference,
        "vintage": one.vintage,
        "reason": one.reason,
    }
