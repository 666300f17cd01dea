"""The coder that reads with a language network: the same grammar, and weights that know what the network makes of it.

It is a hundred times slower than the grammar alone, and right more often.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from pactwatch.coder.choosing import Weights
from pactwatch.coder.grammar import LANGUAGE, GrammarCoder, open_coder, read_weights, tell
from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.coder.parsing import Grammar, Parsed
from pactwatch.coder.questions import Questions
from pactwatch.coder.senses import Senses
from pactwatch.coder.tokens import LINE_END, cut_lines
from pactwatch.encoder import LEARNT_FILE, Line, Reader, open_reader
from pactwatch.encoder.base import NOT_INSTALLED, EncoderError, is_installed
from pactwatch.encoder.network import Floats
from pactwatch.encoder.reading import MOST_PIECES
from pactwatch.encoder.windows import NO_ROW, Window
from pactwatch.encoder.wordpieces import Wordpieces
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention
from pactwatch.version import __version__

QUESTIONS_FILE = "senses.safetensors"
WEIGHTS_FILES = ("weights_network.json", "weights_network_articles.json")
"""What is fitted beside the network, for reports and for articles."""
CODER_NAME = f"network {__version__}"
"""Name and version, kept with every mention."""


@dataclass(frozen=True)
class NetworkCoder:
    """Codes documents of one language with a grammar, a network, and weights fitted to both.

    A document of more words than the network reads is coded by the ``plain`` coder.
    """

    plain: GrammarCoder
    weights: Weights
    for_articles: Weights
    reader: Reader
    questions: Questions

    @property
    def name(self) -> str:
        """Name and version, kept with every mention."""
        return CODER_NAME

    @property
    def grammar(self) -> Grammar:
        """What parses documents."""
        return self.plain.grammar

    def code(self, document: Document) -> tuple[Mention, ...]:
        """The mentions of a document in order of their passages."""
        return self.code_parsed(document, self.grammar.parse(document))

    def code_parsed(self, document: Document, parsed: Parsed) -> tuple[Mention, ...]:
        """The mentions of a document parsed by this coder's grammar; of one parsing once, since choosing marks it."""
        if len(parsed.tokens.words) > MOST_PIECES // 2:
            return self.plain.code_parsed(document, parsed)
        weights = self.for_articles if parsed.context.is_long else self.weights
        return tell(document, parsed, weights, self.name, lambda: self.look(document, parsed))

    def look(self, document: Document, parsed: Parsed) -> Senses:
        """What the network makes of a parsed document's words."""
        parts = lay_out(document, parsed)
        vectors = np.zeros((len(parsed.tokens.words), self.reader.network.units), np.float32)
        for window, found in self.reader.read(Line(document.title), [one.line for one in parts]):
            take_words(vectors, place_words(window, parts, parsed, self.reader.vocabulary), found)
        return Senses(vectors, self.questions)


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, or a line of one, as the network is given it: from where on it stands in the text, and its words."""

    line: Line
    start: int
    first: int
    stop: int


def lay_out(document: Document, parsed: Parsed) -> list[Part]:
    """The sentences of a document as they are written, cut at line breaks unless its lines are wrapped: the audit cuts
    them so, and what was read for one of the two serves the other.
    """
    plain, tokens, parts = parsed.plain, parsed.tokens, list[Part]()
    is_cut = cut_lines(plain.text) is not None
    for sentence in parsed.context.sentences:
        breaks = [word for word in range(sentence.first, sentence.stop) if is_cut and tokens.words[word] == LINE_END]
        for first, stop in pairwise([sentence.first - 1, *breaks, sentence.stop]):
            if first + 1 < stop:
                start, end = plain.original_span(tokens.starts[first + 1], tokens.ends[stop - 1])
                parts.append(Part(Line(document.text[start:end]), start, first + 1, stop))
    return parts


def place_words(
    window: Window, parts: Sequence[Part], parsed: Parsed, vocabulary: Wordpieces
) -> Iterator[tuple[int, int]]:
    """Each piece of a window by its place, with the word of the document that it is of; those of repeated sentences
    and of the title aside. ``parts`` are what was laid out.
    """
    for slot, row in enumerate(window.rows):
        if row == NO_ROW:
            continue
        first = window.slots.index(slot + 1)
        for place, word in _words_of(parts[row], parsed, vocabulary, window.slots.count(slot + 1) - 1):
            yield first + place, word


def _words_of(part: Part, parsed: Parsed, vocabulary: Wordpieces, most: int) -> Iterator[tuple[int, int]]:
    """Each piece of a part by its place in it, with the word that it is of."""
    plain, tokens, words = parsed.plain, parsed.tokens, range(part.first, part.stop)
    starts = [plain.original_span(tokens.starts[word], tokens.ends[word])[0] for word in words]
    word = 0
    for place, (_, begin, _) in enumerate(vocabulary.cut(part.line.text, most)):
        while word + 1 < len(starts) and starts[word + 1] <= part.start + begin:
            word += 1
        yield place, part.first + word


def take_words(vectors: Floats, placed: Iterator[tuple[int, int]], found: Floats) -> None:
    """Give each word the mean of its pieces' vectors."""
    pairs = np.array([*placed], dtype=np.intp).reshape(-1, 2)
    counts = np.bincount(pairs[:, 1], minlength=len(vectors)).astype(np.float32)
    np.add.at(vectors, pairs[:, 1], found[pairs[:, 0]])
    vectors[counts > 0] /= counts[counts > 0, None]


def open_network_coder(casebook: Path | None = None, language: str = LANGUAGE) -> NetworkCoder:
    """The coder of a language that reads with the network, with a casebook's detail if one is given.

    Raises :class:`EncoderError` where the network's base is not installed or damaged.
    """
    folder = BASE_LEXICONS / language
    reader = open_reader(folder / LEARNT_FILE)
    if reader is None:
        raise EncoderError(NOT_INSTALLED)
    weights, articles = (folder / name for name in WEIGHTS_FILES)
    return NetworkCoder(
        open_coder(casebook, language),
        read_weights(weights),
        read_weights(articles, is_article=True),
        reader,
        Questions.from_file(folder / QUESTIONS_FILE),
    )


def open_best_coder(casebook: Path | None = None, language: str = LANGUAGE) -> GrammarCoder | NetworkCoder:
    """The coder that is right most often of those that can be opened here."""
    is_there = is_installed() and (BASE_LEXICONS / language / QUESTIONS_FILE).is_file()
    return (open_network_coder if is_there else open_coder)(casebook, language)


__all__ = [
    "CODER_NAME",
    "NetworkCoder",
    "lay_out",
    "open_best_coder",
    "open_network_coder",
    "place_words",
    "take_words",
]
