"""A small edition with every feature of a page, and words in it that try to come alive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pactwatch.claims.finding import ClaimResult, Variant, Verdict
from pactwatch.edition import Edition
from pactwatch.edition.compile import build_table
from pactwatch.edition.schema import ACTORS, OFFICEHOLDERS
from pactwatch.edition.sums import SUMS_FILE, digest_file
from tests.charts.results import make_result
from tests.editions import figure, held, make_edition, milestone, record, signed, source

EVIL = '<script>alert("x")</script><img src=x onerror=alert(1)>\' onmouseover="alert(2)'
ODD_ID = '../../up "and" away'


def make_small_edition(
    folder: Path, title: str = "Reciprocal access agreement", extra: Sequence[dict[str, Any]] = ()
) -> Edition:
    """Twelve records of three partners, dates of every precision, doubts, conflicts, hostile words and addresses.

    ``title`` is that of the record RAA-1; ``extra`` are further records.
    """
    sources = [
        source("gazette", "2024-07-09", url="https://gazette.example/raa?a=1&b=2"),
        source("script-link", "2024-07", url="javascript:alert(1)", publisher=EVIL, source_title=EVIL),
        source("data-link", None, url="data:text/html,<script>alert(1)</script>", is_seen=False, source_grade="F"),
        source("quote-link", "2024", url='https://ok.example/"><script>alert(1)</script>', source_note=EVIL),
        source("plain-quote", "2024-33", url="https://ok.example/?q='x'&lang=日本語"),
        source(ODD_ID, "2020", publisher="Odd"),
    ]
    agreement = record(
        "agreement",
        "JPN PHL",
        milestone("negotiating", "2023-11", ["gazette"], is_verified=False, doubt_codes="preview_only;unverified"),
        signed("2024-07-08", ["gazette", "script-link"], conflicts=1, what="Signed in Manila", place="Manila"),
        milestone("in_force", "2025-09-11?", ["data-link"], doubt_codes="date_inferred", note=EVIL),
        record_id="RAA-1",
        title=title,
        instrument="RAA",
    )
    transfer = record(
        "transfer",
        "JPN PHL",
        milestone("delivered", "2024-Q1", ["plain-quote"], ["radar"], money_amount=1.5e9, currency_code="JPY"),
        title="日本の警戒管制レーダー",
        supplier_code="JPN",
        recipient_code="PHL",
        instrument="OSA",
    )
    hostile = record(
        "exercise", "JPN VNM", held("2024-05-03", ["quote-link"]), record_id=ODD_ID, title=EVIL, proper_name=EVIL
    )
    exercises = [
        record(
            "exercise",
            "JPN PHL USA",
            held(f"{year}-0{year % 9 + 1}-12", ["gazette"], exercise_level="field"),
            title=f"Drill {year}",
            proper_name="Summer Drill",
        )
        for year in range(2015, 2023)
    ]
    bare = record("policy", "JPN", milestone("published", "2022", []), title="White paper")
    edition = make_edition(
        folder,
        [agreement, transfer, hostile, *exercises, bare, *extra],
        sources,
        [figure("trust", 2020, 61.0), figure("trust", 2021, 62.5)],
        rules=make_rules(),
        title=f"Test casebook {EVIL}",
    )
    add_people_and_places(folder)
    add_claims(folder)
    seal(folder)
    return edition


def add_claims(folder: Path) -> None:
    """The claims that the results below are of."""
    file = folder / "edition.json"
    metadata = json.loads(file.read_text("utf-8"))
    told = [one.model_dump(include={"id", "text", "said_by", "reading"}) for one in make_results()]
    metadata["claims"] = [{**one, "kind": "none"} for one in told]
    file.write_text(json.dumps(metadata), "utf-8")


def add_people_and_places(folder: Path) -> None:
    """Two office holders, one of them with hostile words for a name, and coordinates of capitals."""
    term = {"office": "head_of_government", "certainty": "checked"}
    holders: list[dict[str, Any]] = [
        {**term, "actor_code": "JPN", "holder_name": "Abe Shinzo", "from_edtf": "2012-12-26", "to_edtf": "2020-09-16"},
        {**term, "actor_code": "PHL", "holder_name": EVIL, "from_edtf": "2022-06", "to_edtf": None},
    ]
    pq.write_table(build_table(OFFICEHOLDERS, holders), folder / "data" / "officeholders.parquet")
    capitals = {"JPN": (35.69, 139.69), "PHL": (14.6, 120.98), "USA": (38.9, -77.04), "VNM": (21.03, 105.85)}
    actors = pq.read_table(folder / "data" / "actors.parquet").to_pylist()
    for actor in actors:
        actor["latitude"], actor["longitude"] = capitals.get(actor["actor_code"], (None, None))
    pq.write_table(build_table(ACTORS, actors), folder / "data" / "actors.parquet")


def make_rules() -> dict[str, str]:
    """A rule in two versions, a precedent, and a case of the basket, with hostile words wherever words may stand."""
    evil = json.dumps(EVIL)
    head = f'title = {evil}\njurisdiction = "JPN"\nregime = "exports"\ncertainty = "doubtful"\nsays = {evil}'
    page = f'source = {{ publisher = {evil}, url = "javascript:alert(1)" }}\ngoverns = true\ndoubts = [{evil}]'
    when = '{ fact = "item.weapon", equals = true }'
    clause = f'[[rule.clause]]\nid = "bar"\neffect = "forbid"\nwords = {evil}\nwhen = {when}'
    old = f'[[rule]]\nid = "R-1"\nvalid_from = 1970-01-01\nvalid_to = 1999-12-31\n{head}\n{page}\n{clause}\n'
    new = f'[[rule]]\nid = "R-2"\nvalid_from = 2000-01-01\nbuilds_on = "R-1"\ndrops = ["bar"]\n{head}\n{page}\n'
    cell = '"' + EVIL.replace('"', '""') + '"'
    columns = "case_id,date,what,decided,expected,facts,unmodelled,rule,source_url,seen,kind,note"
    asked = f"P1,1980,{cell},{cell},no,supplier=JPN; item.weapon=yes,,R-1,javascript:alert(1),yes,precedent,{cell}"
    unasked = f"P2,2001-02,{cell},{cell},no,,{cell},R-2,https://gazette.example/raa?a=1&b=2,no,precedent,"
    return {
        "rules.toml": f"{old}\n{new}",
        "outcomes.csv": f"word,outcome,reason\nno,denied,{cell}\n",
        "cases.csv": f"{columns}\n{asked}\n{unasked}\n",
        "basket.toml": f'[[case]]\nid = "arms"\ntitle = {evil}\nsupplier = "JPN"\nitem = {{ weapon = true }}\n',
    }


def seal(folder: Path) -> None:
    """Write the sums of an edition's files, as sealing does."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{digest_file(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS_FILE).write_text("".join(lines), "utf-8")


def make_results() -> list[ClaimResult]:
    """One result of every verdict; one full of hostile words, one that was not tested."""
    shared: dict[str, Any] = {"records": ("R0004", "R0005", "RAA-1", ODD_ID)}
    hostile = {name: f"{name} {EVIL}" for name in ("text", "said_by", "reading", "why", "sentence", "unit", "n_unit")}
    table = [{"month": "March", "events": 3, "expected": 1.0, "claimed": "yes"}]
    variant = Variant(choice=EVIL, estimate=0.1, interval=(0.0, 0.2), p=0.5, n=9, agrees=False, note=EVIL)
    return [
        make_result("cluster", id="in-march", verdict=Verdict.CONTRADICTED, **shared),
        make_result("cluster", table, id="hostile", robustness=(variant,), caveats=(EVIL,), **shared, **hostile),
        make_result("exists", id="radar-exists", verdict=Verdict.SUPPORTED, interval=None, p=None, **shared),
        make_result("series", id="trust-rises", verdict=Verdict.NOT_ENOUGH_EVIDENCE, unit="points a year"),
        make_result("none", [], id="power", verdict=Verdict.NOT_TESTABLE, estimate=None, robustness=(), p=None, n=0),
    ]
