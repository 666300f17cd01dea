"""From a document to what it may tell: plain text, paragraphs worth reading, words, sentences, spans, candidates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pactwatch.coder.attaching import word_place
from pactwatch.coder.candidates import Candidate, Site, propose, propose_gapped, topics_after
from pactwatch.coder.context import Context, NameWords, read_context
from pactwatch.coder.dates import (
    JAPANESE,
    OPENS_LINE,
    Around,
    DateReader,
    DateSpan,
    FiscalYears,
    When,
    find_dated_lines,
)
from pactwatch.coder.items import ItemReader
from pactwatch.coder.lexicon import Lexicon
from pactwatch.coder.money import MoneyReader
from pactwatch.coder.numbers import NumberReader
from pactwatch.coder.relevance import Relevance
from pactwatch.coder.signs import Signs, SignWords
from pactwatch.coder.spans import MARKS, Sentence, scan_sentence
from pactwatch.coder.tokens import Tokens, cut_sentences, cut_tokens
from pactwatch.coder.typography import PlainText, plain_text
from pactwatch.model.documents import Document


@dataclass(slots=True)
class Memo:
    """What the mentions of one document share, worked out once."""

    credits: dict[int, list[Any]] = field(default_factory=dict)
    told: Sequence[Candidate] = ()
    places: dict[int, int] = field(default_factory=dict)
    odds: dict[tuple[int, tuple[str, ...], int], dict[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with all that was found in it before anything is chosen.

    ``paragraphs`` are the parts of the plain text worth reading, ``scanned`` what was scanned of them (``None`` where
    there are none).
    """

    plain: PlainText
    tokens: Tokens
    context: Context
    sites: list[Site]
    paragraphs: Sequence[tuple[int, int]] = ()
    scanned: Scanned | None = None
    memo: Memo = field(default_factory=Memo, repr=False, compare=False)

    @property
    def candidates(self) -> list[Candidate]:
        """All candidates of all sites, in order."""
        return [one for site in self.sites for one in site.candidates()]


@dataclass(frozen=True, slots=True)
class Scanned:
    """The words and sentences of a text and of its title, with who is named where."""

    tokens: Tokens
    sentences: list[Sentence]
    title: list[Sentence]
    title_tokens: Tokens
    context: Context


_LONGEST_TITLE = 1_000


