"""The words of money, made ready for looking up: currencies, and the patterns around an amount."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pactwatch.coder.numbers import any_of

_ONE, _HUNDREDTH = Decimal(1), Decimal("0.01")


class Currencies:
    """Currencies by what is written beside an amount; each value is the ISO code and a factor (0.01 for cents)."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        codes = words["codes"]
        plain = {code: code for kind in ("current", "historic", "shy") for code in codes[kind]}
        plain |= {code: code.upper() for code in codes["small"]} | codes["other"]
        self.marks = {mark: (code, _ONE) for mark, code in (words["signs"] | plain).items()}
        for scale, factor in words["code_scales"].items():
            self.marks |= {scale + code: (code, Decimal(factor)) for code in codes["current"]}
        self.names = {name: (code, _ONE) for name, code in words["names"].items()}
        self.names |= {f"{name}s": (code, _ONE) for name, code in words["names"].items()}
        self.minor = {name: (code, _HUNDREDTH) for name, code in words["minor"].items()}
        self.shy_signs: dict[str, str] = words["shy_signs"]
        self.weights = frozenset(words["plain"]["weights"])
        shy = words["plain"]["shy"]
        self.shy = frozenset([*codes["shy"], *shy, *(f"{name}s" for name in shy)])

    def of_name(self, name: str) -> tuple[str, Decimal] | None:
        """The currency of a name as the text has it, whatever its case and spacing."""
        key = " ".join(name.lower().split())
        return self.names.get(key) or self.minor.get(key)

    def signs(self) -> str:
        """The characters that no ordinary word has, as a class of a pattern."""
        return "".join(sorted({char for mark in self.marks for char in mark if not char.isascii() or char == "$"}))

    def hints(self) -> frozenset[str]:
        """Runs of letters of which a text with a currency but no sign has at least one."""
        signs = set(self.signs())
        words = [word for word in (*self.names, *self.minor, *self.marks) if signs.isdisjoint(word)]
        runs = {run for word in words for run in re.findall(r"[^\W\d_]+", word)[-1:]} | set(self.shy_signs)
        return frozenset(form for run in runs for form in (run, run.capitalize(), run.upper()))


class Shapes:
    """The patterns around an amount, each matched at a place and bounded."""

    def __init__(self, words: Mapping[str, Any], scales: Iterable[str], currencies: Currencies) -> None:
        link, short = words["words"], words["short_scales"]
        letters_end = r"(?![^\W\d_])"
        self.short_scale = re.compile(rf"[\s-]?({any_of(short)})(?:{letters_end}|(?=[{currencies.signs()}]))")
        self.long_scale = re.compile(rf"[\s-]({any_of(scales)}){letters_end}", re.IGNORECASE)
        own = any_of(scale for scale in short if not scale.isascii())
        self.chain = re.compile(rf"([0-9]{{1,4}})({own})")
        name = rf"(?P<name>(?i:{any_of((*currencies.names, *currencies.minor))}))"
        self.after = re.compile(
            rf"(?:[\s-]{{0,2}}|\s(?:{any_of(link['of'])})\s)(?:(?P<mark>{any_of(currencies.marks)})|{name}){letters_end}"
        )
        self.of = re.compile(rf"\s(?:{any_of(link['of'])})\s", re.IGNORECASE)
        self.word_before = re.compile(r"([^\W\d_]{2,20})\s$")
        self.range = re.compile(rf"\s?(?:{any_of(link['range'])})\s?", re.IGNORECASE)
        self.joint = re.compile(rf"\s{{0,2}}(?:(?:{any_of(link['joiners'])})\s)?", re.IGNORECASE)
        equals, about = any_of(link["equals"]), any_of(link["about"])
        some = rf"(?:(?:{about}|{equals})[,\s]{{0,3}}){{0,3}}"
        self.equivalent = re.compile(
            rf"\s{{0,3}}(?:(?P<open>[(\[])\s{{0,2}}{some}|,?\s{{0,2}}(?:{equals})\s{{0,2}}{some}"
            rf"|[,–—-]\s{{0,2}}(?:(?:{about})\s{{0,2}}){{1,3}})",
            re.IGNORECASE,
        )
        self.closing = re.compile(r"[^()\[\]\n]{0,60}[)\]]")
