"""``pactwatch evaluate GOLD.jsonl``: a coder judged by documents that people coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch.cli.options import CasebookOption, JsonOption
from pactwatch.cli.output import print_json, print_table
from pactwatch.cli.verbs.code import CoderName, CoderOption, check_files, coder_opener

if TYPE_CHECKING:
    from pactwatch.coder.evaluation.calibration import Calibration
    from pactwatch.coder.evaluation.differences import Difference
    from pactwatch.coder.evaluation.evaluate import Evaluation, PairScores
    from pactwatch.coder.evaluation.fields import FieldScore
    from pactwatch.coder.evaluation.scores import Rate, Score

SHOWN_PASSAGE = 300
"""Characters of a passage shown; ``--json`` gives it whole."""


def evaluate(
    context: typer.Context,
    gold: Annotated[list[str], typer.Argument(metavar="GOLD.jsonl", help="Documents with `mentions`; - = stdin")],
    casebook: CasebookOption = None,
    coder: CoderOption = CoderName.AUTO,
    misses: Annotated[int, typer.Option("--misses", metavar="N", min=0, help="Differences shown of each kind.")] = 5,
    json: JsonOption = False,
) -> None:
    """Measure a coder: precision, recall, F1, fields, calibration, and what it missed.

    Each file counts as one writer; the mean over files weighs all alike.
    """
    check_files(gold)
    opener = coder_opener(context, coder, casebook, gold)
    from pactwatch.coder.evaluation import evaluate as judge
    from pactwatch.coder.evaluation import read_gold

    documents = read_gold(gold)
    opened = opener()
    found = judge((one, opened.code(one.document)) for one in documents)
    if json:
        print_json({"coder": opened.name, **found.to_dict()})
        return
    _print_scores(opened.name, found)
    _print_fields(found.strict_pairs, found.loose_pairs)
    _print_calibration(found.strict_calibration)
    _print_differences(found.differences, misses)


def _print_scores(name: str, found: Evaluation) -> None:
    columns = ("", "gold", "coded", "strict precision", "recall", "F1", "loose precision", "recall", "F1")
    rows = [_score_row("all documents", found.strict.overall, found.loose.overall)]
    for group in ("by_type", "by_file"):
        strict, loose = getattr(found.strict, group), getattr(found.loose, group)
        names = _short_names(strict) if group == "by_file" else {key: key for key in strict}
        rows += [_score_row(names[key], strict[key], loose[key]) for key in strict]
    rows.append(_score_row("mean over files", found.strict.mean_over_files, found.loose.mean_over_files))
    caption = f"{name}, {found.documents} documents; 95 % intervals over documents, {_draws()} draws"
    print_table(columns, rows, caption)
    empty = found.empty
    typer.echo(
        f"{empty.documents} documents tell nothing; {empty.mentions} mentions coded in {empty.with_mentions} of them"
    )


def _short_names(files: Iterable[str]) -> dict[str, str]:
    """Each file by its own name where that tells them apart."""
    names = {file: Path(file).name for file in files}
    return names if len(set(names.values())) == len(names) else {file: file for file in names}


def _draws() -> int:
    from pactwatch.coder.evaluation.scores import DRAWS

    return DRAWS


def _score_row(name: str, strict: Score, loose: Score) -> tuple[str, ...]:
    counts = ("", "") if strict.counts is None else (str(strict.counts.gold), str(strict.counts.coded))
    both = [_rate(getattr(score, key)) for score in (strict, loose) for key in ("precision", "recall", "f1")]
    return (name, *counts, *both)


def _rate(rate: Rate) -> str:
    if rate.value is None:
        return "–"
    return _number(rate.value) + (
        f" ({_number(rate.interval[0])}–{_number(rate.interval[1])})" if rate.interval else ""
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _print_fields(strict: PairScores, loose: PairScores) -> None:
    columns = (
        "field",
        "agrees, strict pairs",
        "where told",
        "pairs told",
        "agrees, loose pairs",
        "where told",
        "pairs told",
    )
    rows = [(name, *_field_cells(strict.fields[name]), *_field_cells(loose.fields[name])) for name in strict.fields]
    means = [_number(one.mean_overlap) for one in (strict, loose)]
    rows.append(("quote (mean overlap)", means[0], "", "", means[1], "", ""))
    print_table(columns, rows, f"{strict.pairs} strict pairs, {loose.pairs} loose ones; told: on either side")


def _field_cells(score: FieldScore) -> tuple[str, str, str]:
    return _number(score.accuracy), _number(score.told_accuracy), str(score.told)


def _print_calibration(found: Calibration) -> None:
    rows = [
        (f"{one.low:.1f}–{one.high:.1f}", str(one.mentions), _number(one.mean_confidence), _number(one.share_right))
        for one in found.bins
    ]
    print_table(("confidence", "mentions", "mean", "strictly right"), rows)
    typer.echo(f"expected calibration error {_number(found.expected_error)}, Brier score {_number(found.brier)}\n")


def _print_differences(differences: tuple[Difference, ...], shown: int) -> None:
    groups: dict[str, list[Difference]] = {}
    for one in sorted(differences, key=lambda one: one.rank):
        groups.setdefault(one.kind.replace("_", " "), []).append(one)
    for kind, found in groups.items():
        fields = Counter(name for one in found for name in one.fields).most_common()
        told = f" ({', '.join(f'{name} {number}' for name, number in fields)})" if fields else ""
        typer.echo(f"{kind}: {len(found)}{told}, {min(shown, len(found))} shown\n")
        for one in found[:shown]:
            typer.echo(f"{_write_difference(one)}\n")


def _write_difference(one: Difference) -> str:
    passage = one.passage if len(one.passage) <= SHOWN_PASSAGE else f"{one.passage[:SHOWN_PASSAGE]}…"
    lines = [f"{one.file}:{one.line} {one.document}" + (f" differs in {', '.join(one.fields)}" if one.fields else "")]
    lines += [f"  gold   {one.gold}"] if one.gold else []
    lines += [f"  coded  {one.coded}"] if one.coded else []
    return "\n".join([*lines, f"  “{' '.join(passage.split())}”"])
