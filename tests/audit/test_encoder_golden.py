"""The shipped network against PyTorch: ``encoder.json`` is what that makes of the same article (``golden_encoder.py``).

It proves that the base, the changes learnt, their order and scale, the windows and the roles are put together as they
were fitted; a key taken for a query or a lost scale would show.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pactwatch.audit.reading.senses import open_encoder
from pactwatch.encoder import Line

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "encoder.json").read_text(encoding="utf-8"))


def read_line(told: dict[str, Any]) -> Line:
    named = tuple((start, end, tuple(codes)) for start, end, codes in told["named"])
    return Line(told["text"], told["paragraph"], told["is_read"], named)


def test_numpy_makes_of_an_article_what_pytorch_does() -> None:
    encoder = open_encoder()
    assert encoder is not None, "the lock file installs its base"
    title, *lines = map(read_line, GOLDEN["article"])
    for sense, golden in zip(encoder.read(title, lines), GOLDEN["answers"], strict=True):
        assert sense is not None
        for question in ("class", "kind", "stance", "direction"):
            assert sense.names[question] == pytest.approx(golden[question], abs=1e-3)
        assert sense.roles["focus"] == pytest.approx(golden["focus"], abs=1e-3)
