"""The audit's words and rules of one language, read from ``lexicons/LANGUAGE/audit``.

``words/*.toml`` hold groups of words: ``[[group]]`` tables with ``words`` (as written) or ``verbs`` (all their forms),
what they say (any other key), and an ``example`` with what it must be ``read`` as. ``rules.toml`` holds the classes,
stances and readings, each with the conditions on groups under which it fits, and how a kind is filled otherwise;
``weights.json`` the fitted weights that choose; what a network beside them has learnt is ``../encoder.safetensors``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pactwatch.audit.reading.chances import WEIGHTS_FILE, Chooser, read_weights
from pactwatch.audit.reading.phrases import Phrases
from pactwatch.audit.reading.rules import Rule
from pactwatch.audit.reading.senses import Encoder, open_encoder
from pactwatch.coder.inflection import Morphology
from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.numbers import NumberReader

WORD_KEYS = frozenset({"words", "verbs", "capital", "example", "read", "title"})
"""Keys of a line that do not belong to its payload."""

GIVEN = frozenset(
    {
        *("counted", "on_defence", "past", "topic", "actor", "mention", "date"),
        *("heading", "question_mark", "quoted_words"),
    }
)
"""Groups that no word tells: they come from the coder and from how the sentence stands in the text."""


@dataclass(frozen=True)
class AuditLexicon:
    """Everything the audit knows of one language."""

    phrases: Phrases
    numbers: NumberReader
    certain: tuple[Rule, ...]
    classes: tuple[Rule, ...]
    stances: tuple[Rule, ...]
    readings: tuple[Rule, ...]
    otherwise: Mapping[str, tuple[Rule, ...]]
    choosers: Mapping[str, Chooser]
    pickers: Mapping[str, LinearModel]
    encoder: Encoder | None
    groups: frozenset[str]
    nouns: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, Any]
    needs: tuple[Mapping[str, Any], ...]


def read_audit_lexicon(language: str = "en") -> AuditLexicon:
    """Read the words and rules of a language."""
    folder = BASE_LEXICONS / language / "audit"
    table = _read(folder / "rules.toml")
    numbers = _read(folder.parent / "numbers.toml")
    phrases = Phrases({word: value for word, value in numbers["cardinals"].items() if isinstance(value, int)})
    morphology = Morphology.from_toml(_read(folder.parent / "morphology.toml"))
    choosers, pickers = read_weights(folder / WEIGHTS_FILE)
    groups: set[str] = set(GIVEN)
    for line_group, line in list_lines(language):
        groups.add(line_group)
        _add_line(phrases, line_group, line, morphology)
    return AuditLexicon(
        phrases=phrases,
        numbers=NumberReader(numbers),
        certain=tuple(Rule.from_table(one, groups) for one in table["certain"]),
        classes=tuple(Rule.from_table(one, groups) for one in table["class"]),
        stances=tuple(Rule.from_table(one, groups) for one in table["stance"]),
        readings=tuple(Rule.from_table(one, groups) for one in table["reading"]),
        otherwise=_read_otherwise(table["otherwise"]),
        choosers=choosers,
        pickers=pickers,
        encoder=open_encoder(language),
        groups=frozenset(groups),
        nouns={group: tuple(types) for group, types in table["noun_groups"].items()},
        settings=table["settings"],
        needs=tuple(_read(folder / "needs.toml")["need"]),
    )


def list_lines(language: str = "en") -> list[tuple[str, dict[str, Any]]]:
    """Every line of every group of words, with its group."""
    folder = BASE_LEXICONS / language / "audit" / "words"
    return [
        (group, line)
        for path in sorted(folder.glob("*.toml"))
        for group, lines in _read(path).items()
        for line in lines
    ]


def list_examples(language: str = "en") -> list[dict[str, str]]:
    """Plain sentences that belong to no single word: each ``text`` and what it is ``read`` as."""
    found: list[dict[str, str]] = _read(BASE_LEXICONS / language / "audit" / "examples.toml")["example"]
    return found


def _add_line(phrases: Phrases, group: str, line: Mapping[str, Any], morphology: Morphology) -> None:
    payload = {key: value for key, value in line.items() if key not in WORD_KEYS}
    for word in line.get("words", ()):
        phrases.add(word, group, payload, is_capital=line.get("capital", False))
    for verb in line.get("verbs", ()):
        for _, form in morphology.forms(verb):
            phrases.add(form, group, payload)


def _read_otherwise(tables: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Rule, ...]]:
    """How each kind is filled where none of its readings fits, in order."""
    rules = [Rule.from_table({**table, "when": []}, ()) for table in tables]
    return {rule.name: tuple(other for other in rules if other.name == rule.name) for rule in rules}


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
