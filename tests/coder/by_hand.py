"""Weights made by hand, and parsed texts to try them on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.choosing import Weights
from pactwatch.coder.grammar import Grammar
from pactwatch.coder.lexicon import BASE_LEXICONS, read_lexicon
from pactwatch.coder.linear import LinearModel
from pactwatch.coder.parsing import Parsed
from pactwatch.model.documents import Document

PUBLISHED = date(2024, 5, 6)


@cache
def grammar() -> Grammar:
    return Grammar(read_lexicon([BASE_LEXICONS / "en"]))


def parse(text: str, title: str = "") -> Parsed:
    return grammar().parse(Document(id="d", text=text, title=title, published=PUBLISHED))


def candidate_of(parsed: Parsed, told: str, noun: str = "") -> Candidate:
    """The candidate of a type and stage (``agreement/signed``), by its noun where there are several."""
    for one in parsed.candidates:
        at = parsed.tokens.shown(*one.noun_at) if one.noun_at else ""
        if f"{one.type}/{one.stage}" == told and (not noun or at == noun) and one.act is not None:
            return one
    raise LookupError(told)


def weights(told: Mapping[str, dict[str, float]], keep_at: float = 0.5) -> Weights:
    """Models by name with their weights; ``bias`` is one of them.

    What is not given weighs nothing: every candidate passes the gate and is as likely as not.
    """
    models: defaultdict[str, LinearModel] = defaultdict(lambda: LinearModel(0.0, {}))
    for name, given in told.items():
        models[name] = LinearModel(given.get("bias", 0.0), given)
    models["confidence"] = LinearModel(0.0, {"event": 1.0})
    models.setdefault("about", LinearModel(2.0, {}))
    return Weights(models, keep_at=keep_at, told_at=0.0, sure_at=0.0)


SIGNED_ONLY = {"bias": -3.0, "what=agreement/signed": 6.0}
"""Keeps signed agreements and nothing else, as the second look (``rival``)."""
EVERYONE_HERE = {"odds": 1.0, "is-here=True+1": 5.0, "is-here=True+2": 5.0, "is-here=True+3": 5.0}
"""Prefers, as ``party-set``, all the actors of the sentence."""
KEEPS_SIGNED = {"rival": SIGNED_ONLY, "party-set": EVERYONE_HERE}
"""Signed agreements by all the actors of the sentence, as done, without a date."""
