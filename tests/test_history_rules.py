"""What the check finds only when it is told what stood before, and who proposes the change."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator import disk
from generator.analysis.whole import analyse
from generator.archive import read_archive
from generator.checks import check
from generator.documents import SourceFile
from generator.problems import Problem
from tests.conftest import TODAY, copy_project, run_claims

CLAIM = "claims/2023/2023-01-26-international-resistance.yml"
FACADE = "content/facades/test-outlet.md"


def _compared(files: Sequence[SourceFile], before: Sequence[SourceFile], author: str | None = None) -> list[Problem]:
    archive, _ = read_archive(files)
    base, _ = read_archive(before)
    problems = check(archive, analyse(archive, ""), TODAY, base, author)
    return [problem for problem in problems if problem.rule in ("C04", "C05", "F11")]


def _changed(files: Sequence[SourceFile], path: str, old: str, new: str) -> list[SourceFile]:
    text = next(file.content for file in files if file.path == path).decode()

    assert old in text

    return [*(file for file in files if file.path != path), SourceFile(path, text.replace(old, new).encode())]


def _without(files: Sequence[SourceFile], path: str) -> list[SourceFile]:
    return [file for file in files if file.path != path]


def test_nothing_is_said_of_what_stands_as_it_stood(small_files):
    assert [] == _compared(small_files, small_files, "second-editor")


def test_a_changed_entry_of_the_history_is_named_where_it_stands(small_files):
    files = _changed(small_files, CLAIM, "why: record made from the source article", "why: another reason")

    (problem,) = _compared(files, small_files)

    text = next(file.content for file in small_files if file.path == CLAIM).decode().splitlines()
    assert ("C04", CLAIM) == (problem.rule, problem.place.path)
    assert "why: record made from the source article" in text[problem.place.line - 1]


def test_a_lost_entry_of_the_history_is_named_at_the_history(small_files):
    entry = "  - {date: 2026-11-22, from: unverified, to: uncorroborated, why: three searches logged; "
    entry += "all known reports traced to the claimant side, by: first-editor}\n"
    files = _changed(small_files, CLAIM, entry, "")

    (problem,) = _compared(files, small_files)

    assert "the entry of 2026-11-22 is gone" in problem.sentence


def test_an_entry_may_be_appended(small_files):
    last = "by: first-editor, notice: correction}\n"
    more = last + "  - {date: 2023-02-06, from: not-authentic, to: unverified, why: x, by: a}\n"
    files = _changed(small_files, "claims/2023/2023-02-02-test-faction.yml", last, more)

    assert [] == _compared(files, small_files)


def test_the_history_of_a_profile_is_append_only_too(small_files):
    history = "kind: media-outlet\nhistory: [{date: 2023-01-01, why: made, by: a}]\n"
    before = _changed(small_files, FACADE, "kind: media-outlet\n", history)

    assert ["C04"] == [problem.rule for problem in _compared(small_files, before)]


def test_a_renamed_record_keeps_its_history(small_files):
    new = "claims/2023/2023-01-26-international-resistance-yusufiyah.yml"
    renamed = _changed(small_files, CLAIM, "status: uncorroborated\n", "status: uncorroborated\nformerly: ID\n")
    text = next(file.content for file in renamed if file.path == CLAIM).decode()
    text = text.replace("formerly: ID", "formerly: 2023-01-26-international-resistance")
    moved = [*_without(small_files, CLAIM), SourceFile(new, text.encode())]

    assert [] == _compared(moved, small_files)

    rewritten = text.replace("why: record made from the source article", "why: another reason")
    problems = _compared([*_without(small_files, CLAIM), SourceFile(new, rewritten.encode())], small_files)

    assert [("C04", new)] == [(problem.rule, problem.place.path) for problem in problems]


@pytest.mark.parametrize(
    "path",
    [
        CLAIM,
        FACADE,
        "claims/events/2023-02-01-test-range.yml",
        "content/organisations/test-ministry.md",
        "content/glossary/claim-brand.md",
        "content/reports/test-report.md",
    ],
)
def test_a_deleted_record_is_a_problem_where_it_stood(path, small_files):
    problems = _compared(_without(small_files, path), small_files)

    assert [("C05", path)] == [(problem.rule, problem.place.path) for problem in problems]


def test_a_record_in_another_folder_or_with_a_fault_is_not_deleted(small_files):
    text = next(file.content for file in small_files if file.path == CLAIM)
    moved = [*_without(small_files, CLAIM), SourceFile(CLAIM.replace("2023/", "2024/"), text)]
    broken = [*_without(small_files, CLAIM), SourceFile(CLAIM, b"facade: [\n")]

    assert [] == _compared(moved, small_files)
    assert [] == _compared(broken, small_files)


def test_a_written_page_may_go(small_files):
    assert [] == _compared(_without(small_files, "content/about/privacy.md"), small_files)


def test_nobody_reviews_the_finding_they_propose(small_files):
    files = _changed(small_files, CLAIM, "Only the claim mentions", "Nothing but the claim mentions")

    problems = _compared(files, small_files, "@Second-Editor")

    text = next(file.content for file in files if file.path == CLAIM).decode().splitlines()
    assert ["F11"] == [problem.rule for problem in problems]
    assert "Nothing but the claim mentions" in text[problems[0].place.line - 1]
    assert [] == _compared(files, small_files, "third-editor")
    assert [] == _compared(files, small_files)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose project lies in a folder of its own, with the small archive committed."""
    project = copy_project(tmp_path / "project")
    for arguments in (
        ("init", "--quiet"),
        ("add", "--all"),
        ("config", "user.name", "a"),
        ("config", "user.email", "a@example.org"),
        ("config", "commit.gpgsign", "false"),
        ("commit", "--quiet", "--message", "records"),
    ):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)
    return project


def test_the_files_of_a_revision_are_those_that_were_committed(repository, small_files):
    (repository / CLAIM).write_text("changed since", encoding="utf-8")

    files = disk.read_contributed_at(repository, "HEAD")

    schema = "claims/claim.schema.json"
    assert {file.path: file.content for file in small_files} == {
        file.path: file.content for file in files if file.path != schema
    }


def test_the_command_compares_with_a_revision_and_knows_the_author(repository):
    (repository / FACADE).unlink()
    text = (repository / CLAIM).read_text(encoding="utf-8")
    (repository / CLAIM).write_text(text.replace("Only the claim", "The claim alone"), encoding="utf-8")

    given = run_claims("check", "--base", "HEAD", "--author", "second-editor", folder=repository)
    told = run_claims("check", folder=repository, CLAIMS_BASE="HEAD", CLAIMS_AUTHOR="second-editor")

    assert given.stdout == told.stdout
    assert 1 == given.returncode
    assert f"{FACADE}:1:1: " in given.stdout
    assert "[C05]" in given.stdout
    assert "[F11]" in given.stdout


@pytest.mark.parametrize("revision", ["nothing", "--help", "HEAD:claims"])
def test_a_revision_that_does_not_exist_is_wrong_use(revision, repository):
    done = run_claims("check", f"--base={revision}", folder=repository)

    assert 2 == done.returncode
    assert "no revision of this repository" in done.stderr
