"""What stands before a name: "Rear Adm. Roy Vincent Trinidad" is no island, and "Mrs May" is no month."""

from __future__ import annotations

from pactwatch.coder.tokens import Tokens

_MOST_NAMES = 3


def is_in_person_name(tokens: Tokens, i: int, first: int, ranks: frozenset[str]) -> bool:
    """Whether word ``i`` ends a name that opens with a rank or form of address and has a given name between.

    ``first`` is the first word of the sentence. A name right behind a rank is left alone ("Col. Chad"): too many
    headlines put a capital there ("Adm. Tokyo-bound").
    """
    words, names, k = tokens.words, 0, i - 1
    while k >= first and names <= _MOST_NAMES:
        word = words[k]
        if word == "." and k > first and (len(words[k - 1]) == 1 or words[k - 1] in ranks):
            k -= 1
        elif word in ranks:
            return names > 0
        elif tokens.is_capital(k) and word.isalpha():
            names += 1
            k -= 1
        else:
            return False
    return False


def is_behind_title(tokens: Tokens, i: int, first: int, titles: frozenset[str]) -> bool:
    """Whether an office or a form of address stands right before word ``i``: "Secretary Gates", "Mr. Key"."""
    k = i - 2 if i - 1 > first and tokens.words[i - 1] == "." else i - 1
    return k >= first and tokens.words[k] in titles
