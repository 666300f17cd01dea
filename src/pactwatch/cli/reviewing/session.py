"""A reviewer at the terminal: question by question, key by key."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from rich.console import Console

from pactwatch.cli.reviewing import keyboard
from pactwatch.cli.reviewing.screen import HELP, Sheet, describe_document, draw
from pactwatch.flow.desk import Desk, ReviewError
from pactwatch.flow.sitting import Sitting
from pactwatch.model.errors import InputError
from pactwatch.model.judgements import Decision
from pactwatch.review import Question, RefusedDecisionError
from pactwatch.review.corrections import FIELDS, show_field

_DECISIONS = {
    "a": Decision.ACCEPT,
    "x": Decision.REJECT,
    "s": Decision.SAME,
    "d": Decision.DIFFERENT,
}


@dataclass
class Session:
    """The state of one sitting at a terminal: what was decided in it and what the screen shows."""

    desk: Desk
    console: Console = field(default_factory=Console)
    notice: str = ""
    chosen: int = 0
    is_whole: bool = False

    def __post_init__(self) -> None:
        self.sitting = Sitting(self.desk)

    def run(self) -> int:
        """Ask until nothing is open or the reviewer stops; returns how many decisions hold."""
        with keyboard.single_keys():
            while (question := self.desk.next_question()) is not None:
                self._show(question)
                try:
                    key = keyboard.read_key()
                except KeyboardInterrupt:
                    break
                if key in ("q", keyboard.END, "\x04"):
                    break
                self._act(question, key)
        return len(self.sitting.decided)

    def _show(self, question: Question) -> None:
        head = self.desk.head(question)
        page = head.page_at(question.mention.start)
        words = describe_document(head.title, head.publisher, head.published, self.desk.address(question), page)
        sheet = Sheet(words, self.desk.open_count, self.notice, self.chosen, self.is_whole)
        self.notice = ""
        screen = draw(question, self.desk.passage(question), sheet, self.console)
        keyboard.forget_typed()
        self._write(screen)

    def _write(self, text: str) -> None:
        clear = "\x1b[2J\x1b[3J\x1b[H" if self.console.is_terminal and not self.console.is_dumb_terminal else "\n"
        sys.stdout.write(clear + text)
        sys.stdout.flush()

    def _act(self, question: Question, key: str) -> None:
        if key.isdigit() and 0 < int(key) <= len(question.candidates):
            self.chosen = int(key) - 1
        elif key in _DECISIONS:
            self._decide(question, _DECISIONS[key])
        elif key == "e":
            self._edit(question)
        elif key == " ":
            self.desk.put_off(question)
            self._turn("put off: it is asked again at the end")
        elif key == keyboard.BACKSPACE:
            self._undo()
        elif key == "v":
            self.is_whole = not self.is_whole
        elif key in ("?", "h"):
            self._write("")
            self.console.print(f"{HELP}\nAny key goes on.", markup=False, highlight=False)
            keyboard.read_key()
        elif key not in (keyboard.REDRAW, keyboard.ENTER):
            self.notice = "that key does nothing here; ? shows the keys"

    def _decide(self, question: Question, decision: Decision, correction: dict[str, object] | None = None) -> None:
        try:
            kept = self.sitting.decide(question, decision, candidate=self.chosen, correction=correction)
        except (RefusedDecisionError, ReviewError) as refused:
            self._turn(str(refused))
            return
        self._turn(f"kept as entry {kept.seq}: {kept.words}; backspace undoes it")

    def _turn(self, notice: str) -> None:
        self.notice, self.chosen, self.is_whole = notice, 0, False

    def _undo(self) -> None:
        try:
            undone = self.sitting.undo()
        except ReviewError as refused:
            self._turn(str(refused))
            return
        if undone is None:
            self.notice = "nothing was decided in this sitting, so there is nothing to undo"
            return
        self._turn(f"entry {undone.seq} is withdrawn; the question is open again")

    def _edit(self, question: Question) -> None:
        """Ask for corrections line by line, with the terminal's own line editing, until they are sound or dropped."""
        with keyboard.lines():
            given = _ask_fields(question)
            while given:
                try:
                    correction = self.desk.read_correction(question, given)
                except InputError as error:
                    self.console.print(f"\n{error}\n", markup=False, highlight=False)
                    again = _ask_lines("Correct these, or an empty line to leave it as it was:")
                    given = {**given, **again} if again else {}
                    continue
                self._decide(question, Decision.CORRECT, correction)
                return
        self.notice = "nothing was corrected"


def _ask_fields(question: Question) -> dict[str, str]:
    print("\n\nFields as they stand:\n")
    for name in FIELDS:
        print(f"  {name} = {show_field(question.mention, name)}")
    return _ask_lines(
        "\nWrite what is to be otherwise, one `field = value` a line; nothing after = for what is not told.\n"
        "An empty line ends; Ctrl-D drops it all."
    )


def _ask_lines(words: str) -> dict[str, str]:
    """Lines of ``field = value`` up to an empty one; none after Ctrl-D or Ctrl-C."""
    print(words)
    given: dict[str, str] = {}
    while True:
        try:
            line = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return {}
        if not line:
            return given
        name, equals, value = line.partition("=")
        if not equals:
            print("  write it as `field = value`, for example: date = 2024-07-08")
            continue
        given[name.strip()] = value.strip()
