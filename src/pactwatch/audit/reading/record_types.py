"""Which types of records a claim counts: the options among which fitted weights pick, and what speaks for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pactwatch.audit.reading.actors import Memory
from pactwatch.audit.reading.frame import ACTIVITY
from pactwatch.audit.reading.lexicon import AuditLexicon
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.picking import RULE, Option, make_options, with_words
from pactwatch.audit.reading.sentences import Seen, SeenArticle
from pactwatch.audit.reading.things import TYPE_ORDER, read_types, topics_within

_MOST_SHOWN = 3
_WORDS = ("word:", "stem:", "group:")
_TAKING_UP = ("takes_up", "anaphor", "there", "others")


def type_options(
    seen: Seen, kind: str, proposed: Sequence[tuple[str, ...]], feature: str, memory: Memory, features: Sequence[str]
) -> list[Option]:
    """The types that may be counted: those told in the sentence, shortly before it, in the title, and each by itself.

    Of the ``proposed`` the first are the rules'; for the others nothing else need speak. ``feature`` is the part that
    is watched, if any: of what it is a part is asked.
    """
    topics = seen.hits.get("topic", ())
    told: dict[tuple[str, ...], list[str]] = {(name,): [] for name in (ACTIVITY, *TYPE_ORDER)}
    for types, reason in (*_named(seen, topics, feature), *_before(memory)):
        if types:
            told.setdefault(types, []).append(reason)
    for types in proposed[1:]:
        told.setdefault(types, [])
    told.setdefault(proposed[0], []).append(RULE)
    named = {name for hit in topics for name in hit.payload.get("types", ())}
    shared = [kind, f"names{min(len(topics), _MOST_SHOWN)}", *(one for one in _TAKING_UP if seen.has(one))]
    for types, reasons in told.items():
        reasons.append(f"size{min(len(types), 3)}")
        if feature in types:
            reasons.append("is-part")
        if not named & set(types):
            reasons.append("unnamed")
        if len(types) == 1:
            reasons.append(types[0])
    return with_words(make_options(told, shared), [one for one in features if one.startswith(_WORDS)])


def _named(seen: Seen, topics: Sequence[Hit], feature: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The types that the sentence names, and where."""
    main = topics_within(seen, *seen.main)
    yield read_types(topics), "all"
    yield read_types(main), "main"
    rest = tuple(name for name in read_types(topics) if name != feature)
    yield rest, "rest"
    for place, hit in enumerate(topics):
        yield read_types([hit]), f"named-{min(place, _MOST_SHOWN)}"
        if hit.i <= seen.opening + 1:
            yield read_types([hit]), "opens"
    if topics:
        yield read_types(topics[-1:]), "named-last"


def _before(memory: Memory) -> Iterator[tuple[tuple[str, ...], str]]:
    """The types told in the sentences before, in the title and most often in the article."""
    for back, here, said in memory.before():
        yield said.types, f"before-{back}{here}"
    yield memory.types, "last-told"
    yield memory.title_types, "title"
    for rank, name in enumerate(memory.leading_types[:2]):
        yield (name,), f"leading-{rank}"


def title_types(article: SeenArticle, lexicon: AuditLexicon) -> tuple[str, ...]:
    """The types of records that the title of an article names."""
    nouns = [noun for part in article.scanned.title for noun in part.nouns if not noun.words[0].is_weak]
    return read_types(Hit("topic", 0, 0, {"types": lexicon.nouns.get(one.words[0].group, ())}) for one in nouns)


def leading_types(article: SeenArticle) -> tuple[str, ...]:
    """The types an article names, the most often named first."""
    hits = (hit for seen in article.sentences for hit in seen.hits.get("topic", ()))
    counts = Counter(name for hit in hits for name in hit.payload.get("types", ()) if name != ACTIVITY)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))
