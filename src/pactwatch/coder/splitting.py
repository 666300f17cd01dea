"""Partners told in one list who act separately: "signed memoranda with Vietnam and with Indonesia" is two mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.context import Context
from pactwatch.coder.linear import LinearModel, logistic

_NEVER = frozenset({"policy", "dialogue"})


def partner_list(candidate: Candidate, context: Context) -> tuple[str, ...]:
    """The longest list of at least two actors near the event, in order of the text."""
    sentence = candidate.sentence
    lists: dict[int, list[str]] = {}
    for naming in context.namings[sentence.index]:
        if naming.is_dateline or naming.span.surface == "place" or len(naming.span.codes) != 1:
            continue
        code = naming.span.codes[0]
        members = lists.setdefault(naming.list_id, [])
        if code not in members:
            members.append(code)
    longest = max(lists.values(), key=len, default=[])
    return tuple(longest) if len(longest) > 1 else ()


def common_partner(listed: tuple[str, ...], odds: dict[str, float], told: Sequence[Candidate]) -> str | None:
    """The actor that would have dealt with each of a list: the likeliest one outside it."""
    outside = [code for code in odds if code not in listed]
    if not outside:
        return None
    earlier = {code for other in told[-2:] for code in other.parties}
    return max(outside, key=lambda code: (odds[code] + (1.0 if code in earlier else 0.0), code))


def split_features(
    candidate: Candidate, listed: tuple[str, ...], odds: dict[str, float], context: Context
) -> list[str]:
    """Features of whether the members of a list act separately."""
    sentence, words = candidate.sentence, context.tokens.words
    namings = [naming for naming in context.namings[sentence.index] if set(naming.span.codes) & set(listed)]
    first, stop = namings[0].span.i, namings[-1].span.j
    inside = words[first:stop]
    repeated = sum(word == namings[0].before for word in inside) if namings[0].before not in {"<s>", ","} else 0
    around = words[max(sentence.first, first - 4) : min(sentence.stop, stop + 4)]
    cues = {cue for _, cue in sentence.cues}
    plural = candidate.lemma.endswith("s")
    side = "after" if first > candidate.anchor else "before"
    inner = sum(1 for code in listed if odds.get(code, -9.0) >= 0)
    outside = max((value for code, value in odds.items() if code not in listed), default=-9.0) >= 0
    kind = candidate.type
    return [
        f"type={kind}",
        f"size={min(len(listed), 4)}+{kind}",
        f"repeated={min(repeated, 2)}+{kind}",
        f"separately={'separately' in cues}+{kind}",
        f"together={'together' in cues}+{kind}",
        f"plural={plural}+{kind}",
        f"before={namings[0].before}+{side}",
        f"side={side}+{kind}+{candidate.act_word.form}",
        f"inner={inner == len(listed)}+outside={outside}+{kind}",
        f"outside={outside}+{side}",
        f"each={not context.words.each.isdisjoint(around)}",
        f"both={not context.words.both.isdisjoint(words[max(sentence.first, first - 3) : first])}",
        f"lemma={candidate.act_word.lemma}",
    ]


def split(
    candidate: Candidate, odds: dict[str, float], context: Context, model: LinearModel, told: Sequence[Candidate]
) -> list[Candidate]:
    """One candidate for each partner where they act separately, else nothing."""
    if candidate.type in _NEVER:
        return []
    listed = partner_list(candidate, context)
    common = common_partner(listed, odds, told) if listed else None
    if common is None:
        return []
    chance = logistic(model.score(split_features(candidate, listed, odds, context)))
    if chance <= 0.5:
        return []
    return [replace(candidate, parties=tuple(sorted((common, code))), party_chance=chance) for code in listed]
