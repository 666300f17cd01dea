"""Inflection from a table of rules: the engine knows no language, ``morphology.toml`` does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

BASE, PRESENT, PAST, PARTICIPLE, GERUND = "base", "present", "past", "participle", "gerund"
_FORMS = (PRESENT, PAST, PARTICIPLE, GERUND)


@dataclass(frozen=True)
class Morphology:
    """Rules of inflection: an ending, what to cut, what to add for each form."""

    rules: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]
    irregular: dict[str, list[list[str]]]

    @classmethod
    def from_toml(cls, content: dict[str, Any]) -> Morphology:
        """Rules as ``morphology.toml`` writes them."""
        rules = tuple((re.compile(ending), cut, tuple(added)) for ending, cut, added in content["rules"])
        return cls(rules, content["irregular"])

    def forms(self, phrase: str) -> list[tuple[str, str]]:
        """All ``(form, phrase)`` of a verb phrase; its first word is inflected. A phrase has one form, the first.

        >>> import re
        >>> Morphology(((re.compile("e$"), "e", ("es", "ed", "ed", "ing")),), {}).forms("endorse the")[1]
        ('present', 'endorses the')
        """
        first, _, rest = phrase.partition(" ")
        prefix, _, verb = first.rpartition("-")
        lead, tail = (prefix + "-" if prefix else ""), (" " + rest if rest else "")
        found = [(BASE, phrase)]
        for form, words in zip(_FORMS, self._inflected(verb), strict=False):
            found += [
                (form, phrase) for word in words if (phrase := lead + word + tail) not in {told for _, told in found}
            ]
        return found

    def _inflected(self, verb: str) -> list[list[str]]:
        if verb in self.irregular:
            return self.irregular[verb]
        for ending, cut, added in self.rules:
            if ending.search(verb):
                stem = verb[: len(verb) - len(cut)] if cut else verb
                return [[stem + word] for word in added]
        return []
