"""``pactwatch serve``: the live site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch import flow
from pactwatch.cli.options import CasebookOption, HomeOption, JsonOption, Place, settle
from pactwatch.cli.output import print_json, say

if TYPE_CHECKING:
    from pactwatch.edition import Edition


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
    casebook: CasebookOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Serve the pages and the API until stopped (Ctrl-C)."""
    from pactwatch.site.server import Serving, serve

    place = settle(context, casebook, home)
    shown = _choose(edition, place)

    def tell(base: str) -> None:
        if json:
            print_json({"edition": shown.id, "address": base, "api": f"{base}api/v1/"})
        else:
            typer.echo(f"Edition {shown.id} at {base} (API at {base}api/v1/). Stop with Ctrl-C.")

    serving = Serving(host, port, address, rate, behind_proxy, place.casebook)
    serve(shown, place.home, serving, tell, is_fixed=edition is not None)


def _choose(name: str | None, place: Place) -> Edition:
    """The named edition; else the last one sealed of the casebook; else the casebook and its ledger sealed now."""
    import tomllib

    from pactwatch.casebook import find_casebook
    from pactwatch.edition.shelf import list_editions
    from pactwatch.model.errors import PactwatchError

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
