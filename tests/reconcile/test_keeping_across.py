"""What is kept is found again by another process, whatever order its sets come in."""

from __future__ import annotations

import os
import subprocess
import sys

_TELL = """
from pactwatch.casebook import find_casebook, load_casebook
from pactwatch.reconcile import open_weights
from pactwatch.reconcile.keeping import basis_of
folder = find_casebook("japan-asean")
print(basis_of(load_casebook(folder).records, open_weights(folder)).decode())
"""


def test_every_process_names_what_is_kept_alike() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _TELL],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
