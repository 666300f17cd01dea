"""The review in the browser: the desk of the terminal with another face, for those who may decide and nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.cli.run import run
from pactwatch.flow.desk import Desk
from pactwatch.flow.publishing import open_casebook
from pactwatch.ledger import open_ledger
from pactwatch.model.judgements import Decision
from pactwatch.site.server.reviewing import Reviewers
from pactwatch.site.server.reviewing.form import FormError, read_form
from pactwatch.site.server.reviewing.sessions import LONGEST_REST, Sessions
from tests.flow.made import make_casebook
from tests.site.parsed import Page
from tests.site.reviewed import EVIL, Seat, fill, list_entries, serve_review, words_of


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book") / "book"
    make_casebook(folder)
    return folder


@pytest.fixture
def served(home: Path, book: Path, store: str) -> Iterator[tuple[str, str]]:
    """A review by Ana of a filled ledger, on both databases: its address, and where the ledger is."""
    fill(store)
    with serve_review(home, book, store, Reviewers("Ana")) as base:
        yield base, store


@pytest.fixture
def place(tmp_path: Path) -> str:
    folder = str(tmp_path / "home")
    fill(folder)
    return folder


def test_the_same_answers_give_the_same_entries_as_in_the_terminal(
    served: tuple[str, str], book: Path, make_store: Callable[[str], str]
) -> None:
    base, store = served
    other = make_store("postgresql" if store.startswith("postgresql") else "sqlite")
    fill(other)
    words = ["--casebook", str(book), "--home", other, "review", "--author", "Ana"]
    seat, asked = Seat(base), []

    def decide(word: str, *options: str, **fields: str) -> None:
        hidden = seat.hidden()
        asked.append(hidden["question"])
        reason = {"reason": fields.pop("reason")} if "reason" in fields else {}
        changed = {f"f-{name}": value for name, value in fields.items()}
        sent = {**seat.fields(), **changed} if word == "correct" else {"candidate": "0"}
        found = seat.answer(word, **sent, **reason)
        assert found.status_code == 200 and "Kept as entry" in found.text, words_of(found.text)
        assert run([*words, "--decide", word, "--about", hidden["question"], *options]) == 0

    while 'type="radio"' not in seat.page:
        seat.answer("skip")
    decide("same", "--other", re.findall(r"</strong> <code>([^<]+)<", seat.page)[0])
    decide("accept", "--reason", "it says so", reason="it says so")
    seat.undo()
    assert run([*words, "--undo"]) == 0
    decide(
        "correct", "--set", "date=2026-02-17", "--set", "parties=JPN PHL USA", date="2026-02-17", parties="USA JPN PHL"
    )
    decide("reject")
    assert list_entries(store) == list_entries(other)
    kinds = [body["decision"] for _, _, body in list_entries(store)]
    assert kinds == ["same", "accept", "withdraw", "correct", "reject"] and len(set(asked)) > 1


def test_questions_come_in_the_order_of_the_desk_until_nothing_is_open(served: tuple[str, str], book: Path) -> None:
    base, store = served
    seat = Seat(base)
    with open_ledger(store) as ledger:
        expected = [one.id for one in Desk(open_casebook(str(book)), ledger, "Ana").questions]
    assert seat.hidden()["question"] == expected[0]
    seat.answer("skip")
    assert "asked again at the end" in seat.page and seat.hidden()["question"] == expected[1]
    asked = []
    while "Nothing is open" not in seat.page:
        asked.append(seat.hidden()["question"])
        seat.answer("accept")
        assert len(asked) < 12
    assert asked[-1] == expected[0] and asked[:3] == expected[1:4]
    told = words_of(seat.page)
    assert "5 accepted" in told and "is decided" in told
    seat.undo()
    assert seat.hidden()["question"] == expected[0] and "is withdrawn" in seat.page


def test_a_correction_keeps_what_was_typed_and_tells_each_fault_at_its_field(served: tuple[str, str]) -> None:
    base, store = served
    seat = Seat(base)
    wrong = {**seat.fields(), "f-date": "1/2/3", "f-parties": f"JPN {EVIL}", "f-stage": "sighed"}
    found = seat.answer("correct", reason="because", **wrong)
    assert found.status_code == 422 and list_entries(store) == []
    for name in ("date", "parties", "stage"):
        assert f'id="w-{name}"' in found.text and re.search(rf'id="f-{name}"[^>]*aria-invalid="true"', found.text)
    assert 'id="w-name"' not in found.text and '<details class="edit" id="edit" open>' in found.text
    seat.page = found.text
    assert seat.fields() == wrong and EVIL not in found.text
    same = seat.answer("correct", **{**wrong, **Seat(base).fields()})
    assert same.status_code == 422 and "a value other than the one coded" in same.text
    assert seat.answer("correct", **{**Seat(base).fields(), "f-name": "Azure Lamp"}).status_code == 200
    assert [body["correction"] for _, _, body in list_entries(store)] == [{"name": "Azure Lamp"}]


def test_two_tabs_do_not_answer_twice_nor_undo_what_is_not_shown(served: tuple[str, str]) -> None:
    base, store = served
    seat = Seat(base)
    first = seat.page
    seat.answer("accept")
    with_one = seat.page
    late = seat.answer("reject", page=first)
    assert late.status_code == 409 and "You decided it meanwhile: accept" in words_of(late.text)
    seat.answer("accept")
    assert seat.undo(page=with_one).status_code == 409
    assert len(list_entries(store)) == 2
    changed = seat.client.post("/review", data={**seat.hidden(), "shown": "0" * 24, "answer": "accept"})
    assert changed.status_code == 409 and "has changed since" in changed.text and len(list_entries(store)) == 2


def test_two_reviewers_never_overwrite_each_other(home: Path, book: Path, store: str) -> None:
    fill(store)
    both = make_reviewers("Ana", "Ben")
    with serve_review(home, book, store, both) as base:
        ana, ben = sign_in(base, "Ana"), sign_in(base, "Ben")
        assert ana.hidden()["question"] == ben.hidden()["question"]
        ana.answer("reject")
        typed = {**ben.fields(), "f-name": "Crimson Lamp"}
        late = ben.answer("correct", **typed)
        told = words_of(late.text)
        assert late.status_code == 409 and "Ana decided" in told and "Crimson Lamp" in told
        assert [(author, body["decision"]) for _, author, body in list_entries(store)] == [("Ana", "reject")]
        ben.look()
        assert ben.hidden()["question"] != ana.hidden()["question"] or ben.answer("accept").status_code == 200


def make_reviewers(*names: str) -> Reviewers:
    import hashlib

    return Reviewers(by_digest={hashlib.sha256(f"token of {name}".encode()).digest(): name for name in names})


def sign_in(base: str, name: str) -> Seat:
    seat = Seat(base)
    assert "Sign in to review" in seat.page
    found = seat.client.post("/review/sign-in", data={"token": f"token of {name}"})
    assert found.status_code == 200 and name in found.text
    seat.page = found.text
    return seat


def test_an_author_cannot_approve_their_own_correction(home: Path, tmp_path: Path, store: str) -> None:
    two = tmp_path / "two"
    make_casebook(two, second_pair_of_eyes="true")
    fill(store)
    with serve_review(home, two, store, make_reviewers("Ana", "Ben")) as base:
        ana = sign_in(base, "Ana")
        corrected = ana.hidden()["question"]
        before, name = ana.page, ana.fields()["f-name"]
        assert ana.answer("correct", **{**ana.fields(), "f-name": "Azure Lamp"}).status_code == 200
        assert ana.hidden()["question"] != corrected and "wait" in words_of(ana.page)
        assert ana.answer("accept", page=before).status_code == 409
        ben = sign_in(base, "Ben")
        while ben.hidden()["question"] != corrected:
            ben.answer("skip")
        told = words_of(ben.page)
        assert "As Ana corrected it" in told and "Azure Lamp" in told and f"coded: {name}" in told
        assert ben.answer("accept").status_code == 200
    assert [(author, body["decision"]) for _, author, body in list_entries(store)] == [
        ("Ana", "correct"),
        ("Ben", "accept"),
    ]


def test_only_forms_of_this_site_decide(home: Path, book: Path, place: str) -> None:
    with serve_review(home, book, place, Reviewers("Ana")) as base:
        seat = Seat(base)
        hidden = {**seat.hidden(), "answer": "accept"}
        stranger = Seat(base).client
        stranger.cookies.clear()
        assert stranger.post("/review", data=hidden).status_code == 403, "no cookie"
        assert seat.client.post("/review", data={**hidden, "mark": "x"}).status_code == 403
        assert seat.client.post("/review", data=hidden, headers={"origin": "https://evil.example"}).status_code == 403
        assert seat.client.post("/review", data=hidden, headers={"sec-fetch-site": "same-site"}).status_code == 403
        assert seat.client.get("/review", headers={"host": "evil.example"}).status_code == 403
        assert seat.client.post("/review", data=hidden, headers={"host": "evil.example"}).status_code == 403
        assert seat.client.post("/review", json=hidden).status_code == 415
        assert seat.client.post("/review", data={**hidden, "answer": "bless"}).status_code == 400
        assert seat.client.put("/review", data=hidden).headers["allow"] == "GET, HEAD, POST"
        assert seat.client.get("/review/other").status_code == 404
        assert list_entries(place) == []
        found = stranger.get("/review")
        assert "HttpOnly; SameSite=Lax" in found.headers["set-cookie"] and "Path=/review" in found.headers["set-cookie"]
        assert found.headers["cache-control"] == "no-store" and "access-control-allow-origin" not in found.headers
        assert "script-src 'self'" in found.headers["content-security-policy"]
        assert "unsafe" not in found.headers["content-security-policy"]


def test_tokens_say_who_decides_and_are_not_guessed(home: Path, book: Path, place: str) -> None:
    with (
        serve_review(home, book, place, make_reviewers("Ana"), "https://pact.example/") as base,
        httpx.Client(base_url=base) as client,
    ):
        assert "token" in client.get("/review").text and "set-cookie" not in client.get("/review").headers
        found = client.post("/review/sign-in", data={"token": "token of Ben"})
        assert (
            found.status_code == 403 and "nobody's token" in words_of(found.text) and "token of Ben" not in found.text
        )
        told = client.post("/review/sign-in", data={"token": "token of Ana"})
        assert told.status_code == 303 and "; Secure" in told.headers["set-cookie"]
        tried = [client.post("/review/sign-in", data={"token": str(one)}).status_code for one in range(6)]
        assert tried[-1] == 429
    with serve_review(home, book, place, make_reviewers("Ana")) as base:
        seat = sign_in(base, "Ana")
        mark = seat.hidden()["mark"]
        gone = seat.client.post("/review/sign-out", data={"mark": mark})
        assert "Sign in to review" in gone.text
        assert seat.client.post("/review", data={**seat.hidden(), "answer": "accept"}).status_code == 403
    assert list_entries(place) == []


def test_without_review_there_is_none(web: httpx.Client) -> None:
    assert web.get("/review").status_code == 404
    assert web.post("/review", data={"answer": "accept"}).status_code == 405
    assert 'href="/review"' not in web.get("/index.html").text and "review" not in web.get("/").headers


def test_a_ledger_that_tells_nothing_says_how_to_begin(home: Path, book: Path, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "empty"):
        pass
    with serve_review(home, book, str(tmp_path / "empty"), Reviewers("Ana")) as base:
        seat = Seat(base)
        assert seat.heading == "Nothing to review yet" and "pactwatch read" in seat.page
        fill(str(tmp_path / "empty"))
        assert "Is this coded right?" in seat.look()


def test_a_casebook_with_faults_is_told_not_thrown(home: Path, place: str, tmp_path: Path) -> None:
    make_casebook(tmp_path / "book")
    (tmp_path / "book" / "actors.csv").write_text("nonsense\n", "utf-8")
    with serve_review(home, tmp_path / "book", place, Reviewers("Ana")) as base:
        seat = Seat(base)
        assert seat.heading == "The review cannot be opened" and "actors.csv" in seat.page


def test_words_of_a_document_stay_words(home: Path, book: Path, place: str, tmp_path: Path) -> None:
    with serve_review(home, book, place, Reviewers("Ana")) as base:
        seat = Seat(base)
        pages: list[str] = []
        while "Nothing is open" not in seat.page and len(pages) < 12:
            pages.append(seat.page)
            seat.answer("accept")
    assert any("&lt;script&gt;alert(1)" in one for one in pages) and any("␛[2Jend." in one for one in pages)
    for number, one in enumerate(pages):
        file = tmp_path / f"{number}.html"
        file.write_text(one, "utf-8")
        page = Page(file)
        assert all(script.get("src", "").startswith("/static/") for script in page.named("script"))
        assert not list(page.named("img")) and "onerror=" not in re.sub(r"&lt;img.*?&gt;", "", one)
    pact = next(one for one in pages if "reciprocal access agreement" in one)
    assert '<mark class="f-date" title="date">8 July 2024</mark>' in pact
    assert '<mark class="f-stage" title="stage">signed</mark>' in pact


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda told: b"answer=accept&f-date=" + told)))
def test_any_body_is_a_form_or_refused(body: bytes) -> None:
    try:
        form = read_form(body)
    except FormError:
        return
    assert form.answer == "" or form.decision in {*Decision, None}
    for words in (form.reason, *form.fields.values()):
        words.encode("utf-8")


def test_a_browser_that_rests_long_is_forgotten() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    session = sessions.begin("Ana")
    cookie = f"other=1; pactwatch-review={session.id}"
    now[0] = LONGEST_REST
    assert sessions.find(cookie) == session
    now[0] = 2 * LONGEST_REST + 1
    assert sessions.find(cookie) is None and sessions.find("pactwatch-review=x") is None
    assert session.mark not in repr(session) and session.id not in repr(session)
