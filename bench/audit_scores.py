"""What the audit reads against what people labelled: class, kind, and kind with every parameter."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pactwatch.audit.reading import Reading, Seen
from pactwatch.audit.reading.frame import JUDGED
from pactwatch.model.documents import Document, identify_text

LABELLED = Path(__file__).parent / "audit"
READINGS = LABELLED / "readings"
HELD_OUT = ("held_out", "held_out_plain", "held_out_varied")
"""Files that are measured on: nothing is fitted on them, and nobody develops on them."""
READERS = ("second", "third")
"""Readers beside the writer, who labelled the same sentences blind; one of each, a file, in ``READINGS``."""


@dataclass(frozen=True)
class Judged:
    """One labelled sentence beside how it was read."""

    article: str
    quote: str
    label: dict[str, Any]
    read: Reading

    @property
    def is_class_right(self) -> bool:
        """Whether the class is the labelled one."""
        return bool(str(self.read.sentence_class) == self.label["class"])

    @property
    def is_kind_right(self) -> bool:
        """Whether the kind is the labelled one."""
        return bool(self.read.kind == (self.label["kind"] or ""))

    @property
    def wrong_params(self) -> list[str]:
        """The judged parameters that differ."""
        kind = self.label["kind"] or ""
        want, got = self.label.get("params") or {}, self.read.frame.shown(kind)
        return [key for key in JUDGED.get(kind, ()) if _plain(want.get(key)) != _plain(got.get(key))]

    @property
    def is_pair_right(self) -> bool:
        """Whether nothing differs, or only which of the same actors comes first: the records asked for are the same."""
        if not self.wrong_params:
            return True
        want, got = self.label.get("params") or {}, self.read.frame
        return set(self.wrong_params) <= {"focus", "partners"} and {want.get("focus"), *want.get("partners", ())} == {
            got.focus,
            *got.partners,
        }

    @property
    def has_kind(self) -> bool:
        """Whether the label has a kind that is tested: neither none nor law."""
        return self.label["kind"] not in (None, "none", "law")


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return sorted(map(str, value)) or None
    return value if value not in ("", False) else None


def read_labelled(
    path: Path, read: Callable[[str, str, date | None], Sequence[tuple[str, int, int, Reading]]]
) -> list[Judged]:
    """Every labelled sentence of a file with the reading of the sentence it overlaps most."""
    judged = []
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        sentences = read(article["text"], article["title"], date.fromisoformat(article["published"]))
        spans = [(start, end) for _, start, end, _ in sentences]
        for place, label in place_labels(article, spans):
            judged.append(Judged(f"{path.stem}/{article['id']}", label["quote"], label, sentences[place][3]))
    return judged


def make_document(text: str, title: str, published: date | None) -> Document:
    """An article as a document."""
    return Document(id=identify_text(text), text=text, title=title, published=published)


def place_labels(article: Mapping[str, Any], spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The labels of an article, each with the place of the sentence that it overlaps most; ``spans`` are theirs."""
    place = 0
    for label in article["sentences"]:
        start = article["text"].index(label["quote"], place)
        place = end = start + len(label["quote"])
        yield max(range(len(spans)), key=lambda row: min(end, spans[row][1]) - max(start, spans[row][0])), label


def spans_of(seen: Sequence[Seen]) -> list[tuple[int, int]]:
    """Where each sentence stands in its article."""
    return [(one.start, one.end) for one in seen]


def read_readers(name: str) -> list[list[dict[str, Any]]]:
    """The labels of each reader of a file (``name``, without its ending) beside its writer, sentence by sentence.

    Empty where the file was labelled by its writer alone.
    """
    paths = [READINGS / f"{name}.{reader}.jsonl" for reader in READERS]
    return [
        [label for line in path.read_text(encoding="utf-8").splitlines() for label in json.loads(line)["sentences"]]
        for path in paths
        if path.is_file()
    ]


def relabel(judged: Sequence[Judged], readers: Sequence[Sequence[dict[str, Any]]]) -> list[Judged]:
    """The same sentences with the label that most of their writer and the readers gave."""
    labels = agreed([one.label for one in judged], readers)
    return [replace(one, label=label) for one, label in zip(judged, labels, strict=True)]


def agreed(labels: Sequence[dict[str, Any]], readers: Sequence[Sequence[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The labels that most of the writer (``labels``) and the readers gave, sentence by sentence."""
    rows = zip(labels, *readers, strict=True)
    return [{"quote": label["quote"], **agree([label, *others])} for label, *others in rows]


def agree(labels: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What most say, the writer first: the class; of those who gave it the kind; of those each parameter.

    Where as many say one thing as another, the first of them is followed.
    """
    told_class = _commonest([label["class"] for label in labels])
    here = [label for label in labels if label["class"] == told_class]
    kind = _commonest([label["kind"] for label in here])
    is_asked = told_class == "question"
    stance = _commonest([label["stance"] for label in labels if (label["class"] == "question") == is_asked])
    params = [label.get("params") or {} for label in here if label["kind"] == kind]
    keys = dict.fromkeys(key for told in params for key in told)
    agreed = {key: _commonest([told.get(key) for told in params]) for key in keys}
    return {
        "class": told_class,
        "stance": stance,
        "kind": kind,
        "params": {key: value for key, value in agreed.items() if value is not None},
    }


def _commonest(values: Sequence[Any]) -> Any:
    """The value that most have, of several the first; values may be lists."""
    return max(values, key=list(values).count)
