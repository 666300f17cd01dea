"""The closed language in which the lexicon says when a class, stance or reading fits a sentence.

A condition is a row of terms, all of which must hold. A term names a group of words: ``deals`` is there; ``deals|ties``
one of them is; ``!deals`` is not; ``^deals`` opens the sentence; ``deals@`` stands in its main clause; ``rise>deals``
stands before; ``rise+deals`` right before, at most two words between; ``rise~deals`` at most seven words apart, in any
order.
A group's name may be narrowed to what its words say: ``topic.types=exercise``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pactwatch.audit.reading.phrases import Hit
    from pactwatch.audit.reading.sentences import Seen

_NEAR, _NEXT = 7, 2
_PAIRS = "+~>"


@dataclass(frozen=True, slots=True)
class Group:
    """A group, or one of several, perhaps narrowed to words that say something, or to a place in the sentence."""

    names: tuple[tuple[str, str, str], ...]
    is_opening: bool = False
    is_main: bool = False

    def hits(self, seen: Seen) -> list[Hit]:
        """The hits in a sentence, in order."""
        found = [
            hit
            for name, key, value in self.names
            for hit in seen.hits.get(name, ())
            if not key or _says(hit.payload.get(key), value)
        ]
        if self.is_opening:
            found = [hit for hit in found if hit.i <= seen.opening]
        if self.is_main:
            found = [hit for hit in found if seen.main[0] <= hit.i < seen.main[1]]
        return sorted(found, key=lambda hit: hit.i)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: a group that is there or is not, or two groups in a relation."""

    first: Group
    relation: str = ""
    second: Group | None = None
    is_absent: bool = False

    def find(self, seen: Seen) -> list[Hit] | None:
        """The hits that make it hold; ``None`` where it does not."""
        ones = self.first.hits(seen)
        if self.second is None:
            return ([] if not ones else None) if self.is_absent else (ones or None)
        pairs = [(one, two) for one in ones for two in self.second.hits(seen) if self._relates(one, two)]
        if self.is_absent:
            return None if pairs else []
        return [hit for pair in pairs for hit in dict.fromkeys(pair)] if pairs else None

    def _relates(self, one: Hit, two: Hit) -> bool:
        if self.relation == ">":
            return one.j <= two.i
        if self.relation == "+":
            return 0 <= two.i - one.j <= _NEXT
        return 0 <= two.i - one.j <= _NEAR or 0 <= one.i - two.j <= _NEAR


@dataclass(frozen=True, slots=True)
class Rule:
    """A name with the conditions under which it fits, and what it says beside its name."""

    name: str
    conditions: tuple[tuple[Term, ...], ...]
    payload: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_table(cls, table: Mapping[str, Any], groups: Collection[str]) -> Rule:
        """A rule as ``rules.toml`` writes it; raises ``ValueError`` where it names a group that is not there."""
        rest = {key: value for key, value in table.items() if key not in ("name", "when")}
        return cls(table["name"], tuple(_read_condition(one, groups) for one in table["when"]), rest)

    @property
    def named(self) -> set[str]:
        """The groups that its conditions ask for."""
        groups = (
            group
            for terms in self.conditions
            for term in terms
            if not term.is_absent
            for group in (term.first, term.second)
        )
        return {name for group in groups if group is not None for name, _, _ in group.names}

    def fits(self, seen: Seen) -> list[Hit] | None:
        """The hits by which it fits a sentence; ``None`` where it does not."""
        for terms in self.conditions:
            used = _find_all(terms, seen)
            if used is not None:
                return used
        return None


def first_fitting(rules: Iterable[Rule], seen: Seen) -> tuple[Rule, list[Hit]] | None:
    """The first of the rules that fits, with the hits by which it does."""
    for rule in rules:
        used = rule.fits(seen)
        if used is not None:
            return rule, used
    return None


def _find_all(terms: tuple[Term, ...], seen: Seen) -> list[Hit] | None:
    used: list[Hit] = []
    for term in terms:
        found = term.find(seen)
        if found is None:
            return None
        used += [hit for hit in found if hit not in used]
    return used


def _read_condition(words: str, groups: Collection[str]) -> tuple[Term, ...]:
    return tuple(_read_term(word, groups) for word in words.split())


def _read_term(word: str, groups: Collection[str]) -> Term:
    is_absent, bare = word.startswith("!"), word.removeprefix("!")
    for relation in _PAIRS:
        if relation in bare:
            one, two = bare.split(relation)
            return Term(_read_group(one, groups), relation, _read_group(two, groups), is_absent)
    return Term(_read_group(bare, groups), is_absent=is_absent)


def _read_group(word: str, groups: Collection[str]) -> Group:
    bare = word.removeprefix("^").removesuffix("@")
    names = []
    for part in bare.split("|"):
        name, _, says = part.partition(".")
        key, _, value = says.partition("=")
        if name not in groups:
            raise ValueError(f"there is no group of words {name!r} (in {word!r})")
        names.append((name, key, value))
    return Group(tuple(names), word.startswith("^"), word.endswith("@"))


def _says(value: Any, wanted: str) -> bool:
    if isinstance(value, list | tuple):
        return wanted in value
    return value is not None and (not wanted or str(value) == wanted)
