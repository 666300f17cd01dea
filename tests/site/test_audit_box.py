"""The box "audit an article": an answer with links into the site, whatever is sent; nothing kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.audit.article import ArticleError
from pactwatch.edition import Edition
from pactwatch.edition.shelf import shelf_of
from pactwatch.flow.auditing import open_auditor
from pactwatch.read import guard
from pactwatch.site.auditing.form import FormError, find_faults, read_form
from pactwatch.site.auditing.work import Task, audit_task
from pactwatch.site.web.forms import FORM
from tests.read.server import Reply, serve
from tests.site.parsed import Page
from tests.site.shelved import NEW, OLD

ARTICLE = """Two coasts, one drill

Japan's accords and deals with Southeast Asia cluster in March. Japan and the Philippines signed a reciprocal access
agreement on 8 July 2024. These pacts strengthen deterrence.
"""
SPANISH = "El acuerdo de defensa entre las partes fue firmado en la capital. " * 9
EVIL = '</textarea></script><script>alert(1)</script><img src=x onerror=alert(1)> & "quoted"'


def post(web: httpx.Client, body: bytes | str | None = None, **fields: str) -> httpx.Response:
    """Send the form, or a body as it is."""
    content = body if body is not None else urlencode(fields)
    return web.post("/audit", content=content, headers={"content-type": FORM})


def parse(text: str, folder: Path) -> Page:
    file = folder / "page.html"
    file.write_text(text, "utf-8")
    return Page(file)


def is_inert(page: Page) -> bool:
    """Whether nothing in a page was made by what was pasted."""
    own = all("src" in one or one.get("type") == "application/ld+json" for one in page.named("script"))
    return own and not [one for one in page.named("img") if one.get("src") == "x"]


def test_an_article_is_answered_with_its_page_and_the_page_leads_into_the_site(
    web: httpx.Client, tmp_path: Path
) -> None:
    found = post(web, text=ARTICLE)
    assert found.status_code == 200 and found.headers["cache-control"] == "no-store"
    assert "Two coasts, one drill" in found.text and "cluster in March" in found.text
    links = {one.get("href", "") for one in parse(found.text, tmp_path).named("a")}
    assert {"/records/RAA-1.html", "/audit.html", "/claims/index.html"} <= links
    for link in sorted(link for link in links if link.startswith("/")):
        assert web.get(link).status_code == 200, link
    policy = found.headers.get_list("content-security-policy")
    assert len(policy) == 1, "a second policy would take away the page's own style"
    assert "default-src 'none'" in policy[0] and "script-src" not in policy[0] and "unsafe" not in policy[0]
    assert "frame-ancestors 'none'" in policy[0] and found.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in found.headers


def test_programs_get_what_the_command_prints_from_the_api(web: httpx.Client) -> None:
    answer = web.post("/api/v1/audit", json={"text": ARTICLE})
    told = answer.json()
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert told["edition"] == NEW and "etag" not in answer.headers
    one = next(one for one in told["sentences"] if one["class"] == "event")
    assert one["lookup"] == "found" and one["records"] == ["RAA-1"]
    text = ARTICLE[one["start"] : one["end"]]
    assert text.startswith("Japan and the Philippines signed"), "offsets point into what was pasted"
    assert web.post("/api/v1/audit", json={"text": ARTICLE, "edition": OLD}).json()["edition"] == OLD
    refused = web.post("/audit", content="", headers={"content-type": FORM, "accept": "application/json"})
    assert refused.status_code == 406 and "/api/v1/audit" in refused.json()["detail"]


def test_the_api_describes_what_it_answers(web: httpx.Client) -> None:
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

    described = web.get("/api/v1/openapi.json").json()
    operation = described["paths"]["/api/v1/audit"]["post"]
    assert {"200", "400", "403", "413", "415", "422", "429", "500", "503"} <= operation["responses"].keys()
    schema = {"$ref": "#/components/schemas/AuditAnswer", "components": described["components"]}
    told = web.post("/api/v1/audit", json={"text": ARTICLE}).json()
    assert [one.message for one in Draft202012Validator(schema).iter_errors(told)] == []
    assert any(one["finding"] for one in told["sentences"])


def test_reading_from_the_address_of_audits_says_what_it_takes(web: httpx.Client) -> None:
    found = web.get("/api/v1/audit")
    assert (found.status_code, found.headers["allow"]) == (405, "POST") and "with POST" in found.json()["detail"]


BAD_JSON: dict[str, tuple[bytes, int, set[str]]] = {
    "nothing": (b"{}", 400, {"text"}),
    "no JSON": (b"{", 422, {"1"}),
    "another name": (b'{"txt": "a"}', 422, {"txt"}),
    "no day": (b'{"text": "a", "published": "July"}', 422, {"published"}),
    "both": (json.dumps({"text": ARTICLE, "address": "https://x.example/"}).encode(), 400, {"text"}),
    "a lone surrogate": (b'{"text": "' + b"The drills go on. " * 20 + b'\\ud800"}', 422, {"text"}),
    "another language": (
        json.dumps({"text": "El acuerdo de defensa fue firmado en la capital. " * 9}).encode(),
        400,
        {"text"},
    ),
    "loopback": (b'{"address": "http://127.0.0.1:1/"}', 400, {"address"}),
    "an edition that climbs": (json.dumps({"text": ARTICLE, "edition": "../../etc"}).encode(), 404, set()),
    "too much": (b'{"text": "' + b"a" * 1_000_001 + b'"}', 413, set()),
}


@pytest.mark.parametrize("name", BAD_JSON)
def test_the_api_says_by_name_what_it_cannot_audit(web: httpx.Client, name: str) -> None:
    body, status, parameters = BAD_JSON[name]
    found = web.post("/api/v1/audit", content=body, headers={"content-type": "application/json"})
    told = found.json()
    assert (found.status_code, told["status"]) == (status, status)
    assert found.headers["content-type"] == "application/problem+json"
    assert {one["parameter"] for one in told.get("faults", ())} == parameters


def test_new_lines_as_forms_send_them_are_new_lines() -> None:
    assert read_form(urlencode({"text": ARTICLE.replace("\n", "\r\n")}).encode()).text == ARTICLE.encode()


HOSTILE: dict[str, tuple[bytes | str, int]] = {
    "markup that would run": (urlencode({"text": ARTICLE + EVIL, "title": EVIL}), 200),
    "null bytes": (urlencode({"text": ARTICLE}) + "%00%00" + "&title=%00", 400),
    "broken UTF-8": ("text=" + "The drills go on. " * 20 + "%ff%fe%c3%28&title=%ff", 400),
    "a broken title": (urlencode({"text": ARTICLE}) + "&title=%ff%fe%ed%a0%80", 200),
    "letters of windows-1252": ("text=" + "The drills go on. " * 20 + "caf%e9", 200),
    "a lone surrogate": ("text=" + "The drills go on. " * 20 + "%ed%a0%80", 400),
    "marks that turn the direction": (urlencode({"text": ARTICLE + "\u202e\u2066" + EVIL, "title": "\u202eevil"}), 200),
    "control characters": (urlencode({"text": ARTICLE + "\x1b[2J\x07\x08" * 50}), 400),
    "bytes that are no form": (bytes(range(256)) * 20, 400),
    "many fields": ("&".join(f"a{number}=b" for number in range(100)), 400),
    "a million bytes": ("text=" + "a" * 999_000, 400),
    "an edition that climbs": (urlencode({"text": ARTICLE, "edition": "../../etc"}), 404),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_pasted_stays_text(web: httpx.Client, tmp_path: Path, name: str) -> None:
    body, status = HOSTILE[name]
    found = post(web, body)
    assert found.status_code == status
    assert found.headers["content-type"].startswith("text/html") and "Traceback" not in found.text
    assert is_inert(parse(found.text, tmp_path))


PICTURE = "text=%89PNG%0D%0A%1A%0A" + "%00" * 60
BAD = {
    "nothing": ("", "nothing to audit yet"),
    "blanks": (urlencode({"text": " \n\t "}), "nothing to audit yet"),
    "a text and an address": (urlencode({"text": ARTICLE, "address": "https://x.example/"}), "both a text and"),
    "a picture": (PICTURE, "a picture (PNG)"),
    "another language": (urlencode({"text": SPANISH}), "another language than English (es)"),
    "too long a text": (urlencode({"text": "The drills go on. " * 25_000}), "at most 400,000 characters"),
    "no day": (urlencode({"text": ARTICLE, "published": "July 2024"}), "is no day of publication"),
    "too long a title": (urlencode({"text": ARTICLE, "title": "a" * 301}), "The title is too long"),
    "loopback": (urlencode({"address": "http://127.0.0.1:1/"}), "leads to a private address"),
    "loopback by name": (urlencode({"address": "http://localhost/"}), "leads to a private address"),
    "loopback as a number": (urlencode({"address": "http://2130706433/"}), "leads to a private address"),
    "link-local": (urlencode({"address": "http://169.254.169.254/latest"}), "leads to a private address"),
    "IPv6 loopback": (urlencode({"address": "http://[::1]/"}), "leads to a private address"),
    "private in IPv6": (urlencode({"address": "http://[::ffff:10.0.0.1]/"}), "leads to a private address"),
    "a file": (urlencode({"address": "file:///etc/passwd"}), "expected http or https"),
    "a password": (urlencode({"address": "http://u:p@x.example/"}), "a name or password in the address"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_audited_comes_back_in_the_form_with_what_is_wrong(
    web: httpx.Client, tmp_path: Path, name: str
) -> None:
    body, words = BAD[name]
    found = post(web, body)
    assert found.status_code == 400
    page = parse(found.text, tmp_path)
    assert words in found.text and "allow-private" not in found.text
    assert len(page.named("textarea")) == 1 and len(page.named("form")) == 2
    form = read_form(body.encode()).as_shown()
    kept = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", found.text, re.DOTALL)
    assert kept is not None and len(kept[1]) >= len(form["text"])
    by_name = {one.get("name"): one.get("value") for one in page.named("input")}
    assert by_name["address"] == form["address"] and by_name["title"] == form["title"]


def test_other_ways_to_ask_are_told_what_to_do(web: httpx.Client) -> None:
    moved = web.get("/audit")
    assert (moved.status_code, moved.headers["location"]) == (303, "/audit.html")
    assert web.put("/audit", content="text=a", headers={"content-type": FORM}).headers["allow"] == "GET, HEAD, POST"
    assert web.post("/audit", json={"text": "a"}).status_code == 415
    assert "is not kept" in web.get("/audit/other").text
    large = post(web, "text=" + "a" * 1_000_001)
    assert large.status_code == 413 and "At most a million bytes" in large.text


def test_an_article_is_audited_against_the_edition_that_is_cited(web: httpx.Client, tmp_path: Path) -> None:
    page = parse(web.get(f"/e/{OLD}/audit.html").text, tmp_path)
    form = next(one for one in page.named("form") if one.get("method") == "post")
    assert str(httpx.URL(f"http://site/e/{OLD}/audit.html").join(str(form["action"]))) == "http://site/audit"
    assert [one["value"] for one in page.named("input") if one.get("name") == "edition"] == [OLD]
    found = post(web, text=ARTICLE, edition=OLD)
    assert f'href="/e/{OLD}/records/RAA-1.html"' in found.text and f"edition {OLD}" in found.text


def test_nothing_of_an_article_is_kept(web: httpx.Client, home: Path) -> None:
    word = "Quillfeather"
    assert word in post(web, text=f"{ARTICLE}\nSo said {word} of the pact.").text
    assert not [file for file in home.rglob("*") if file.is_file() and word.encode() in file.read_bytes()]
    assert word not in web.get("/audit.html").text and word not in web.get("/").text


@pytest.mark.parametrize("path", ["index.html", "audit.html"])
def test_static_pages_say_how_to_audit_and_have_no_dead_form(site: Path, path: str) -> None:
    page = Page(site / path)
    assert not [one for one in page.named("form") if one.get("method") == "post"] and not page.named("textarea")
    words = (site / path).read_text("utf-8")
    assert "pactwatch audit FILE" in words and "pactwatch serve" in words


def test_an_address_is_asked_for_and_its_redirects_are_checked_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = shelf_of(home) / NEW
    paragraphs = "".join(f"<p>{words}</p>" for words in ARTICLE.split("\n\n"))
    article = f"<html><body><article>{paragraphs}</article></body></html>".encode()
    with serve() as site:
        site.routes["/article"] = Reply(200, article, {"Content-Type": "text/html"})
        site.routes["/away"] = Reply(302, headers={"Location": f"http://127.0.0.2:{site.port}/article"})
        monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
        task = Task(b"", f"{site.url}/article", "", None, edition, "/", as_json=True)
        told = json.loads(audit_task(task, open_auditor(Edition(edition))))
        assert told["article"]["url"].endswith("/article")
        assert "found" in {one["lookup"] for one in told["sentences"]}
        with pytest.raises(ArticleError, match=r"/away: it leads to a private address.* paste its text instead"):
            audit_task(replace(task, address=f"{site.url}/away"), open_auditor(Edition(edition)))
    assert site.paths() == ["/article", "/away"]


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=80).map(lambda told: b"text=a&title=" + told)))
def test_any_body_is_a_form_or_refused(body: bytes) -> None:
    try:
        form = read_form(body)
    except FormError:
        return
    for words in (*form.as_shown().values(), *find_faults(form).values()):
        assert "\0" not in words
        words.encode("utf-8")
