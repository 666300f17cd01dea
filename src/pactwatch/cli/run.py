"""Running a verb: a user's mistake becomes a message and an exit code, never a traceback.

Exit codes: 0 done; 1 a finding that should stop a script; 2 a usage or input error; 3 a fault of pactwatch itself.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import asdict

import typer

from pactwatch.model.errors import InputError, PactwatchError

OWN_FAULT = 3


def main(arguments: list[str] | None = None) -> None:
    """Parse the arguments (``sys.argv`` by default), run the verb and exit."""
    words = sys.argv[1:] if arguments is None else arguments
    _leave(run(words))


def _leave(code: int) -> None:
    """Exit; without further ado where a thread is still at work that nobody waits for.

    The interpreter would pull itself away from under it, and a thread within a library in C++ then aborts the process.
    """
    if any(one.daemon for one in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # nobody reads it any more
                stream.flush()
        os._exit(code)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    from pactwatch.cli.app import app

    try:
        code = app(args=arguments, prog_name="pactwatch", standalone_mode=False)
    except Exception as error:
        return report(error, wants_json="--json" in arguments)
    except SystemExit as stop:  # the parser's own answer to a reader that went away
        if isinstance(stop.__context__, OSError) and stop.__context__.errno == errno.EPIPE:
            return report(BrokenPipeError(), wants_json=False)
        raise
    except KeyboardInterrupt:
        print("stopped; nothing was left half written", file=sys.stderr)
        return 130
    return code if isinstance(code, int) else 0


def report(error: Exception, *, wants_json: bool) -> int:
    """Tell a user what went wrong and return the exit code."""
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    code, message = _explain(error)
    if wants_json:
        faults = [asdict(fault) for fault in error.faults] if isinstance(error, InputError) else []
        print(json.dumps({"error": message, "faults": faults}, ensure_ascii=False))
    print(message, file=sys.stderr)
    if code == OWN_FAULT and os.environ.get("PACTWATCH_DEBUG"):
        traceback.print_exception(error)
    return code


def _explain(error: Exception) -> tuple[int, str]:
    if isinstance(error, PactwatchError):
        return error.exit_code, str(error)
    if isinstance(error, typer.Abort):
        return 130, "stopped"
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):  # the parser's usage errors, of any click
        context = getattr(error, "ctx", None)
        usage = f"{context.get_usage()}\n" if context is not None else ""
        return error.exit_code, usage + error.format_message()
    if isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        return 2, f"cannot use{where}: {error.strerror or error}. Check the path and its permissions."
    hint = "set PACTWATCH_DEBUG=1 to see where, and please report it"
    return OWN_FAULT, f"a fault of pactwatch itself: {type(error).__name__}: {error}; {hint}"
