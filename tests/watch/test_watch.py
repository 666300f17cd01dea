"""``pactwatch watch`` against a real server: feeds, alerts, the Atom file and the webhook."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from pactwatch import flow
from pactwatch.casebook import load_casebook
from pactwatch.casebook.template import write_template
from pactwatch.cli.run import run
from pactwatch.cli.verbs import watch as verb
from pactwatch.flow.intake import ReadSettings
from pactwatch.flow.intake.watching import Round, WatchSettings, feeds_due
from pactwatch.ledger import open_ledger
from pactwatch.ledger.errors import LedgerBusyError
from pactwatch.watch.webhook import sign, webhook_of_environment
from tests.read.copy_cases import BYLINE, WHOLE
from tests.read.server import Asked, Reply, Site
from tests.read.test_reading import LOCAL
from tests.stores import Workspace

LISTS = """
[[watchlist]]
name = "pacts"
title = "Pacts of the two"
actors = ["JPN", "PHL"]
together = true
types = ["agreement"]
"""
HTML = {"Content-Type": "text/html"}


def rss(url: str, count: int) -> bytes:
    items = "".join(f"<item><title>Item {n}</title><link>{url}/{n}</link></item>" for n in range(1, count + 1))
    return f'<rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'.encode()


def article(text: str) -> Reply:
    return Reply(body=f"<html lang=en><body><article><p>{text}</p></article></body></html>".encode(), headers=HTML)


@pytest.fixture
def book(tmp_path: Path, site: Site) -> Path:
    folder = tmp_path / "book"
    write_template(folder)
    (folder / "feeds.toml").write_text(f'[[feed]]\nname = "f"\nurl = "{site.url}/feed"\npublisher = "A ministry"\n')
    (folder / "watchlists.toml").write_text(LISTS)
    site.routes["/1"] = article("</p><p>".join(WHOLE.split("\n\n")))
    site.routes["/2"] = article("</p><p>".join([BYLINE, *WHOLE.split("\n\n")]))
    site.routes["/3"] = article("Japan and Fiji held talks on the sea on Monday in Suva, and agreed to meet again.")
    site.routes["/hook"] = Reply(204)
    return folder


@pytest.fixture
def watch(book: Path, workspace: Workspace) -> Callable[[], Round]:
    """One round of the casebook's feeds, as the command makes it but without pauses."""

    def once() -> Round:
        opened = load_casebook(book)
        reading = ReadSettings(jobs=1, fetching=LOCAL)
        settings = WatchSettings(reading, workspace.folder / "alerts.atom", webhook_of_environment())
        return flow.watch(opened, workspace.ledger, opened.feeds, settings)

    return once


