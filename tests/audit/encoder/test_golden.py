"""The shipped network against PyTorch: ``encoder.json`` is what that makes of the same article (``golden_encoder.py``).

It proves that the base, the changes learnt, their order and scale, the windows and the roles are put together as they
were fitted; a key taken for a query or a lost scale would show.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pactwatch.audit.encoder import Line, open_encoder

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "encoder.json").read_text(encoding="utf-8"))
TITLE = Line("Tokyo and Manila draw closer", named=((0, 5, ("JPN",)), (10, 16, ("PHL",))))
LINES = (
    Line(
        "Japan has signed more agreements with the Philippines since 2016 than with Vietnam.",
        0,
        True,
        ((0, 5, ("JPN",)),),
    ),
    Line("Its drills have moved from port calls to combined manoeuvres.", 0, True),
    Line("Cakes are baked for an hour.", 1, False),
    Line("Will Hanoi follow?", 2, True, ((5, 10, ("VNM",)),)),
)


def test_numpy_makes_of_an_article_what_pytorch_does() -> None:
    encoder = open_encoder()
    assert encoder is not None, "the lock file installs its base"
    for sense, golden in zip(encoder.read(TITLE, LINES), GOLDEN, strict=True):
        assert sense is not None
        for question in ("class", "kind", "stance", "direction"):
            assert sense.names[question] == pytest.approx(golden[question], abs=1e-3)
        assert sense.roles["focus"] == pytest.approx(golden["focus"], abs=1e-3)
