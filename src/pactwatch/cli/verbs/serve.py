"""``pactwatch serve``: the live site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, HomeOption, JsonOption, Place, settle
from pactwatch.cli.output import print_json, say
from pactwatch.model.errors import PactwatchError

if TYPE_CHECKING:
    from pactwatch.edition import Edition
    from pactwatch.site.server import Reviewing


class ServeUsageError(PactwatchError):
    """The options given do not go together."""


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Address to listen on; 0.0.0.0 is every one.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 8000,
    address: Annotated[
        str, typer.Option("--address", metavar="URL", help="Public address of the site, for links in files and feeds.")
    ] = "",
    rate: Annotated[
        int, typer.Option("--rate", min=0, help="Requests a minute that one reader may make; 0 is no limit.")
    ] = 1200,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="Take the reader's address from a proxy on this machine.")
    ] = False,
    edition: Annotated[
        str | None,
        typer.Option("--edition", metavar="ID|DIR", help="Edition to show as the latest [default: the last sealed]"),
    ] = None,
    review: Annotated[
        bool,
        typer.Option("--review", help="Serve the review queue too, to this machine alone unless tokens are given."),
    ] = False,
    reviewer: Annotated[
        str | None,
        typer.Option("--reviewer", metavar="NAME", help="Who decides [default: git's user, or yours here]"),
    ] = None,
    reviewers: Annotated[
        Path | None,
        typer.Option("--reviewers", metavar="FILE", help='Who may decide: TOML lines "Name" = "token", mode 600.'),
    ] = None,
    casebook: CasebookOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Serve the pages and the API until stopped (Ctrl-C)."""
    from pactwatch.site.server import Serving, serve

    place = settle(context, casebook, home)
    reviewing = _open_review(place, reviewer, reviewers, is_asked=review)
    serving = Serving(host, port, address, rate, behind_proxy, place.casebook, reviewing)
    serving.check()
    shown = _choose(edition, place)

    def tell(base: str) -> None:
        if json:
            names = list(reviewing.reviewers.names) if reviewing else None
            told = {"review": f"{base}review", "reviewers": names} if reviewing else {}
            print_json({"edition": shown.id, "address": base, "api": f"{base}api/v1/", **told})
            return
        typer.echo(f"Edition {shown.id} at {base} (API at {base}api/v1/). Stop with Ctrl-C.")
        if reviewing:
            typer.echo(f"Review at {base}review, by {', '.join(reviewing.reviewers.names)}.")

    serve(shown, place.home, serving, tell, is_fixed=edition is not None)


def _open_review(place: Place, reviewer: str | None, file: Path | None, *, is_asked: bool) -> Reviewing | None:
    """The review that is asked for; raises :class:`ServeUsageError` for options that do not go together."""
    if not is_asked:
        if reviewer or file:
            raise ServeUsageError("--reviewer and --reviewers belong to --review")
        return None
    if reviewer and file:
        raise ServeUsageError("--reviewer and --reviewers do not go together: one person, or several with tokens")
    from pactwatch.flow.reviewing import find_author
    from pactwatch.ledger import open_ledger
    from pactwatch.site.server import Reviewing
    from pactwatch.site.server.reviewing import Reviewers, read_reviewers

    reviewers = read_reviewers(file) if file else Reviewers(find_author(reviewer))
    open_ledger(place.ledger, create=False).close()  # that it is there is better told now than on a page
    return Reviewing(place.ledger, reviewers)


def _choose(name: str | None, place: Place) -> Edition:
    """The named edition; else the last one sealed of the casebook; else the casebook and its ledger sealed now."""
    import tomllib

    from pactwatch.casebook import find_casebook
    from pactwatch.edition.shelf import list_editions

    if name is not None:
        return flow.open_edition(name, home=place.home)
    own = tomllib.loads((find_casebook(place.casebook) / "casebook.toml").read_text("utf-8")).get("name")
    for found in reversed(list_editions(place.home)):
        try:
            if found.settings.name == own:
                return found
        except PactwatchError:
            continue
    say(f"no edition of {place.casebook} in {place.home} yet; sealing one")
    return flow.open_edition(casebook=place.casebook, home=place.home, ledger=place.ledger)
