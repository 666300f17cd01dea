"""What is sent to this server: where it comes from, of which type it says to be, and what is in it."""

from __future__ import annotations

from pactwatch.site.web.answers import Receive, Scope, find_header

FORM = "application/x-www-form-urlencoded"

_DEFAULT_PORTS = (":80", ":443")


def is_of_type(scope: Scope, media_type: str) -> bool:
    """Whether a request says that its body is of a media type, such as ``FORM``."""
    return find_header(scope, b"content-type").partition(";")[0].strip().lower() == media_type


def is_from_here(scope: Scope, address: str) -> bool:
    """Whether a request comes from a page of this site, or from no page; ``address`` is the site's public one.

    By ``Sec-Fetch-Site`` (W3C Fetch Metadata); where a browser sends none, by ``Origin`` (RFC 6454).
    """
    site = find_header(scope, b"sec-fetch-site")
    if site:
        return site in ("same-origin", "none")
    origin = find_header(scope, b"origin")
    if not origin:
        return True
    ours = {_host(find_header(scope, b"host")), _host(address.partition("://")[2].partition("/")[0])} - {""}
    return _host(origin.partition("://")[2]) in ours


async def read_body(receive: Receive) -> bytes:
    """A request's body, whose size is bounded already; what came of it where the reader went away."""
    parts, is_more = [], True
    while is_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        is_more = message.get("more_body", False)
    return b"".join(parts)


def _host(told: str) -> str:
    name = told.lower()
    return next((name.removesuffix(port) for port in _DEFAULT_PORTS if name.endswith(port)), name)
