"""One question on a terminal of any width: the passage with its quote marked, what was coded, where it may belong."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich import box
from rich.columns import Columns
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from pactwatch.model.mentions import Mention
from pactwatch.review import Candidate, Passage, Question
from pactwatch.review.corrections import FIELDS, show_field
from pactwatch.review.passages import (
    LONGEST_QUOTE,
    QUOTE_HEAD,
    QUOTE_TAIL,
    cut_stretches,
    flow_text,
    make_harmless,
    name_fields,
)

OPEN_MARK, CLOSE_MARK = "⟦", "⟧"
"""Around the quote, so that it stands out where neither colour nor weight is shown."""

SIDE_BY_SIDE = 104
"""Columns from which the passage and the fields stand beside each other."""

_COLOURS = {
    "act": "green",
    "date": "yellow",
    "parties": "cyan",
    "supplier": "cyan",
    "recipient": "cyan",
    "money": "magenta",
    "items": "blue",
    "name": "bright_green",
    "instrument": "bright_blue",
}

KEYS = (
    ("a", "accept"),
    ("e", "edit"),
    ("x", "reject"),
    ("s", "same"),
    ("d", "different"),
    ("space", "skip"),
    ("⌫", "undo"),
    ("q", "quit"),
    ("?", "help"),
)

HELP = """\
a        the mention is coded right
e        it tells an event, but some fields are to be otherwise: correct them
x        the passage tells no such event
s        it tells the same as the record shown (1 to 4 and then s chooses another than the first)
d        it tells another item than the record shown (1 to 4 and then d)
space    later: ask me again at the end
⌫        undo my last decision (as a withdrawal: nothing is ever erased)
v        show the whole passage
q        stop; what was decided is kept
?        this page

Only what is on the screen is decided, one decision at a time. Questions come most useful first: how
uncertain the machine is, times how much hangs on the answer.
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a screen shows beside the question: the document in a line, how many questions are open, what was just
    done, which record is chosen, whether the whole quote is asked for.
    """

    document: str
    left: int
    notice: str = ""
    chosen: int = 0
    is_whole: bool = False
    has_keys: bool = True


def draw(question: Question, passage: Passage, sheet: Sheet, console: Console) -> str:
    """The screen as text for a console of its width and abilities."""
    mention = question.mention
    parts: list[object] = [Text(make_harmless(sheet.notice), "italic")] if sheet.notice else []
    parts.append(Text(f"{sheet.left:,} open. Why this one: {'; '.join(question.usefulness.reasons)}.", "dim"))
    parts += [Text(make_harmless(sheet.document), "bold"), Text()]
    told = _write_passage(passage, mention, sheet)
    fields = _tabulate(question, mention)
    if console.width >= SIDE_BY_SIDE:
        grid = Table.grid(padding=(0, 3), expand=True)
        grid.add_column(ratio=3)
        grid.add_column(ratio=2)
        grid.add_row(told, fields)
        parts.append(grid)
    else:
        parts += [told, Text(), fields]
    parts += [Text(), _list_candidates(question, sheet.chosen)]
    parts += [Text(), _list_keys()] if sheet.has_keys else []
    paper = Console(
        file=io.StringIO(), width=console.width, color_system=console.color_system, no_color=console.no_color,  # type: ignore[arg-type]
        force_terminal=console.is_terminal, legacy_windows=False, highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    paper.print(Group(*parts))  # type: ignore[arg-type]
    written = paper.file
    assert isinstance(written, io.StringIO)  # noqa: S101 - made above
    return written.getvalue()


def describe_document(title: str, publisher: str, published: date | None, address: str, page: int | None) -> str:
    """A document in a line."""
    where = f"page {page}" if page is not None else ""
    parts = (title or "(no title)", publisher, published.isoformat() if published else "", where, address)
    return " · ".join(part for part in parts if part)


def _write_passage(passage: Passage, mention: Mention, sheet: Sheet) -> Text:
    text = Text(overflow="fold")
    text.append("… " if passage.is_cut[0] else "", "dim")
    text.append(flow_text(passage.before), "dim")
    text.append(OPEN_MARK, "bold")
    for words, style in _cut_quote(passage, mention, is_whole=sheet.is_whole):
        text.append(flow_text(words), style)
    text.append(CLOSE_MARK, "bold")
    text.append(flow_text(passage.after), "dim")
    text.append(" …" if passage.is_cut[1] else "", "dim")
    return text


def _cut_quote(passage: Passage, mention: Mention, *, is_whole: bool) -> Iterator[tuple[str, str]]:
    """The quote in stretches, each with its style: coded words underlined in their field's colour."""
    quote, fields = passage.quote, name_fields(passage.quote, mention)
    if len(quote) <= LONGEST_QUOTE or is_whole:
        yield from _style(quote, fields)
        return
    yield from _style(quote[:QUOTE_HEAD], fields[:QUOTE_HEAD])
    yield f" [… {len(quote) - QUOTE_HEAD - QUOTE_TAIL:,} characters more; v shows them …] ", "dim"
    yield from _style(quote[-QUOTE_TAIL:], fields[-QUOTE_TAIL:])


def _style(words: str, fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    for stretch, field in cut_stretches(words, fields):
        yield stretch, f"bold underline {_COLOURS.get(field, 'white')}" if field else "bold"


def _tabulate(question: Question, mention: Mention) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    waiting = f"corrected by {make_harmless(question.corrected_by)}" if question.correction else "coded"
    table.add_column("field", no_wrap=True, style="dim")
    table.add_column(waiting, overflow="fold")
    corrected = dict(question.correction)
    for field in FIELDS:
        value = make_harmless(show_field(mention, field))
        if (not value or (field == "hadr" and not mention.hadr)) and field not in corrected:
            continue
        before = make_harmless(show_field(question.told.mention, field))
        table.add_row(
            field, Text(f"{value or 'nothing'} (coded: {before or 'nothing'})" if field in corrected else value)
        )
    table.add_row("confidence", f"{mention.confidence:.2f}, by {make_harmless(mention.coder)}")
    if question.told.decision is not None:
        table.add_row("decided", f"{question.told.decision} by {make_harmless(question.told.decided_by)}")
    return table


def _list_candidates(question: Question, chosen: int) -> Table | Text:
    if not question.candidates:
        return Text("It is like no other mention or record: accepted, it is a record of its own.", "dim")
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for number, candidate in enumerate(question.candidates):
        text = Text(make_harmless(candidate.title), "bold" if number == chosen else "")
        text.append(f" ({make_harmless(candidate.key)}){_standing(candidate)}\n", "not bold dim")
        text.append(f"chance {candidate.link.chance:.2f}: {make_harmless(candidate.link.words)}", "not bold dim")
        table.add_row(f"{'›' if number == chosen else ' '} {number + 1}", text)
    return table


def _standing(candidate: Candidate) -> str:
    own = ", filed here now" if candidate.is_own else ""
    return f"{own}, decided: {candidate.decided}" if candidate.decided else own


def _list_keys() -> Columns:
    return Columns([Text.assemble((key, "bold reverse"), f" {word}") for key, word in KEYS], padding=(0, 3))
