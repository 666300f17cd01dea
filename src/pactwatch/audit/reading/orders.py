"""Readings that need more than a count: which step comes first, who was first, whose figures they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pactwatch.audit.reading.actors import Cast
from pactwatch.audit.reading.frame import BASELINE, PARTNERS
from pactwatch.audit.reading.phrases import Hit
from pactwatch.audit.reading.rules import Rule
from pactwatch.audit.reading.sentences import Seen
from pactwatch.audit.reading.things import things_of

FIRST, PRECEDES = "first", "precedes"
"""The kinds that ask who was first, and which step comes before which."""


def read_order(seen: Seen, rule: Rule, used: Sequence[Hit], cast: Cast) -> dict[str, Any] | None:
    """What a kind asks beside the counts; ``None`` where the sentence does not tell it."""
    special = _SPECIAL.get(rule.name)
    return {} if special is None else special(seen, used, cast)


def _read_steps(seen: Seen, used: Sequence[Hit], cast: Cast) -> dict[str, Any] | None:  # noqa: ARG001
    """The earlier and the later step; of a list of rungs the first and the last."""
    first, stop = seen.sentence.first, seen.sentence.stop
    cue = next((hit for hit in used if "order" in hit.payload), None)
    if cue is None or cue.payload["order"] == "ladder":
        steps = [name for _, name in things_of(seen, first, stop)]
        return {"earlier": steps[0], "later": steps[-1]} if len(set(steps)) > 1 else None
    left, right = things_of(seen, first, cue.i), things_of(seen, cue.j, stop)
    if not left and right:  # "Before any logistics pact, one on information is signed"
        comma = next((i for i in range(cue.j, stop) if seen.tokens.words[i] == ","), stop)
        left, right = [one for one in right if one[0] > comma], [one for one in right if one[0] < comma]
    if not left or not right:
        return None
    earlier, later = left[-1][1], right[0][1]
    if cue.payload["order"] == "after":
        earlier, later = later, earlier
    return {"earlier": earlier, "later": later} if earlier != later else None


def cue_of_first(used: Sequence[Hit]) -> Hit | None:
    """The words that say somebody was first, beside which it is told who."""
    return next((hit for hit in used if hit.group == FIRST), next(iter(used), None))


def _read_first(seen: Seen, used: Sequence[Hit], cast: Cast) -> dict[str, Any] | None:
    """Who is said to be first: the actor named nearest before the cue, else behind it."""
    cue = cue_of_first(used)
    hits = [hit for hit in seen.hits.get("actor", ()) if cast.focus not in hit.payload["codes"]]
    before = [hit for hit in hits if cue is not None and hit.i < cue.i]
    chosen = before[-1] if before else (hits[0] if hits else None)
    if chosen is None:
        return {"actor": cast.partners[0]} if len(cast.partners) == 1 else None
    return {"actor": chosen.payload["codes"][0]}


def _read_image(seen: Seen, used: Sequence[Hit], cast: Cast) -> dict[str, Any] | None:
    """Whose image it is: the actor named behind "trust in" and the like; the others are those who were asked."""
    cue = next((hit for hit in used if hit.payload.get("of")), None)
    hits = seen.hits.get("actor", [])
    behind = next((hit for hit in hits if cue is not None and 0 <= hit.i - cue.j <= 2), None)
    focus = behind.payload["codes"][0] if behind is not None else cast.focus
    asked = tuple(sorted(code for code in cast.named if code not in (focus, "ASEAN")))
    told = asked or (cast.partners if "partners" in cast.told and focus not in cast.partners else ())
    return {"focus": focus, "partners": told}


def _read_figure(seen: Seen, used: Sequence[Hit], cast: Cast) -> dict[str, Any] | None:  # noqa: ARG001
    """Whose figure it is: the first actor named, the watched one otherwise."""
    told = {"focus": cast.named[0] if cast.named and cast.focus not in cast.named else cast.focus}
    shares = [hit.values[0] / 100 for hit in seen.hits.get("percent", ()) if hit.values]
    return told | ({"level": shares[0]} if shares else {})


def _read_spread(seen: Seen, used: Sequence[Hit], cast: Cast) -> dict[str, Any] | None:  # noqa: ARG001
    """Over whom it is spread: those it rests on, or no longer does, are some of all partners."""
    return {"partners": (PARTNERS,)} if cast.partners != (BASELINE,) else {}


_SPECIAL: dict[str, Callable[[Seen, Sequence[Hit], Cast], dict[str, Any] | None]] = {
    PRECEDES: _read_steps,
    FIRST: _read_first,
    "concentration": _read_spread,
    "series": _read_image,
    "imported_trend": _read_figure,
    "imported_level": _read_figure,
}
