"""Which of the parties supplies and which receives, weighed by a fitted model."""

from __future__ import annotations

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context, Naming
from pactwatch.coder.fields.reading import Reading
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.parsing import Parsed

DIRECTED = frozenset({"transfer", "training"})
_NEAREST_TOLD = 5
_FARTHEST_WORDS, _MOST_NAMINGS = 120, 20
_SAME, _ALIKE = 0.8, 0.4
"""What another passage counts: on the same parties, on one of them with somebody else."""
_LEAST = 0.0
"""Below these odds nobody supplies what is developed together."""
_CLEAR = 5.0
"""From this lead on, what the document tells elsewhere is not asked."""


def choose_direction(
    reading: Reading, model: LinearModel, instrument: str | None = None
) -> tuple[str | None, str | None]:
    """Supplier and recipient; None where the text tells no direction or several receive."""
    c = reading.candidate
    if c.type not in DIRECTED or len(c.parties) < 2:
        return None, None
    giver = _giver(reading, instrument)
    if giver is not None:
        rest = [code for code in c.parties if code != giver]
        return giver, (rest[0] if len(rest) == 1 else None)
    odds = _odds(c, reading.parsed, model)
    ordered = sorted(odds.values(), reverse=True)
    if ordered[0] - ordered[1] < _CLEAR:
        _add_told(odds, reading, model)
        ordered = sorted(odds.values(), reverse=True)
    if ordered[0] < _LEAST and _is_joint(c):
        return None, None
    supplier = max(odds, key=lambda code: odds[code])
    if len(odds) > 2:
        return (supplier if ordered[0] > 0 else None), None
    return supplier, next(code for code in odds if code != supplier)


def _giver(reading: Reading, instrument: str | None) -> str | None:
    """The giver where the event's instrument is one that only one state has."""
    givers = reading.words.get(f"direction.giver_{instrument}") if instrument else ()
    return next((code for code in reading.candidate.parties if code in givers), None)


def _is_joint(c: Candidate) -> bool:
    """Whether the passage speaks of developing something together."""
    return c.group == "develop" or c.act_word.act == "develop" or any(cue == "codev" for _, cue in c.sentence.cues)


def _odds(c: Candidate, parsed: Parsed, model: LinearModel) -> dict[str, float]:
    memo = parsed.memo.odds
    key = (id(c), c.parties, id(model))
    if key not in memo:
        memo[key] = {code: model.score(direction_features(c, code, parsed.context)) for code in c.parties}
    return dict(memo[key])


def _add_told(odds: dict[str, float], reading: Reading, model: LinearModel) -> None:
    """Add what the nearest other passages say of the same parties, and of one of them with others."""
    c = reading.candidate
    others = [o for o in reading.near if o is not c and o.type in DIRECTED and not set(o.parties).isdisjoint(c.parties)]
    others.sort(key=lambda other: (other.parties != c.parties, abs(other.anchor - c.anchor)))
    for other in others[:_NEAREST_TOLD]:
        share = _SAME if other.parties == c.parties else _ALIKE
        found = _odds(other, reading.parsed, model)
        middle = sum(found.values()) / len(found)
        for code in c.parties:
            if code in found:
                odds[code] += share * (found[code] - middle)


def direction_features(c: Candidate, code: str, context: Context) -> list[str]:
    """Features of whether an actor is the supplier of a candidate's event."""
    act, lemma, form = c.act_word.act, c.act_word.lemma, c.act_word.form
    words, i = context.tokens.words, c.anchor
    before = words[i - 1] if i > c.sentence.first else "<s>"
    voice = f"{form}:{before}" if form in {"past", "participle"} else form
    what = f"{c.type}/{c.stage}"
    here, others = _namings(c, code, context)
    features = [
        f"type={c.type}",
        f"what={what}",
        f"group={c.group}",
        f"develop={c.group == 'develop' or act == 'develop'}",
        f"codev={any(cue == 'codev' for _, cue in c.sentence.cues)}",
        f"host={code == context.host}+{act}",
        f"host={code == context.host}+{c.type}+{bool(here)}",
        f"here={bool(here)}+other={bool(others)}+{act}",
        f"here={bool(here)}+other={bool(others)}+{what}",
        f"here={bool(here)}+other={bool(others)}+{lemma}",
    ]
    features += _elsewhere(c, code, context)
    if here:
        nearest = min(here, key=lambda naming: _apart(c, naming))
        other = min(others, key=lambda naming: _apart(c, naming)) if others else None
        features += _naming_features(c, nearest, other, (act, lemma, voice))
        for naming in here:
            features.append(f"any={naming.before}+{naming.span.surface}")
            features.append(f"any={naming.before}+{act}")
            features.append(f"any={naming.span.surface}+{what}")
    return features


