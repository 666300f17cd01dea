"""An article cut into its sentences, by the coder's own splitting, with what of the lexicon stands in each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from pactwatch.audit.reading.lexicon import AuditLexicon
from pactwatch.audit.reading.phrases import Hit
from pactwatch.coder.dates import DateReader, DateSpan
from pactwatch.coder.parsing import Scanned
from pactwatch.coder.protocol import ParsingCoder
from pactwatch.coder.spans import Sentence
from pactwatch.coder.tokens import Tokens, cut_lines
from pactwatch.coder.typography import PlainText
from pactwatch.model.codes import Modality
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention

HEADING_WORDS = 16
LEAST_QUOTED = 4
"""Words between quotation marks from which on they are somebody's statement, not a term."""

_TAKEN_FOR_MONTHS = frozenset({"hedge", "future"})
"""Groups with words that are also names of months ("May")."""

_SHORT_PAST = 4
"""Letters up to which a word that ends like a past form is none ("need")."""

_ANY_DAY = date(2000, 6, 15)
"""By which dates are read whose exactness alone is asked."""

_QUOTED = re.compile(r"\"[^\"]{3,2000}?\"")
_OPENING_MARKS = frozenset("-•·*▪◦‣●○■►\"'()[]0123456789.")


@dataclass(frozen=True, slots=True)
class Seen:
    """One sentence: where it stands in the given text (``start:end``), its words, and the hits in them by group.

    ``main`` are the words of its main clause, ``opening`` the last word at which it may be said to open;
    ``mentions`` are the events that the coder read in it; ``is_read`` tells whether the coder reads its paragraph.
    """

    number: int
    start: int
    end: int
    quote: str
    paragraph: int
    tokens: Tokens
    sentence: Sentence
    hits: Mapping[str, list[Hit]]
    main: tuple[int, int]
    opening: int
    mentions: tuple[Mention, ...] = ()
    is_read: bool = True

    def has(self, group: str) -> bool:
        """Whether a word of a group stands in it."""
        return group in self.hits


@dataclass(frozen=True)
class SeenArticle:
    """The sentences of an article in order, and who is named in it."""

    document: Document
    sentences: tuple[Seen, ...]
    scanned: Scanned
    mentions: tuple[Mention, ...] = field(default=())


def see_article(document: Document, coder: ParsingCoder, lexicon: AuditLexicon) -> SeenArticle:
    """Cut a document into sentences and look every one up."""
    grammar = coder.grammar
    parsed = grammar.parse(document)
    scanned = grammar.scan_parts(document, parsed, cut_lines(parsed.plain.text))
    mentions = coder.code_parsed(document, parsed)
    dates = None if document.published else grammar.dates
    looker = _Looker(parsed.plain, scanned, lexicon, mentions, parsed.paragraphs, dates)
    return SeenArticle(document, tuple(looker.look(one) for one in scanned.sentences), scanned, mentions)


