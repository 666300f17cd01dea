"""Permanent ids: given to an item by its founder mention, never reused; merged ones still resolve, a split restores.

An id belongs to the item its founder stands in. Where two named founders stand in one item the older id is its key and
the other an alias; when they come apart again, each has its own. A record of the casebook always keeps the casebook's
id. The key of an item that has no id yet is made of its founder's and becomes its id when it is named.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pactwatch.model.entries import Naming
from pactwatch.reconcile.items import Item, Reconciliation


@dataclass(frozen=True, slots=True)
class Name:
    """An id with the mention it is known by, in the order in which ids were given, and what it was said to become."""

    record_id: str
    founder: str
    becomes: str = ""


def names_of(namings: Iterable[Naming], now: Mapping[str, str]) -> tuple[Name, ...]:
    """The ids given so far, oldest first, each with its founder as it stands now (``now``: former id to present)."""
    names: dict[str, Name] = {}
    for one in namings:
        before = names.get(one.record_id)
        founder = one.founder or (before.founder if before else "")
        names[one.record_id] = Name(one.record_id, now.get(founder, founder), one.becomes)
    return tuple(names.values())


def provisional_id(founder: str, taken: Collection[str] = ()) -> str:
    """An id made of a founder's, of letters and digits that are not easily misread; another if it is taken."""
    for turn in range(1000):
        digest = hashlib.sha256(f"{founder}|{turn}".encode() if turn else founder.encode()).digest()
        text = "PW-" + base64.b32encode(digest)[:10].decode()
        if text not in taken:
            return text
    raise AssertionError("a thousand digests are taken")


def name_clusters(
    clusters: Sequence[tuple[tuple[str, ...], str | None, str]], names: Sequence[Name], records: Collection[str]
) -> tuple[dict[int, str], dict[str, str], tuple[str, ...]]:
    """Keys by cluster, aliases, and ids that stand for nothing any more.

    A cluster is its mentions, the casebook's record in it if there is one, and its founder.
    """
    place = {mention: number for number, (mentions, _, _) in enumerate(clusters) for mention in mentions}
    keys = {number: record for number, (_, record, _) in enumerate(clusters) if record}
    aliases: dict[str, str] = {}
    vanished = []
    for name in names:
        number = place.get(name.founder)
        if number is None:
            vanished.append(name)
        elif keys.setdefault(number, name.record_id) != name.record_id:
            aliases[name.record_id] = keys[number]
    taken = {name.record_id for name in names} | set(records)
    for number, (_, _, founder) in enumerate(clusters):
        if number not in keys:
            keys[number] = provisional_id(founder, taken)
    lost = _follow(vanished, aliases, set(keys.values()) | set(records))
    return keys, aliases, lost


def _follow(vanished: Sequence[Name], aliases: dict[str, str], keys: Collection[str]) -> tuple[str, ...]:
    """An id whose founder is told no more still resolves if it was said to become another."""
    heirs = {name.record_id: name.becomes for name in vanished if name.becomes}
    lost = []
    for name in vanished:
        heir, seen = name.becomes, {name.record_id}
        while heir and heir not in keys and heir not in seen:
            seen.add(heir)
            heir = aliases.get(heir) or heirs.get(heir, "")
        if heir in keys and heir != name.record_id:
            aliases[name.record_id] = heir
        elif name.record_id not in keys:
            lost.append(name.record_id)
    return tuple(sorted(lost))


def propose_namings(
    reconciliation: Reconciliation, namings: Sequence[Naming], wanted: Iterable[Item] | None = None
) -> tuple[Naming, ...]:
    """What the ledger should keep of names before ``wanted`` items (all without it) are published or judged.

    A new item is given its id, an id that came to stand for another is said to become it, and one that stands for
    itself again is said so. Nothing where nothing changed.
    """
    last = {one.record_id: one for one in namings}
    proposed = [
        Naming(record_id=item.key, founder=item.founder)
        for item in (reconciliation.items if wanted is None else wanted)
        if item.record_id is None and item.key not in last
    ]
    for old, key in sorted(reconciliation.aliases.items()):
        if old in last and last[old].becomes != key:
            proposed.append(Naming(record_id=old, founder=last[old].founder, becomes=key))
    standing = {item.key for item in reconciliation.items}
    for old, naming in sorted(last.items()):
        if naming.becomes and old in standing:
            proposed.append(Naming(record_id=old, founder=naming.founder))
    return tuple(proposed)
