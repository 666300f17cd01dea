"""Who could be meant in a sentence, and what speaks for each: the options among which fitted weights pick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pactwatch.audit.reading.actors import Cast, Memory, read_region, states_of_places
from pactwatch.audit.reading.frame import BASELINE, PARTNERS
from pactwatch.audit.reading.orders import cue_of_first
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.picking import RULE, Option, make_options
from pactwatch.audit.reading.sentences import Seen

_ALL_ASEAN = "ASEAN"
_LEADING = 3
"""Actors of an article, the most often named first, who can be meant without being named."""
_MOST_SHOWN = 3


def focus_options(seen: Seen, kind: str, rule: str, cast: Cast, memory: Memory) -> list[Option]:
    """Whose doing it may be: anybody named in the sentence, shortly before it, in the title or often in the article."""
    told: dict[str, list[str]] = {}
    for code, feature in (*_named_features(seen, cast), *_article_features(memory)):
        if code != _ALL_ASEAN:
            told.setdefault(code, []).append(feature)
    told.setdefault(rule, []).extend([RULE, *(["rule-told"] if "focus" in cast.told else [])])
    places = memory.places
    for code, features in told.items():
        side = "watched" if code == places.focus else "partner" if code in places.partners else "outsider"
        features += [side, *([] if code in cast.named else ["unnamed"])]
    return make_options(told, [kind, f"names{min(len(cast.named), _MOST_SHOWN)}", *_voices(seen)])


def partner_options(
    seen: Seen, kind: str, proposed: Sequence[tuple[str, ...]], focus: str, cast: Cast, memory: Memory
) -> list[Option]:
    """With whom: sets of those named in the sentence and before it, of the title, and the casebook's groups.

    Of the ``proposed`` the first is the rules'; for the others nothing else need speak.
    """
    rule, *likely = proposed
    if _is_settled(seen, kind, rule, focus, cast, memory):
        return make_options({rule: [RULE]}, [])
    told: dict[tuple[str, ...], list[str]] = {}
    for named, feature in _sets_told(seen, cast, memory):
        chosen = tuple(sorted({code for code in named if code not in (focus, _ALL_ASEAN, *cast.against)}))
        if chosen:
            told.setdefault(chosen, []).append(feature)
    for codes in likely:
        told.setdefault(codes, [])
    told.setdefault(rule, []).extend([RULE, *(["rule-told"] if "partners" in cast.told else [])])
    if kind == "series":
        told.setdefault((), []).append("nobody")
    roles = [(code, role) for code, role in _roles(seen) if code != focus]
    for codes, features in told.items():
        beside = {f"{'holds' if code in codes else 'leaves'}:{role}" for code, role in roles}
        features += [f"size{min(len(codes), 3)}", *_sides(codes, memory), *sorted(beside)]
    count = f"names{min(len(set(cast.named) - {focus}), _MOST_SHOWN)}"
    shared = [kind, count, "titled" if set(memory.title) - {focus} else "untitled", *_voices(seen)]
    return make_options(told, shared)


def _sets_told(seen: Seen, cast: Cast, memory: Memory) -> Iterator[tuple[Sequence[str], str]]:
    """Those who may be meant together: of the sentence, those before it, the title, the article and the groups."""
    yield cast.named, "named"
    for place, code in enumerate(cast.named[:_MOST_SHOWN]):
        yield [code], f"named-{place}"
        yield cast.named[: place + 1], "named-first"
    yield from _sets_before(seen, memory)
    yield memory.title, "title"
    for rank, code in enumerate(memory.leading[: _LEADING + 1]):
        yield [code], f"leading-{rank}"
    for code, feature in _places_of(seen, memory):
        yield [code], feature
    yield from _groups(seen, cast, memory)


def actor_options(seen: Seen, used: Sequence[Hit], rule: str, cast: Cast, memory: Memory) -> list[Option]:
    """Who may be said to be first: anybody named in the sentence or before it."""
    cue = cue_of_first(used)
    told: dict[str, list[str]] = {rule: [RULE]} if rule else {}
    for code, feature in (*_beside_cue(seen, cue), *_article_features(memory)):
        told.setdefault(code, []).append(feature)
    for code in cast.partners if len(cast.partners) == 1 else ():
        told.setdefault(code, []).append("partner")
    for code, features in told.items():
        holds = {
            "is-focus": code == cast.focus,
            "unnamed": code not in cast.named,
            "group": code in (_ALL_ASEAN, PARTNERS, BASELINE),
        }
        features.extend(name for name, does in holds.items() if does)
    return make_options(told, [f"names{min(len(cast.named), _MOST_SHOWN)}"])


def _beside_cue(seen: Seen, cue: Hit | None) -> Iterator[tuple[str, str]]:
    """On which side of some words each actor stands, how near to them, and behind which word."""
    hits = seen.hits.get("actor", ()) if cue is not None else ()
    ahead = [hit for hit in hits if cue is not None and hit.i < cue.i]
    for side, order in (("ahead", ahead[::-1]), ("behind", hits[len(ahead) :])):
        for place, hit in enumerate(order):
            before = seen.tokens.words[hit.i - 1] if hit.i > seen.sentence.first else "^"
            for code in hit.payload["codes"]:
                yield code, f"{side}-{min(place, 2)}"
                yield code, f"{side}:{before}"


def _is_settled(seen: Seen, kind: str, rule: tuple[str, ...], focus: str, cast: Cast, memory: Memory) -> bool:
    """Whether nobody but those whom the rules propose can be meant.

    "Exercises there" are those with whom the sentence before named; where nobody else is told of at all, it stays
    open whose publics a survey asked.
    """
    is_there = any(hit.i > seen.opening for hit in seen.hits.get("there", ()))
    if is_there and "partners" in cast.told and not set(rule) & set(cast.named):
        return True
    others = {code for named in (memory.title, *(one.named for one in memory.said)) for code in named} - {focus}
    return kind == "series" and not others and len(cast.named) <= 1


def _groups(seen: Seen, cast: Cast, memory: Memory) -> Iterator[tuple[Sequence[str], str]]:
    """The casebook's groups, and what the sentence says of them."""
    yield [PARTNERS], "partners"
    yield [BASELINE], "baseline"
    if seen.has("longstanding"):
        yield [BASELINE], "longstanding"
    yield read_region(seen, memory), "region"
    if _ALL_ASEAN in cast.named:
        yield [PARTNERS], "region"


