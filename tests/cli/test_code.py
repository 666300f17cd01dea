"""``pactwatch code`` as a user types it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pactwatch.cli.run import run
from pactwatch.cli.verbs import code as verb
from pactwatch.coder import stream
from pactwatch.coder.stream import Coded, choose_coder

FAKE = ("tests.coder.meetings", "open_meetings")
MEETING = '{"id": "a", "text": "JPN met PHL."}'


@pytest.fixture(autouse=True)
def fake_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "CODERS", stream.CODERS | {"grammar": FAKE, "network": FAKE})


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    file = tmp_path / "docs.jsonl"
    file.write_text(MEETING + '\n{"text": "nothing"}\n{"id": "c", "text": "USA may meet VNM. JPN met USA."}\n')
    return file


def documents_of(lines: str) -> list[str]:
    return [json.loads(line)["doc"] for line in lines.splitlines()]


@pytest.mark.parametrize("jobs", ["1", "2", "0"])
def test_one_mention_a_line_in_document_order(docs: Path, jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", str(docs), "--jobs", jobs]) == 0
    said = capsys.readouterr()
    assert documents_of(said.out) == ["a", "c", "c"]
    assert not said.err


def test_standard_input_and_several_files(
    docs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "JPN met PHL."}\r\n')))
    assert run(["code", "-", str(docs)]) == 0
    assert documents_of(capsys.readouterr().out) == ["-:1", "a", "c", "c"]


def test_empty_input_gives_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "e.jsonl").touch()
    assert run(["code", str(tmp_path / "e.jsonl")]) == 0
    assert capsys.readouterr() == ("", "")


def test_faulty_lines_are_named_the_others_coded_and_the_exit_code_tells(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs.write_text("{\n" + MEETING + '\n{"text": 3}\n')
    assert run(["code", str(docs)]) == 1
    said = capsys.readouterr()
    assert documents_of(said.out) == ["a"]
    first, second, count = said.err.splitlines()
    assert first.startswith(f"{docs}:1: found '{{'; expected one JSON object")
    assert second.startswith(f"{docs}:3 [text]: found 3; expected a string")
    assert count.startswith("2 faulty lines")


def test_a_coder_that_fails_is_a_fault_of_the_program(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs.write_text('{"text": "crash"}\n' + MEETING)
    assert run(["code", str(docs)]) == 3
    said = capsys.readouterr()
    assert documents_of(said.out) == ["a"]
    assert "ZeroDivisionError" in said.err


def test_ids_used_twice_are_a_warning(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs.write_text("\n".join([MEETING] * 40))
    assert run(["code", str(docs)]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"{docs}:2 [id]: warning: 'a' is also the id of {docs}:1"
    assert len(told) == verb.SHOWN_DUPLICATES + 1


def test_json_is_one_document(docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs.write_text(docs.read_text() + "[]\n")
    assert run(["code", str(docs), "--json"]) == 1
    whole = json.loads(capsys.readouterr().out)
    assert [mention["doc"] for mention in whole["mentions"]] == ["a", "c", "c"]
    assert whole["counts"] == {"documents": 3, "mentions": 3, "faults": 1, "own_faults": 0, "duplicate_ids": 0}
    assert whole["faults"][0]["line"] == 4
    assert run(["code", str(docs), "--json", "--out", str(tmp_path / "m.jsonl")]) == 1
    summary = json.loads(capsys.readouterr().out)
    assert summary == {"out": str(tmp_path / "m.jsonl"), "counts": whole["counts"], "faults": whole["faults"]}
    (tmp_path / "e.jsonl").touch()
    assert run(["code", str(tmp_path / "e.jsonl"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mentions"] == []


def test_min_confidence(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", str(docs), "--min-confidence", "0.5"]) == 0
    assert documents_of(capsys.readouterr().out) == ["a", "c"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nosuch.jsonl"], "nosuch.jsonl"),
        (["-", "-"], "once"),
        (["DOCS", "nosuch.jsonl"], "nosuch.jsonl"),
        (["."], "directory"),
        (["DOCS", "--out", "DOCS"], "--out"),
        (["DOCS", "--out", "nosuch/m.jsonl"], "nosuch"),
        (["DOCS", "--casebook", "nosuch"], "no casebook"),
        (["DOCS", "--coder", "nosuch"], "--coder"),
        (["DOCS", "--min-confidence", "2"], "--min-confidence"),
        ([], "Missing argument"),
    ],
)
def test_a_mistake_is_told_before_anything_is_written(
    words: list[str], message: str, docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["code", *(str(docs) if word == "DOCS" else word for word in words)]) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert not said.out


def test_the_output_gets_its_name_when_it_is_whole(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = docs.with_name("m.jsonl")
    out.write_text("before")
    out.chmod(0o640)
    assert run(["code", str(docs), "--out", str(out)]) == 0
    assert documents_of(out.read_text()) == ["a", "c", "c"]
    assert out.stat().st_mode & 0o777 == 0o640

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    whole = out.read_text()
    monkeypatch.setattr(verb, "_warn_of_duplicate", stop)
    docs.write_text(MEETING + "\n" + MEETING)
    assert run(["code", str(docs), "--out", str(out)]) == 130
    assert out.read_text() == whole
    assert sorted(path.name for path in docs.parent.iterdir()) == ["docs.jsonl", "m.jsonl"]


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no /dev/null here")
def test_a_link_goes_on_pointing_and_a_device_stays_one(docs: Path) -> None:
    link, out = docs.with_name("link"), docs.with_name("m.jsonl")
    link.symlink_to(out)
    assert run(["code", str(docs), "--out", str(link)]) == 0
    assert link.is_symlink() and documents_of(out.read_text()) == ["a", "c", "c"]
    assert run(["code", str(docs), "--out", "/dev/null"]) == 0
    assert Path("/dev/null").is_char_device()


PROGRAM = f"""
import sys
from pactwatch.coder import stream
from pactwatch.coder.stream import Coded, choose_coder
from pactwatch.cli import main
stream.CODERS["grammar"] = stream.CODERS["network"] = {FAKE!r}
if __name__ == "__main__":
    main()
