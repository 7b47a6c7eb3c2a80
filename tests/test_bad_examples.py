"""Every rule has a bad example, and every bad example is found out on exactly the lines that it marks itself."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from generator import disk, making, printing
from generator.checks import RULES
from generator.documents import SourceFile
from generator.extracting import Taking
from generator.intake import taken_in
from generator.settings import Settings
from tests.conftest import problems_with

BAD = sorted((Path(__file__).parent / "bad").iterdir())
_MARK = re.compile(r"problem: (?P<rules>[A-Z]\d\d(?: [A-Z]\d\d)*)")
#: An embed must stand alone on its line, so its mark stands in this example's own way: the line above names it.
_NEXT_LINE = re.compile(r"^problem below: (?P<rule>[A-Z]\d\d)$")
#: Faults that no single text file can show; each has a test of its own, named here.
SHOWN_ELSEWHERE = {
    "Y01": "test_reading.test_a_character_that_hides_something_is_refused_where_it_stands",
    "Y04": "test_reading.test_a_file_that_is_too_large_too_deep_or_too_full_is_refused",
    "Y05": "test_disk.test_links_pipes_and_unreadable_files_are_problems_and_not_read",
    "L01": "test_permanence.test_a_new_record_is_a_warning_and_no_fault_of_whoever_adds_it",
    "L02": "test_permanence.test_an_address_at_which_nothing_stands_is_named_with_its_line",
    "L03": "test_permanence.test_a_list_out_of_order_says_where",
    "L04": "test_permanence.test_a_line_taken_from_the_list_is_missed",
    "L05": "test_permanence.test_a_changed_claim_needs_its_earlier_version",
    "L06": "test_permanence.test_a_version_that_was_edited_or_lost_is_found_out",
    "L07": "test_permanence.test_a_version_that_was_edited_or_lost_is_found_out",
    "L08": "test_permanence.test_a_version_that_nobody_published_is_asked_about",
    "L11": "test_permanence.test_an_address_of_the_last_publication_cannot_be_lost",
    "R12": "test_command_line.test_a_stale_schema_is_a_problem",
    "C04": "test_history_rules.test_a_changed_entry_of_the_history_is_named_where_it_stands",
    "C05": "test_history_rules.test_a_deleted_record_is_a_problem_where_it_stood",
    "F11": "test_history_rules.test_nobody_reviews_the_finding_they_propose",
    "S04": "test_evidence.test_two_claimants_cannot_both_have_done_it_alone",
    "W04": "test_checks.test_prose_that_would_take_minutes_to_render_is_refused",
}


def _marks(text: str) -> Counter[tuple[int, str]]:
    marks: Counter[tuple[int, str]] = Counter()
    for number, line in enumerate(text.split("\n"), 1):
        if match := _MARK.search(line):
            marks.update((number, rule) for rule in match["rules"].split())
        elif match := _NEXT_LINE.match(line):
            marks[number + 2, match["rule"]] += 1  # a paragraph of its own: one empty line lies between
    return marks


def _path(text: str) -> str:
    match = re.search(r"# path: (\S+)", text)

    assert match

    return match[1]


@pytest.mark.parametrize("bad", BAD, ids=lambda path: path.stem)
def test_a_bad_example_is_found_out_on_the_lines_it_marks(bad: Path, small_files: list[SourceFile]) -> None:
    text = bad.read_text(encoding="utf-8")
    path = _path(text)

    found = Counter(
        (problem.place.line, problem.rule)
        for problem in problems_with(small_files, SourceFile(path, text.encode()))
        if problem.place.path == path
    )

    assert _marks(text) == found


def test_a_build_of_bad_examples_ends_with_sentences(
    small_files: list[SourceFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is taken from claims is taken beside the checks, so also from claims that the rules refuse.
    settings = Settings("Facade Watch", "https://facade-watch.example/", "https://github.com/facade-watch/facade-watch")
    refusals = 0
    for number, bad in enumerate(BAD):
        text = bad.read_text(encoding="utf-8")
        path = _path(text)
        files = [file for file in small_files if file.path != path] + [SourceFile(path, text.encode())]
        monkeypatch.setattr(making, "taken_in", lambda found, kept, again, files=files: taken_in(files, kept))
        try:
            told = printing.as_text(making.checked(tmp_path, settings, disk.Kept(tmp_path / str(number)))[2])
        except making.Refused as refused:
            told = str(refused)
            refusals += 1

        assert f"{path}:" in told, bad.stem
    assert refusals > len(BAD) / 2


def test_a_fault_of_ours_is_shown_where_the_rules_find_nothing(
    small_files: list[SourceFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings("Facade Watch", "https://facade-watch.example/", "https://github.com/facade-watch/facade-watch")
    files = list(small_files)
    monkeypatch.setattr(making, "taken_in", lambda found, kept, again: taken_in(files, kept))
    monkeypatch.setattr(making, "takings", lambda site: [Taking("wrong", lambda entries: entries[0].no_such_thing)])
    with pytest.raises(Exception, match="no_such_thing"):
        making.checked(tmp_path, settings, disk.Kept(tmp_path))

    files.append(SourceFile("claims/2023/2023-03-01-nobody.yml", b"kind: claim\n"))
    with pytest.raises(making.Refused, match="2023-03-01-nobody"):
        making.checked(tmp_path, settings, disk.Kept(tmp_path))


def test_every_rule_has_a_bad_example() -> None:
    marked = {rule for bad in BAD for _, rule in _marks(bad.read_text(encoding="utf-8"))}

    assert {rule.id for rule in RULES} == marked | set(SHOWN_ELSEWHERE)


def test_every_problem_is_one_short_line_without_control_characters(small_files: list[SourceFile]) -> None:
    for bad in BAD:
        text = bad.read_text(encoding="utf-8")
        for problem in problems_with(small_files, SourceFile(_path(text), text.encode())):
            assert problem.sentence.isprintable()
            assert len(problem.sentence) < 300


def test_five_mistakes_in_one_file_are_five_problems_in_one_run(small_files: list[SourceFile]) -> None:
    text = (Path(__file__).parent / "bad" / "five-mistakes.yml").read_text(encoding="utf-8")
    path = _path(text)

    lines = {problem.place.line for problem in problems_with(small_files, SourceFile(path, text.encode()))}

    assert len(lines) >= 5
