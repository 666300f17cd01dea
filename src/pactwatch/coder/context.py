"""What the whole document says that one sentence needs: who is named where, and how each name stands there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pactwatch.coder.gazetteer import ActorWord
from pactwatch.coder.signs import Signs
from pactwatch.coder.spans import ActorSpan, Sentence
from pactwatch.coder.tokens import Tokens

if TYPE_CHECKING:
    from pactwatch.coder.senses import Senses

_FEW_ACTORS = 24
_LONGEST_REPORT = 180
"""Words and marks of paragraphs that are read, up to which a text is a report; a longer one is an article."""


@dataclass(slots=True)
class Naming:
    """One name of an actor, with how it stands in its sentence."""

    span: ActorSpan
    before: str
    after: str
    list_size: int
    list_id: int
    is_dateline: bool = False
    is_speaker: bool = False


@dataclass(frozen=True, slots=True)
class NameWords:
    """What a language says about names in lists (``sentences.toml``)."""

    between: frozenset[str]
    linking: frozenset[str]
    articles: frozenset[str]
    each: frozenset[str]
    both: frozenset[str]

    @classmethod
    def from_toml(cls, content: dict[str, Any]) -> NameWords:
        """The words as ``sentences.toml`` lists them."""
        return cls(
            frozenset(content["between_names"]),
            frozenset(content["linking_names"]),
            frozenset(content["articles"]),
            frozenset(content["each"]),
            frozenset(content["both"]),
        )


class Around(NamedTuple):
    """What stands near one chunk of a sentence."""

    near_cues: tuple[str, ...]
    far_cues: tuple[str, ...]
    actors: int
    all_actors: int
    has_date: bool
    has_defence: bool


Beside = tuple[str, list[str], list[str], list[str]]
"""Words beside a place, as features want them: the two before (named), the one before, the one after, those near."""


@dataclass(slots=True)
class Context:
    """Who is named in a document, and where."""

    tokens: Tokens
    sentences: list[Sentence]
    words: NameWords
    namings: list[list[Naming]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    title: frozenset[str] = frozenset()
    title_groups: frozenset[str] = frozenset()
    order: list[str] = field(default_factory=list)
    ranks: dict[str, int] = field(default_factory=dict)
    recent: list[list[str]] = field(default_factory=list)
    has_defence: bool = False
    signs: Signs = field(default_factory=Signs)
    host: str | None = None
    published: str = ""
    around: dict[tuple[int, int], Around] = field(default_factory=dict)
    beside: dict[tuple[int, int], Beside] = field(default_factory=dict)
    about: list[float] = field(default_factory=list)
    scenes: list[float] = field(default_factory=list)
    scene_numbers: list[dict[str, float]] = field(default_factory=list)
    senses: Senses | None = None

    @property
    def is_long(self) -> bool:
        """Whether the text is an article: most of its sentences tell no event, as those of a short report do."""
        return len(self.tokens.words) > _LONGEST_REPORT

    def in_scope(self, index: int) -> list[str]:
        """The actors that may take part in what sentence ``index`` tells: all of a document of usual length, those
        named near the sentence, in the title or most often in a longer one.
        """
        if len(self.order) <= _FEW_ACTORS:
            return self.order
        near = {
            code for part in self.namings[max(0, index - 12) : index + 3] for one in part for code in one.span.codes
        }
        near |= self.title | {self.host or ""}
        return [code for code in self.order if code in near or self.ranks.get(code, 99) < 3]


def read_context(
    tokens: Tokens, sentences: list[Sentence], title: list[Sentence], published: str, words: NameWords
) -> Context:
    """Collect the namings of a document ``published`` on an ISO day (or ``""``)."""
    context = Context(tokens, sentences, words, published=published)
    _drop_surnames(sentences)
    _settle_shared([*sentences, *title], published)
    context.title = frozenset(code for part in title for actor in part.actors for code in actor.codes)
    context.title_groups = frozenset(word.group for part in title for noun in part.nouns for word in noun.words)
    recent: list[str] = sorted(context.title)
    context.order = list(recent)
    for code in recent:
        context.counts[code] += 1
    for sentence in sentences:
        context.recent.append(list(recent))
        namings = _namings(tokens, sentence, words)
        context.namings.append(namings)
        for naming in namings:
            for code in naming.span.codes:
                if not naming.is_dateline and naming.span.surface != "place":
                    context.counts[code] += 1
                if code in recent:
                    recent.remove(code)
                recent.append(code)
                if code not in context.order:
                    context.order.append(code)
        context.has_defence = context.has_defence or any(cue == "defence" for _, cue in sentence.cues)
    context.host = _host(context, title)
    if context.host is not None and context.host not in context.order:
        context.order.append(context.host)
    ordered = sorted(
        context.counts,
        key=lambda code: (-context.counts[code] - 2 * (code in context.title), context.order.index(code)),
    )
    context.ranks = {code: rank for rank, code in enumerate(ordered)}
    return context


def _drop_surnames(sentences: list[Sentence]) -> None:
    """A name that somebody bears in this document is that person wherever it speaks: "Trinidad said"."""
    surnames = {name for sentence in sentences for name in sentence.surnames}
    for sentence in sentences if surnames else ():
        said = {place for place, cue in sentence.cues if cue == "said"}
        sentence.actors = [
            actor for actor in sentence.actors if actor.label not in surnames or said.isdisjoint({actor.i - 1, actor.j})
        ]


def _settle_shared(sentences: list[Sentence], published: str) -> None:
    """Names that several actors share go to the one in office that day, or the one the document names otherwise; a
    surname that is nobody's in those years, or an everyday word where it stands, is no name.
    """
    named = {
        code
        for part in sentences
        for actor in [*part.actors, *part.places]
        if not actor.shared and not actor.is_weak
        for code in actor.codes
    }
    in_full = {
        actor.label for part in sentences for actor in part.actors if actor.surface == "person" and not actor.shared
    }
    for sentence in sentences:
        if not sentence.actors:
            continue
        for actor in sentence.actors:
            if actor.shared:
                actor.codes = _owner(actor, named, in_full, published)
        sentence.actors = [actor for actor in sentence.actors if actor.codes and _is_supported(actor, named)]


def _owner(actor: ActorSpan, named: set[str], in_full: set[str], published: str) -> tuple[str, ...]:
    """Whom a name means; nobody where that stays open. ``in_full`` are people whom the document names in full."""
    meant = [word for word in actor.shared if not word.is_ordinary or actor.is_titled or word.label in in_full]
    words = [word for word in meant if word.surface != "person" or word.label in in_full or _in_office(word, published)]
    if not words and len({word.codes for word in meant}) == 1:
        words = [word for word in meant if _is_known(word, published)]
    if len({word.codes for word in words}) > 1:
        words = [word for word in words if set(word.codes) & named]
    codes = {word.codes for word in words}
    return next(iter(codes)) if len(codes) == 1 else ()


def _is_supported(actor: ActorSpan, named: set[str]) -> bool:
    return not actor.is_weak or set(actor.codes) <= named


def _in_office(word: ActorWord, published: str) -> bool:
    """Whether a term of office covers a day, as far as the term's dates tell."""
    return word.since <= published and (not word.until or published[: len(word.until)] <= word.until)