"""


def test_a_reader_that_goes_away_is_no_finding(docs: Path, tmp_path: Path) -> None:
    docs.write_text(MEETING + "\n" + '{"text": "JPN met PHL."}\n' * 2000)
    (tmp_path / "program.py").write_text(PROGRAM)
    command = [sys.executable, str(tmp_path / "program.py"), "code", str(docs)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait() == 0
        assert not process.stderr.read()


def test_ctrl_c_that_a_library_swallows_still_stops(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def swallow(*_: object) -> Coded:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            return Coded("docs.jsonl", 1, "a")
        raise AssertionError("no interrupt came")

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(stream, "code_line", swallow)
    assert run(["code", str(docs), "--out", str(docs.with_name("m.jsonl"))]) == 130
    assert [path.name for path in docs.parent.iterdir()] == ["docs.jsonl"]
    assert signal.getsignal(signal.SIGINT) is before


def test_many_documents_in_two_processes_give_what_one_gives(docs: Path, tmp_path: Path) -> None:
    text = "JPN met PHL. " + "x" * 5000
    docs.write_text("".join(json.dumps({"id": str(at), "text": text}) + "\n" for at in range(200)))
    (tmp_path / "program.py").write_text(PROGRAM)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(tmp_path / "program.py"), "code", str(docs), "--jobs"]
    alone, together = (
        subprocess.run([*command, jobs], capture_output=True, text=True, env=environment, check=True).stdout
        for jobs in ("1", "2")
    )
    assert documents_of(alone) == [str(at) for at in range(200)]
    assert together == alone


@pytest.mark.parametrize(
    ("names", "is_installed", "wanted"),
    [
        (["small.jsonl"], True, "network"),
        (["small.jsonl", "small.jsonl"], True, "grammar"),
        (["small.jsonl"], False, "grammar"),
        (["-"], True, "grammar"),
        (["small.jsonl", "-"], True, "grammar"),
        ([], True, "network"),
    ],
)
def test_the_network_codes_what_a_person_may_wait_for(
    names: list[str], is_installed: bool, wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.jsonl").write_text(MEETING)
    monkeypatch.setattr(stream, "SOON_READ", len(MEETING))
    monkeypatch.setattr("pactwatch.encoder.base.is_installed", lambda: is_installed)
    assert choose_coder(names) == wanted


def test_the_coder_with_a_network_says_how_to_install_it(
    docs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(stream.CODERS, "network", ("pactwatch.coder.network_coder", "open_network_coder"))
    monkeypatch.setattr("pactwatch.coder.network_coder.open_reader", lambda _: None)
    assert run(["code", str(docs), "--coder", "network"]) == 2
    said = capsys.readouterr()
    assert "the language network is not installed; install it: pip install" in said.err
    assert not said.out


def test_the_coder_with_a_network_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(stream.CODERS, "network", ("pactwatch.coder.network_coder", "open_network_coder"))
    file = tmp_path / "docs.jsonl"
    file.write_text('{"id": "a", "text": "Finland and Latvia signed a pact on coastal defence on 3 June 2025."}\n')
    assert run(["code", str(file)]) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (told["type"], told["stage"], told["parties"]) == ("agreement", "signed", ["FIN", "LVA"])
    assert told["coder"].startswith("network ")