class _Looker:
    """Looks sentences up, one after the other."""

    def __init__(
        self,
        plain: PlainText,
        scanned: Scanned,
        lexicon: AuditLexicon,
        mentions: Sequence[Mention],
        read: Sequence[tuple[int, int]],
        dates: DateReader | None,
    ) -> None:
        """``read`` are the paragraphs that the coder reads; ``dates`` reads those of an article of unknown day."""
        self._dates = dates
        self._plain, self._scanned, self._lexicon = plain, scanned, lexicon
        self._mentions, self._read = mentions, read
        self._number = self._paragraph = 0
        self._last_end = 0

    def look(self, sentence: Sentence) -> Seen:
        """The next sentence."""
        tokens = self._scanned.tokens
        start, end = self._plain.original_span(sentence.start, sentence.end)
        if "\n" in self._plain.text[self._last_end : sentence.start].strip(" "):
            self._paragraph += 1
        self._last_end, self._number = sentence.end, self._number + 1
        mentions = tuple(one for one in self._mentions if start <= _place_of(one) < end)
        hits = self._hits(sentence, mentions)
        opening = _opening_of(tokens, sentence)
        main = main_clause(tokens, sentence, opening, self._lexicon)
        speech = next((hit for hit in hits.get("says", ()) if main[0] <= hit.i < main[1]), None)
        if speech is not None and speech.j < sentence.stop - LEAST_QUOTED:
            main = main_clause(tokens, sentence, speech.j, self._lexicon)
        return Seen(
            self._number,
            start,
            end,
            self._plain.original[start:end],
            self._paragraph,
            tokens,
            sentence,
            hits,
            main,
            opening,
            mentions,
            self._is_read(sentence),
        )

    def _is_read(self, sentence: Sentence) -> bool:
        """Whether the coder reads the paragraph that a sentence begins in."""
        place = bisect_right(self._read, sentence.start, key=itemgetter(0)) - 1
        return place >= 0 and sentence.start < self._read[place][1]

    def _hits(self, sentence: Sentence, mentions: tuple[Mention, ...]) -> dict[str, list[Hit]]:
        """The lexicon's hits, and those that the coder and the place in the text give."""
        tokens = self._scanned.tokens
        hits = self._lexicon.phrases.find(tokens, sentence.first, sentence.stop)
        hits["topic"] = self._topics(sentence, hits.get("topic", []))
        told = hits.get("months", [])
        months = {i for hit in told for i in range(hit.i, hit.j)}
        hits["months"] = [hit for hit in told if not _is_dated(tokens.words, hit, sentence)]
        for group in _TAKEN_FOR_MONTHS & hits.keys():
            hits[group] = [hit for hit in hits[group] if hit.i not in months]
        named = [one for one in sentence.actors if one.i not in months]
        hits["actor"] = [Hit("actor", one.i, one.j, {"codes": one.codes}) for one in named]
        hits["past"] = [Hit("past", i, i + 1, {}) for i in range(sentence.first, sentence.stop) if self._is_past(i)]
        for group, payload in self._of_whole(sentence, mentions):
            hits.setdefault(group, []).append(Hit(group, sentence.first, sentence.stop, payload))
        return {group: found for group, found in hits.items() if found}

    def _topics(self, sentence: Sentence, found: list[Hit]) -> list[Hit]:
        """What is counted: the audit's own words, and the coder's nouns where none of those holds them."""
        topics = list(found)
        for noun in sentence.nouns:
            types = self._lexicon.nouns.get(noun.words[0].group, ())
            payload: dict[str, Any] = {"types": types, "name": noun.exercise.name if noun.exercise else ""}
            if noun.words[0].instrument not in (None, "other"):
                payload["instruments"] = (str(noun.words[0].instrument),)
            is_inside = any(one.i <= noun.i and noun.j <= one.j for one in found)
            if types and not is_inside and not noun.words[0].is_weak:
                topics.append(Hit("topic", noun.i, noun.j, payload))
        return _prefer_dealings(sorted(topics, key=lambda one: one.i))

    def _is_past(self, i: int) -> bool:
        word = self._scanned.tokens.words[i]
        return word in self._lexicon.settings["past_forms"] or (word.endswith("ed") and len(word) > _SHORT_PAST)

    def _of_whole(self, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[tuple[str, dict[str, Any]]]:
        """What holds of a sentence as a whole."""
        text = self._plain.text[sentence.start : sentence.end]
        if self._read:  # some paragraph of the article is worth the coder's reading
            yield "on_defence", {}
        if text.rstrip("\"')] ").endswith("?"):
            yield "question_mark", {}
        if self._is_heading(sentence, text):
            yield "heading", {}
        if any(len(quoted.split()) >= LEAST_QUOTED for quoted in _QUOTED.findall(text)):
            yield "quoted_words", {}
        if any(item.quantity is not None for item in sentence.items):
            yield "counted", {}
        for one in self._dates_of(sentence):
            if one.past.date or one.future.date:
                yield "date", {"precision": str(one.past.precision)}
        for mention in mentions:
            told = {"modality": str(mention.modality), "type": str(mention.type), "single": is_single(mention)}
            yield "mention", told

    def _dates_of(self, sentence: Sentence) -> Sequence[DateSpan]:
        """The dates of a sentence. "In March" is one even where nothing tells the year: how exact it is does not depend
        on the day of the article, so any day will do."""
        if self._dates is None or all(one.past.date or one.future.date for one in sentence.dates):
            return sentence.dates
        return self._dates.find(self._plain.text, sentence.start, sentence.end, published=_ANY_DAY)

    def _is_heading(self, sentence: Sentence, text: str) -> bool:
        """A line by itself without a full stop, or one that opens a list."""
        before = self._plain.text[: sentence.start].rstrip(" -•·*▪◦‣●○■►")[-1:]
        after = self._plain.text[sentence.end :].lstrip(" ")[:1]
        is_alone = before in ("", "\n") and after in ("", "\n")
        ending = text.rstrip()[-1:]
        return is_alone and (ending == ":" or (ending not in ".!?\"'" and len(text.split()) <= HEADING_WORDS))


def _is_dated(words: list[str], hit: Hit, sentence: Sentence) -> bool:
    """Whether a month belongs to a date: a day stands before it, or a year behind it."""
    after = words[hit.j] if hit.j < sentence.stop else ""
    before = words[hit.i - 1] if hit.i > sentence.first else ""
    return (after.isdigit() and len(after) in (1, 2, 4)) or (before.isdigit() and len(before) <= 2)


def _prefer_dealings(topics: list[Hit]) -> list[Hit]:
    """Topics without policies, where something else is told: "strategy" and "law" stand in many sentences on ties."""
    others = [hit for hit in topics if tuple(hit.payload["types"]) != ("policy",)]
    return others or topics


def is_single(mention: Mention) -> bool:
    """Whether something singles the told event out: a date, a name, a sum or a number."""
    counted = any(item.quantity is not None for item in mention.items)
    return mention.date is not None or mention.name is not None or mention.money is not None or counted


def is_told(mention: Mention) -> bool:
    """Whether it is told as done, going on, or decided."""
    return mention.modality in (Modality.ACTUAL, Modality.PLANNED)


def main_clause(tokens: Tokens, sentence: Sentence, start: int, lexicon: AuditLexicon) -> tuple[int, int]:
    """The words of the main clause from ``start`` on: after an opening clause up to its comma, before an inner one."""
    settings, words = lexicon.settings, tokens.words
    first, stop = start, sentence.stop
    if words[first : first + 1] and words[first] in settings["opening_clauses"]:
        comma = next((i for i in range(first + 1, stop) if words[i] == ","), None)
        first = first if comma is None or comma + 2 >= stop else comma + 1
    elif words[first : first + 1] and words[first] in settings["complementizers"]:
        first += 1
    inner = settings["inner_clauses"]
    end = next((i for i in range(first + settings["least_clause"], stop) if words[i] in inner), stop)
    return first, end


def _opening_of(tokens: Tokens, sentence: Sentence) -> int:
    """The first word after marks of lists and quotes."""
    i = sentence.first
    while i < sentence.stop - 1 and set(tokens.words[i]) <= _OPENING_MARKS:
        i += 1
    return i


def _place_of(mention: Mention) -> int:
    """Where a mention's own act stands; the beginning of its passage where no word tells it."""
    spans = mention.spans.get("act", ())
    return spans[0][0] if spans else mention.start
