"""The `claims` command as people and machines use it: what it prints, and how it exits."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator import making
from generator.problems import Place, Problem, Severity
from tests.conftest import copy_project, run_claims, run_python

BAD = "status: verified\nfacade: test-facton\ndate: 2023-02-30\nquote: x\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own."""
    return copy_project(tmp_path / "project")


def _add(project: Path, text: str, name: str = "2023-03-01-test-faction") -> None:
    (project / "claims" / "2023" / f"{name}.yml").write_text(text, encoding="utf-8")


def test_a_clean_archive_exits_with_0_and_says_how_much_was_read(project):
    done = run_claims("check", folder=project)

    assert 0 == done.returncode
    assert done.stderr.startswith("4 claims, ")


def test_five_mistakes_in_one_file_are_named_with_their_lines_in_one_run(project):
    _add(project, BAD)

    done = run_claims("check", folder=project)

    assert 1 == done.returncode
    lines = [line for line in done.stdout.splitlines() if line.startswith("claims/2023/2023-03-01-test-faction.yml:")]
    places = {tuple(map(int, re.match(r"[^:]+:(\d+):(\d+): ", line).groups())) for line in lines}
    assert {(1, 9), (2, 9), (3, 7), (4, 8)} <= places
    assert any("did you mean ‘test-faction’?" in line for line in lines)
    assert any("a claim needs a source" in line for line in lines)
    assert "Traceback" not in done.stderr


def test_paths_choose_whose_problems_are_shown(project):
    _add(project, BAD)
    other = "claims/2023/2023-02-01-test-faction.yml"

    assert 0 == run_claims("check", other, folder=project).returncode
    assert 1 == run_claims("check", "claims/2023", folder=project).returncode


def test_annotations_stand_on_the_wrong_line_and_values_cannot_begin_a_command(project):
    _add(project, BAD + "title: '::error ::x%0A\n  ::stop-commands::y'\n")

    done = run_claims("check", "--format", "github", folder=project)

    assert "::error file=claims/2023/2023-03-01-test-faction.yml,line=1,col=9" in done.stdout
    assert all(
        line.startswith(("claims/2023/", "::error file=", "::warning file=")) for line in done.stdout.splitlines()
    )


def test_github_actions_get_annotations_without_asking(project):
    _add(project, BAD)

    assert "::error file=" in run_claims("check", folder=project, GITHUB_ACTIONS="true").stdout


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_machines_get_the_same_problems(project, form):
    _add(project, BAD)

    done = run_claims("check", "--format", form, folder=project)
    read = json.loads(done.stdout)

    assert 1 == done.returncode
    if form == "json":
        assert {"path", "line", "column", "rule", "severity", "sentence"} == set(read[0])
    else:
        result = read["runs"][0]["results"][0]
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


def test_a_stale_schema_is_a_problem(project):
    (project / "claims" / "claim.schema.json").write_text("{}", encoding="utf-8")

    done = run_claims("check", folder=project)

    assert 1 == done.returncode
    assert "[R12]" in done.stdout
    assert 1 == run_claims("schema", "--check", folder=project).returncode
    assert 0 == run_claims("schema", folder=project).returncode
    assert 0 == run_claims("check", folder=project).returncode


def test_a_schema_that_is_a_link_is_not_read(project, tmp_path):
    schema = project / "claims" / "claim.schema.json"
    schema.rename(tmp_path / "elsewhere.json")
    schema.symlink_to(tmp_path / "elsewhere.json")
    done = run_claims("check", folder=project)

    assert 1 == done.returncode
    assert "claims/claim.schema.json:1:1: links, pipes and devices are not allowed [Y05]" in done.stdout
    assert "[R12]" in done.stdout


def test_a_new_draft_passes_the_check_and_names_the_schema(project):
    done = run_claims(*_NEW, folder=project)

    assert 0 == done.returncode, done.stderr
    text = (project / "claims" / "2023" / "2023-03-04-test-faction.yml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../claim.schema.json\n")
    assert 0 == run_claims("check", folder=project).returncode


_NEW = (
    "new", "--facade", "test-faction", "--date", "2023-03-04", "--title", "Claimed a test", "--quote", 'نص "قصير": #1',
    "--quote-lang", "ar", "--source-title", "A title: with a colon", "--source-publisher", "Test Paper",
    "--source-published", "2023-03-05", "--source-url", "https://example.org/x",
)  # fmt: skip


def test_a_draft_never_overwrites_a_record(project):
    run_claims(*_NEW, folder=project)
    before = (project / "claims" / "2023" / "2023-03-04-test-faction.yml").read_text(encoding="utf-8")
    again = run_claims(*_NEW, folder=project)

    assert 2 == again.returncode
    assert "--place" in again.stderr
    assert before == (project / "claims" / "2023" / "2023-03-04-test-faction.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments", [("check", "--format", "xml"), ("chek",), ("check", "no-such-file"), ("new", "--date", "2023-02-30")]
)
def test_wrong_use_exits_with_2_and_one_sentence(project, arguments):
    done = run_claims(*arguments, folder=project)

    assert 2 == done.returncode
    assert "Traceback" not in done.stderr


def test_outside_a_project_the_command_says_so(tmp_path):
    done = run_claims("check", folder=tmp_path)

    assert 2 == done.returncode
    assert "not inside the project" in done.stderr


def test_a_bad_claim_builds_nothing_and_leaves_the_old_site(project):
    assert 0 == run_claims("build", folder=project).returncode
    before = (project / "site" / "index.html").read_bytes()
    _add(project, BAD)

    done = run_claims("build", folder=project)

    assert 1 == done.returncode
    assert "nothing was built" in done.stderr
    assert "claims/2023/2023-03-01-test-faction.yml:1:9:" in done.stderr
    assert "Traceback" not in done.stderr
    assert before == (project / "site" / "index.html").read_bytes()


def test_checking_imports_neither_altair_nor_mkdocs(project):
    program = (
        "import sys\nfrom click.testing import CliRunner\nfrom generator.__main__ import main\n"
        "result = CliRunner().invoke(main, ['check'])\nassert result.exit_code == 0, result.output\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'altair', 'mkdocs', 'material', 'vl_convert', 'pandas'}))"
    )
    done = run_python("-c", program, folder=project)

    assert "[]" == done.stdout.strip(), done.stderr


def test_a_build_lists_every_warning_but_not_thousands_of_notes(caplog):
    def found(line, severity):
        return Problem(Place("claims/2023/a.yml", line), "P05", f"problem {line}", severity)

    notes = [found(line, Severity.INFORMATION) for line in range(1, 1_001)]
    warnings = [found(line, Severity.WARNING) for line in range(2_001, 2_101)]
    with caplog.at_level("INFO", logger="mkdocs.plugins.claims"):
        making.tell([*notes, *warnings])
    lines = [record.getMessage() for record in caplog.records]

    assert 100 == sum("warning: problem" in line for line in lines)
    assert 20 == sum("information: problem" in line for line in lines)
    assert "980 more notes; `claims check` lists them all" == lines[-1]

    caplog.clear()
    with caplog.at_level("INFO", logger="mkdocs.plugins.claims"):
        making.tell(notes[:20])
    assert [f"claims/2023/a.yml:{at}:1: information: problem {at} [P05]" for at in range(1, 21)] == [
        record.getMessage() for record in caplog.records
    ]
