"""What the fields of one mention are read from: the candidate, its document, and a language's words."""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.parsing import Parsed
from pactwatch.coder.spans import Sentence
from pactwatch.model.documents import Document

Span = tuple[int, int]
"""Characters of the plain text."""

_ABOUT = "instrument.about_"
_NEAR = 30
"""Events before and after one that its fields may be read from."""
_REACH = 1200
"""Characters; longer sentences are lists or noise."""
_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The lists of one language by ``section.name``; phrases of several words are kept by their first word."""

    lists: dict[str, frozenset[str]]
    kinds: dict[str, str]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]

    def get(self, name: str) -> frozenset[str]:
        """A list that not every language needs."""
        return self.lists.get(name, frozenset())


@lru_cache(maxsize=16)
def read_words(language: str) -> FieldWords:
    """The words of a language; English where the language has no file."""
    path = _FOLDER / f"{language}.toml"
    content = tomllib.loads((path if path.is_file() else _FOLDER / "en.toml").read_text(encoding="utf-8"))
    lists = {f"{section}.{name}": frozenset(words) for section, part in content.items() for name, words in part.items()}
    marked = ((name.removeprefix(_ABOUT), words) for name, words in lists.items() if name.startswith(_ABOUT))
    return FieldWords(lists, {phrase: kind for kind, phrases in marked for phrase in phrases})


@dataclass(slots=True)
class Reading:
    """One mention in the making. ``spans`` collects, by field, where in the plain text its value was read."""

    candidate: Candidate
    told: Sequence[Candidate]
    parsed: Parsed
    document: Document
    words: FieldWords
    spans: dict[str, list[Span]] = field(default_factory=dict)
    sentence: Sentence = field(init=False)
    """The sentence of the candidate."""
    place: int = field(init=False)
    """Which of ``told`` the candidate is; their number if it is none of them."""

    def __post_init__(self) -> None:
        """Look up the sentence and the place, which nearly every field asks for."""
        self.sentence = self.candidate.sentence
        memo = self.parsed.memo
        if memo.told is not self.told:
            memo.told, memo.places = self.told, {id(one): place for place, one in enumerate(self.told)}
        self.place = memo.places.get(id(self.candidate), len(self.told))

    @property
    def beside(self) -> list[Candidate]:
        """The events told in the same sentence, the candidate among them."""
        return [other for other in self.near if other.sentence is self.candidate.sentence]

    def earlier(self) -> list[Candidate]:
        """The events told before, the latest first."""
        return list(reversed(self.told[max(0, self.place - _NEAR) : self.place]))

    @property
    def near(self) -> Sequence[Candidate]:
        """The events told shortly before and after, so that a mention costs the same in a document of any length."""
        return self.told[max(0, self.place - _NEAR) : self.place + _NEAR]

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The words that characters of the plain text cover."""
        tokens = self.parsed.tokens
        first = bisect_right(tokens.ends, start)
        return first, max(first + 1, bisect_left(tokens.starts, end))

    def is_in_reach(self, start: int) -> bool:
        """Whether a character stands near enough to the event to tell of it, in a sentence of any length."""
        return abs(start - self.parsed.tokens.starts[self.candidate.anchor]) <= _REACH

    def note(self, name: str, i: int, j: int) -> str:
        """Note that a field was read from words ``i`` to ``j``; returns them as the original has them."""
        tokens = self.parsed.tokens
        return self.note_characters(name, tokens.starts[i], tokens.ends[j - 1])

    def note_characters(self, name: str, start: int, end: int) -> str:
        """Note that a field was read from characters of the plain text; returns them, line breaks made spaces."""
        self.spans.setdefault(name, []).append((start, end))
        return " ".join(self.parsed.plain.text[start:end].split())
