"""Sentence by sentence: class, stance, and how the claim in it is read.

Fitted models choose the class and the kind of a claim (see ``looks``); the rules of the lexicon are among what they
look at, and make the parameters of the kind that is chosen (see ``filling``). Where no class or kind is likely enough,
a sentence is ``other`` and a claim of kind ``none``: no verdict comes of a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pactwatch.audit.reading.actors import Cast, Memory, Places, Said, read_cast, start_memory, states_of_places
from pactwatch.audit.reading.chances import chances_among, likeliest
from pactwatch.audit.reading.features import sentence_features
from pactwatch.audit.reading.filling import EXISTS, Filled, Filler
from pactwatch.audit.reading.frame import LAW, NONE, Reading, SentenceClass, Stance
from pactwatch.audit.reading.lexicon import GIVEN, AuditLexicon
from pactwatch.audit.reading.looks import CLASS, KIND, SECOND, Look, find_spot, look_again, look_alone, weigh_in
from pactwatch.audit.reading.orders import FIRST
from pactwatch.audit.reading.periods import years_of
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.record_types import leading_types, title_types
from pactwatch.audit.reading.rules import first_fitting
from pactwatch.audit.reading.seasons import read_months
from pactwatch.audit.reading.sensing import Weighing, weigh_article
from pactwatch.audit.reading.sentences import Seen, SeenArticle
from pactwatch.audit.reading.things import read_instruments, read_types

_DENIAL_REACH = 8
_CLOSE = 0.15
"""The chance from which on a kind whose own rule fits is taken before none."""
_NOT_SO = {
    **dict.fromkeys(("trend", "series", "depth", "imported_trend"), "steady"),
    FIRST: "later_place",
}
"""The group of words that says, of a kind, that what it tests is not so."""
_ENOUGH = 3
"""Sentences from which on a text tells what it is about."""
STANCE = "stance"
_NEGATED, _OUTRIGHT, _UNTOLD = "denial", "denial-outright", "denial-untold"
"""How words deny a claim: by a negation, outright ("it is a myth that", "unchanged"), or not at all; what each counts
stands in the mix."""
_STANCES = tuple(stance for stance in Stance if stance is not Stance.ASKED)
"""The stances of what is no question."""
SERIES = "series"
"""The one kind that a perception may have; a claim has any other."""


@dataclass
class Reader:
    """Reads the sentences of one article in their order; of one that ``is_elsewhere`` no claim has a test."""

    lexicon: AuditLexicon
    memory: Memory
    filler: Filler
    is_elsewhere: bool = False

    def read(self, seen: Seen, features: Sequence[str], look: Look, weighing: Weighing | None = None) -> Reading:
        """What the next sentence is, by its own features and the last look at it, and how it is read."""
        self.memory.enter(seen)
        cast = read_cast(seen, self.memory)
        named = self.choose_class(seen, look)
        kind = self.choose_kind(seen, named, features, look)
        filler = replace(self.filler, weighing=weighing, near={})
        claim = filler.fill(seen, kind, cast, features) if kind else Filled()
        self.memory.keep(cast, self._said(seen, cast))
        reading = replace(self._put(seen, named, claim, weighing), sure=_how_sure(look, named, claim))
        return replace(reading, frame=self.filler.fill_event(seen, cast)) if named is SentenceClass.EVENT else reading

    def _said(self, seen: Seen, cast: Cast) -> Said:
        topics = seen.hits.get("topic", [])
        years, months = years_of(seen, self.filler.day), read_months(seen, self.lexicon.settings)
        places = states_of_places(seen.sentence)
        return Said(seen.paragraph, cast.named, read_types(topics), read_instruments(topics), years, months, places)

    def choose_class(self, seen: Seen, look: Look) -> SentenceClass:  # noqa: ARG002
        """What a sentence most likely is. Reading by labels asks ``seen`` for it."""
        return SentenceClass(self.lexicon.choosers[CLASS + SECOND].take(look.classes, SentenceClass.OTHER))

    def choose_kind(self, seen: Seen, named: SentenceClass, features: Sequence[str], look: Look) -> str:
        """The kind of a sentence's claim; empty where its class has none. Reading by labels asks ``seen`` for it."""
        if named is SentenceClass.LEGAL:
            return LAW
        chooser = self.lexicon.choosers[KIND + SECOND]
        if named is SentenceClass.PERCEPTION:
            return chooser.take(chances_among(look.kinds, (SERIES, NONE)), NONE)
        if named is SentenceClass.CLAIM and self.is_elsewhere:
            return NONE
        if named is SentenceClass.CLAIM:
            chances = chances_among(look.kinds, look.kinds.keys() - {SERIES})
            chosen = chooser.take(chances, NONE)
            return self._give_way(seen, chosen, features) if chosen != NONE else _second_kind(chances, features)
        return ""

    def _give_way(self, seen: Seen, kind: str, features: Sequence[str]) -> str:
        """The kind itself, or where none of its own rules fits, that of a fitting rule which goes ``over`` it."""
        if _has_rule(kind, features):
            return kind
        over = (rule for rule in self.lexicon.readings if kind in rule.payload.get("over", ()))
        return next((rule.name for rule in over if rule.fits(seen) is not None), kind)

    def _put(self, seen: Seen, named: SentenceClass, claim: Filled, weighing: Weighing | None) -> Reading:
        """The reading with its stance."""
        kind, used, frame, lacks = claim
        denial = self._told_denial(seen, kind, used)
        is_denied = denial != _UNTOLD
        stance = self._told_stance(seen, is_denied=is_denied)
        if weighing is not None:
            stance, is_denied = _weigh_stance(weighing, stance, kind, denial)
        if named is SentenceClass.QUESTION:
            stance = Stance.ASKED
        need = self._need(seen) if kind == NONE else ""
        is_hedged = seen.has("hedge") or stance is Stance.HEDGED
        return Reading(named, stance, kind, frame, is_denied, is_hedged, need, lacks)

    def _told_stance(self, seen: Seen, *, is_denied: bool) -> Stance:
        """The stance that words tell."""
        told = first_fitting(self.lexicon.stances, seen)
        stance = Stance(told[0].name) if told is not None else Stance.ASSERTED
        return Stance.DENIED if is_denied and stance is not Stance.QUOTED else stance

    def _need(self, seen: Seen) -> str:
        """What data a general statement would need: the first line of ``needs.toml`` whose group it holds."""
        for line in self.lexicon.needs:
            if not line["groups"] or any(seen.has(group) for group in line["groups"]):
                return str(line["data"])
        return ""

    def _has_none(self, seen: Seen, kind: str) -> bool:
        """Whether it is said that there has been none: behind the verb, where no negation stands before anything."""
        words, (first, stop) = seen.tokens.words, seen.main
        settings = self.lexicon.settings
        return kind == EXISTS and any(
            words[i] in settings["none_at_all"] and words[i + 1 : i + 2] != settings["none_but"]
            for i in range(first, stop)
        )

    def _told_denial(self, seen: Seen, kind: str, used: Sequence[Hit]) -> str:
        """How words deny a claim. Who denies that nothing changed says that something did, or it is hard to tell."""
        if kind in ("", LAW):
            return _UNTOLD
        is_whole = any(hit.payload.get("whole", False) for hit in seen.hits.get("deny", ()))
        is_outright = is_whole != _is_contrary(seen, kind)
        is_negated = _is_negated(seen, used) or self._has_none(seen, kind)
        if is_outright == is_negated:
            return _UNTOLD
        return _OUTRIGHT if is_outright else _NEGATED


