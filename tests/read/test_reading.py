"""Reading into a ledger, whole: real processes, the real coder, a real server."""

# ruff: noqa: E501, S106 - texts stand as they are read

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest

from pactwatch.cli.run import run
from pactwatch.coder.network_coder import CODER_NAME as CAREFUL
from pactwatch.flow.intake import Outcome, ReadSettings, read
from pactwatch.flow.intake.attaching import Attached
from pactwatch.flow.intake.run import Hooks
from pactwatch.ledger import open_ledger
from pactwatch.ledger.location import has_ledger
from pactwatch.model.documents import Document, identify_text
from pactwatch.model.entries import Body, Coding, DocumentRead, EntryKind
from pactwatch.read import Limits
from pactwatch.read.fetch import FetchSettings
from tests.read.copy_cases import BYLINE, WHOLE
from tests.read.made import NEWS, packed, page, pdf, picture_pdf
from tests.read.server import Asked, Reply, Site
from tests.stores import Workspace

LOCAL = FetchSettings(gap=0, attempts=1, allow_private=True)
ONE = ReadSettings(jobs=1, fetching=LOCAL)
INDONESIAN = "Kedua negara menandatangani perjanjian yang akan memungkinkan pasukan untuk berlatih di wilayah itu."


def fill(folder: Path) -> None:
    """Ten documents, one of them twice and two near copies, and seven files that cannot be read."""
    folder.mkdir()
    files = {
        "a.html": page(),
        "b.txt": "\n\n".join(NEWS).encode(),  # the same text
        "c.pdf": pdf(
            [["Viet Nam and Japan signed a memorandum on defence exchange on 5 March 2024.", "", "It is short."]]
        ),
        "d.md": b"# Radars\n\nJapan **delivered** two radars to the *Philippines* in March 2024, the ministry said.",
        "e.jsonl": b'{"id": "1", "text": "Indonesia and Japan held a naval exercise on 4 May 2023."}\nnothing\n{"text": "No news."}\n',
        "f.txt": INDONESIAN.encode(),
        "g.txt": WHOLE.encode(),
        "h.txt": f"Troop pact signed\n\n{BYLINE}\n\n{WHOLE}".encode(),
        "i.zip": packed({"x.txt": b"Japan and Australia held talks on Tuesday.", "y.bin": bytes(range(256))}),
        "k.pdf": pdf([["x"]], password="secret"),
        "l.pdf": picture_pdf(),
        "m.zip": b"PK\x03\x04 broken",
        "n.txt": b"",
        "o.txt": bytes(range(256)) * 20,
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)


