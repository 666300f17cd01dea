"""The verbs and where they live. Each verb's module imports the pipeline only when it runs, so help is instant."""

from __future__ import annotations

from typing import Annotated

import typer

from pactwatch.cli.options import CasebookOption, HomeOption
from pactwatch.cli.verbs import (
    audit,
    check,
    claims,
    code,
    compare,
    demo,
    diff,
    diff_data,
    editions,
    evaluate,
    import_data,
    ledger,
    measure,
    new,
    publish,
    read,
    reproduce,
    review,
    rules,
    serve,
    site,
    trace,
    verify,
    watch,
)
from pactwatch.version import __version__

app = typer.Typer(
    name="pactwatch",
    help="The open observatory of defence partnerships: cited records in, tested claims and pages out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"max_content_width": 100},
)


def _show_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"pactwatch {__version__}")
        raise typer.Exit


@app.callback()
def common(
    casebook: CasebookOption = None,
    home: HomeOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """The open observatory of defence partnerships: cited records in, tested claims and pages out."""


app.command("demo")(demo.demo)
app.command("new")(new.new)
app.command("read")(read.read)
app.command("watch")(watch.watch)
app.command("review")(review.review)
app.command("publish")(publish.publish)
app.command("editions")(editions.editions)
app.command("diff")(diff.diff)
app.command("measure")(measure.measure)
app.command("claims")(claims.claims)
app.command("trace")(trace.trace)
app.command("audit")(audit.audit)
app.command("check")(check.check)
app.command("rules")(rules.rules)
app.command("import")(import_data.import_data)
app.command("diff-data")(diff_data.diff_data)
app.command("compare")(compare.compare)
app.command("reproduce")(reproduce.reproduce)
app.command("code")(code.code)
app.command("evaluate")(evaluate.evaluate)
app.command("verify")(verify.verify)
app.add_typer(ledger.app, name="ledger")
app.command("serve")(serve.serve)
app.add_typer(site.app, name="site")
