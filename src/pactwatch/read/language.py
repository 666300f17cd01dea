"""Which language a text is in, by its script and its commonest words.

Light on purpose: it only has to keep texts from a coder of another language. A text too short or too strange to tell
is ``und`` (undetermined, BCP 47).
"""

from __future__ import annotations

import re

UNKNOWN = "und"

_WORDS = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 1_500
_CLEAR_SHARE, _CLEAR_WORDS = 0.15, 30
_LEAST_SHARE = 0.06

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
    ("lo", re.compile(r"[\u0e80-\u0eff]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
"""A script names a language, roughly; kana before Han, since Japanese has both."""

_COMMON = {
    "en": "the of and to in a that for on is was with by at from as will has have its be are said an their which it",
    "fr": "le la les des du de et un une en est que qui dans pour par sur avec au aux ce pas plus sont son ses",
    "de": "der die das und den dem des ein eine ist im mit von zu auf für nicht sich werden wird auch als bei nach",
    "es": "el la los las de del y en que un una por con para se su al lo como más es fue ha sus entre",
    "pt": "o os as de da do das dos e em um uma que para com por no na se não mais foi ao seu sua",
    "it": "il lo la gli le di del della dei e in un una che per con da non si sono al nel come più alla",
    "nl": "de het een en van in op te dat die voor met zijn is niet aan ook door bij naar om er worden",
    "id": "yang dan di ke dari untuk dengan pada ini itu dalam akan tidak oleh kepada telah adalah juga antara kata",
    "vi": "và của các là có trong cho với được không này một những đã người về khi để tại từ",
    "tl": "ang ng mga sa na at ay ni si para kay nang hindi ito kanyang siya mula isang kung ayon",
}
_STOPS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def detect_language(text: str) -> tuple[str, bool]:
    """The language of a text and whether that is clear; ``und`` where nothing speaks for one."""
    words = [word.lower() for word in _WORDS.findall(text[: _LOOKED_AT * 10])[:_LOOKED_AT]]
    letters = "".join(words)
    for language, script in _SCRIPTS:
        count = len(script.findall(letters))
        if count > 0.25 * len(letters) or (language == "ja" and count > 0.1 * len(letters)):
            return language, True
    shares = {language: sum(word in stops for word in words) / (len(words) or 1) for language, stops in _STOPS.items()}
    best = max(shares, key=lambda language: shares[language])
    others = max(share for language, share in shares.items() if language != best)
    if shares[best] < _LEAST_SHARE or shares[best] <= others:
        return UNKNOWN, False
    return best, shares[best] >= _CLEAR_SHARE and len(words) >= _CLEAR_WORDS


def settle_language(text: str, told: str = "") -> str:
    """The language a publisher tells, unless the text clearly says otherwise about being English.

    Pages often keep the language of their template. Between other languages the publisher knows better: common words
    cannot tell Malay from Indonesian.
    """
    found, is_clear = detect_language(text)
    told = re.split(r"[-_]", told.strip().lower())[0]
    if not re.fullmatch(r"[a-z]{2,3}", told) or told == UNKNOWN:
        return found
    return found if is_clear and "en" in (found, told) else told
