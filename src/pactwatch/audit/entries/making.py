"""A claim made of a reading: checked as any claim of a casebook is, with the reading in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pactwatch.audit.entries.kinds import TESTED, build
from pactwatch.audit.entries.setting import Setting
from pactwatch.audit.entries.wording import say_reading, say_untested
from pactwatch.audit.reading import Reading, Stance
from pactwatch.audit.reading.filling import FACTOR
from pactwatch.claims.family import NOT_TESTABLE
from pactwatch.claims.kinds import KINDS
from pactwatch.claims.question import Claim, Otherwise, Question, lay_over

LONGEST_TEXT = 600
"""Characters of a sentence that a claim's text keeps."""


class Rival(NamedTuple):
    """A claim that a sentence stands for if one ``parameter`` is meant otherwise, and how likely that is."""

    parameter: str
    chance: float
    claim: Claim


def make_claim(name: str, quote: str, reading: Reading, setting: Setting) -> Claim:
    """The claim a reading stands for, under the id ``name``; one that is not tested where the casebook has no test for
    it, or the sentence does not tell what a test has to know."""
    reading = _face(reading, setting)
    is_whole = reading.kind in TESTED and not reading.lacks
    built = build(reading.kind, reading.frame, setting) if is_whole else None
    if built is not None and _accept(reading.kind, built[0]) is None:
        built = None  # what the words add up to is nothing a test could take
    text = quote if len(quote) <= LONGEST_TEXT else quote[: LONGEST_TEXT - 1].rstrip() + "…"
    if built is None:
        return Claim(
            id=name,
            text=text,
            said_by=_said_by(reading),
            reading=say_untested(reading, setting),
            kind=NOT_TESTABLE,
        )
    parameters, others = built
    return Claim(
        id=name,
        text=text,
        said_by=_said_by(reading),
        reading=say_reading(reading, parameters, setting),
        kind=reading.kind,
        parameters=parameters,
        caveats=tuple(_caveats(reading)),
        denies=denies(reading),
        otherwise=tuple(_check_others(reading.kind, parameters, others)),
    )


def _face(reading: Reading, setting: Setting) -> Reading:
    """The reading from the side of the watched actor: what two do together is the same from either."""
    frame = reading.frame
    if frame.partners != (setting.focus,) or frame.focus == setting.focus:
        return reading
    told = frame.told | ({"partners"} if frame.tells("focus") else set())
    return replace(reading, frame=replace(frame, focus=setting.focus, partners=(frame.focus,), told=told))


def denies(reading: Reading) -> bool:
    """Whether the sentence says the contrary of what the kind tests: rules that were tightened deny loosening too."""
    is_tightening = reading.kind == "loosening" and reading.frame.direction == "down"
    return reading.is_denied != is_tightening


def _said_by(reading: Reading) -> str:
    if reading.stance is Stance.QUOTED:
        return "somebody the article quotes"
    return "the article"


def _caveats(reading: Reading) -> list[str]:
    """What a reader must bear in mind of the reading itself."""
    caveats = []
    if not reading.frame.tells("since", "until") and reading.kind not in ("precedes", "first", "exists"):
        caveats.append("The sentence names no years; those tested are a reading, and others stand in the grid.")
    is_carried = not reading.frame.tells("partners") and bool(reading.frame.partners)
    if is_carried and reading.kind not in ("network", "opened", "precedes", "concentration"):
        caveats.append("Whom it speaks of is taken from what the article says before.")
    if reading.kind == "trend" and not reading.frame.against:
        caveats.append(
            "Growing news coverage looks like growing activity; the grid compares with the baseline partners."
        )
    if reading.frame.tells(FACTOR):
        caveats.append("The figures that the sentence tells are not tested, only which way it goes.")
    if reading.is_hedged:
        caveats.append("The sentence leaves it open; what is tested is what it leaves open.")
    return caveats


def make_rivals(name: str, quote: str, reading: Reading, setting: Setting) -> list[Rival]:
    """The claims that a sentence stands for if one of its parameters has another value that comes near."""
    frame, rivals = reading.frame, []
    for place, (parameter, value, chance) in enumerate(frame.near, start=1):
        other = replace(reading, frame=replace(frame, **{parameter: value}, near=()))
        rivals.append(Rival(parameter, chance, make_claim(f"{name}-or-{place}", quote, other, setting)))
    return rivals


def _check_others(
    kind: str, parameters: dict[str, Any], others: Sequence[tuple[str, dict[str, Any]]]
) -> list[Otherwise]:
    """The other readings that change something and that the kind accepts: a period may not fit a told one."""
    own = _accept(kind, parameters)
    laid = [_accept(kind, lay_over(parameters, changed)) for _, changed in others]
    return [
        Otherwise(words=words, parameters=changed)
        for (words, changed), other in zip(others, laid, strict=True)
        if other is not None and other != own
    ]


def _accept(kind: str, parameters: dict[str, Any]) -> Question | None:
    """The parameters as the kind takes them; ``None`` where it does not."""
    try:
        accepted: Question = KINDS[kind].parameters.model_validate(parameters)
    except ValueError:  # pydantic's own is one
        return None
    return accepted