def _sides(codes: Sequence[str], memory: Memory) -> Iterator[str]:
    places = memory.places
    if places.focus in codes:
        yield "holds-watched"
    if codes and all(code in places.partners for code in codes):
        yield "all-partners"


def _named_features(seen: Seen, cast: Cast) -> Iterator[tuple[str, str]]:
    """Where in the sentence its actors stand."""
    alongside = {i for hit in seen.hits.get("alongside", ()) for i in range(hit.i, hit.j)}
    for place, hit in enumerate(seen.hits.get("actor", ())):
        for code in hit.payload["codes"]:
            yield code, f"named-{min(place, 2)}"
            if hit.i <= seen.opening + 1:
                yield code, "opens"
            if seen.main[0] <= hit.i < seen.main[1]:
                yield code, "main"
            if hit.i - 1 in alongside:
                yield code, "alongside"
    for code, role in _roles(seen):
        yield code, f"role:{role}"
    for code in cast.against:
        yield code, "against"


def _roles(seen: Seen) -> Iterator[tuple[str, str]]:
    """How each actor stands in the sentence: behind which small word or at its opening, and whether as an owner."""
    words, first = seen.tokens.words, seen.sentence.first
    alongside = {hit.i: words[hit.i] for hit in seen.hits.get("alongside", ())}
    for hit in seen.hits.get("actor", ()):
        before = hit.i - 1 if hit.i - 1 > first and words[hit.i - 1] == "the" else hit.i
        role = "opens" if hit.i <= seen.opening + 1 else alongside.get(before - 1, "-")
        owns = hit.j < seen.sentence.stop and words[hit.j] == "'s"
        for code in hit.payload["codes"]:
            yield code, f"{role}'s" if owns else role


def _article_features(memory: Memory) -> Iterator[tuple[str, str]]:
    """Where else in the article actors stand."""
    for place, code in enumerate(memory.title):
        yield code, f"title-{min(place, 2)}"
    for rank, code in enumerate(memory.leading[:_LEADING]):
        yield code, f"leading-{rank}"
    for back, here, said in memory.before():
        for place, code in enumerate(said.named):
            yield code, f"before-{back}{here}"
            if place == 0:
                yield code, f"before-{back}-first"
    yield memory.main, "main-actor"
    yield memory.places.focus, "watched-anyway"


def _sets_before(seen: Seen, memory: Memory) -> Iterator[tuple[Sequence[str], str]]:
    """Those who were named together in the sentences before, the last first."""
    for back, _, said in memory.before("named"):
        yield said.named, f"last-{back}"
        yield said.named[-1:], f"last-{back}-end"
    here = [code for one in memory.said if one.paragraph == seen.paragraph for code in one.named]
    yield here, "paragraph"
    yield memory.partners, "carried"


def _places_of(seen: Seen, memory: Memory) -> Iterator[tuple[str, str]]:
    """The states of towns, ports and bases: of the sentence, of those before it, and where the article plays."""
    for code in states_of_places(seen.sentence):
        yield code, "place"
    for back, _, said in memory.before("places"):
        for code in said.places:
            yield code, f"place-{back}"
    for rank, code in enumerate(memory.homes[:_LEADING]):
        yield code, f"home-{rank}"


def _voices(seen: Seen) -> Iterator[str]:
    """Who speaks, or what is taken up, by words that stand for names."""
    for group in ("ours", "anaphor", "there", "others"):
        if seen.has(group):
            yield group
