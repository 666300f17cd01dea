"""How far the second coding of the coded documents agrees with their first.

    python bench/coded_agreement.py

The second reader coded each document by the codebook without having seen the first coding. The first coding stands
where a person's stands when a coder is measured, so F1 is as there: strict where type, stage, modality and parties are
the same, loose where type and parties are.
"""

from __future__ import annotations

from pathlib import Path

from pactwatch.coder.evaluation import evaluate, read_gold
from pactwatch.coder.evaluation.scores import Score

CODED = Path(__file__).parent / "coded"
FIRST = CODED / "first"


def main() -> None:
    """Print the agreement of every file that was coded twice, and of all."""
    paths = sorted(FIRST.glob("*.jsonl"))
    first, second = read_gold(map(str, paths)), read_gold(str(CODED / path.name) for path in paths)
    found = evaluate((one, other.mentions) for one, other in zip(first, second, strict=True))
    for file, score in found.strict.by_file.items():
        _print(Path(file).stem, score, found.loose.by_file[file])
    _print("all", found.strict.overall, found.loose.overall)


def _print(name: str, strict: Score, loose: Score) -> None:
    counts = strict.counts
    told = f"first {counts.gold:5}  second {counts.coded:5}" if counts else ""
    print(f"{name:10} {told}  strict F1 {strict.f1.value:.3f}  loose F1 {loose.f1.value:.3f}")


if __name__ == "__main__":
    main()