def _is_known(word: ActorWord, published: str) -> bool:
    """Whether somebody holds an office by the year of publication, or held one before; nobody can tell without it."""
    return not published or word.since[:4] <= published[:4]


def _host(context: Context, title: list[Sentence]) -> str | None:
    """The state from whose side the document is told: of its dateline, else the one its title names alone."""
    for naming in context.namings[0] if context.namings else ():
        if naming.is_dateline and len(naming.span.codes) == 1:
            return naming.span.codes[0]
    named = [actor for part in title for actor in part.actors]
    if named and len(context.title) == 1:
        return next(iter(context.title))
    return None


def _namings(tokens: Tokens, sentence: Sentence, name_words: NameWords) -> list[Naming]:
    spans = [*sentence.actors, *sentence.places]
    if not spans:
        return []
    words = tokens.words
    said = [i for i, cue in sentence.cues if cue == "said"]
    namings: list[Naming] = []
    list_id = 0
    for actor in sorted(spans, key=lambda span: span.i):
        before = words[actor.i - 1] if actor.i > sentence.first else "<s>"
        if before in name_words.articles and actor.i - 1 > sentence.first:
            before = words[actor.i - 2]
        after = words[actor.j] if actor.j < sentence.stop else "</s>"
        if namings and _is_linked(words[namings[-1].span.j : actor.i], namings[-1].before, name_words):
            before = namings[-1].before
        else:
            list_id += 1
        naming = Naming(actor, before, after, 1, list_id)
        naming.is_dateline = sentence.index == 0 and _is_dateline(tokens, sentence, actor)
        naming.is_speaker = any(-4 <= place - actor.j <= 3 or 0 <= actor.i - place - 1 <= 2 for place in said)
        namings.append(naming)
    if list_id < len(namings):
        sizes = Counter(naming.list_id for naming in namings)
        for naming in namings:
            naming.list_size = sizes[naming.list_id]
    return namings


def _is_linked(between: list[str], before: str, words: NameWords) -> bool:
    """Whether a name goes on the list of the one before it: "with Oman, Kenya and Fiji", "with Oman and with Kenya"."""
    return (
        len(between) <= 4
        and (not between or any(word in words.linking for word in between))
        and all(word in words.between or word == before for word in between)
    )


def _is_dateline(tokens: Tokens, sentence: Sentence, actor: ActorSpan) -> bool:
    """Whether a name opens the text as datelines do: capitals, figures and marks up to a dash or colon."""
    if actor.i - sentence.first > 6 or not all(_may_open(tokens, i) for i in range(sentence.first, actor.i)):
        return False
    for i in range(actor.j, min(actor.j + 8, sentence.stop)):
        if tokens.words[i] in {"-", "\u2014", ":"}:
            return True
        if not _may_open(tokens, i):
            return False
    return False


def _may_open(tokens: Tokens, i: int) -> bool:
    word = tokens.words[i]
    return word in {",", "(", ")", "."} or word.isdigit() or tokens.is_capital(i)
