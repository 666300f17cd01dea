"""How well the audit reads parts told in figures: ``audit/parts.tsv`` says what each of 600 sentences tells.

All are sentences of labelled articles that hold a number or a word for one and are labelled ``share``. From the
``developed`` ones the words were learnt; the ``blind`` ones were labelled by another reader after that. The
alternative, where something is told, is what the words for a part say by themselves ("most of", "half of", "a quarter
of"): what was tested before figures were read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from audit_scores import LABELLED, make_document, place_labels, spans_of
from pactwatch.audit.reading import AuditLexicon, Seen, read_audit_lexicon, see_article
from pactwatch.audit.reading.numbers import LEAST, MOST
from pactwatch.audit.reading.parts import read_part
from pactwatch.casebook import find_casebook
from pactwatch.coder.grammar import open_coder

NEAR = 0.012
"""How far a part may be off: "seven in ten" is 0.7, and "two of eleven" 0.18 or 0.182."""
NOTHING = "-"


def read_expected() -> dict[str, dict[int, tuple[str, str, str]]]:
    """What each sentence tells (set, bound, part), by its file and article, and its place among the labels."""
    expected: defaultdict[str, dict[int, tuple[str, str, str]]] = defaultdict(dict)
    for line in (LABELLED / "parts.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, group, bound, part = line.split("\t")
        article, _, place = name.rpartition("/")
        expected[article][int(place)] = (group, bound, part)
    return expected


def told_by_words(seen: Seen) -> tuple[float, str] | None:
    """What the words for a part say without figures."""
    hits = [hit for group in ("part_of", "part") for hit in seen.hits.get(group, ()) if "threshold" in hit.payload]
    if not hits:
        return None
    payload = hits[0].payload
    return float(payload["threshold"]), LEAST if payload["direction"] == "up" else MOST


def judge(told: tuple[float, str] | None, bound: str, part: str) -> str:
    """What came of one sentence."""
    if part == NOTHING:
        return "nothing told, nothing read" if told is None else "nothing told, something read"
    if told is None:
        return "missed"
    if abs(told[0] - float(part)) > NEAR:
        return "another part"
    return "right" if told[1] == bound else "another bound"


def see(article: dict[str, Any], lexicon: AuditLexicon, coder: Any) -> list[Seen]:
    """The labelled sentences of an article, in order."""
    text, day = article["text"], date.fromisoformat(article["published"])
    document = make_document(text, article["title"], day)
    sentences = see_article(document, coder, lexicon).sentences
    return [sentences[place] for place, _ in place_labels(article, spans_of(sentences))]


def main() -> None:
    """Print what came of the sentences of either set."""
    lexicon, coder = read_audit_lexicon(), open_coder(find_casebook("japan-asean"))
    expected, outcomes = read_expected(), defaultdict[tuple[str, str], Counter[str]](Counter)
    for name in sorted({article.split("/")[0] for article in expected}):
        for line in (LABELLED / f"train_{name}.jsonl").read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            wanted = expected.get(f"{name}/{article['id']}", {})
            sentences = see(article, lexicon, coder) if wanted else []
            for place, (group, bound, part) in wanted.items():
                read = read_part(sentences[place], lexicon)
                found = None if read is None else (read.value, read.bound)
                outcomes[group, "read"][judge(found, bound, part)] += 1
                if part != NOTHING:
                    outcomes[group, "alternative"][judge(told_by_words(sentences[place]), bound, part)] += 1
    for (group, way), counts in sorted(outcomes.items()):
        right = counts["right"] + counts["nothing told, nothing read"]
        told = counts.total() - counts["nothing told, nothing read"] - counts["nothing told, something read"]
        print(
            f"{group}, {way}: {right / counts.total():.3f} of {counts.total()} right; of {told} told {counts['right']}"
        )
        print("  " + "; ".join(f"{words} {count}" for words, count in counts.most_common()))


if __name__ == "__main__":
    main()