def _is_negated(seen: Seen, used: Sequence[Hit]) -> bool:
    """Whether a negation stands before what makes the reading."""
    cues = [hit for hit in used if hit.group not in GIVEN] or list(used)
    last = max((hit.j for hit in cues), default=seen.main[1])
    for hit in seen.hits.get("deny", ()):
        if hit.payload.get("whole", False):
            continue
        if any(0 <= cue.i - hit.j <= _DENIAL_REACH for cue in cues) or hit.i < last <= hit.j:
            return True
        if not cues and seen.main[0] <= hit.i < seen.main[1]:
            return True
    return False


def _is_contrary(seen: Seen, kind: str) -> bool:
    """Whether it is told without a negation that nothing changed, or that somebody was not the first."""
    return kind in _NOT_SO and seen.has(_NOT_SO[kind]) and not (kind == FIRST and seen.has(FIRST))


def _weigh_stance(weighing: Weighing, told: Stance, kind: str, denial: str) -> tuple[Stance, bool]:
    """The stance, and whether the claim is denied, by what words tell and what the network makes of it.

    ``denial`` is how words deny it. Whether a claim that gets a test is denied turns its verdict round, and is decided
    by itself. Whoever denies something, hedged or not, denies it; of a statement that is quoted both are told.
    """
    stance = Stance(weighing.likeliest(STANCE, told, _STANCES))
    is_denied = denial != _UNTOLD
    if kind not in ("", LAW, NONE):
        is_denied = weighing.is_denied(denial)
        if stance is not Stance.QUOTED and (is_denied or stance is Stance.DENIED):
            stance = Stance.DENIED if is_denied else Stance.ASSERTED
    elif kind == NONE and stance is not Stance.QUOTED:
        is_denied = stance is Stance.DENIED
    return stance, is_denied


