"""What can be taken away: lists, citations, exports and feeds say what the pages say, in forms other tools read."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import feedparser
import httpx
import pyarrow.parquet as pq
import pytest

from pactwatch.site.frame.citing import Citation
from tests.site.shelved import NEW, OLD
from tests.site.small import EVIL

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("query", ["", "?type=exercise&from=2018&sort=title", "?q=drill+-2016"])
def test_a_list_is_the_same_in_every_form(web: httpx.Client, query: str) -> None:
    asked = f"/e/{NEW}/records/list"
    rows = list(csv.DictReader(io.StringIO(web.get(f"{asked}.csv{query}").text)))
    told = web.get(f"{asked}.json{query}").json()
    table = pq.read_table(io.BytesIO(web.get(f"{asked}.parquet{query}").content)).to_pylist()
    page = web.get(f"/records/index.html{query}").text
    ids = [row["record_id"] for row in rows]
    assert ids == [row["record_id"] for row in told["records"]] == [row["record_id"] for row in table]
    assert f"<strong>{len(ids)} records</strong>" in page
    assert told["edition"] == NEW and NEW in told["cite"] and rows[0]["edition"] == NEW
    assert web.get(f"{asked}.csv?from=xyz").status_code == 400


def test_a_search_links_to_its_files_and_its_citation_with_the_edition_in_them(web: httpx.Client) -> None:
    page = web.get("/records/index.html?type=exercise&partner=PHL").text
    for ending in ("csv", "parquet", "json"):
        assert f'href="../e/{NEW}/records/list.{ending}?type=exercise&amp;partner=PHL"' in page
    assert f'href="../e/{NEW}/records/index.html?type=exercise&amp;partner=PHL"' in page
    assert f"https://pact.example/e/{NEW}/records/index.html?type=exercise&amp;partner=PHL" in page
    assert "Records, type: exercise; partner: PHL. In" in page


def test_citations_name_the_edition_and_escape_what_tex_would_run(web: httpx.Client) -> None:
    told = web.get("/api/v1/records/RAA-1/citation").json()
    assert told["apa"].startswith("A. Tester (2024). Reciprocal access agreement. In Test casebook")
    assert f"(edition {NEW}) [Data set]" in told["apa"]
    assert told["bibtex"].startswith(f"@misc{{{NEW}-records-RAA-1,")
    assert (
        r"\textbackslash" not in told["bibtex"]
        and f"url = {{https://pact.example/e/{NEW}/records/RAA-1.html}}" in told["bibtex"]
    )
    assert told["csl"]["type"] == "dataset" and told["csl"]["version"] == NEW
    assert told["csl"]["issued"] == {"date-parts": [[2024, 12, 31]]}


def test_tex_is_escaped(small_edition: object) -> None:
    from pactwatch.edition import Edition

    assert isinstance(small_edition, Edition)
    entry = Citation(small_edition, r"50% \input{x} & #1_{a}", "records/x.html").bibtex
    assert r"title = {50\% \textbackslash{}input\{x\} \& \#1\_\{a\}}" in entry


def test_the_network_is_read_by_other_tools(web: httpx.Client) -> None:
    graph = ET.fromstring(web.get("/exports/network.graphml").content)  # noqa: S314 - ours
    edges = {
        (edge.attrib["source"], edge.attrib["target"]): {data.attrib["key"]: data.text for data in edge}
        for edge in graph.iter(f"{GRAPHML}edge")
    }
    assert edges["JPN", "PHL"]["weight"] == "10" and edges["JPN", "PHL"]["exercise"] == "8"
    assert edges["PHL", "USA"] == {"weight": "8", "first_year": "2015", "last_year": "2022", "exercise": "8"}
    nodes = {node.attrib["id"] for node in graph.iter(f"{GRAPHML}node")}
    assert {end for pair in edges for end in pair} == nodes
    gexf = ET.fromstring(web.get("/exports/network.gexf").content)  # noqa: S314 - ours
    assert {(edge.attrib["source"], edge.attrib["target"]) for edge in gexf.iter(f"{GEXF}edge")} == set(edges)
    assert {edge.attrib["weight"] for edge in gexf.iter(f"{GEXF}edge")} >= {"10", "8"}


def test_followthemoney_entities_refer_to_each_other(web: httpx.Client) -> None:
    entities = [json.loads(line) for line in web.get("/exports/entities.ftm.json").text.splitlines()]
    ids = {one["id"] for one in entities}
    assert len(ids) == len(entities)
    schemas = {one["schema"] for one in entities}
    assert schemas == {"PublicBody", "HyperText", "Event", "UnknownLink"}
    for one in entities:
        assert all(isinstance(values, list) and all(values) for values in one["properties"].values())
        for name in ("involved", "proof", "subject", "object"):
            assert set(one["properties"].get(name, [])) <= ids
        for name in ("date", "startDate", "endDate", "publishedAt"):
            for day in one["properties"].get(name, []):
                assert len(day) in (4, 7, 10) and day.replace("-", "").isdigit(), day
    assert all(url.startswith("http") for one in entities for url in one["properties"].get("sourceUrl", []))


def test_schema_org_describes_the_edition_and_its_claims(web: httpx.Client) -> None:
    told = web.get("/exports/dataset.jsonld").json()
    assert told["@type"] == "Dataset" and told["version"] == NEW and told["temporalCoverage"] == "2015/2024"
    for one in told["distribution"]:
        assert web.get(one["contentUrl"].removeprefix("https://pact.example")).status_code == 200
    reviews = web.get("/exports/claims.jsonld").json()["@graph"]
    assert {one["reviewRating"]["alternateName"] for one in reviews} >= {"supported", "contradicted"}
    capitals = {one["id"]: one for one in web.get("/exports/capitals.geojson").json()["features"]}
    assert capitals["JPN"]["geometry"] == {"type": "Point", "coordinates": [139.69, 35.69]}
    assert set(capitals) == {"JPN", "PHL", "USA", "VNM"}, "those whose coordinates are known"


def test_feeds_tell_what_is_new_changed_and_withdrawn(web: httpx.Client) -> None:
    raw = web.get("/feeds/all.atom").content
    feed = feedparser.parse(raw)
    assert not feed.bozo
    titles = [entry.title for entry in feed.entries]
    assert "Changed: Reciprocal access agreement" in titles and "Withdrawn: Withdrawn drill" in titles
    changed = next(entry for entry in feed.entries if entry.title.startswith("Changed"))
    assert changed.summary == f"Changed (records: title) in edition {NEW}."
    assert changed.link == "https://pact.example/records/RAA-1.html"
    plain = [entry.findtext(f"{ATOM}title") for entry in ET.fromstring(raw).iter(f"{ATOM}entry")]  # noqa: S314 - ours
    assert f"New: {EVIL}" in plain
    told = web.get("/feeds/all.json").json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in told["items"]] == plain
    assert len({item["id"] for item in told["items"]}) == len(told["items"])


@pytest.mark.parametrize(("slug", "count"), [("partner-VNM", 1), ("type-transfer", 1), ("claim-in-march", 6)])
def test_feeds_are_of_a_partner_a_type_or_a_claim(web: httpx.Client, slug: str, count: int) -> None:
    assert len(feedparser.parse(web.get(f"/feeds/{slug}.atom").content).entries) == count
    assert f'href="{slug}.atom"' in web.get("/feeds/index.html").text


def test_the_feed_of_a_claim_tells_when_its_verdict_changed(web: httpx.Client) -> None:
    feed = feedparser.parse(web.get("/feeds/claim-radar-exists.atom").content)
    assert not feed.bozo
    first, last = feed.entries[0], [one for one in feed.entries if one.title.startswith("Verdict: ")]
    assert first.title.startswith("Verdict changed from mixed to supported: ")
    assert f"In edition {NEW}: supported; " in first.summary and f"In edition {OLD}: " in first.summary
    assert first.summary.endswith("n = 2.") and first.link == "https://pact.example/claims/radar-exists.html"
    assert first.updated == "2024-12-31T00:00:00Z" and [one.term for one in first.tags] == ["verdict"]
    assert [one.title.split(": ")[1] for one in last] == ["mixed"] and f"edition {OLD}" in last[0].summary
    titles = [one.title for one in feed.entries]
    assert "Withdrawn: Withdrawn drill" in titles, "a record that the claim used before"
    items = web.get("/feeds/claim-radar-exists.json").json()["items"]
    assert [one["title"] for one in items] == titles and items[0]["tags"] == ["verdict"]
    assert len({one["id"] for one in items}) == len(items)
    kept = [one.title for one in feedparser.parse(web.get("/feeds/claim-in-march.atom").content).entries]
    assert sum(one.startswith("Verdict") for one in kept) == 1, "what an edition says again is no news"


def test_bulk_files_are_there(web: httpx.Client) -> None:
    told = web.get("/api/v1/bulk", params={"edition": OLD}).json()
    assert told["edition"] == OLD
    for one in told["files"]:
        found = web.head(one["url"].removeprefix("https://pact.example"))
        assert found.status_code == 200 and found.headers["content-type"] == one["media_type"], one["path"]
