"""The command line: verbs, one file each, that parse, call ``flow`` and print.

``main`` is the entry point; ``app`` declares the verbs; ``run`` turns errors into messages and exit codes; ``output``
prints results.
"""

from pactwatch.cli.run import main

__all__ = ["main"]
