"""Sentence by sentence: class, stance, and how the claim in it is read.

Fitted models choose the class and the kind of a claim (see ``chances``); the rules of the lexicon are among what they
look at, and make the parameters of the kind that is chosen (see ``filling``). Where no class or kind is likely enough,
a sentence is ``other`` and a claim of kind ``none``: no verdict comes of a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pactwatch.audit.reading.actors import Memory, Places, read_cast, start_memory
from pactwatch.audit.reading.chances import likeliest
from pactwatch.audit.reading.features import context_features, sentence_features
from pactwatch.audit.reading.filling import Filled, Filler
from pactwatch.audit.reading.frame import LAW, NONE, Reading, SentenceClass, Stance
from pactwatch.audit.reading.lexicon import GIVEN, AuditLexicon
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.rules import first_fitting
from pactwatch.audit.reading.sentences import Seen, SeenArticle
from pactwatch.audit.reading.things import read_instruments, read_types

_DENIAL_REACH = 8
_CLOSE = 0.25
"""The chance from which on a kind whose own rule fits is taken before none."""
SERIES = "series"
"""The one kind that a perception may have; a claim has any other."""


@dataclass
class Reader:
    """Reads the sentences of one article in their order."""

    lexicon: AuditLexicon
    memory: Memory
    filler: Filler
    classes: list[str] = field(default_factory=list)

    def read(self, seen: Seen, neighbours: tuple[Seen | None, Seen | None]) -> Reading:
        """What the next sentence is, and how it is read."""
        self.memory.enter(seen)
        cast = read_cast(seen, self.memory)
        features = sentence_features(seen, neighbours, self.lexicon)
        named = self.choose_class(seen, [*features, *context_features(self.classes)])
        kind = self.choose_kind(seen, features, named)
        claim = self.filler.fill(seen, kind, cast, features) if kind else Filled()
        topics = seen.hits.get("topic", [])
        self.memory.keep(cast, read_types(topics), read_instruments(topics))
        self.classes.append(named)
        reading = self._put(seen, named, claim)
        return replace(reading, frame=self.filler.fill_event(seen, cast)) if named is SentenceClass.EVENT else reading

    def choose_class(self, seen: Seen, features: Sequence[str]) -> SentenceClass:
        """What a sentence is: where that is not certain, what the weights choose."""
        certain = first_fitting(self.lexicon.certain, seen)
        if certain is not None:
            return SentenceClass(certain[0].name)
        return SentenceClass(self.lexicon.choosers["class"].choose(features, SentenceClass.OTHER))

    def choose_kind(self, seen: Seen, features: Sequence[str], named: SentenceClass) -> str:  # noqa: ARG002
        """The kind of a sentence's claim; empty where its class has none. Reading by labels asks ``seen`` for it."""
        if named is SentenceClass.LEGAL:
            return LAW
        chooser = self.lexicon.choosers["kind"]
        if named is SentenceClass.PERCEPTION:
            return chooser.choose(features, NONE, (SERIES, NONE))
        if named is SentenceClass.CLAIM:
            chances = chooser.chances(features, chooser.models.keys() - {SERIES})
            chosen = chooser.take(chances, NONE)
            return chosen if chosen != NONE else _second_kind(chances, features)
        return ""

    def _put(self, seen: Seen, named: SentenceClass, claim: Filled) -> Reading:
        """The reading with its stance."""
        kind, used, frame, lacks = claim
        is_denied = kind not in ("", LAW) and self._is_denied(seen, used)
        told = first_fitting(self.lexicon.stances, seen)
        stance = Stance(told[0].name) if told is not None else Stance.ASSERTED
        if named is SentenceClass.QUESTION:
            stance = Stance.ASKED
        elif is_denied and stance is not Stance.QUOTED:
            stance = Stance.DENIED
        need = self._need(seen) if kind == NONE else ""
        return Reading(named, stance, kind, frame, is_denied, seen.has("hedge"), need, lacks)

    def _need(self, seen: Seen) -> str:
        """What data a general statement would need: the first line of ``needs.toml`` whose group it holds."""
        for line in self.lexicon.needs:
            if not line["groups"] or any(seen.has(group) for group in line["groups"]):
                return str(line["data"])
        return ""

    @staticmethod
    def _is_denied(seen: Seen, used: Sequence[Hit]) -> bool:
        """Whether a negation stands before what makes the reading, or it is said that nothing shows it."""
        cues = [hit for hit in used if hit.group not in GIVEN] or list(used)
        last = max((hit.j for hit in cues), default=seen.main[1])
        for hit in seen.hits.get("deny", ()):
            is_whole = hit.payload.get("whole", False)
            if is_whole or any(0 <= cue.i - hit.j <= _DENIAL_REACH for cue in cues) or hit.i < last <= hit.j:
                return True
            if not cues and seen.main[0] <= hit.i < seen.main[1]:
                return True
        return False


def _second_kind(chances: Mapping[str, float], features: Sequence[str]) -> str:
    """The likeliest kind with a test where it comes close to having none and a rule of its own fits, else none."""
    best = likeliest({name: chance for name, chance in chances.items() if name != NONE})
    return best if chances[best] >= _CLOSE and f"rule:fits={best}" in features else NONE


def read_article(article: SeenArticle, lexicon: AuditLexicon, places: Places, as_of: date) -> tuple[Reading, ...]:
    """The reading of every sentence of an article, in order; ``as_of`` stands in for an unknown day of publication."""
    sentences, memory = article.sentences, remember(article, places)
    reader = Reader(lexicon, memory, Filler(lexicon, memory, article.document.published or as_of))
    return tuple(reader.read(seen, neighbours(sentences, place)) for place, seen in enumerate(sentences))


def remember(article: SeenArticle, places: Places) -> Memory:
    """What is known before the first sentence: the title, or the heading that stands in for it."""
    title = [code for part in article.scanned.title for actor in part.actors for code in actor.codes]
    first = article.sentences[0] if article.sentences else None
    if not title and first is not None and first.has("heading"):
        title = [code for hit in first.hits.get("actor", ()) for code in hit.payload["codes"]]
    return start_memory(article, places, title)


def neighbours(sentences: Sequence[Seen], place: int) -> tuple[Seen | None, Seen | None]:
    """The sentences before and behind one; ``None`` at either end of the article."""
    before = sentences[place - 1] if place else None
    return before, sentences[place + 1] if place + 1 < len(sentences) else None