def test_a_folder_and_then_nothing_new(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, home = tmp_path / "in", workspace.ledger
    fill(folder)
    assert run(["read", str(folder), "--home", home, "--jobs", "2", "--json"]) == 1
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["documents"], told["known"], told["copies"], told["faults"]) == (9, 1, 1, 7)
    assert told["not_coded_languages"] == {"id": 1}
    assert told["coded"] == 8
    assert told["mentions"]["total"] >= 5
    attached = told["attached"]
    assert attached["to_records"] + attached["to_told"] + attached["to_items"] == told["mentions"]["total"]
    assert attached["to_records"] >= 1  # the access agreement of the casebook
    assert sorted(Path(one["file"]).name for one in told["skipped"]) == [
        "e.jsonl", "k.pdf", "l.pdf", "m.zip", "n.txt", "o.txt", "y.bin",
    ]  # fmt: skip
    assert all(one["fix"] for one in told["skipped"])
    with open_ledger(home) as ledger:
        last = ledger.last()
        heads = ledger.documents()
        both = identify_text("\n\n".join(NEWS))
        assert sorted(Path(one).name for one in ledger.addresses(both)) == ["a.html", "b.txt"]
        (copy,) = ledger.copies().items()
        assert identify_text(WHOLE) in copy
        for doc, coding in ledger.codings().items():
            text = ledger.document(doc).text
            assert all(text[one.start : one.end] == one.quote for one in coding.mentions)
        assert {head.language for head in heads.values()} <= {"en", "id", "und"}
    assert run(["read", str(folder), "--home", home, "--jobs", "1"]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("0 new documents; 10 documents known before\n")
    assert "skipped" in said.err and "encrypted PDF" in said.err
    with open_ledger(home) as ledger:
        assert ledger.last() == last


def test_documents_without_a_coding_are_coded_and_others_again_when_asked(store: str) -> None:
    texts = ["Japan and Palau signed a pact on radars on 3 March 2024.", "Japan and Fiji held talks on 4 March 2024."]
    docs = [Document(id=identify_text(text), text=text) for text in texts]
    with open_ledger(store) as ledger:
        bodies: list[Body] = [
            *(DocumentRead(document=one) for one in docs),
            Coding(doc=docs[0].id, coder="older", mentions=()),
        ]
        ledger.append(bodies, "test")
    assert read([], store, settings=ONE).coded == 1
    outcome = read([], store, settings=ReadSettings(jobs=1, recode=True))
    assert (outcome.coded, outcome.recoded) == (1, 1)
    with open_ledger(store) as ledger:
        assert set(ledger.coders().values()) == {"grammar 0.1.0"}
        assert ledger.coding_of(docs[0].id).mentions  # type: ignore[union-attr]


def test_what_the_careful_coder_coded_stays(store: str) -> None:
    document = Document(id=identify_text("Gulls sing."), text="Gulls sing.")
    with open_ledger(store) as ledger:
        bodies: list[Body] = [DocumentRead(document=document), Coding(doc=document.id, coder=CAREFUL, mentions=())]
        ledger.append(bodies, "an audit")
    assert read([], store, settings=ReadSettings(jobs=1, recode=True)).coded == 0
    with open_ledger(store) as ledger:
        assert set(ledger.coders().values()) == {CAREFUL}


def test_copies_are_found_of_what_others_appended_and_after_signatures_are_lost(store: str, tmp_path: Path) -> None:
    other = f"Pact\n\n{BYLINE}\n\n{WHOLE}"
    (tmp_path / "a.txt").write_text(WHOLE)
    with open_ledger(store) as ledger:
        ledger.append([DocumentRead(document=Document(id=identify_text(other), text=other))], "another writer")
    assert read([str(tmp_path / "a.txt")], store, settings=ONE).copies == 1
    with open_ledger(store) as ledger:
        assert len(ledger.copies()) == 1
        for kind in ("minhash-2-20240708-128-5",):
            assert ledger.derived.keys(kind)
            ledger.derived.drop(kind)
    (tmp_path / "b.txt").write_text(WHOLE + "\n\nOne more paragraph stands at the end of this one and says little.")
    assert read([str(tmp_path / "b.txt")], store, settings=ONE).copies == 1
    with open_ledger(store) as ledger:
        assert len(set(ledger.copies().values())) == 1 and len(ledger.copies()) == 2
        assert sum(1 for _ in ledger.entries((EntryKind.COPY,))) <= 3


def test_what_another_reader_kept_meanwhile_is_not_told_to_be_new(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pactwatch.flow.intake.run.BATCH_SECONDS", 600)  # nothing is kept before the end
    texts = ["Japan and Palau signed a pact on radars on 3 March 2024.", "Japan and Fiji held talks on 4 March 2024."]
    (tmp_path / "in").mkdir()
    for number, text in enumerate(texts):
        (tmp_path / "in" / f"{number}.txt").write_text(text)
    done: list[str] = []

    def be_first(outcome: Outcome) -> None:
        """The other reads the first text when this run has it and has not kept it yet."""
        if outcome.documents == 2 and not done:
            with open_ledger(store) as ledger:
                document = Document(id=identify_text(texts[0]), text=texts[0])
                coding = Coding(doc=document.id, coder="grammar 0.1.0", mentions=())
                done.extend(str(one.kind) for one in ledger.append([DocumentRead(document=document), coding], "other"))

    outcome = read([str(tmp_path / "in")], store, settings=ONE, hooks=Hooks(on_progress=be_first))
    assert done == ["document", "coding"]
    assert (outcome.documents, outcome.known, outcome.coded) == (1, 1, 2), "it is coded again, with what the text says"
    with open_ledger(store) as ledger:
        assert len(ledger.documents()) == 2


def test_a_feed_gives_only_what_is_new(site: Site, store: str) -> None:
    feed = f"""<rss version="2.0"><channel><title>The Reader</title>
    <item><title>One</title><link>{site.url}/1</link><pubDate>Mon, 08 Jul 2024 00:00:00 GMT</pubDate></item>
    <item><title>Two</title><link>{site.url}/2</link></item></channel></rss>""".encode()
    html = {"Content-Type": "text/html"}
    site.routes["/feed"] = lambda asked: (
        Reply(304) if asked.headers.get("If-None-Match") == '"1"' else Reply(body=feed, headers={"ETag": '"1"'})
    )
    site.routes["/1"] = Reply(body=page(), headers=html)
    site.routes["/2"] = [
        Reply(503),
        Reply(body=page("<p>Japan and Fiji held talks on Monday in Suva.</p>"), headers=html),
    ]
    first = read([f"{site.url}/feed"], store, settings=ONE)
    assert (first.documents, first.faults) == (1, 1)
    second = read([f"{site.url}/feed"], store, settings=ONE)  # one page failed, so the feed is asked whole again
    assert (second.documents, second.known, second.faults) == (1, 0, 0)
    third = read([f"{site.url}/feed"], store, settings=ONE)
    assert (third.documents, third.unchanged) == (0, 1)
    assert site.paths() == ["/feed", "/1", "/2", "/feed", "/2", "/feed"]
    with open_ledger(store) as ledger:
        told = next(head for head in ledger.documents().values() if head.url.endswith("/1"))
        assert str(told.published) == "2024-07-08" and told.publisher == "The Reader"


def test_a_document_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    """On SQLite alone: what is lost is a process, of which no database sees anything."""
    (tmp_path / "a.txt").write_text("Japan and Palau signed a pact on 3 March 2024.")
    (tmp_path / "b.txt").write_text("Japan and Palau signed a pact on radars on 3 March 2024, they said. " * 40_000)
    settings = ReadSettings(jobs=1, limits=Limits(seconds=4))
    outcome = read([str(tmp_path / "b.txt"), str(tmp_path / "a.txt")], tmp_path / "home", settings=settings)
    assert (outcome.documents, outcome.faults) == (1, 1)
    assert "4 seconds" in outcome.kept[0].found


def many(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        text = f"Japan and Palau signed pact number {number} on radars on 3 March 2024. " + " ".join(NEWS)
        (folder / f"{number:04}.txt").write_text(text)


def test_an_interrupt_keeps_what_is_done_and_the_next_run_goes_on(
    site: Site, workspace: Workspace, tmp_path: Path
) -> None:
    folder, home = tmp_path / "in", workspace.ledger
    many(folder, 400)
    is_over = Event()

    def answer(_: Asked) -> Reply:
        is_over.wait(600)  # so that it cannot end before it is interrupted
        return Reply(404)

    site.routes["/last"] = answer
    command = [sys.executable, "-m", "pactwatch", "read", f"{site.url}/last", str(folder), "--home", home]
    command += ["--allow-private", "--jobs", "1", "--json"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    end = time.monotonic() + 300
    while _kept(home) == 0 and time.monotonic() < end:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to all processes
    out, err = process.communicate(timeout=300)
    is_over.set()  # only now: an answer under way is not waited for
    assert process.returncode == 130
    assert "what is done is kept" in err and "Traceback" not in err
    told = json.loads(out)
    assert told["is_stopped"] and told["documents"] == _kept(home) > 0
    outcome = read([str(folder)], home, settings=ReadSettings(jobs=2))
    assert outcome.documents == 400 - told["documents"]
    with open_ledger(home) as ledger:
        assert len(ledger.documents()) == len(ledger.coders()) == 400


def _kept(home: str) -> int:
    if not has_ledger(home):
        return 0
    with open_ledger(home) as ledger:
        return len(ledger.documents())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [([], "give files"), (["/no/such/place"], "no file or folder"), (["--jobs", "-1", "."], "--jobs")],
)
def test_usage_errors(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["read", *arguments, "--home", str(tmp_path / "home")]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((), ""),
        ((1, 1, 0, 0, 0), "of the new mentions 1 attaches to 1 known record (unreviewed)"),
        (
            (4, 2, 3, 2, 1),
            "of the new mentions 4 attach to 2 known records, 3 join what earlier documents told, "
            "2 tell 1 item that nothing told before (unreviewed)",
        ),
    ],
)
def test_what_mentions_attach_to_in_words(counts: tuple[int, ...], words: str) -> None:
    assert Attached(*counts).words() == words
