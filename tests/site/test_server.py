"""The live site over a real server: every page, pinned and latest, sent as asked for, safe whatever is sent to it."""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
from collections.abc import MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from pactwatch.site.frame.places import place_record
from pactwatch.site.server.application import Application
from pactwatch.site.web.answers import Answer, Kept, Receive, Scope, Send
from pactwatch.site.web.rates import RateLimit
from tests.site.parsed import Page
from tests.site.shelved import NEW, OLD, make_live
from tests.site.small import ODD_ID

LIVE_ONLY = {"records/index.html"}
"""Pages that show another part when a server answers."""


def test_every_page_and_file_of_the_static_site_is_served_at_the_same_path(web: httpx.Client, site: Path) -> None:
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    odd = {path: found.status_code for path in files if (found := web.get(f"/{path}")).status_code != 200}
    assert odd == {".pactwatch-site": 404}, "the marker of a built site is no page"


def test_live_links_lead_to_pages(web: httpx.Client, tmp_path: Path) -> None:
    broken = []
    seen: set[str] = set()
    for path in (
        "index.html",
        "records/index.html?type=exercise",
        place_record("RAA-1"),
        "data.html",
        "e/test-0/data.html",
    ):
        file = tmp_path / "page.html"
        file.write_text(web.get(f"/{path}").text, "utf-8")
        for one in Page(file).named("a", "link", "script"):
            target = str(httpx.URL(f"http://site/{path}").join(one.get("href") or one.get("src") or ""))
            target = target.partition("#")[0]
            if target.startswith("http://site/") and target not in seen:
                seen.add(target)
                status = web.get(target.removeprefix("http://site"), follow_redirects=False).status_code
                broken += [(path, target, status)] if status != 200 else []
    assert not broken
    assert len(seen) > 40


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/records", "/records/index.html"),
        ("/records/?type=exercise", "/records/index.html?type=exercise"),
        ("/records/RAA-1", "/records/RAA-1.html"),
        ("/data", "/data.html"),
        ("/e/test-1", "/e/test-1/index.html"),
        ("/e/test-0/", "/e/test-0/index.html"),
        ("/e/test-0/records", "/e/test-0/records/index.html"),
    ],
)
def test_who_leaves_out_an_ending_is_sent_on(web: httpx.Client, asked: str, location: str) -> None:
    found = web.get(asked)
    assert (found.status_code, found.headers["location"]) == (308, location)


def test_a_copy_that_is_good_is_not_sent_again(web: httpx.Client) -> None:
    for path in ("/records/RAA-1.html", "/api/v1/records/RAA-1", "/data/csv/records.csv"):
        first = web.get(path)
        assert first.headers["content-encoding"] == "gzip" and first.headers["etag"].endswith('-gz"'), path
        plain = web.get(path, headers={"accept-encoding": "identity"})
        assert plain.content == first.content and plain.headers["etag"] != first.headers["etag"]
        for header in (
            {"if-none-match": first.headers["etag"]},
            {"if-none-match": f'"other", W/{plain.headers["etag"]}'},
            {"if-modified-since": first.headers["last-modified"]},
        ):
            again = web.get(path, headers=header)
            assert (again.status_code, again.content) == (304, b""), (path, header)
        assert web.get(path, headers={"if-none-match": '"other"'}).status_code == 200
        assert web.get(path, headers={"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"}).status_code == 200
        head = web.head(path)
        assert head.content == b"" and head.headers["content-length"] == first.headers["content-length"]


def test_a_part_of_a_file_can_be_asked_for(web: httpx.Client) -> None:
    path = f"/e/{NEW}/data/edition/data/records.parquet"
    whole = web.get(path).content
    assert whole[:4] == b"PAR1"
    cases = {
        "bytes=0-3": (206, whole[:4]),
        "bytes=-4": (206, whole[-4:]),
        "bytes=4-": (206, whole[4:]),
        "bytes=2-999999999": (206, whole[2:]),
        f"bytes={len(whole)}-": (416, b""),
        "bytes=3-1": (416, b""),
        "lines=1-2": (200, whole),
        "bytes=0-1,3-4": (200, whole),
    }
    for asked, (status, body) in cases.items():
        found = web.get(path, headers={"range": asked})
        assert (found.status_code, found.content) == (status, body), asked


