"""How many happenings a sentence says there have been: "14 exercises", "met six times", "more than once"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pactwatch.audit.reading.lexicon import AuditLexicon
from pactwatch.audit.reading.numbers import MOST, Number, bound_of, is_measure, numbers_of, spans_of
from pactwatch.audit.reading.sentences import Seen

_OF_OTHERS = frozenset({"training", "transfer"})
"""Types of record in which people or things may be counted: a number by itself need not be one of happenings."""


def read_count(seen: Seen, types: Collection[str], lexicon: AuditLexicon) -> int | None:
    """How many happenings of some ``types`` there have been at the least: a number of exercises, visits or times.

    Numbers of people, of things and of states are none: one happening may train two hundred or hand over six. Neither
    is what is at most so many.
    """
    settings, may_stand_alone = lexicon.settings, _OF_OTHERS.isdisjoint(types)
    told = [int(hit.payload["count"]) for hit in seen.hits.get("times", ())]
    told += [
        number.value
        for number in numbers_of(seen, spans_of(seen, lexicon.numbers))
        if number.value > 1
        and (_counts(seen, number, settings) or (may_stand_alone and _stands_alone(seen, number, settings)))
        and bound_of(seen, number.i, number.j) != MOST
    ]
    return told[0] if told else None


def _counts(seen: Seen, number: Number, settings: Mapping[str, Any]) -> bool:
    """Whether a number stands before a word for happenings, over words that only say of what sort they are."""
    if _is_of_something_else(seen, number) or is_measure(seen, number, settings):
        return False
    words, topics = seen.tokens.words, _topics_of(seen)
    for i in range(number.j, min(number.j + 1 + settings["sort_words"], seen.sentence.stop)):
        if words[i] in settings["counted"] or i in topics:
            return True
        if not words[i].isalpha() or words[i] in settings["not_of_sort"]:
            return False
    return False


def _stands_alone(seen: Seen, number: Number, settings: Mapping[str, Any]) -> bool:
    """Whether a number stands for what was told before: "Fourteen have been held", "there are 412 of them"."""
    words, behind = seen.tokens.words, seen.tokens.words[number.j : min(number.j + 2, seen.sentence.stop)]
    before = " ".join(words[max(seen.sentence.first, number.i - 2) : number.i])
    opens = number.i <= seen.opening and behind[:1] and behind[0] in settings["behind_count"]
    is_there = before in settings["there_are"] and (behind[:1] in ([], ["."], [","]) or behind == settings["of_them"])
    return bool(opens) or is_there or behind == settings["of_them"]


def _is_of_something_else(seen: Seen, number: Number) -> bool:
    """Whether a number is a sum of money, or belongs to a name or a word: "the Five Power drills", "two-plus-two"."""
    start = seen.tokens.starts[number.i]
    is_named = number.j < seen.sentence.stop and seen.tokens.is_capital(number.j) and number.j not in _topics_of(seen)
    in_word = any(hit.i <= number.i < hit.j for hit in seen.hits.get("topic", ()))
    return is_named or in_word or any(one.start <= start < one.end for one in seen.sentence.money)


def _topics_of(seen: Seen) -> set[int]:
    """Where words for happenings begin; words for equipment are none."""
    items, starts = seen.sentence.items, seen.tokens.starts
    told = (hit.i for hit in seen.hits.get("topic", ()))
    return {i for i in told if not any(one.start <= starts[i] < one.end for one in items)}
