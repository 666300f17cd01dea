"""Connections go only to public addresses, and to the very address that was checked.

A name is resolved once, every address it has is looked at, and the connection is made to one of those numbers: nothing
can answer the check with one address and the connection with another (DNS rebinding). The name stays in TLS (server
name indication, certificate) and in the Host header. Each redirect makes a new connection, and so is checked again.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from pactwatch.model.errors import shown
from pactwatch.read.pieces import ReadError

_NOT_PUBLIC = (
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64 (RFC 6052) leads to IPv4 addresses, private ones among them
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),  # 6to4 (RFC 3056), Teredo (RFC 4380): the same
    ipaddress.ip_network("2001::/32"),
    ipaddress.ip_network("100.64.0.0/10"),  # shared by carriers (RFC 6598)
    ipaddress.ip_network("192.88.99.0/24"),
)
_LONGEST_URL = 4_000
_CREDENTIALS = re.compile(r"://[^/?#]*@")


class PrivateAddressError(ReadError):
    """A host stands at an address that is not of the public internet."""


def check_url(url: str) -> str:
    """A URL that may be asked for, without its fragment; raises :class:`ReadError`."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ReadError(f"the address {shown(hide_credentials(url))} ({error})", "a URL", "Correct it.") from None
    if parts.scheme not in ("http", "https"):
        raise ReadError(f"the scheme {shown(parts.scheme)}", "http or https", "Give a web address.")
    if parts.username is not None or parts.password is not None:
        raise ReadError("a name or password in the address", "a URL without them", "Take it out; nothing is sent.")
    if not host or port == 0 or len(url) > _LONGEST_URL or not url.isprintable() or " " in url:
        raise ReadError(f"the address {shown(hide_credentials(url))}", "a whole URL", "Correct it.")
    return parts._replace(fragment="").geturl()


def hide_credentials(url: str) -> str:
    """The URL as it may be told: a name or password in it hidden."""
    return _CREDENTIALS.sub("://[hidden]@", url)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet's: not private, loopback, link-local, reserved, multicast,
    unspecified, nor one that hides such an address in another notation.
    """
    try:
        told = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(told, ipaddress.IPv6Address) and told.ipv4_mapped is not None:
        return is_public(str(told.ipv4_mapped))
    is_kept = told.is_private or told.is_loopback or told.is_link_local or told.is_multicast or told.is_reserved
    is_special = any(told.version == net.version and told in net for net in _NOT_PUBLIC)
    return told.is_global and not (
        is_kept or is_special or told.is_unspecified or getattr(told, "is_site_local", False)
    )


def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host; raises :class:`ReadError` if it has none, or one that is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadError(f"no address for {host} ({error})", "a host that exists", "Check its name.") from None
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    hidden = [one for one in addresses if not is_public(one)]
    if hidden and not allow_private:
        expected, fix = "a public address", "If it is your own server, say --allow-private."
        raise PrivateAddressError(f"{host} at the private address {hidden[0]}", expected, fix)
    return addresses


class _Backend(httpcore.NetworkBackend):
    """Makes connections to checked addresses only."""

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of the host's addresses, the next one where the first does not answer."""
        last: Exception | None = None
        for address in resolve(host, port, allow_private=self._allow_private)[:4]:
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(f"no address of {host} answers")


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        """Let go of the connection."""
        self._stream.close()


class GuardedTransport(httpx.BaseTransport):
    """An httpx transport over the guarded connections; takes no proxy, since a proxy would resolve for itself."""

    def __init__(self, *, allow_private: bool) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=16, keepalive_expiry=20, network_backend=_Backend(allow_private)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; raises httpcore's errors."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
