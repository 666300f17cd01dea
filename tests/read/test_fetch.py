"""Asking servers: good, bad, slow and hostile ones, all real and on this machine."""

# ruff: noqa: S104, ARG001 - addresses and passwords of the tests themselves

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from pactwatch.read.fetch import AGENT, Fetcher, FetchSettings
from pactwatch.read.guard import check_url, hide_credentials, is_public
from pactwatch.read.pieces import ReadError
from pactwatch.read.robots import parse_robots
from tests.read.server import Asked, Reply, Site

QUICK = FetchSettings(
    connect=30, read=30, total=60, attempts=2, gap=0, back_off=0.01, bytes=100_000, allow_private=True
)
HURRIED = replace(QUICK, read=2.0, total=3.0, attempts=1)


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(QUICK) as one:
        yield one


def refused(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(ReadError) as caught:
        fetcher.get(url)
    return str(caught.value)


def test_a_page_with_its_type_and_validators(site: Site, fetcher: Fetcher) -> None:
    headers = {
        "Content-Type": "text/html; charset=Shift_JIS",
        "ETag": '"1"',
        "Last-Modified": "Mon, 08 Jul 2024 00:00:00 GMT",
    }
    site.routes["/a?b=c"] = Reply(body=b"words", headers=headers)
    told = fetcher.get(f"{site.url}/a?b=c#part")
    assert (told.status, told.data, told.media_type, told.charset) == (200, b"words", "text/html", "Shift_JIS")
    assert told.etag == '"1"'
    assert site.asked[-1].headers["User-Agent"] == AGENT
    assert site.asked[-1].headers["Host"] == f"127.0.0.1:{site.port}"


def test_only_what_is_new(site: Site, fetcher: Fetcher) -> None:
    def answer(asked: Asked) -> Reply:
        return Reply(304) if asked.headers.get("If-None-Match") == '"1"' else Reply(body=b"x", headers={"ETag": '"1"'})

    site.routes["/"] = answer
    first = fetcher.get(site.url + "/")
    assert not first.is_unchanged
    assert fetcher.get(site.url + "/", first.etag, first.last_modified).is_unchanged


def test_packed_answers_and_bombs(site: Site, fetcher: Fetcher) -> None:
    packed = {"Content-Encoding": "gzip"}
    site.routes["/a"] = Reply(body=gzip.compress(b"words" * 1000), headers=packed)
    site.routes["/bomb"] = Reply(body=gzip.compress(b"\0" * 50_000_000), headers=packed)
    site.routes["/broken"] = Reply(body=b"no gzip", headers=packed)
    site.routes["/br"] = Reply(body=b"x", headers={"Content-Encoding": "br"})
    site.routes["/large"] = Reply(body=b"x" * 100_001)
    assert fetcher.get(f"{site.url}/a").data == b"words" * 1000
    assert "more than 100,000 bytes" in refused(fetcher, f"{site.url}/bomb")
    assert "more than 100,000 bytes" in refused(fetcher, f"{site.url}/large")
    assert "cannot be unpacked" in refused(fetcher, f"{site.url}/broken")
    assert "packed as 'br'" in refused(fetcher, f"{site.url}/br")


def test_redirects_are_followed_so_far(site: Site, fetcher: Fetcher) -> None:
    site.routes["/a"] = Reply(302, headers={"Location": "b"})
    site.routes["/b"] = Reply(body=b"here")
    site.routes["/loop"] = Reply(301, headers={"Location": "/loop"})
    site.routes["/file"] = Reply(302, headers={"Location": "file:///etc/passwd"})
    site.routes["/user"] = Reply(302, headers={"Location": f"http://me:word@127.0.0.1:{site.port}/b"})
    told = fetcher.get(f"{site.url}/a")
    assert (told.data, told.address) == (b"here", f"{site.url}/b")
    assert "5 redirects" in refused(fetcher, f"{site.url}/loop")
    assert "scheme" in refused(fetcher, f"{site.url}/file")
    assert "name or password" in refused(fetcher, f"{site.url}/user")


def test_private_servers_are_not_asked_unless_allowed(site: Site) -> None:
    site.routes["/"] = Reply(body=b"secret")
    with Fetcher(FetchSettings(gap=0, attempts=1)) as guarded:
        for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"):
            assert "private address" in refused(guarded, f"http://{host}:{site.port}/"), host
    assert not site.asked


def test_a_redirect_from_a_public_name_to_a_private_one_is_not_followed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is public when it is looked at; the site it stands for points inside."""
    resolve = socket.getaddrinfo

    def answer(host: Any, *arguments: Any, **more: Any) -> Any:
        return resolve("127.0.0.1" if host == "outside.example" else host, *arguments, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setattr("pactwatch.read.guard.is_public", lambda address: address == "127.0.0.1")
    site.routes["/"] = Reply(302, headers={"Location": f"http://127.0.0.2:{site.port}/inside"})
    site.routes["/inside"] = Reply(body=b"secret")
    with Fetcher(FetchSettings(gap=0, attempts=1)) as guarded:
        assert "private address 127.0.0.2" in refused(guarded, f"http://outside.example:{site.port}/")
    assert site.paths() == ["/"]
    assert site.asked[-1].headers["Host"] == f"outside.example:{site.port}"


def test_a_name_that_changes_its_address_is_connected_to_as_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the first answer is public, later ones are not; each connection uses the answer it checked."""
    answers = [["93.184.216.34"], ["127.0.0.1"], ["93.184.216.34", "127.0.0.1"]]
    connected: list[str] = []

    def answer(host: str, port: int, **_: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in answers.pop(0)]

    def connect(self: object, host: str, *_: Any) -> Any:
        import httpcore

        connected.append(host)
        raise httpcore.ConnectError("not really")

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    with Fetcher(FetchSettings(gap=0, attempts=1)) as guarded:
        assert "no connection" in refused(guarded, "http://example.org/robots.txt")
        assert "private address 127.0.0.1" in refused(guarded, "http://example.org/robots.txt")
        assert "private address 127.0.0.1" in refused(guarded, "http://example.org/robots.txt")
    assert connected == ["93.184.216.34"]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "127.9.9.9",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *("::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "fec0::1", "not an address"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "https://a:b@example.org/", "https://", "http://[::1", "https://a b/",
     "https://example.org:0/", "https://example.org:99999/", "https://example.org/" + "a" * 5000, "https://a\n/"],
)  # fmt: skip
def test_urls_that_are_refused(url: str) -> None:
    with pytest.raises(ReadError):
        check_url(url)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://me:word@example.org/a@b", "https://[hidden]@example.org/a@b"),
        ("https://example.org/?to=me@example.org", "https://example.org/?to=me@example.org"),
        ("postgresql://me:p@ss@host/db", "postgresql://[hidden]@host/db"),
    ],
)
def test_passwords_are_not_told(url: str, told: str) -> None:
    assert hide_credentials(url) == told


