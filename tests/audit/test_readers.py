"""What several readers of a sentence agree on."""

from __future__ import annotations

from typing import Any

import pytest

from audit_scores import agree, read_readers
from pactwatch.audit.reading.frame import JUDGED, SentenceClass, Stance


def told(label_class: str, kind: str | None = None, stance: str = "asserted", **params: Any) -> dict[str, Any]:
    """A label."""
    return {"class": label_class, "stance": stance, "kind": kind, "params": params}


AGREED = [
    pytest.param(
        [told("event"), told("claim", "none"), told("claim", "none")], told("claim", "none"), id="two of three"
    ),
    pytest.param(
        [told("event"), told("claim", "none"), told("other")],
        told("event"),
        id="where all differ the writer is followed",
    ),
    pytest.param(
        [told("event"), told("claim", "exists", focus="JPN"), told("claim", "none")],
        told("claim", "exists", focus="JPN"),
        id="the kind is what the first says who gave the class",
    ),
    pytest.param(
        [
            told("claim", "trend", focus="JPN", partners=["PHL"], since=2014),
            told("claim", "trend", focus="AUS", partners=["PHL", "VNM"]),
            told("claim", "trend", focus="AUS", partners=["PHL"]),
        ],
        told("claim", "trend", focus="AUS", partners=["PHL"]),
        id="each parameter by itself, left out where most leave it out",
    ),
    pytest.param(
        [
            told("claim", "trend", direction="up"),
            told("claim", "share", direction="down"),
            told("claim", "share", direction="down"),
        ],
        told("claim", "share", direction="down"),
        id="parameters are those of the agreed kind",
    ),
    pytest.param(
        [
            told("question", stance="asked"),
            told("claim", "none", "hedged"),
            told("claim", "none", "quoted"),
        ],
        told("claim", "none", "hedged"),
        id="only a question is asked",
    ),
    pytest.param(
        [told("event", stance="quoted"), told("event"), told("event")], told("event"), id="the stance by itself"
    ),
]


@pytest.mark.parametrize(("labels", "expected"), AGREED)
def test_readers_agree_on_what_most_of_them_say(labels: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    assert agree(labels) == expected


@pytest.mark.parametrize(("name", "others"), [("held_out", 2), ("held_out_plain", 2), ("held_out_varied", 1)])
def test_every_sentence_has_a_label_of_each_reader(name: str, others: int) -> None:
    readers = read_readers(name)
    assert len(readers) == others
    for labels in readers:
        assert {label["class"] for label in labels} <= set(SentenceClass)
        assert {label["stance"] for label in labels} <= set(Stance)
        assert {label["kind"] for label in labels} <= {None, *JUDGED}
    assert len({len(labels) for labels in readers}) == 1


def test_a_file_that_nobody_read_again_has_no_readers() -> None:
    assert read_readers("train_o") == []