def _namings(c: Candidate, code: str, context: Context) -> tuple[list[Naming], list[Naming]]:
    here, others = [], []
    for naming in context.namings[c.sentence.index]:
        if naming.is_dateline or abs(naming.span.i - c.anchor) > _FARTHEST_WORDS:
            continue
        codes = naming.span.codes
        if code in codes:
            here.append(naming)
        elif any(other in codes for other in c.parties):
            others.append(naming)
    return here, others


def _elsewhere(c: Candidate, code: str, context: Context) -> list[str]:
    """How the sentences beside this one name the actor."""
    features = []
    for index in (c.sentence.index - 1, c.sentence.index + 1):
        if 0 <= index < len(context.namings):
            side = "last" if index < c.sentence.index else "next"
            for naming in context.namings[index][:_MOST_NAMINGS]:
                if code in naming.span.codes and not naming.is_dateline:
                    features.append(f"{side}={naming.before}+{c.type}")
                    features.append(f"{side}={naming.span.surface}+{c.type}")
    return features


def _apart(c: Candidate, naming: Naming) -> int:
    first, stop = c.reach
    chunks = abs(c.sentence.chunk(naming.span.i) - c.sentence.chunk(c.anchor))
    if naming.span.i >= stop:
        return naming.span.i - stop + 2 * chunks
    return first - naming.span.j + 2 * chunks if naming.span.j <= first else 0


def _naming_features(c: Candidate, naming: Naming, other: Naming | None, told: tuple[str, str, str]) -> list[str]:
    act, lemma, voice = told
    span = naming.span
    side = "after" if span.i >= c.anchor else "before"
    chunks = min(abs(c.sentence.chunk(span.i) - c.sentence.chunk(c.anchor)), 2)
    order = "alone" if other is None else "first" if span.i < other.span.i else "second"
    item = _item_side(c, span.i, span.j)
    features = [
        f"side={side}+{act}+{voice}",
        f"side={side}+{lemma}",
        f"side={side}+{lemma}+{voice}",
        f"side={side}+{act}+{chunks}",
        f"side={side}+{act}+{order}",
        f"order={order}+{lemma}+{voice}",
        f"order={order}+{act}",
        f"prep={naming.before}+{side}",
        f"prep={naming.before}+{act}",
        f"prep={naming.before}+{act}+{side}",
        f"prep={naming.before}+{lemma}",
        f"prep={naming.before}+{c.type}+{span.surface}",
        f"prep={naming.before}+{c.group}",
        f"after={naming.after}+{side}",
        f"after={naming.after}+{c.type}",
        f"after={naming.after}+{act}",
        f"surface={span.surface}+{c.type}",
        f"surface={span.surface}+{act}+{side}",
        f"surface={span.surface}+{c.type}/{c.stage}+{side}",
        f"item={item}+{span.surface}",
        f"item={item}+{act}",
        f"speaker={naming.is_speaker}+{c.type}/{c.stage}",
    ]
    return features + (_pair_features(naming, other, order, act) if other is not None else [])


def _pair_features(naming: Naming, other: Naming, order: str, act: str) -> list[str]:
    """How the actor and the other party are named together."""
    return [
        f"pair={naming.before}+{other.before}",
        f"pair={naming.before}+{other.before}+{act}",
        f"pair={naming.span.surface}+{other.span.surface}+{order}",
        f"pair={naming.after}+{order}+{act}",
    ]


def _item_side(c: Candidate, i: int, j: int) -> str:
    """Whether the name stands right before the thing (``Japanese radars``), or after it."""
    if c.noun_at is None:
        return "none"
    first, stop = c.noun_at
    if first <= i < stop:
        return "inside"
    if 0 <= first - j <= 1:
        return "right-before"
    if 0 <= i - stop <= 2:
        return "right-after"
    return "before" if i < first else "after"
