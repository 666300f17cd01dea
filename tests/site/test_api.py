"""The API: what the pages say, for programs; described so that a machine can check it."""

from __future__ import annotations

import httpx
import pytest

from tests.site.shelved import NEW, OLD


def test_a_list_is_walked_once_and_stays_with_its_edition(web: httpx.Client) -> None:
    asked = "/api/v1/records?limit=4&sort=title&type=exercise&edition=test-0"
    seen: list[str] = []
    while asked:
        found = web.get(asked)
        told = found.json()
        assert told["edition"] == OLD and told["total"] == 10
        seen += [record["id"] for record in told["records"]]
        link = told["next"]
        assert found.headers.get("link") == (f'<{link}>; rel="next"' if link else None)
        asked = link.removeprefix("https://pact.example") if link else ""
    assert len(seen) == len(set(seen)) == 10 and "GONE-1" in seen


def test_filters_are_those_of_the_pages(web: httpx.Client) -> None:
    for query in (
        "q=drill",
        "type=exercise&partner=USA&from=2017&to=2019-12",
        "reviewed=unverified",
        "grade=F&place=Manila",
    ):
        told = web.get(f"/api/v1/records?{query}").json()
        page = web.get(f"/records/index.html?{query}").text
        noun = "record" if told["total"] == 1 else "records"
        assert f"<strong>{told['total']} {noun}</strong>" in page, query
        assert web.get(f"/api/v1/facets?{query}").json()["total"] == told["total"]


def test_a_day_chooses_the_edition_of_that_day(web: httpx.Client) -> None:
    assert web.get("/api/v1/records?as_of=2024-06-30").json()["edition"] == OLD
    assert web.get("/api/v1/records?as_of=2024-12-31").json()["edition"] == NEW
    assert web.get("/api/v1/records?as_of=1999-01-01").status_code == 404
    assert web.get("/api/v1/records?as_of=2024-06-30&edition=test-0").json()["edition"] == OLD
    assert web.get("/api/v1/records?as_of=2024-06-30&edition=test-1").status_code == 404
    assert web.get("/api/v1/records/GONE-1?as_of=2024-06-30").json()["title"] == "Withdrawn drill"
    assert web.get("/api/v1/records/GONE-1").status_code == 404


def test_a_record_is_told_in_full(web: httpx.Client) -> None:
    told = web.get("/api/v1/records/RAA-1").json()
    assert [one["stage"] for one in told["milestones"]] == ["negotiating", "signed", "in_force"]
    assert told["milestones"][0]["date"] == "2023-11" and told["milestones"][0]["latest"] == "2023-11-30"
    assert told["milestones"][1]["sources"] == ["gazette", "script-link"] and len(told["sources"]) == 3
    assert told["claims"] == ["in-march", "hostile", "radar-exists"]
    assert told["url"] == f"https://pact.example/e/{NEW}/records/RAA-1.html"
    money = web.get("/api/v1/records/R0002").json()["milestones"][0]["money"]
    assert money == {"amount": 1.5e9, "currency": "JPY"}


def test_problems_say_what_is_wrong(web: httpx.Client) -> None:
    cases = {
        "/api/v1/records?type=treaty&limit=0&colour=red": (422, {"type.0", "limit", "colour"}),
        "/api/v1/records?from=2024-02-31": (400, {"from"}),
        "/api/v1/records?cursor=abc": (400, {"cursor"}),
        "/api/v1/nothing": (404, set()),
        "/api/v1/records/none": (404, set()),
        "/api/v1/measures/none": (404, set()),
    }
    for path, (status, faults) in cases.items():
        found = web.get(path)
        assert (found.status_code, found.headers["content-type"]) == (status, "application/problem+json"), path
        told = found.json()
        assert told["status"] == status and told["detail"]
        assert {one["parameter"] for one in told.get("faults", [])} == faults
    other = web.get("/api/v1/records?limit=2").json()["next"].replace("limit=2", "limit=2&type=policy")
    assert web.get(other.removeprefix("https://pact.example")).json()["faults"][0]["parameter"] == "cursor"


def test_any_page_of_the_web_may_read(web: httpx.Client) -> None:
    found = web.options(
        "/api/v1/records", headers={"origin": "https://x.example", "access-control-request-method": "GET"}
    )
    assert found.status_code == 204 and found.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert "access-control-allow-credentials" not in found.headers


def test_changes_are_told(web: httpx.Client) -> None:
    told = web.get("/api/v1/changes?limit=2").json()
    assert told["total"] == 15 and {one["kind"] for one in told["changes"]} == {"changed", "withdrawn"}
    assert web.get("/api/v1/changes?kind=new").json()["total"] == 13, "all of the first edition"


def test_measures_and_claims_are_told(web: httpx.Client) -> None:
    claim = web.get("/api/v1/claims/in-march").json()["claim"]
    assert claim["verdict"] == "contradicted" and claim["records"]
    assert len(web.get("/api/v1/claims").json()["claims"]) == 5
    told = web.get("/api/v1/measures/activity").json()
    assert told["total"] == len(told["rows"]) > 0


@pytest.fixture(scope="module")
def described(web: httpx.Client) -> dict[str, object]:
    found: dict[str, object] = web.get("/api/v1/openapi.json").json()
    return found


def test_it_is_described_in_openapi(described: dict[str, object], web: httpx.Client) -> None:
    assert str(described["openapi"]).startswith("3.1")
    start = web.get("/api/v1/").json()
    assert start["openapi"].endswith("/api/v1/openapi.json") and start["bulk"].endswith("/api/v1/bulk")
    for address in start["addresses"].values():
        assert web.get(address.removeprefix("https://pact.example")).status_code == 200
