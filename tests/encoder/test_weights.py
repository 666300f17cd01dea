"""The network as it is installed: put together from its base and what was learnt, or left out, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.encoder import open_reader, weights
from pactwatch.encoder.base import BASE, EncoderError
from pactwatch.encoder.weights import read_tensors

LEARNT = BASE_LEXICONS / "en" / weights.LEARNT_FILE
open_anew = open_reader.__wrapped__


def test_the_base_is_the_one_that_was_learnt_on() -> None:
    assert read_tensors(LEARNT)[1]["base"] == BASE


def test_where_nothing_was_learnt_there_is_none(tmp_path: Path) -> None:
    assert open_reader(tmp_path / weights.LEARNT_FILE) is None


def test_it_is_opened_once() -> None:
    reader = open_reader(LEARNT)
    assert reader is not None, "the lock file installs its base"
    assert open_reader(LEARNT) is reader


def test_without_its_base_there_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "find_base", lambda: None)
    assert open_anew(LEARNT) is None


def test_what_was_learnt_on_another_base_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "BASE", "0" * 64)
    with pytest.raises(EncoderError, match=r"encoder\.safetensors: what was learnt belongs to another base"):
        open_anew(LEARNT)


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    whole = LEARNT.read_bytes()
    for number, content in enumerate([b"", b"no tables", whole[: len(whole) // 2]]):
        path = tmp_path / f"{number}.safetensors"
        path.write_bytes(content)
        with pytest.raises(EncoderError, match=rf"{number}\.safetensors: damaged .* delete it"):
            read_tensors(path)
