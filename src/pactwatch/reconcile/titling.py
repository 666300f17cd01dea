"""The title of a record that mentions make: plain words, the same for the same values."""

from __future__ import annotations

from collections.abc import Mapping

from pactwatch.model.codes import Instrument, Level, RecordType
from pactwatch.model.mentions import MentionItem
from pactwatch.model.prose import in_sentence

_INSTRUMENTS = {
    Instrument.RAA: "reciprocal access agreement",
    Instrument.VFA: "visiting forces agreement",
    Instrument.ACSA: "acquisition and cross-servicing agreement",
    Instrument.GSOMIA: "information security agreement",
    Instrument.DETTA: "defence equipment and technology transfer agreement",
    Instrument.MOU: "memorandum of understanding",
    Instrument.LOI: "letter of intent",
    Instrument.JOINT_STATEMENT: "joint statement",
    Instrument.TREATY: "treaty",
}
_LEVELS = {
    Level.PORT_CALL: "port call",
    Level.GOODWILL: "goodwill exercise",
    Level.TABLETOP: "tabletop exercise",
    Level.FIELD: "field exercise",
    Level.COMBINED: "combined exercise",
}
_TYPES = {
    RecordType.AGREEMENT: "agreement",
    RecordType.TRANSFER: "transfer",
    RecordType.EXERCISE: "exercise",
    RecordType.TRAINING: "training",
    RecordType.DIALOGUE: "talks",
    RecordType.POLICY: "policy",
    RecordType.DEPLOYMENT: "deployment",
}


def title_of(
    type_: RecordType,
    parties: tuple[str, ...],
    subject: tuple[str, Instrument | None, Level | None, tuple[MentionItem, ...]],
    year: int,
    names: Mapping[str, str],
) -> str:
    """``Japan and the Philippines: reciprocal access agreement``; events and policies with their year.

    ``subject`` is name, instrument, level and items; ``names`` gives actors' names by code.
    """
    name, instrument, level, items = subject
    who = _listed([in_sentence(names[code]) for code in parties])
    what = name or _what(type_, instrument, level, items)
    is_dated = type_ not in (RecordType.AGREEMENT, RecordType.TRANSFER)
    who = who[0].upper() + who[1:]
    return f"{who}: {what}, {year}" if is_dated else f"{who}: {what}"


def _what(type_: RecordType, instrument: Instrument | None, level: Level | None, items: tuple[MentionItem, ...]) -> str:
    if type_ is RecordType.TRANSFER and items:
        return "transfer of " + _listed([_things(one) for one in items])
    if type_ is RecordType.AGREEMENT and instrument in _INSTRUMENTS:
        return _INSTRUMENTS[instrument]
    if type_ is RecordType.EXERCISE and level is not None:
        return _LEVELS[level]
    return _TYPES[type_]


def _things(item: MentionItem) -> str:
    return f"{item.quantity} {item.name}" if item.quantity else item.name


def _listed(words: list[str]) -> str:
    if len(words) > 5:
        words = [*words[:4], f"{len(words) - 4} others"]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
