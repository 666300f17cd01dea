"""``pactwatch demo``: the whole way on a casebook, into one folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, JsonOption, settle
from pactwatch.cli.output import print_json, say
from pactwatch.cli.verbs.claims import print_verdicts

if TYPE_CHECKING:
    from pactwatch.edition import Edition


def demo(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write into.")] = Path("out"),
    casebook: CasebookOption = None,
    json: JsonOption = False,
) -> None:
    """Go the whole way: edition, measures, claims and pages, into out/."""
    from pactwatch.measures import MEASURES
    from pactwatch.site import build_site

    place = settle(context, casebook, None)
    say(f"1/4 reading the casebook {place.casebook} and sealing an edition")
    edition, warnings = flow.publish(flow.open_casebook(place.casebook), out)
    for warning in warnings:
        say(f"    warning: {warning}")
    say(f"2/4 computing {len(MEASURES)} measures")
    _write_measures(list(MEASURES), out / "measures", edition)
    say(f"3/4 testing {len(edition.claims)} claims")
    results = flow.keep_verdicts(edition, out)
    verdicts = {"edition": edition.id, "claims": [result.model_dump(mode="json") for result in results]}
    _write_json(out / "verdicts.json", verdicts)
    say("4/4 drawing the pages")
    report = build_site(edition, results, out / "site")
    if json:
        print_json({"edition": edition.id, "path": str(out), "pages": report.pages, **verdicts})
        return
    print_verdicts(results, f"edition {edition.id}")
    typer.echo(
        f"Look at   {out / 'site' / 'index.html'} ({report.pages} pages)\n"
        f"Edition   {edition.path}\n"
        f"Measures  {out / 'measures'}\n"
        f"Verdicts  {out / 'verdicts.json'}"
    )


def _write_measures(names: list[str], folder: Path, edition: Edition) -> None:
    from pyarrow import csv

    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        csv.write_csv(flow.measure(name, edition).to_pyarrow(), str(folder / f"{name}.csv"))


def _write_json(file: Path, document: object) -> None:
    import json

    file.write_text(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n", "utf-8")