class Grammar:
    """Reads documents with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.relevance = Relevance(*lexicon.relevant_words())
        self.name_words = NameWords.from_toml(lexicon.tables["sentences"])
        self.sign_words = SignWords.from_toml(lexicon.tables["relevance"])
        self.dividers = MARKS | frozenset(lexicon.tables["sentences"]["joiners"])
        self.dates = DateReader(lexicon.tables["dates"])
        self.fiscal_years = FiscalYears(lexicon.tables["dates"])
        numbers = NumberReader(lexicon.tables["numbers"])
        self.money = MoneyReader(lexicon.tables["money"], numbers)
        self.items = ItemReader(lexicon.tables["equipment"], numbers)

    def parse(self, document: Document) -> Parsed:
        """Find spans and candidates."""
        plain = plain_text(document.text, self.lexicon.keeps_hyphen)
        paragraphs = self.relevance.paragraphs(plain.low)
        if not paragraphs:
            tokens = cut_tokens(plain, paragraphs)
            return Parsed(plain, tokens, Context(tokens, [], self.name_words), [])
        scanned = self.scan(document, plain, paragraphs)
        return Parsed(plain, scanned.tokens, scanned.context, self._propose(scanned), paragraphs, scanned)

    def scan_parts(self, document: Document, parsed: Parsed, parts: Sequence[tuple[int, int]] | None = None) -> Scanned:
        """The sentences of other ``parts`` of a parsed document's plain text (``None``: of all of it).

        What was scanned to parse it serves where the parts are the same. Sentences cut otherwise, or with others around
        them, have another context, and are looked up anew.
        """
        if parsed.scanned is not None and parts is not None and [*parts] == [*parsed.paragraphs]:
            return parsed.scanned
        return self.scan(document, parsed.plain, parts)

    def scan(self, document: Document, plain: PlainText, parts: Sequence[tuple[int, int]] | None = None) -> Scanned:
        """The sentences of a document, or of the ``parts`` of its plain text, with what is named in them."""
        tokens = cut_tokens(plain, parts)
        sentences = self._sentences(tokens)
        title_tokens = cut_tokens(plain_text(document.title[:_LONGEST_TITLE]))
        title = self._sentences(title_tokens)
        lines = find_dated_lines(plain.text, self.dates, document.published)
        fiscal = self.fiscal_years.of_first(_states([*title, *sentences])) or JAPANESE
        last: When | None = None
        for sentence in sentences:
            sentence.line = lines.at(sentence.start)
            last = self._read_values(sentence, tokens, document, Around(last, fiscal=fiscal))
        published = document.published.isoformat() if document.published else ""
        context = read_context(tokens, sentences, title, published, self.name_words)
        context.signs = Signs((tokens, sentences), (title_tokens, title), self.sign_words)
        return Scanned(tokens, sentences, title, title_tokens, context)

    def _propose(self, scanned: Scanned) -> list[Site]:
        tokens = scanned.tokens
        topics: list[str] = []
        for part in scanned.title:
            topics = topics_after(topics, part)
        sites: list[Site] = []
        for sentence in scanned.sentences:
            items = [word_place(tokens, sentence, item.start, item.end) for item in sentence.items]
            dates = [
                word_place(tokens, sentence, date.start, date.end) for date in sentence.dates if date.kind != "edition"
            ]
            found = propose(sentence, self.lexicon, items, topics)
            later = topics_after(topics, sentence)
            sites += found + propose_gapped(sentence, self.lexicon, dates, later, found)
            topics = later
        return sites

    def _sentences(self, tokens: Tokens) -> list[Sentence]:
        bounds = cut_sentences(tokens, self.lexicon.sentences)
        return [scan_sentence(tokens, index, where, self.lexicon, self.dividers) for index, where in enumerate(bounds)]

    def _read_values(self, sentence: Sentence, tokens: Tokens, document: Document, around: Around) -> When | None:
        """Find dates, money and items; returns the last date told so far."""
        text, start, end = tokens.plain.text, sentence.start, sentence.end
        words = tokens.words[sentence.first : sentence.stop]
        if self.dates.may_hold(words, text, start, end):
            sentence.dates = self._read_dates(sentence, tokens, document, around)
            _drop_dated_names(sentence, tokens)
        if self.money.may_hold(words, text, start, end):
            sentence.money = self.money.find(text, start, end)
        if self.items.may_hold(words):
            sentence.items = self.items.find(text, start, end)
        told = [span.past for span in sentence.dates if span.past.date and span.kind != "edition"]
        return told[-1] if told else around.last

    def _read_dates(self, sentence: Sentence, tokens: Tokens, document: Document, around: Around) -> list[DateSpan]:
        """The dates of a sentence, of which the one that opens its line is marked."""
        opening = sentence.line.span if sentence.line is not None else None
        fiscal = self.fiscal_years.of_first(_opening_states(sentence)) or around.fiscal
        around = Around(around.last, opening.past if opening is not None else None, fiscal)
        text, published = tokens.plain.text, document.published
        found = self.dates.find(text, sentence.start, sentence.end, published=published, around=around)
        if opening is None:
            return found
        return [replace(span, kind=OPENS_LINE) if span.start == opening.start else span for span in found]


def _states(sentences: Iterable[Sentence]) -> Iterator[str]:
    return (code for sentence in sentences for actor in sentence.actors for code in actor.codes)


def _opening_states(sentence: Sentence) -> Iterator[str]:
    """The states whose name, perhaps behind an article, begins a sentence: whom it is told of."""
    return (code for actor in sentence.actors if actor.i <= sentence.first + 1 for code in actor.codes)


def _drop_dated_names(sentence: Sentence, tokens: Tokens) -> None:
    """Leave out people whose name is part of a date: who "signed in May" is nobody's prime minister."""
    if any(actor.surface == "person" for actor in sentence.actors):
        dated = [range(*word_place(tokens, sentence, date.start, date.end)) for date in sentence.dates]
        sentence.actors = [
            actor for actor in sentence.actors if actor.surface != "person" or not any(actor.i in one for one in dated)
        ]
