"""The labelled sets of bench/linked: documents and gathered rows whose mentions say which item they tell."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pactwatch.casebook import find_casebook, load_casebook
from pactwatch.coder.grammar import open_coder
from pactwatch.model.documents import Document
from pactwatch.model.judgements import identify_mention
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Record
from pactwatch.reconcile.items import Told

HERE = Path(__file__).parent / "linked"
CASEBOOK = "japan-asean"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Mentions with the item each tells, and the casebook's records they may belong to."""

    name: str
    told: tuple[Told, ...]
    items: Mapping[str, str]
    records: tuple[Record, ...] = ()

    def half(self, which: str) -> Labelled:
        """The mentions whose item falls into the ``fit`` or the ``test`` half."""
        told = tuple(one for one in self.told if half_of(self.items[one.id]) == which)
        return Labelled(f"{self.name}, {which} half", told, self.items, self.records)


def half_of(item: str) -> str:
    """The half an item falls into, by its name alone: the split was fixed before anything was fitted."""
    return "fit" if hashlib.sha256(item.encode()).digest()[0] % 2 else "test"


def casebook_records() -> tuple[Record, ...]:
    """The records of the default casebook."""
    return load_casebook(find_casebook(CASEBOOK)).records


def read_lines(name: str) -> list[dict[str, Any]]:
    """The lines of a set."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def gold(name: str, records: tuple[Record, ...] = ()) -> Labelled:
    """The mentions as people coded them."""
    told, items = [], {}
    for line in read_lines(name):
        for values in line["mentions"]:
            mention = _mention(line["id"], values)
            one = Told(identify_mention(mention), mention, _day(line), line["id"])
            told.append(one)
            items[one.id] = values["item"]
    return Labelled(f"{name}, coded by people", tuple(told), items, records)


@lru_cache(maxsize=1)
def coded(name: str, records: tuple[Record, ...] = ()) -> Labelled:
    """The mentions as the grammar codes them; one that tells nothing people coded is an item of its own."""
    coder = open_coder(find_casebook(CASEBOOK))
    told, items = [], {}
    for line in read_lines(name):
        published = _day(line)
        document = Document(id=line["id"], text=line["text"], title=line.get("title") or "", published=published)
        for mention in coder.code(document):
            one = Told(identify_mention(mention), mention, published, line["id"])
            told.append(one)
            items[one.id] = _item_of(mention, line["mentions"]) or f"?{one.id}"
    return Labelled(f"{name}, coded by the grammar", tuple(told), items, records)


def _item_of(mention: Mention, golds: Iterable[dict[str, Any]]) -> str | None:
    """The item of the coded passage that overlaps; where several do, the one that agrees best."""
    best: tuple[int, str] | None = None
    for one in golds:
        if one["end"] <= mention.start or one["start"] >= mention.end:
            continue
        agrees = 4 * (one["type"] == mention.type) + 2 * (one["stage"] == mention.stage)
        agrees += (one["parties"] == list(mention.parties)) + (one["date"] == mention.date)
        if one["type"] == mention.type and (best is None or agrees > best[0]):
            best = (agrees, one["item"])
    return best[1] if best else None


def _day(line: dict[str, Any]) -> date | None:
    return date.fromisoformat(line["published"]) if line.get("published") else None


def _mention(doc: str, values: dict[str, Any]) -> Mention:
    fields = {key: value for key, value in values.items() if key != "item"}
    return Mention.model_validate({**fields, "doc": doc, "confidence": 1.0, "coder": "people"})
