"""What a sentence may tell: every act with every noun it goes with, as ``frames.toml`` pairs them.

The grammar proposes generously; the fitted weights of ``choosing.py`` choose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from pactwatch.coder.dates import When
from pactwatch.coder.lexicon import ActWord, Lexicon
from pactwatch.coder.spans import ActSpan, Sentence

NOMINAL = ActWord("nominal", "<none>", "noun")
TOPIC, SAME, GAP = "<topic>", "<same>", "<gap>"
_FARTHEST_WORDS, _FARTHEST_CHUNKS, _NEAREST, _MOST_TOPICS = 40, 5, 3, 3
_TOPICAL = frozenset(
    {"pact", "contract", "drill", "portcall", "talks", "course", "policy", "law", "budget", "negotiations", "notes"}
)


@dataclass(slots=True)
class Candidate:
    """A possible event: an act (or none), what it is done to (or nothing), and what the two would tell."""

    sentence: Sentence
    act: ActSpan | None
    act_word: ActWord
    noun_at: tuple[int, int] | None
    group: str
    lemma: str
    type: str
    stage: str
    instrument: str | None = None
    is_weak: bool = False
    name: str | None = None
    odds: float = 0.0
    sense: float = 0.0
    manners: tuple[float, ...] = ()
    keep: float = 0.0
    confidence: float = 0.0
    modality_chance: float = 0.5
    party_chance: float = 0.5
    modality: str = "actual"
    date_number: int | None = None
    when: When | None = None
    parties: tuple[str, ...] = ()

    anchor: int = -1
    reach: tuple[int, int] = (-1, -1)
    chunk: int = 0

    def __post_init__(self) -> None:
        """Work out ``anchor`` (the word the event hangs on: its act, else its noun), the words from its first to its
        last span (``reach``) and the chunk of the anchor, unless they are given.
        """
        if self.anchor < 0:
            self.anchor, self.reach, self.chunk = place_of(self.sentence, self.act, self.noun_at)


def place_of(sentence: Sentence, act: ActSpan | None, noun: tuple[int, int] | None) -> tuple[int, tuple[int, int], int]:
    """The word an event hangs on, the words from its first to its last span, and the chunk of the first."""
    if act is None:
        reach = noun or (sentence.first, sentence.first + 1)
        anchor = reach[0]
    else:
        anchor = act.i
        reach = (anchor, act.j) if noun is None else (min(anchor, noun[0]), max(act.j, noun[1]))
    return anchor, reach, sentence.chunk(anchor)


PLANNABLE = frozenset({"exercise", "training", "dialogue"})
"""Types whose frames say ``held`` and whose stage follows from how they are told."""


def told_stage(candidate: Candidate) -> str:
    """The stage of the codebook: what is not told as done is planned, for the types that know the difference."""
    if candidate.type in PLANNABLE and candidate.stage == "held" and candidate.modality != "actual":
        return "planned"
    return candidate.stage


class Target(NamedTuple):
    """Something an act may be done to."""

    at: tuple[int, int] | None
    group: str
    lemma: str
    instrument: str | None = None
    is_weak: bool = False
    name: str | None = None


_NOTHING = Target(None, "default", "<none>")
Outcomes = tuple[tuple[str, str], ...]
"""Types and stages that an act upon a thing may tell."""


@dataclass(slots=True)
class Site:
    """A place where events may be told: an act and its target, or one of them, with the outcomes of the two.

    Candidates are made only when asked for: most are dropped by what all those of a site have in common.
    """

    sentence: Sentence
    act: ActSpan | None
    act_word: ActWord
    target: Target
    outcomes: Outcomes
    anchor: int = field(init=False)
    chunk: int = field(init=False)
    _made: dict[int, Candidate] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out where it stands, as its candidates do."""
        act, at = self.act, self.target.at
        self.anchor = anchor = act.i if act is not None else self.sentence.first if at is None else at[0]
        self.chunk = self.sentence.chunk(anchor)

    @property
    def noun_at(self) -> tuple[int, int] | None:
        """The words of its target."""
        return self.target.at

    @property
    def reach(self) -> tuple[int, int]:
        """The words from its first to its last span."""
        return place_of(self.sentence, self.act, self.target.at)[1]

    def candidate(self, number: int) -> Candidate:
        """The candidate of an outcome by its number, the same one each time."""
        if self._made is None:
            self._made = {}
        if number not in self._made:
            self._made[number] = self._make(*self.outcomes[number])
        return self._made[number]

    def candidates(self) -> list[Candidate]:
        """The candidates of all outcomes."""
        return [self.candidate(number) for number in range(len(self.outcomes))]

    def _make(self, kind: str, stage: str) -> Candidate:
        at = self.target
        return Candidate(
            self.sentence,
            self.act,
            self.act_word,
            *at[:3],
            kind,
            stage,
            *at[3:],
            anchor=self.anchor,
            reach=self.reach,
            chunk=self.chunk,
        )


