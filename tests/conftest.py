"""What the tests share: the small archive as values, and one build of it."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import disk
from generator.analysis.whole import Analysis, analyse
from generator.archive import Archive, read_archive
from generator.checks import check
from generator.documents import SourceFile
from generator.problems import Problem
from generator.schema import claim_schema

PROJECT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "archive"
#: What Python and the browser must both work out of the same texts.
VECTORS = Path(__file__).parent / "vectors" / "folding.json"
TODAY = datetime.date(2026, 11, 24)


@pytest.fixture(scope="session")
def small_files() -> list[SourceFile]:
    """The files of the small archive."""
    files, problems = disk.read_contributed(SMALL)

    assert [] == problems

    return files


@pytest.fixture(scope="session")
def small(small_files: list[SourceFile]) -> Archive:
    """The small archive, whole and without faults."""
    archive, problems = read_archive(small_files)

    assert [] == problems

    return archive


@pytest.fixture(scope="session")
def small_analysis(small: Archive) -> Analysis:
    """The analysis of the small archive."""
    return analyse(small, "Facade Watch")


def problems_with(files: list[SourceFile], *more: SourceFile) -> list[Problem]:
    """Everything that reading and checking say about these files; later ones replace earlier ones of the same path."""
    by_path = {file.path: file for file in (*files, *more)}
    archive, problems = read_archive(by_path.values())
    return sorted(problems + check(archive, analyse(archive, "Facade Watch"), TODAY))


def copy_project(to: Path) -> Path:
    """A project folder of its own with the small archive as its records and the real theme and settings."""
    shutil.copytree(SMALL, to, dirs_exist_ok=True)
    shutil.copy(PROJECT / "mkdocs.yml", to)
    shutil.copytree(PROJECT / "theme_overrides", to / "theme_overrides")
    (to / "claims" / "claim.schema.json").write_text(claim_schema(), encoding="utf-8")
    return to


def run_claims(*arguments: str, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the `claims` command as a user does."""
    return run_python("-m", "generator", *arguments, folder=folder, **options)


def run_python(*arguments: str, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with our modules."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={**_environment(), **options},  # type: ignore[dict-item]
    )


#: Settings of whoever runs the tests that would change what is built or printed.
_OURS = ("GITHUB_ACTIONS", "SITE_URL", "REPOSITORY_URL", "SOURCE_DATE_EPOCH")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _OURS}
    return {**kept, "PYTHONPATH": str(PROJECT), "NO_MKDOCS_2_WARNING": "1"}


#: A claim that is withdrawn as an error and keeps its content, and one whose content is gone.
KEPT, GONE = "2023-01-26-international-resistance", "2023-01-19-international-resistance"


@pytest.fixture(scope="session")
def withdrawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small archive after two of its claims were withdrawn."""
    project = copy_project(tmp_path_factory.mktemp("withdrawn") / "small")
    stone = "tombstone: {{reason: {}, date: 2026-11-24, why: it had to go, by: first-editor}}\n"
    kept, gone = (project / "claims" / "2023" / f"{id}.yml" for id in (KEPT, GONE))
    kept.write_text(kept.read_text(encoding="utf-8") + stone.format("error"), encoding="utf-8")
    gone.write_text(
        "facade: international-resistance\ndate: 2023-01-19\nstatus: unverified\n" + stone.format("safety"),
        encoding="utf-8",
    )
    report = project / "content" / "reports" / "test-report.md"  # it embeds what is not there any longer
    report.write_text(report.read_text(encoding="utf-8").rpartition("---\n")[0] + "---\nGone.\n", encoding="utf-8")
    done = run_claims("build", folder=project)

    assert 0 == done.returncode, done.stderr

    return project / "site"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small archive, built once by the command."""
    project = copy_project(tmp_path_factory.mktemp("project") / "small")
    done = run_claims("build", folder=project)

    assert 0 == done.returncode, done.stderr

    return project / "site"
