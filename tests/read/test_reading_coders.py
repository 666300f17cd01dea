"""Which coder codes what is read: the table of the choice, and both at work on a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.cli.run import run
from pactwatch.coder.grammar import CODER_NAME
from pactwatch.coder.network_coder import CODER_NAME as CAREFUL
from pactwatch.coder.stream import AUTO, SOON_READ
from pactwatch.flow.intake import ReadSettings, coders, read
from pactwatch.ledger import open_ledger

PACT = "Japan and Palau signed a pact on radars on 3 March 2024."
INSTALLED = "pactwatch.encoder.base.is_installed"


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files that hold as much text as the network soon reads, and a little less."""
    sizes = {
        "all.txt": SOON_READ + 1,
        "less.txt": SOON_READ // 2,
        "page.html": SOON_READ * 9,
        "paper.pdf": SOON_READ * 11,
    }
    for name, size in sizes.items():
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    for folder, size in (("thin", 10), ("thick", SOON_READ // 2)):
        (tmp_path / folder / "in").mkdir(parents=True)
        for number in range(3):
            with (tmp_path / folder / "in" / f"{number}.md").open("wb") as file:
                file.truncate(size)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("sources")
@pytest.mark.parametrize(
    ("asked", "names", "recodes", "wanted"),
    [
        (AUTO, ["less.txt"], False, "network"),
        (AUTO, ["all.txt"], False, "grammar"),
        (AUTO, ["less.txt", "less.txt"], False, "network"),
        (AUTO, ["less.txt", "less.txt", "less.txt"], False, "grammar"),
        (AUTO, ["page.html"], False, "network"),
        (AUTO, ["paper.pdf"], False, "grammar"),
        (AUTO, ["thin"], False, "network"),
        (AUTO, ["thick"], False, "grammar"),
        (AUTO, ["https://example.org/feed.xml"], False, "network"),
        (AUTO, ["https://example.org/feed.xml", "all.txt"], False, "grammar"),
        (AUTO, [], False, "network"),
        (AUTO, [], True, "grammar"),
        ("network", ["all.txt"], True, "network"),
        ("grammar", ["less.txt"], False, "grammar"),
    ],
)
def test_the_network_codes_what_a_person_may_wait_for(
    asked: str, names: list[str], recodes: bool, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(INSTALLED, lambda: True)
    assert coders.settle_coder(asked, names, recodes=recodes) == wanted


def test_where_no_network_is_installed_the_grammar_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(INSTALLED, lambda: False)
    assert coders.settle_coder(AUTO, [], recodes=False) == "grammar"


def test_a_network_that_is_not_there_is_told_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(PACT)
    monkeypatch.setattr(INSTALLED, lambda: False)
    assert run(["read", str(tmp_path / "a.txt"), "--coder", "network", "--home", str(tmp_path / "home")]) == 2
    assert "the language network is not installed; install it: pip install" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_each_coder_leaves_its_name_and_the_careful_one_codes_anew_what_the_fast_one_did(
    store: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(PACT)
    (tmp_path / "b.txt").write_text("Gulls sing. " + PACT)
    names = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    assert read(names[:1], store, settings=ReadSettings(jobs=1)).coded == 1
    assert read(names, store, settings=ReadSettings(jobs=1, coder="network")).coded == 1, "what is coded stays"
    with open_ledger(store) as ledger:
        assert sorted(ledger.coders().values()) == sorted([CODER_NAME, CAREFUL])
    outcome = read([], store, settings=ReadSettings(jobs=1, coder="network", recode=True))
    assert (outcome.coded, outcome.recoded) == (1, 1)
    assert f"1 mention in 1 coded document, 1 of them anew, by {CAREFUL}: 1 agreement" in list(outcome.tell())
    assert read([], store, settings=ReadSettings(jobs=1, recode=True)).coded == 0, "the careful coding stays"
    with open_ledger(store) as ledger:
        assert set(ledger.coders().values()) == {CAREFUL}
        for coding in ledger.codings().values():
            assert [(one.coder, str(one.type)) for one in coding.mentions] == [(CAREFUL, "agreement")]