def test_failures_that_pass_are_tried_again(site: Site, fetcher: Fetcher) -> None:
    site.routes["/a"] = [Reply(503), Reply(body=b"now")]
    site.routes["/b"] = Reply(500)
    site.routes["/c"] = Reply(404)
    site.routes["/d"] = Reply(429, headers={"Retry-After": "3600"})
    assert fetcher.get(f"{site.url}/a").data == b"now"
    assert "answer 500" in refused(fetcher, f"{site.url}/b")
    assert "answer 404" in refused(fetcher, f"{site.url}/c")
    assert "wait 3,600 seconds" in refused(fetcher, f"{site.url}/d")
    assert site.paths() == ["/a", "/a", "/b", "/b", "/c", "/d"]


def test_retry_after_and_the_gap_between_requests_are_kept(site: Site) -> None:
    waits: list[float] = []
    site.routes["/a"] = [Reply(429, headers={"Retry-After": "7"}), Reply(body=b"x")]
    with Fetcher(FetchSettings(gap=2, allow_private=True), sleep=waits.append) as patient:
        patient.get(f"{site.url}/a")
    assert waits[1] == 7 and len(waits) == 3
    assert all(1 < wait <= 2 for wait in (waits[0], waits[2]))


def test_a_pause_ends_when_nobody_wants_the_answer(site: Site) -> None:
    site.routes["/a"] = Reply(429, headers={"Retry-After": "30"})
    fetcher = Fetcher(FetchSettings(gap=0, allow_private=True))
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(fetcher.get, f"{site.url}/a")
        while "/a" not in site.paths():
            time.sleep(0.02)
        fetcher.__exit__()
        assert isinstance(asked.exception(timeout=25), ReadError), "before the pause would have ended"


def test_slow_servers_are_left(site: Site, fetcher: Fetcher) -> None:
    site.routes["/silent"] = Reply(body=b"x", delay=600)
    site.routes["/drip"] = Reply(body=b"x" * 6000, drip=0.1)
    site.routes["/cut"] = Reply(body=b"x", headers={"Content-Length": "50"})
    start = time.monotonic()
    with Fetcher(HURRIED) as hurried:
        assert "no answer in time" in refused(hurried, f"{site.url}/silent")
        assert "too slowly" in refused(hurried, f"{site.url}/drip")
    assert time.monotonic() - start < 120, "the servers take ten minutes each"
    assert "no" in refused(fetcher, f"{site.url}/cut")
    assert "no connection" in refused(fetcher, "http://127.0.0.1:1/")


def test_robots_are_asked_once_and_heard(site: Site, fetcher: Fetcher) -> None:
    site.routes["/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /closed\n")
    site.routes["/open"] = Reply(body=b"x")
    site.routes["/to-closed"] = Reply(302, headers={"Location": "/closed/1"})
    assert fetcher.get(f"{site.url}/open").data == b"x"
    assert "robots.txt closes" in refused(fetcher, f"{site.url}/closed/1")
    assert "robots.txt closes" in refused(fetcher, f"{site.url}/to-closed")
    assert [one.path for one in site.asked] == ["/robots.txt", "/open", "/to-closed"]


def test_a_host_whose_robots_fail_is_not_read(site: Site, fetcher: Fetcher) -> None:
    site.routes["/robots.txt"] = Reply(500)
    assert "robots.txt closes" in refused(fetcher, f"{site.url}/a")


ROBOTS = """# rules
User-agent: Pactwatch/2
User-agent: other
Disallow: /private/
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a%20b
Crawl-delay: 5

User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    ("text", "path", "is_open"),
    [
        (ROBOTS, "/news", True),
        (ROBOTS, "/private/x", False),
        (ROBOTS, "/private/open/x", True),
        (ROBOTS, "/x/paper.pdf", False),
        (ROBOTS, "/x/paper.pdf?page=1", True),
        (ROBOTS, "/a b", False),
        ("User-agent: *\nDisallow: /", "/news", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/news", True),
        ("User-agent: pactwatch\nAllow: /\n\nUser-agent: *\nDisallow: /", "/news", True),
        ("User-agent: *\nAllow: /p\nDisallow: /p", "/p", True),
        ("", "/news", True),
        ("User-agent: *\nDisallow: /" + "*a" * 3000 + "b", "/" + "a" * 4000, True),
        ("\ufeffUser-agent: *\nDisallow: /x", "/x", False),
    ],
)
def test_rules_of_robots(text: str, path: str, is_open: bool) -> None:
    assert parse_robots(text).allows(path) is is_open
