"""The documentation is whole: every field is described, the example shows them all, every command is written down."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel

from generator import disk
from generator.archive import read_archive
from generator.documents import SourceFile
from generator.records.claim import Claim
from generator.records.event import Event
from generator.records.facade import Facade
from generator.records.organisation import Organisation
from generator.records.report import Report
from generator.records.term import Term
from generator.schema import field_tables
from tests.conftest import PROJECT, problems_with

EXAMPLE = PROJECT / "claims" / "EXAMPLE.yml"


def test_every_field_of_every_record_has_a_description() -> None:
    for model in (Claim, Event, Facade, Organisation, Report, Term):
        for title, description, rows in field_tables(model):
            assert description, title
            for row in rows:
                assert row.description, f"{title}: {row.name}"


def test_the_example_passes_the_check_as_a_claim_of_the_real_archive() -> None:
    files, _ = disk.read_contributed(PROJECT)
    path = "claims/2023/2023-01-26-international-resistance.yml"
    example = SourceFile(path, EXAMPLE.read_bytes())

    assert [] == [str(problem) for problem in problems_with(files, example) if problem.place.path == path]


def test_the_example_names_every_field_of_a_claim() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    missing = [
        name
        for name, field in Claim.model_fields.items()
        if not re.search(rf"^(?:#\s*)?(?:\s*){field.alias or name}:", text, re.MULTILINE)
    ]

    assert [] == missing


def test_every_command_and_option_is_written_down() -> None:
    import click

    from generator.__main__ import main

    documents = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (
            PROJECT / "README.md",
            PROJECT / "CONTRIBUTING.md",
            PROJECT / "content" / "about" / "contribute.md",
        )
    )
    for name, command in main.commands.items():
        assert f"claims {name}" in documents, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"claims {name}: {parameter.name}"


def test_every_word_of_make_has_its_help() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)

    assert phony
    for word in set(phony[1].split()) - {"always"}:
        assert re.search(rf"^{word}:.*## ", makefile, re.MULTILINE), word


def test_the_readme_opens_with_the_two_commands() -> None:
    lines = (PROJECT / "README.md").read_text(encoding="utf-8").splitlines()

    assert "```sh" == lines[2]
    assert lines[3].startswith("make site")
    assert lines[4].startswith("make test")


def test_every_file_that_the_readme_names_is_there() -> None:
    for document in ("README.md", "CONTRIBUTING.md", "claims/README.md"):
        text = (PROJECT / document).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (PROJECT / document).parent.joinpath(target).exists(), f"{document}: {target}"


def test_the_real_archive_has_no_error_and_no_warning() -> None:
    files, problems = disk.read_contributed(PROJECT)
    archive, more = read_archive(files)

    assert len(archive.claims) >= 18
    assert len(archive.terms) >= 44
    assert [] == problems + more


def test_no_model_is_left_out_of_the_schema() -> None:
    text = (PROJECT / "claims" / "claim.schema.json").read_text(encoding="utf-8")

    def parts(model: type[BaseModel]) -> set[str]:
        return {title for title, _, _ in field_tables(model)}

    for title in parts(Claim) - {"Claim"}:
        assert title.replace(" ", "").lower() in text.lower(), title


def test_nothing_committed_names_a_machine_or_a_registry() -> None:
    import subprocess

    listed = subprocess.run(
        ["git", "-C", str(PROJECT), "ls-files", "-z"], check=False, capture_output=True, text=True
    ).stdout.split("\0")
    for name in filter(None, listed):
        path = Path(PROJECT / name)
        if path.suffix in (".woff2", ".png", ".js") or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(?:work|opt/pypi|root)/|files\.pythonhosted\.org|registry\.npmjs", text), name
