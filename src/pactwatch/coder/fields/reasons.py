"""Why a mention was coded, in plain words."""

from __future__ import annotations

from typing import Any

from pactwatch.coder.fields.reading import Reading


def reasons(reading: Reading) -> dict[str, Any]:
    """The pattern, the words that matched it and the odds the fitted weights gave."""
    c, tokens = reading.candidate, reading.parsed.tokens
    act = tokens.shown(c.act.i, c.act.j) if c.act is not None else None
    noun = tokens.shown(*c.noun_at) if c.noun_at is not None else None
    pattern = f"{c.act_word.act} + {c.group}" if c.act is not None else c.group
    told = {"pattern": pattern, "act": act, "noun": noun, "odds": round(c.odds, 2)}
    return {
        key: " ".join(value.split()) if isinstance(value, str) else value
        for key, value in told.items()
        if value is not None
    }
