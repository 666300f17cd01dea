"""What a sentence may tell: every act with every noun it goes with, as ``frames.toml`` pairs them.

The grammar proposes generously; the fitted weights of ``choosing.py`` choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
        last span (``reach``) and the chunk of the anchor, which are looked at many times.
        """
        act, noun = self.act, self.noun_at
        if act is None:
            self.reach = noun or (self.sentence.first, self.sentence.first + 1)
            self.anchor = self.reach[0]
        else:
            self.anchor = act.i
            self.reach = (act.i, act.j) if noun is None else (min(act.i, noun[0]), max(act.j, noun[1]))
        self.chunk = self.sentence.chunk(self.anchor)


PLANNABLE = frozenset({"exercise", "training", "dialogue"})
"""Types whose frames say ``held`` and whose stage follows from how they are told."""


def told_stage(candidate: Candidate) -> str:
    """The stage of the codebook: what is not told as done is planned, for the types that know the difference."""
    if candidate.type in PLANNABLE and candidate.stage == "held" and candidate.modality != "actual":
        return "planned"
    return candidate.stage


@dataclass(frozen=True, slots=True)
class Target:
    """Something an act may be done to."""

    at: tuple[int, int] | None
    group: str
    lemma: str
    instrument: str | None = None
    is_weak: bool = False
    name: str | None = None


def propose(
    sentence: Sentence, lexicon: Lexicon, item_places: list[tuple[int, int]], topics: Sequence[str] = ()
) -> list[Candidate]:
    """All candidates of a sentence. ``item_places`` are the word ranges of its items, in order.

    ``topics`` are groups of things told shortly before: an act may be done to one of them without naming it again.
    """
    targets = _targets(sentence, item_places, topics)
    found: list[Candidate] = []
    for act in sentence.acts:
        for word in act.words:
            found += _with_act(sentence, act, word, targets, lexicon)
            found += _with_topic(sentence, act, word, targets, lexicon, topics)
    for target in targets:
        for kind, stage in lexicon.frames.get(("nominal", target.group), ()):
            found.append(_candidate(sentence, None, NOMINAL, target, (kind, stage)))
    return found


def propose_gapped(
    sentence: Sentence,
    lexicon: Lexicon,
    date_places: list[tuple[int, int]],
    topics: Sequence[str],
    found: list[Candidate],
) -> list[Candidate]:
    """Candidates of dates that stand alone ("Britain followed in 2017, Canada a year later")."""
    taken = {sentence.chunk(candidate.anchor) for candidate in found if candidate.lemma != TOPIC}
    gapped: list[Candidate] = []
    for place in date_places:
        if sentence.chunk(place[0]) in taken:
            continue
        for group in topics[:2]:
            gapped += [
                _candidate(sentence, None, NOMINAL, Target(place, group, GAP), outcome)
                for outcome in lexicon.frames.get(("nominal", group), ())
            ]
    return gapped


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
    sentence: Sentence, act: ActSpan, word: ActWord, targets: list[Target], lexicon: Lexicon, topics: Sequence[str]
) -> Iterator[Candidate]:
    groups = lexicon.act_groups.get(word.act, ())
    named = {target.group for target in targets if not target.is_weak}
    for group in topics:
        if group in groups and group not in named:
            for outcome in lexicon.frames[(word.act, group)]:
                yield _candidate(sentence, act, word, Target(None, group, TOPIC), outcome)


def _with_act(
    sentence: Sentence, act: ActSpan, word: ActWord, targets: list[Target], lexicon: Lexicon
) -> Iterator[Candidate]:
    groups = lexicon.act_groups.get(word.act, ())
    for group in groups:
        outcomes = lexicon.frames[(word.act, group)]
        if group == "default":
            for outcome in outcomes:
                yield _candidate(sentence, act, word, None, outcome)
            continue
        near = [
            (distance, target)
            for target in targets
            if target.group == group and (distance := _distance(sentence, act, target)) is not None
        ]
        near.sort(key=lambda pair: pair[0])
        for _, target in near[:_NEAREST]:
            for outcome in outcomes:
                yield _candidate(sentence, act, word, target, outcome)


def _distance(sentence: Sentence, act: ActSpan, target: Target) -> int | None:
    if target.at is None:
        return None
    first, stop = target.at
    if first < act.j and act.i < stop:
        return None
    words = first - act.j if first >= act.j else act.i - stop
    chunks = abs(sentence.chunk(first) - sentence.chunk(act.i))
    if words > _FARTHEST_WORDS or chunks > _FARTHEST_CHUNKS:
        return None
    return words + 3 * chunks


def _candidate(
    sentence: Sentence, act: ActSpan | None, word: ActWord, target: Target | None, outcome: tuple[str, str]
) -> Candidate:
    if target is None:
        return Candidate(sentence, act, word, None, "default", "<none>", *outcome)
    return Candidate(
        sentence,
        act,
        word,
        target.at,
        target.group,
        target.lemma,
        *outcome,
        target.instrument,
        target.is_weak,
        target.name,
    )