def propose(
    sentence: Sentence, lexicon: Lexicon, item_places: list[tuple[int, int]], topics: Sequence[str] = ()
) -> list[Site]:
    """All sites of a sentence. ``item_places`` are the word ranges of its items, in order.

    ``topics`` are groups of things told shortly before: an act may be done to one of them without naming it again.
    """
    targets: dict[str, list[Target]] = {}
    order = _targets(sentence, item_places, topics)
    for target in order:
        targets.setdefault(target.group, []).append(target)
    found: list[Site] = []
    for act in sentence.acts:
        for word in act.words:
            frames = lexicon.act_frames.get(word.act)
            if frames is not None:
                found += _with_act(sentence, act, word, targets, frames)
                found += _with_topic(sentence, act, word, targets, frames, topics)
    nominal = lexicon.act_frames.get("nominal", {})
    return found + [
        Site(sentence, None, NOMINAL, target, nominal[target.group]) for target in order if target.group in nominal
    ]


def propose_gapped(
    sentence: Sentence,
    lexicon: Lexicon,
    date_places: list[tuple[int, int]],
    topics: Sequence[str],
    found: list[Site],
) -> list[Site]:
    """Sites of dates that stand alone ("Britain followed in 2017, Canada a year later")."""
    if not date_places:
        return []
    taken = {site.chunk for site in found if site.target.lemma != TOPIC}
    nominal = lexicon.act_frames.get("nominal", {})
    return [
        Site(sentence, None, NOMINAL, Target(place, group, GAP), nominal[group])
        for place in date_places
        if sentence.chunk(place[0]) not in taken
        for group in topics[:2]
        if group in nominal
    ]


def topics_after(topics: Sequence[str], sentence: Sentence) -> list[str]:
    """The groups of things told last, latest first, after a sentence."""
    latest = list(topics)
    groups = [
        word.group for noun in sentence.nouns for word in noun.words if not word.is_weak and word.group in _TOPICAL
    ]
    if any(not item.is_generic for item in sentence.items):
        groups.append("equip")
    for group in groups:
        if group in latest:
            latest.remove(group)
        latest.insert(0, group)
    return latest[:_MOST_TOPICS]


def _targets(sentence: Sentence, item_places: list[tuple[int, int]], topics: Sequence[str]) -> list[Target]:
    targets = []
    for noun in sentence.nouns:
        place, name = (noun.i, noun.j), noun.exercise.name if noun.exercise else None
        for word in noun.words:
            if word.group == "same":
                targets += [Target(place, group, SAME) for group in topics[:2]]
            else:
                targets.append(Target(place, word.group, word.lemma, word.instrument, word.is_weak, name))
    for place, item in zip(item_places, sentence.items, strict=True):
        targets.append(Target(place, "equip", str(item.category), is_weak=item.is_generic))
    for actor in sentence.actors:
        if actor.surface == "company":
            targets.append(Target((actor.i, actor.j), "company", "<company>"))
        elif actor.surface in {"ship", "ship_prefix"}:
            targets.append(Target((actor.i, actor.j), "ship", "<ship>"))
    targets += [Target((i, i + 1), "ship", "<kind of ship>") for i, cue in sentence.cues if cue == "ship"]
    for act in sentence.acts:
        if any(word.act == "develop" for word in act.words):
            targets.append(Target((act.i, act.j), "develop", act.words[0].lemma))
    return targets


def _with_topic(
    sentence: Sentence,
    act: ActSpan,
    word: ActWord,
    targets: dict[str, list[Target]],
    frames: Mapping[str, Outcomes],
    topics: Sequence[str],
) -> list[Site]:
    return [
        Site(sentence, act, word, Target(None, group, TOPIC), frames[group])
        for group in topics
        if group in frames and all(target.is_weak for target in targets.get(group, ()))
    ]


def _with_act(
    sentence: Sentence,
    act: ActSpan,
    word: ActWord,
    targets: dict[str, list[Target]],
    frames: Mapping[str, Outcomes],
) -> list[Site]:
    found: list[Site] = []
    chunk = sentence.chunk(act.i)
    for group, outcomes in frames.items():
        if group == "default":
            found.append(Site(sentence, act, word, _NOTHING, outcomes))
        elif group in targets:
            near = [
                (distance, target)
                for target in targets[group]
                if (distance := _distance(sentence, act, chunk, target)) is not None
            ]
            near.sort(key=itemgetter(0))
            found += [Site(sentence, act, word, target, outcomes) for _, target in near[:_NEAREST]]
    return found


def _distance(sentence: Sentence, act: ActSpan, chunk: int, target: Target) -> int | None:
    """Words between an act and a target, a chunk counting as several; None if too many, or if the two overlap."""
    if target.at is None:
        return None
    first, stop = target.at
    if first < act.j and act.i < stop:
        return None
    words = first - act.j if first >= act.j else act.i - stop
    if words > _FARTHEST_WORDS:
        return None
    chunks = abs(sentence.chunk(first) - chunk)
    return words + 3 * chunks if chunks <= _FARTHEST_CHUNKS else None