def test_a_pinned_page_says_what_has_changed_since(web: httpx.Client) -> None:
    old = web.get(f"/e/{OLD}/records/RAA-1.html").text
    assert "What you cited has changed." in old
    assert re.search(
        r"<th scope=\"row\">title</th><td>Draft of an agreement</td><td>Reciprocal access agreement</td>", old
    )
    assert 'href="../../../records/RAA-1.html"' in old
    gone = web.get(f"/e/{OLD}/records/GONE-1.html").text
    assert "What you cited is gone." in gone and "Withdrawn drill" in gone
    same = web.get(f"/e/{OLD}/records/R0002.html").text
    assert "what this page tells is the same there" in same
    assert "which is the latest" in web.get(f"/e/{NEW}/records/RAA-1.html").text
    assert web.get("/records/GONE-1.html").status_code == 404
    assert "What you cited" not in web.get("/records/RAA-1.html").text


def test_a_new_edition_on_the_shelf_is_shown_without_a_restart(tmp_path: Path, home: Path) -> None:
    import shutil

    shutil.copytree(home, tmp_path / "home")
    hidden = tmp_path / "aside"
    (tmp_path / "home" / "editions" / NEW).rename(hidden)
    from pactwatch.charts.press import Press
    from pactwatch.edition import Edition
    from pactwatch.site import library

    shelf = tmp_path / "home" / "editions"
    own = library.Library(tmp_path / "home", Edition(shelf / OLD), Press())
    assert own.shelf.latest.id == OLD
    hidden.rename(shelf / NEW)
    own._looked -= library.LOOK_AGAIN + 1
    assert own.shelf.latest.id == NEW
    fixed = library.Library(tmp_path / "home", Edition(shelf / OLD), Press(), is_fixed=True)
    assert [one.id for one in fixed.shelf.editions] == [NEW, OLD]


def test_what_is_not_there_is_a_page_with_a_way_on(web: httpx.Client) -> None:
    for path in ("/nothing.html", "/records/none.html", "/e/nowhere/index.html", "/figures/none.svg", "/feeds/x.atom"):
        found = web.get(path)
        assert found.status_code == 404 and found.headers["content-type"].startswith("text/html"), path
        assert 'action="/records/index.html"' in found.text and 'href="/index.html"' in found.text
        problem = web.get(path, headers={"accept": "application/json"})
        assert problem.headers["content-type"] == "application/problem+json" and problem.json()["status"] == 404
    assert "test-0, test-1" in web.get("/e/nowhere/index.html").text


def test_everything_is_sent_with_a_strict_policy(web: httpx.Client) -> None:
    for path in ("/", "/static/site.js", "/nothing", "/api/v1/records", "/api/v1/nothing", "/e/test-0/data.html"):
        headers = web.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy, path
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY" and "server" not in headers
    assert "access-control-allow-origin" not in web.get("/index.html").headers
    assert web.get("/api/v1/records").headers["access-control-allow-origin"] == "*"


def send(port: int, raw: bytes) -> tuple[int, bytes]:
    """Send bytes as they are; status and the whole answer."""
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(raw)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return int(answer.split(b" ", 2)[1]), answer


def ask(target: bytes, method: bytes = b"GET", extra: bytes = b"", body: bytes = b"") -> bytes:
    return method + b" " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + extra + b"\r\n" + body