def _how_sure(look: Look, named: SentenceClass, claim: Filled) -> float:
    """The chance that class and kind are as they should be, as if neither bore on the other."""
    return look.classes.get(named, 1.0) * look.kinds.get(claim.kind, 1.0)


def _second_kind(chances: Mapping[str, float], features: Sequence[str]) -> str:
    """The likeliest kind with a test where it comes close to having none and a rule of its own fits, else none."""
    best = likeliest({name: chance for name, chance in chances.items() if name != NONE})
    return best if chances[best] >= _CLOSE and _has_rule(best, features) else NONE


def _has_rule(kind: str, features: Sequence[str]) -> bool:
    """Whether a rule of a kind's own fits, by a sentence's features."""
    return f"rule:fits={kind}" in features


def read_article(article: SeenArticle, lexicon: AuditLexicon, places: Places, as_of: date) -> tuple[Reading, ...]:
    """The reading of every sentence of an article, in order; ``as_of`` stands in for an unknown day of publication."""
    memory = remember(article, places, lexicon)
    filler = Filler(lexicon, memory, article.document.published or as_of)
    reader = Reader(lexicon, memory, filler, is_elsewhere(article.sentences, memory))
    told = features_of(article.sentences, lexicon)
    weighings = weigh_article(article, lexicon.encoder, lexicon.settings["mix"])
    looks = look_twice(article.sentences, told, lexicon, weighings)
    rows = zip(article.sentences, told, looks, weighings, strict=True)
    return tuple(reader.read(*row) for row in rows)


def is_elsewhere(sentences: Sequence[Seen], memory: Memory) -> bool:
    """Whether an article has nothing to do with defence: it names no actor, and the coder would read none of it.

    One or two sentences are too few to tell: whoever asks about them has left the rest out.
    """
    is_short = len(sentences) < _ENOUGH
    return not (is_short or memory.title or memory.leading or any(seen.is_read for seen in sentences))


def features_of(sentences: Sequence[Seen], lexicon: AuditLexicon) -> list[list[str]]:
    """The features of each sentence of an article."""
    return [sentence_features(seen, neighbours(sentences, place), lexicon) for place, seen in enumerate(sentences)]


def look_twice(
    sentences: Sequence[Seen],
    features: Sequence[Sequence[str]],
    lexicon: AuditLexicon,
    weighings: Sequence[Weighing | None],
) -> list[Look]:
    """The second look at each sentence of an article, with what the network makes of it."""
    spots = [find_spot(seen, lexicon) for seen in sentences]
    looks = [look_alone(told, spot, lexicon.choosers) for told, spot in zip(features, spots, strict=True)]
    return weigh_in(look_again(looks, spots, lexicon.choosers), spots, weighings)


def remember(article: SeenArticle, places: Places, lexicon: AuditLexicon) -> Memory:
    """What is known before the first sentence: the title, or the heading that stands in for it."""
    title = [code for part in article.scanned.title for actor in part.actors for code in actor.codes]
    first = article.sentences[0] if article.sentences else None
    if not title and first is not None and first.has("heading"):
        title = [code for hit in first.hits.get("actor", ()) for code in hit.payload["codes"]]
    memory = start_memory(article, places, title)
    memory.title_types = title_types(article, lexicon)
    memory.leading_types = leading_types(article)
    return memory


def neighbours(sentences: Sequence[Seen], place: int) -> tuple[Seen | None, Seen | None]:
    """The sentences before and behind one; ``None`` at either end of the article."""
    before = sentences[place - 1] if place else None
    return before, sentences[place + 1] if place + 1 < len(sentences) else None