def test_news_alerts_atom_and_webhook(
    site: Site, workspace: Workspace, watch: Callable[[], Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACTWATCH_WEBHOOK", f"{site.url}/hook?token=hush-token")
    monkeypatch.setenv("PACTWATCH_WEBHOOK_SECRET", "hush-secret")
    site.routes["/feed"] = [Reply(body=rss(site.url, 2)), Reply(body=rss(site.url, 3))]
    site.routes["/hook?token=hush-token"] = [Reply(404), Reply(204)]
    first = watch()
    assert (first.outcome.documents, first.outcome.copies, first.outcome.faults) == (2, 1, 0)
    (alert,) = first.notices  # the copy raises no second one
    assert alert.alert.watchlist == "pacts" and "JPN-PHL agreement" in alert.alert.words
    assert alert.document.publisher == "A ministry"
    assert "answered 404" in first.problem and "hush" not in first.problem
    (entry,) = feedparser.parse((workspace.folder / "alerts.atom").read_bytes()).entries
    assert entry.id == alert.id
    second = watch()  # the third item is news; the alert that could not be told is told now
    assert (second.outcome.documents, second.notices, second.problem) == (1, [], "")
    hooks = [one for one in site.asked if one.method == "POST"]
    assert len(hooks) == 2
    assert json.loads(hooks[1].body) == alert.as_values()
    assert hooks[1].headers["X-Pactwatch-Signature"] == sign(hooks[1].body, "hush-secret")


def test_a_webhook_is_not_sent_elsewhere_by_a_redirect(
    site: Site, watch: Callable[[], Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACTWATCH_WEBHOOK", f"{site.url}/away")
    site.routes["/feed"] = Reply(body=rss(site.url, 1))
    site.routes["/away"] = Reply(307, headers={"Location": f"{site.url}/hook"})
    assert "answered 307" in watch().problem
    assert "/hook" not in site.paths()


def test_a_feed_that_fails_is_told_and_asked_again(site: Site, watch: Callable[[], Round]) -> None:
    site.routes["/feed"] = [Reply(500), Reply(body=rss(site.url, 1))]
    failed = watch().outcome
    assert (failed.documents, failed.faults, failed.exit_code) == (0, 1, 1)
    assert "answer 500" in failed.kept[0].found
    assert watch().outcome.documents == 1


def test_feeds_are_due_by_their_own_span_or_the_one_asked_for(book: Path, store: str) -> None:
    feeds = load_casebook(book).feeds
    home, now = store, datetime.now(UTC)
    assert feeds_due(home, feeds, now) == list(feeds)
    from pactwatch.model.entries import Fetched

    with open_ledger(home) as ledger:
        ledger.append([Fetched(address=feeds[0].url, status=200)], "test", now)
    assert feeds_due(home, feeds, now + timedelta(hours=5)) == []
    assert feeds_due(home, feeds, now + timedelta(hours=6, seconds=1)) == list(feeds)
    assert feeds_due(home, feeds, now + timedelta(minutes=11), 10) == list(feeds)
    asked = {feeds[0].url: now + timedelta(minutes=5)}  # and there was nothing new
    assert feeds_due(home, feeds, now + timedelta(minutes=11), 10, asked) == []
    assert feeds_due(home, feeds, now + timedelta(minutes=15), 10, asked) == list(feeds)


LOOKING_OFTEN = """
import sys
from pactwatch.cli.run import run
from pactwatch.cli.verbs import watch as verb
from pactwatch.cli.verbs import watch
watch._LOOK_EVERY = 0.2
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("answer", [200, 304, 500])
def test_it_goes_on_until_it_is_interrupted(answer: int, book: Path, site: Site, workspace: Workspace) -> None:
    """Whatever the feed answers, it is asked once in its span."""
    asked: list[Asked] = []

    def feed(one: Asked) -> Reply:
        asked.append(one)
        return Reply(body=rss(site.url, 1)) if answer == 200 else Reply(answer)

    site.routes["/feed"] = feed
    command = [sys.executable, "-c", LOOKING_OFTEN, "watch", "--casebook", str(book), *workspace.option]
    process = subprocess.Popen(
        [*command, "--jobs", "1", "--allow-private"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 300
    while not (workspace.folder / "alerts.atom").exists() and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(1)  # a few looks more
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert ("1 new document" in out and "alert pacts: " in out) == (answer == 200)
    assert "asking f" in err and "Traceback" not in err
    assert len(asked) == (3 if answer == 500 else 1), "what failed is tried three times, then left until its next turn"


def test_a_ledger_that_is_away_for_a_while_ends_no_watch(capsys: pytest.CaptureFixture[str]) -> None:
    def go_round() -> None:
        raise LedgerBusyError("another process has been writing for a minute and more")

    verb._weather(go_round)
    assert "writing for a minute and more; trying again in 20 seconds" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--once", "--every", "1h"], "not both"),
        (["--json"], "--once"),
        (["--every", "soon"], "30m, 6h"),
        ([], "names no feed"),
    ],
)
def test_usage_errors(arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_template(tmp_path / "book")
    assert run(["watch", *arguments, "--casebook", str(tmp_path / "book"), "--home", str(tmp_path / "home")]) == 2
    assert words in capsys.readouterr().err
