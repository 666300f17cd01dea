"""How fast documents are read from disk into the ledger, coded: 10,000 short articles, then again, on two cores.

Beside it, in the same run, trafilatura alone in one process: the main text and metadata of the same pages, kept nowhere
and coded by nobody. CPU seconds are told beside wall seconds, since other programs may be at work; half the CPU seconds
are what two free cores would take.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLES = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdecimal() else 10_000
SAMPLE = 500
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Daily Reader</title>'
    '<meta property="og:site_name" content="The Daily Reader"><meta property="article:published_time" content="{day}">'
    '<link rel="stylesheet" href="/style.css"></head><body><header><a href="/">Home</a></header><nav><ul>'
    '<li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li><li><a href="/about">About us</a></li></ul>'
    "</nav><main><article><h1>{title}</h1>{body}</article><aside><h2>Read more</h2><ul>{links}</ul></aside></main>"
    '<footer><p>Copyright The Daily Reader. <a href="/terms">Terms of use</a></p></footer></body></html>'
)


def write_articles(folder: Path, count: int) -> None:
    """Articles of eight to sixteen sentences, the first half from one coded document and the rest from another."""
    lines = [
        json.loads(line)
        for path in sorted((Path(__file__).parent / "coded").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    told = [[part.strip() for part in line["text"].replace("\n", " ").split(". ") if len(part) > 30] for line in lines]
    told = [sentences for sentences in told if len(sentences) >= 4]
    titles = [line["title"] for line in lines]
    chance = random.Random(7)
    for number in range(count):
        parts = [_run_of(chance.choice(told), chance.randint(4, 8), chance) for _ in range(2)]
        sentences = [f"{one.rstrip('.')}." for part in parts for one in part]
        body = "".join(f"<p>{' '.join(sentences[at : at + 3])}</p>" for at in range(0, len(sentences), 3))
        links = "".join(f'<li><a href="/{index}">{chance.choice(titles)}</a></li>' for index in range(6))
        title = chance.choice(titles)
        page = PAGE.format(title=title, day=f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}", body=body, links=links)
        (folder / f"{number:06d}.html").write_text(page, "utf-8")


def _run_of(sentences: list[str], length: int, chance: random.Random) -> list[str]:
    start = chance.randint(0, max(0, len(sentences) - length))
    return sentences[start : start + length]


def timed(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of a command with its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=sys.stdout)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def extract_alone(folder: Path) -> float:
    """CPU seconds that trafilatura alone would take for all pages, by a sample of them."""
    from trafilatura import bare_extraction

    pages = [path.read_text("utf-8") for path in sorted(folder.iterdir())[:SAMPLE]]
    start = time.process_time()
    for page in pages:
        bare_extraction(page, with_metadata=True)
    return (time.process_time() - start) / len(pages) * ARTICLES


def main() -> None:
    """Read, read again, and compare."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        write_articles(folder, ARTICLES)
        options = ["--home", f"{place}/home", "--jobs", "2", "--coder", "grammar"]
        command = [sys.executable, "-m", "pactwatch", "read", str(folder), *options]
        wall, cpu = timed(command)
        again_wall, again_cpu = timed(command)
        alone = extract_alone(folder)
        free = f"{cpu / 2:.1f} s on two free cores"
        print(f"{ARTICLES:,} articles read and coded: {wall:.1f} s wall, {cpu:.1f} s CPU, {free}")
        print(f"the same again (nothing new): {again_wall:.1f} s wall, {again_cpu:.1f} s CPU")
        print(f"trafilatura with metadata alone, one process: {alone:.1f} s CPU; all of it {cpu / alone:.2f} times")


if __name__ == "__main__":
    main()