FLOOD = b"".join(b"X-%d: y\r\n" % number for number in range(500))
HOSTILE = {
    "a query of a megabyte": (ask(b"/records/index.html?q=" + b"a" * 1_000_000), 414),
    "the same to the API": (ask(b"/api/v1/records?q=" + b"a" * 1_000_000), 414),
    "a long word": (ask(b"/records/index.html?q=" + b"a" * 5000), 400),
    "a long path": (ask(b"/" + b"a" * 5000), 414),
    "null bytes": (ask(b"/records/index.html?q=%00a%00&type=%00"), 200),
    "null bytes in a path": (ask(b"/records/%00.html"), 404),
    "broken UTF-8": (ask(b"/records/index.html?q=%ff%fe&place=%c3%28"), 200),
    "broken UTF-8 in a path": (ask(b"/records/%ff%c3%28.html"), 404),
    "broken UTF-8 to the API": (ask(b"/api/v1/records/%ff%fe"), 404),
    "a lone surrogate": (ask(b"/records/index.html?q=%ed%a0%80"), 200),
    "bytes that are no address": (ask(b"/records/\xff\xfe"), 400),
    "out of the folder": (ask(b"/../../etc/passwd"), 404),
    "out of the folder, quoted": (ask(b"/data/edition/..%2f..%2f..%2fetc%2fpasswd"), 404),
    "out of the folder, quoted twice": (ask(b"/data/edition/%252e%252e/edition.json"), 404),
    "out of the folder, from an edition": (ask(b"/e/test-0/../test-1/edition.json"), 404),
    "an absolute path": (ask(b"/data/edition//etc/passwd"), 404),
    "a backslash": (ask(b"/data/edition/..\\edition.json"), 404),
    "operators of the word index": (ask(b"/records/index.html?q=%22+OR+NEAR(+*+%3A+title%3Ax+-"), 200),
    "SQL": (ask(b"/records/index.html?q=%27%3B+DROP+TABLE+texts%3B--"), 200),
    "many fields": (ask(b"/records/index.html?" + b"&".join([b"type=a"] * 300)), 400),
    "many values": (ask(b"/records/index.html?" + b"&".join(b"type=%d" % number for number in range(150))), 400),
    "an endless page": (ask(b"/records/index.html?page=99999999999999999999"), 400),
    "a page without records": (ask(b"/records/index.html?page=9999999"), 200),
    "no date": (ask(b"/records/index.html?from=2024-02-31&to=%F0%9F%98%80"), 400),
    "too many headers": (ask(b"/", extra=FLOOD), 431),
    "a large header": (ask(b"/", extra=b"Cookie: " + b"a" * 200_000 + b"\r\n"), 431),
    "no HTTP": (b"\x16\x03\x01\x02\x00\r\n\r\n", 400),
    "a post to a page": (ask(b"/", b"POST", b"Content-Length: 3\r\n", b"abc"), 405),
    "a post to the API": (ask(b"/api/v1/records", b"POST", b"Content-Length: 2\r\n", b"{}"), 405),
    "an unknown method": (ask(b"/", b"BREW"), 405),
    "a trace": (ask(b"/api/v1/records", b"TRACE"), 405),
    "a bad range": (ask(b"/data/csv/records.csv", extra=b"Range: bytes=99999999999999999999999-\r\n"), 200),
    "a bad date": (ask(b"/", extra=b"If-Modified-Since: yesterday\r\n"), 200),
    "a date without end": (ask(b"/", extra=b"If-Modified-Since: Fri, 31 Dec 999999 23:59:59 GMT\r\n"), 200),
    "another host": (ask(b"/", extra=b"X-Forwarded-Host: evil.example\r\n"), 200),
    "a host of their own": (b"GET /api/v1 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 200),
    "an address too many": (ask(b"http://evil.example/records"), 404),
    "a bad cursor": (ask(b"/api/v1/records?cursor=%00%ff"), 400),
    "an edition that climbs": (ask(b"/api/v1/records?edition=..%2f..%2fetc"), 404),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_sent_the_answer_is_a_page_or_a_problem(live: int, name: str) -> None:
    raw, expected = HOSTILE[name]
    status, answer = send(live, raw)
    assert status == expected
    assert b"Traceback" not in answer and b"root:" not in answer and b"evil.example" not in answer
    head = answer.partition(b"\r\n\r\n")[0].lower()
    if name not in (
        "no HTTP",
        "bytes that are no address",
        "headers beyond what is read",
    ):  # refused before they are read
        assert re.search(rb"content-type: (text/html|text/csv|application/(problem[+])?json)", head)


def test_a_head_beyond_what_is_read_is_refused(live: int) -> None:
    try:
        status, answer = send(live, ask(b"/", extra=b"X: " + b"a" * 1_600_000 + b"\r\n"))
    except ConnectionError:
        return  # the server hung up while more was being sent
    assert status in (400, 431), "read in one piece or given up half way"
    assert b"Traceback" not in answer


def test_hostile_words_in_a_query_stay_words(web: httpx.Client, tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    for name in ("q", "type", "place", "from", "sort", "partner"):
        found = web.get("/records/index.html", params={name: evil})
        file = tmp_path / "page.html"
        file.write_text(found.text, "utf-8")
        page = Page(file)
        assert not page.named("img") and all("src" in one for one in page.named("script")), name
    assert "<script>" not in web.get(f"/e/{evil}").text.split("<main", 1)[1]


def test_the_odd_id_is_found_under_its_plain_name(web: httpx.Client) -> None:
    assert web.get("/" + place_record(ODD_ID)).status_code == 200
    slug = place_record(ODD_ID).removeprefix("records/").removesuffix(".html")
    assert web.get(f"/api/v1/records/{slug}").json()["id"] == ODD_ID


def test_too_many_requests_are_refused_and_told_when_to_come_back(home: Path) -> None:
    with make_live(home, per_minute=4) as application, httpx.Client() as _:
        statuses, last = [], None
        for _number in range(4):
            last = call(application, "/api/v1/records")
            statuses.append(last.status)
        assert statuses == [200, 200, 429, 429] and last is not None
        assert int(last.headers["retry-after"]) in range(1, 16) and last.headers["ratelimit-limit"] == "4"
        assert b"4 requests a minute" in last.body
        assert call(application, "/static/site.js").status == 200, "style sheets and scripts are not counted"
        assert call(application, "/api/v1/records", client="10.0.0.2").status == 200, "each reader has a count"


def test_a_site_under_a_path_sends_readers_on_under_it(home: Path) -> None:
    with make_live(home, address="https://pact.example/watch/") as application:
        assert call(application, "/records").headers["location"] == "/watch/records/index.html"
        assert b'href="/watch/index.html"' in call(application, "/nothing.html").body


def test_a_bucket_fills_with_time() -> None:
    rate = RateLimit(60)
    assert [rate.count("a", 0.0).is_allowed for _ in range(31)] == [True] * 30 + [False]
    assert rate.count("a", 0.5).seconds == 1
    assert rate.count("a", 1.5).is_allowed and not rate.count("a", 1.6).is_allowed
    assert rate.count("b", 1.6).left == 29


def test_a_room_gets_a_bounded_body_and_its_faults_stay_inside(home: Path) -> None:
    async def room(scope: Scope, receive: Receive, send: Send) -> None:
        message: MutableMapping[str, Any] = {"more_body": True}
        while message.get("more_body"):
            message = await receive()
        if scope["path"].endswith("bad"):
            raise ValueError("inside")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"seen"})

    with make_live(home) as application:
        application.rooms = {"review": room}
        assert call(application, "/review/x", body=b"a" * 1000).body == b"seen"
        assert call(application, "/review/x", body=b"a" * 2_000_000).status == 413
        broken = call(application, "/review/bad")
        assert broken.status == 500 and b"inside" not in broken.body
        assert "content-security-policy" in call(application, "/review/x").headers


class Called:
    """What an application answered."""

    def __init__(self) -> None:
        self.status, self.body = 0, b""
        self.headers: dict[str, str] = {}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message["body"]


def call(
    application: Application,
    path: str,
    client: str = "10.0.0.1",
    body: bytes = b"",
    headers: Sequence[tuple[bytes, bytes]] = (),
    method: str = "GET",
) -> Called:
    """Ask an application without a server."""
    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
    }
    scope |= {"headers": list(headers), "client": (client, 1), "http_version": "1.1", "scheme": "http", "root_path": ""}
    parts = [body[place : place + 65536] for place in range(0, len(body), 65536)] or [b""]
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages[-1]["more_body"] = False

    async def receive() -> MutableMapping[str, Any]:
        return messages.pop(0)

    called = Called()
    with ThreadPoolExecutor(1) as thread:  # a browser of another test keeps a loop running in this one
        thread.submit(lambda: asyncio.run(application(scope, receive, called.send))).result()
    return called


def test_what_is_kept_stays_within_its_bounds() -> None:
    kept = Kept(100_000)
    for number in range(50):
        kept.put(number, Answer(bytes(10_000), "application/vnd.apache.parquet"))
    assert kept.bytes <= 100_000 and kept.get(49) is not None and kept.get(0) is None
    kept.put("large", Answer(bytes(60_000), "text/plain"))
    assert kept.get("large") is None, "one answer may not push out all others"


def test_compressed_answers_are_what_they_were(web: httpx.Client) -> None:
    with web.stream("GET", "/index.html") as found:
        raw = b"".join(found.iter_raw())
    assert gzip.decompress(raw) == web.get("/index.html", headers={"accept-encoding": "identity"}).content
