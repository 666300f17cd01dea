"""Work for the audit's desk that does what its text says: sleep, fail, die, or answer."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from pactwatch.read.crew import Work
from pactwatch.site.auditing.work import Kind, Task, Told


def open_slow_work() -> Work:
    """What a worker of these tests does."""

    def work(task: Task) -> Iterator[Told]:
        if b"sleep" in task.text:
            time.sleep(5 if b"a little" in task.text else 60)
        if b"die" in task.text:
            os._exit(1)
        kind = Kind.FAULT if b"fail" in task.text else Kind.DONE
        yield Told(kind, "ValueError" if kind is Kind.FAULT else "audited")

    return work
