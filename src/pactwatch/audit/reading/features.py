"""What the fitted models look at in a sentence by itself: its words and groups, its place, and what the rules say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from pactwatch.audit.reading.lexicon import AuditLexicon
from pactwatch.audit.reading.rules import first_fitting
from pactwatch.audit.reading.sentences import Seen

_STEM = 5
"""Letters of a word that stand for all its forms."""
_LENGTHS = (4, 8, 14, 22, 32)
"""Words of a sentence by which short ones are told from long ones."""
_TELLING = ("types", "modality", "type", "single", "precision", "order", "topic", "direction")
"""What a hit says that is a feature of its own."""


_FIGURES = frozenset({"fraction", "hundredths", "bound", "times", "factor"})
"""Groups that tell how large or how many something is, and nothing of what a sentence says of it."""


def sentence_features(seen: Seen, neighbours: tuple[Seen | None, Seen | None], lexicon: AuditLexicon) -> list[str]:
    """The names of a sentence's own features, each once; ``neighbours`` are the sentences before and behind it."""
    told = (
        *_groups_of(seen),
        *_words_of(seen),
        *_place_of(seen, *neighbours),
        *_rules_of(seen, lexicon),
    )
    return list(dict.fromkeys(told))


def _groups_of(seen: Seen) -> Iterator[str]:
    """The groups that stand in it, where they stand, and what they say."""
    for group, hits in seen.hits.items():
        if group in _FIGURES:
            continue
        yield f"group:{group}"
        if group in ("actor", "mention"):
            yield f"group:{group}*{min(len(hits), 3)}"
        for hit in hits:
            if seen.main[0] <= hit.i < seen.main[1]:
                yield f"group:{group}@"
            if hit.i <= seen.opening:
                yield f"group:^{group}"
            for key in _TELLING:
                for value in _listed(hit.payload.get(key, ())):
                    yield f"group:{group}.{key}={value}"
    yield from (f"cue:{value}" for _, value in seen.sentence.cues)
    yield from (f"act:{act.words[0].act}" for act in seen.sentence.acts)


def _words_of(seen: Seen) -> Iterator[str]:
    """Its words, with names, years and numbers made one, and pairs of them."""
    words = fold_words(seen)
    for word in words:
        yield f"word:{word}"
        if len(word) > _STEM:
            yield f"stem:{word[:_STEM]}"
            yield f"ends:{word[-3:]}"
    for one, two in pairwise(["^", *words, "$"]):
        yield f"pair:{one} {two}"


def fold_words(seen: Seen) -> list[str]:
    """The words of a sentence from its opening on, with actors, years and numbers folded."""
    named = {i: hit.i for hit in seen.hits.get("actor", ()) for i in range(hit.i, hit.j)}
    folded: list[str] = []
    for i in range(seen.opening, seen.sentence.stop):
        word = seen.tokens.words[i]
        if i in named:
            folded += ["ACTOR"] if named[i] == i else []
        elif word.isdigit():
            folded.append("YEAR" if len(word) == 4 else "NUMBER")
        else:
            folded.append(word)
    return folded


def _place_of(seen: Seen, before: Seen | None, behind: Seen | None) -> Iterator[str]:
    """How long it is and where it stands in its paragraph."""
    yield _length_of(seen)
    opens = before is None or before.paragraph != seen.paragraph
    closes = behind is None or behind.paragraph != seen.paragraph
    yield f"place:{'opens' if opens else 'follows'}{'-closes' if closes else ''}"


def _length_of(seen: Seen) -> str:
    return f"length:{sum(seen.sentence.stop - seen.sentence.first > bound for bound in _LENGTHS)}"


def _rules_of(seen: Seen, lexicon: AuditLexicon) -> Iterator[str]:
    """What the rules say it is: the first class and stance that fit, and every reading that does."""
    for name, rules in (("class", lexicon.classes), ("stance", lexicon.stances)):
        fitting = first_fitting(rules, seen)
        yield f"rule:{name}={'-' if fitting is None else fitting[0].name}"
    fits = [rule.name for rule in lexicon.readings if rule.fits(seen) is not None]
    yield f"rule:reading={fits[0] if fits else '-'}"
    yield from (f"rule:fits={name}" for name in fits)


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)
