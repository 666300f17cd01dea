"""How fast event files are imported, and in how much memory: ten million GDELT rows in zipped files, filtered to dyads.

Beside it, in the same run, pandas reading one of the files in chunks, with the same columns and the same filter and no
checks at all. Promised: 10 million rows in under 60 s and 1.5 GB on two cores.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pandas as pd

from pactwatch.datasets.kinds.gdelt import KEPT, VERSION_2
from pactwatch.flow import open_casebook

MEASURED = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)
"""Runs a command from a small process, which tells the largest memory the command had, in kilobytes."""

TEMPLATE_ROWS = 20_000
ACTORS = ("USA", "GBR", "JPN", "PHL", "CHN", "ISR", "RUS", "FRA", "", "", "AFR", "IND", "AUS", "VNM", "SYR", "TUR")
CODES = ("010", "020", "036", "042", "043", "046", "051", "057", "111", "112", "173", "190", "0231", "0841", "1011")


def make_line(number: int, chance: random.Random) -> str:
    """A line of the width, the cells and about the length of a real one."""
    day, code = f"2015{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}", chance.choice(CODES)
    one, other = chance.choice(ACTORS), chance.choice(ACTORS)
    place = ("3", "Springfield, Northern Province, Somewhere", "US", "USOR", "OR047", "44.9429", "-123.035", "1167861")
    cells = {
        "GlobalEventID": str(479_000_000 + number),
        "Day": day,
        "MonthYear": day[:6],
        "Year": day[:4],
        "FractionDate": "2015.8137",
        "Actor1Code": one,
        "Actor1Name": f"ACTOR {one}",
        "Actor1CountryCode": one,
        "Actor2Code": other,
        "Actor2Name": f"ACTOR {other}",
        "Actor2CountryCode": other,
        "IsRootEvent": str(chance.randint(0, 1)),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": str(chance.randint(1, 4)),
        "GoldsteinScale": chance.choice(("3.4", "-2.0", "0.0", "7.0", "-10.0")),
        "NumMentions": str(chance.randint(1, 40)),
        "NumSources": "1",
        "NumArticles": str(chance.randint(1, 40)),
        "AvgTone": f"{chance.uniform(-9, 9):.14f}",
        "DATEADDED": f"{day}220000",
        "SOURCEURL": f"http://www.example.com/news/2015/{number}/thornless-marionberries-reduce-liability-concerns",
    }
    for who in ("Actor1", "Actor2", "Action"):
        names = [name for name in VERSION_2.columns if name.startswith(f"{who}Geo_")]
        cells |= dict(zip(names, place, strict=True))
    return "\t".join(cells.get(name, "") for name in VERSION_2.columns)


def make_files(folder: Path, rows: int, files: int) -> list[Path]:
    """Zipped event files of equal size with different numbers of events."""
    chance = random.Random(7)
    template = [make_line(number, chance).split("\t", 1)[1] for number in range(TEMPLATE_ROWS)]
    paths, each = [], rows // files
    for place in range(files):
        path = folder / f"2015{place:04d}.export.CSV.zip"
        member = path.name.removesuffix(".zip")
        archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        with archive, archive.open(member, "w") as stream:
            for start in range(0, each, TEMPLATE_ROWS):
                first = 479_000_000 + place * each + start
                lines = (f"{first + n}\t{line}\n" for n, line in enumerate(template[: each - start]))
                stream.write("".join(lines).encode())
        paths.append(path)
    return paths


def read_with_pandas(path: Path) -> int:
    """One file by pandas, in chunks, with the same columns and filter; returns the rows kept."""
    settings = open_casebook().settings
    others = {*settings.partners, *settings.baseline}
    kept = 0
    chunks = pd.read_csv(
        path,
        sep="\t",
        names=list(VERSION_2.columns),
        usecols=list(KEPT),
        dtype=str,
        quoting=3,
        chunksize=200_000,
        keep_default_na=False,
    )
    for chunk in chunks:
        one, other = chunk["Actor1CountryCode"], chunk["Actor2CountryCode"]
        there = (one == settings.focus) & other.isin(others)
        kept += int((there | (one.isin(others) & (other == settings.focus))).sum())
    return kept


def main() -> None:
    """Print rows per second, memory, and the ratio to pandas."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--files", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = make_files(folder, options.rows, options.files)
        size = sum(path.stat().st_size for path in paths)
        command = [
            sys.executable,
            "-m",
            "pactwatch",
            "--home",
            str(folder / "home"),
            "import",
            "gdelt",
            *map(str, paths),
        ]
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, check=True)
        seconds, memory = time.perf_counter() - start, int(done.stdout) / 1e6
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        again = time.perf_counter() - start
        start = time.perf_counter()
        kept = read_with_pandas(paths[0])
        pandas_rate = options.rows / options.files / (time.perf_counter() - start)
    print(f"{options.rows:,} rows in {options.files} zipped files of {size / 1e9:.2f} GB together")
    print(f"pactwatch import gdelt: {seconds:.1f} s, {options.rows / seconds:,.0f} rows/s, {memory:.2f} GB at most")
    print(f"the same files again (a no-op): {again:.1f} s")
    print(f"pandas, unchecked, one file: {pandas_rate:,.0f} rows/s ({kept:,} rows kept)")
    print(f"ratio to pandas: {options.rows / seconds / pandas_rate:.2f}")


if __name__ == "__main__":
    main()
