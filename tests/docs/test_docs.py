"""Documentation that cannot drift: generated pages, links, commands and examples are checked against the code."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest

from pactwatch.claims import thresholds
from pactwatch.cli.app import app
from pactwatch.law.case import parse_case

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def generated() -> dict[str, str]:
    place = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert place is not None and place.loader is not None
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    pages: dict[str, str] = module.pages()
    return pages


def test_generated_pages_are_up_to_date() -> None:
    for name, text in generated().items():
        assert (ROOT / "docs" / name).read_text("utf-8") == text, f"docs/{name} is out of date: run make docs"


def test_no_page_holds_the_marks_of_a_merge() -> None:
    marks = re.compile(r"^(<<<<<<< |=======$|>>>>>>> )", re.MULTILINE)
    assert [str(page) for page in (*PAGES, ROOT / "CHANGELOG.md") if marks.search(page.read_text("utf-8"))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_resolve(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_is_in_the_readme_and_every_one_there_exists() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    verbs = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    told = set(re.findall(r"`pactwatch ([a-z][a-z-]*)", readme)) | set(re.findall(r"· `([a-z][a-z-]*)", readme))
    assert {str(verb) for verb in verbs} == told


def test_the_readme_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACTWATCH_HOME", str(tmp_path))
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    code = compile(example, "README.md", "exec")
    exec(code, {})  # noqa: S102 - our own example


@pytest.mark.parametrize("page", ["README.md", "docs/law.md"])
def test_the_example_cases_come_out_as_told(page: str) -> None:
    import tomllib
    from datetime import date

    from tests.law.opened import court

    text = (ROOT / page).read_text("utf-8")
    block = next(one for one in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "supplier" in one)
    case = parse_case(tomllib.loads(block), court().deriver.actors)
    assert court().check(case, date(2026, 4, 20)).outcome == "denied"
    answer = court().check(case, date(2026, 4, 21))
    assert answer.outcome == "conditional"
    assert "four ministers" in answer.conditions[0].condition


def test_the_rule_example_is_written_in_the_language() -> None:
    from pactwatch.law.reading import read_lawbook
    from tests.law.opened import court

    text = (ROOT / "docs" / "law.md").read_text("utf-8")
    block = next(one for one in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[[rule]]" in one)
    view = '[[rule]]\nid = "X"\ntitle = "x"\njurisdiction = "JPN"\nregime = "x"\nvalid_from = 1976-02-27\n'
    view += 'certainty = "checked"\nsays = "x"\nsource = { publisher = "x" }\n'
    view += "".join(
        f'[[rule.clause]]\nid = "{name}"\neffect = "forbid"\nwords = "x"\n' for name in ("restraint", "conflict")
    )
    sheet = court().lawbook.programmes
    programmes = "programme,words,partners,note\n" + "".join(f"{one.programme},x,,\n" for one in sheet)
    texts = {"a.toml": block, "b.toml": view, "programmes.csv": programmes}
    book, faults = read_lawbook(texts, court().deriver.actors, "rules")
    assert not faults, faults
    assert {rule.id for rule in book.rules} == {"X", "JP-AE-EX-2013-F35"}


def test_the_example_of_the_data_sets_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "datasets.md").read_text("utf-8"), re.DOTALL)
    code = compile(example, "datasets.md", "exec")
    exec(code, {})  # noqa: S102 - our own example


def test_the_thresholds_told_are_the_thresholds_used() -> None:
    page = (ROOT / "docs" / "verdicts.md").read_text("utf-8")
    assert f"p ≤ {thresholds.ALPHA}" in page
    assert f"fewer than {thresholds.MINIMUM_N} observations" in page
    assert thresholds.FRAGILE_SHARE == 0.25 and "at most a quarter" in page
    assert thresholds.POWER == 0.8 and "four times in five" in page


def test_the_project_speaks_of_itself_only() -> None:
    command = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    for name in listed:
        file = ROOT / name
        if file.suffix in {".py", ".md", ".toml", ".csv", ".html", ".css", ".js", ".yaml", ""} and file.is_file():
            text = file.read_text("utf-8", errors="replace")
            assert str(ROOT) not in text, f"{name} names a path of this machine"
