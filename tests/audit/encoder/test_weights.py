"""The network as it is installed: put together from its base and what was learnt, or left out, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.audit.encoder import Line, open_encoder, weights
from pactwatch.audit.encoder.base import BASE, EncoderError
from pactwatch.audit.encoder.weights import read_tensors
from pactwatch.audit.reading import read_audit_lexicon
from pactwatch.audit.reading.frame import JUDGED, SentenceClass, Stance
from pactwatch.coder.lexicon import BASE_LEXICONS

LEARNT = BASE_LEXICONS / "en" / "audit" / weights.LEARNT_FILE


def test_the_shipped_network_answers_every_question_of_a_reading() -> None:
    encoder = open_encoder()
    assert encoder is not None, "the lock file installs its base"
    sense = encoder.read(Line(""), [Line("Will Tokyo sign more agreements with Manila than with Hanoi?")])[0]
    assert sense is not None
    assert set(sense.names["class"]) == set(SentenceClass)
    assert set(sense.names["kind"]) == set(JUDGED)
    assert set(sense.names["stance"]) == set(Stance)
    assert sense.names["class"]["question"] == max(sense.names["class"].values())
    mix = read_audit_lexicon().settings["mix"]
    assert set(mix) == {*sense.names, "stance-hedged", "denial", "denial-untold", "types", "partners", "focus", "actor"}


def test_the_base_is_the_one_that_was_learnt_on() -> None:
    assert read_tensors(LEARNT)[1]["base"] == BASE


def test_a_language_that_nothing_was_learnt_for_has_none() -> None:
    assert open_encoder("xx") is None


def test_without_its_base_there_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "find_base", lambda: None)
    assert open_encoder() is None


def test_what_was_learnt_on_another_base_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "BASE", "0" * 64)
    with pytest.raises(EncoderError, match=r"encoder\.safetensors: what was learnt belongs to another base"):
        open_encoder()


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    whole = LEARNT.read_bytes()
    for number, content in enumerate([b"", b"no tables", whole[: len(whole) // 2]]):
        path = tmp_path / f"{number}.safetensors"
        path.write_bytes(content)
        with pytest.raises(EncoderError, match=rf"{number}\.safetensors: damaged .* delete it"):
            read_tensors(path)
