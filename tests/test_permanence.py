"""What was published stays: addresses, earlier versions, tombstones, and the list of hashes of a publication."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import html

from generator import recording
from generator.analysis.addresses import addresses_of
from generator.analysis.difference import changes
from generator.analysis.notice import notice_of
from generator.analysis.whole import analyse
from generator.archive import Archive, read_archive
from generator.checks import check
from generator.documents import SourceFile
from generator.lasting import lasting_files
from generator.problems import Problem
from generator.records.versioning import version_of_values
from generator.settings import Settings
from generator.shells import split
from tests.conftest import TODAY, copy_project, run_claims

CLAIM = "2023-01-26-international-resistance"
PATH = f"claims/2023/{CLAIM}.yml"
LIST = "claims/permalinks.txt"
SETTINGS = Settings("Facade Watch", "https://facade-watch.example/", "https://github.com/facade-watch/facade-watch")
SHELL = split("<html><head><!--slot:head--></head><body>{slot:title}<!--slot:body--></body></html>")


def _text(files: Sequence[SourceFile], path: str) -> str:
    return next(file.content for file in files if file.path == path).decode()


def _with(files: Sequence[SourceFile], *more: tuple[str, str]) -> list[SourceFile]:
    by_path = {file.path: file for file in files}
    by_path.update({path: SourceFile(path, text.encode()) for path, text in more})
    return list(by_path.values())


def _changed(files: Sequence[SourceFile], path: str, old: str, new: str) -> list[SourceFile]:
    text = _text(files, path)

    assert old in text

    return _with(files, (path, text.replace(old, new, 1)))


def _without(files: Sequence[SourceFile], path: str) -> list[SourceFile]:
    return [file for file in files if file.path != path]


def _archive(files: Sequence[SourceFile]) -> Archive:
    return read_archive(files)[0]


def _problems(files: Sequence[SourceFile], before: Sequence[SourceFile] | None = None) -> list[Problem]:
    archive, problems = read_archive(files)
    base = _archive(before) if before is not None else None
    problems = problems + check(archive, analyse(archive, "Facade Watch"), TODAY, base)
    return sorted(problem for problem in problems if problem.rule.startswith("L"))


def _rules(files: Sequence[SourceFile], before: Sequence[SourceFile] | None = None) -> list[str]:
    return [problem.rule for problem in _problems(files, before)]


def _kept(files: Sequence[SourceFile], before: Sequence[SourceFile]) -> list[tuple[str, str]]:
    return list(recording.earlier_versions(_archive(files), _archive(before), TODAY, lambda path: "2026-11-22"))


def _pages(files: Sequence[SourceFile]) -> dict[str, str]:
    archive = _archive(files)
    made = lasting_files(archive, analyse(archive, "Facade Watch"), SETTINGS, SHELL)
    return {path: content.decode() for path, content in made}


# Versions


def test_a_version_is_made_of_the_content_and_of_nothing_else(small_files):
    before = _archive(small_files).claims[CLAIM].version
    text = _text(small_files, PATH)
    same = _with(
        small_files, (PATH, "# a comment\n" + text + "formerly: another-id\ncited_by: [{title: A, publisher: B}]\n")
    )
    other = _changed(small_files, PATH, "near Yusufiyah", "near Yusufiya")

    assert 10 == len(before)
    assert before == _archive(same).claims[CLAIM].version
    assert before != _archive(other).claims[CLAIM].version


def test_the_order_of_keys_makes_no_version():
    assert version_of_values({"a": "1", "b": ["2"]}) == version_of_values({"b": ["2"], "a": "1"})


# The list of addresses


def test_the_list_of_the_small_archive_is_complete(small_files):
    assert [] == _rules(small_files)
    assert _text(small_files, LIST) == recording.permalinks(_archive(small_files))[1]


def test_a_new_record_is_a_warning_and_no_fault_of_whoever_adds_it(small_files):
    new = _with(small_files, ("claims/2023/2023-01-27-international-resistance.yml", _text(small_files, PATH)))

    (problem,) = [problem for problem in _problems(new) if problem.rule == "L01"]

    assert ("warning", LIST) == (problem.severity.value, problem.place.path)
    assert "claims/2023-01-27-international-resistance/" in problem.sentence


@pytest.mark.parametrize(
    "path", ["content/facades/unit-10000.md", "content/glossary/umbrella-brand.md", "content/reports/test-report.md"]
)
def test_an_address_at_which_nothing_stands_is_named_with_its_line(small_files, path):
    (problem,) = [problem for problem in _problems(_without(small_files, path)) if problem.rule == "L02"]

    address = path.removeprefix("content/").removesuffix(".md") + "/"
    assert address == _text(small_files, LIST).splitlines()[problem.place.line - 1]


def test_a_broken_file_is_not_a_lost_address(small_files):
    assert "L02" not in _rules(_with(small_files, (PATH, "status: [")))


def test_a_renamed_record_keeps_its_address(small_files):
    text = _text(small_files, "content/facades/unit-10000.md")
    moved = _with(
        _without(small_files, "content/facades/unit-10000.md"),
        ("content/facades/unit-ten-thousand.md", text.replace("---\n", "---\nformerly: unit-10000\n", 1)),
    )

    assert "L02" not in _rules(moved)


def test_a_list_out_of_order_says_where(small_files):
    lines = _text(small_files, LIST).splitlines()
    wrong = "\n".join([lines[1], lines[0], lines[0], "https://example.org/", *lines[2:]]) + "\n"

    found = [problem.place.line for problem in _problems(_with(small_files, (LIST, wrong))) if problem.rule == "L03"]

    assert [2, 3, 4] == found


def test_a_line_taken_from_the_list_is_missed(small_files):
    lines = _text(small_files, LIST).splitlines()
    shorter = _with(small_files, (LIST, "\n".join(lines[1:]) + "\n"))

    (problem,) = [problem for problem in _problems(shorter, small_files) if problem.rule == "L04"]

    assert lines[0] in problem.sentence


# Earlier versions


def test_a_changed_claim_needs_its_earlier_version(small_files):
    now = _changed(small_files, PATH, "near Yusufiyah", "near al-Yusufiyah")

    assert ["L05"] == _rules(now, small_files)

    kept = _with(now, *_kept(now, small_files))

    assert [] == [problem for problem in _problems(kept, small_files) if problem.severity.value == "error"]
    assert ["L01"] == _rules(kept, small_files)  # its address is listed by the same command, afterwards
    assert [] == _kept(kept, small_files)


def test_what_is_kept_is_what_was_published(small_files):
    now = _changed(small_files, PATH, "near Yusufiyah", "near al-Yusufiyah")
    ((path, text),) = _kept(now, small_files)
    was = _archive(small_files).claims[CLAIM]

    assert f"claims/versions/{CLAIM}/{was.version}.json" == path
    assert was.document.value == json.loads(text)["record"]


def test_a_version_that_was_edited_or_lost_is_found_out(small_files):
    now = _changed(small_files, PATH, "near Yusufiyah", "near al-Yusufiyah")
    kept = _with(now, *_kept(now, small_files))
    ((path, _),) = _kept(now, small_files)
    edited = _changed(kept, path, '"status": "uncorroborated"', '"status": "confirmed"')

    assert {"L06", "L07"} <= set(_rules(edited, kept))
    assert "L07" in _rules(_without(kept, path), kept)
    assert "L06" in _rules(_changed(kept, path, '"record"', '"removed": "x", "record"'), kept)


def test_a_version_that_nobody_published_is_asked_about(small_files):
    now = _changed(small_files, PATH, "near Yusufiyah", "near al-Yusufiyah")
    invented = _changed(small_files, PATH, "near Yusufiyah", "in Baghdad")
    kept = _with(now, *_kept(now, small_files), *_kept(now, invented))

    assert ["L08"] == [rule for rule in _rules(kept, small_files) if rule == "L08"]


def test_a_version_of_no_claim_is_a_problem(small_files):
    now = _changed(small_files, PATH, "near Yusufiyah", "near al-Yusufiyah")
    ((path, text),) = _kept(now, small_files)

    assert "L06" in _rules(_with(small_files, (path.replace(CLAIM, "no-such-claim"), text)))


def test_a_version_that_the_program_no_longer_reads_is_shown_field_by_field(small_files):
    now = _changed(small_files, PATH, "near Yusufiyah", "near al-Yusufiyah")
    record = {"facade": "x", "status": "unverified", "of_old": "<b>a field of an older format</b>"}
    name = version_of_values(record)
    text = json.dumps({"number": 1, "published": "2026-11-01", "replaced": "2026-11-22", "record": record})
    files = _with(now, (f"claims/versions/{CLAIM}/{name}.json", text))

    assert "L06" not in _rules(files)
    page = _pages(files)[f"claims/{CLAIM}/as-of/{name}/index.html"]
    assert "&lt;b&gt;a field of an older format&lt;/b&gt;" in page
    assert "Unverified: record as of 1 November 2026" in page


# Withdrawn records


def _withdrawn(files: Sequence[SourceFile], reason: str) -> list[SourceFile]:
    text = _text(files, PATH)
    stone = f"tombstone: {{reason: {reason}, date: 2026-11-24, why: somebody could be hurt, by: first-editor}}\n"
    if reason == "duplicate":
        return _with(files, (PATH, text + stone))
    kept = "facade: international-resistance\ndate: 2023-01-26\nstatus: uncorroborated\n" + stone
    return _with(files, (PATH, kept + text[text.index("history:") :]))


def test_withdrawn_content_goes_from_the_file_and_from_every_earlier_version(small_files):
    earlier = _changed(small_files, PATH, "near Yusufiyah", "near al-Yusufiyah")
    before = _with(earlier, *_kept(earlier, small_files))
    now = _withdrawn(before, "safety")

    assert {"L05", "L09"} <= set(_rules(now, before))

    done = _with(now, *_kept(now, before))

    assert [] == [problem for problem in _problems(done, before) if problem.severity.value == "error"]
    assert 2 == len(_archive(done).versions_of(CLAIM))
    for path, page in _pages(done).items():
        if CLAIM in path:
            assert "Allah Almighty" not in page, path
            assert "supply convoy" not in page, path


def test_a_record_withdrawn_as_a_duplicate_keeps_its_content_and_says_so(small_files):
    archive = _archive(_withdrawn(small_files, "duplicate"))
    own = analyse(archive, "Facade Watch").claims[CLAIM]

    assert own.headline.startswith("Withdrawn: claimed attack on a supply convoy")
    assert "24 November 2026 (recorded twice): somebody could be hurt" in own.sentence
    assert CLAIM not in {entry.id for entry in archive.listed_claims}
    assert f"claims/{CLAIM}/" in addresses_of(archive)


# What leads on


def test_former_ids_of_every_kind_lead_to_the_record(small_files):
    files = [*small_files]
    moved = {
        "content/facades/unit-10000.md": "facades",
        "content/organisations/test-militia.md": "organisations",
        "content/glossary/umbrella-brand.md": "glossary",
        "content/reports/test-report.md": "reports",
        "claims/events/2023-02-01-test-range.yml": "events",
    }
    for path in moved:
        begin = "---\n" if path.endswith(".md") else ""
        files = _changed(files, path, begin, f"{begin}formerly: [old-one, old-two]\n")
    pages = _pages(files)

    for path, folder in moved.items():
        id = Path(path).stem
        for former in ("old-one", "old-two"):
            page = pages[f"{folder}/{former}/index.html"]
            assert f'content="0; url=../{id}/"' in page
            assert f'<link rel="canonical" href="https://facade-watch.example/{folder}/{id}/">' in page


def test_every_version_of_a_renamed_claim_still_answers(small_files):
    now = _changed(small_files, PATH, "near Yusufiyah", "near al-Yusufiyah")
    ((path, text),) = _kept(now, small_files)
    old, new = CLAIM, f"{CLAIM}-yusufiyah"
    renamed = _with(
        _without(now, PATH),
        (PATH.replace(old, new), _text(now, PATH) + f"formerly: {old}\n"),
        (path.replace(old, new), text),
    )
    published = set(_pages(_with(now, (path, text))))

    assert set() == {file for file in published - set(_pages(renamed)) if old in file}


def test_at_the_address_of_todays_version_a_card_says_so_and_leads_to_the_record(small_files):
    version = _archive(small_files).claims[CLAIM].version
    page = html.document_fromstring(_pages(small_files)[f"claims/{CLAIM}/as-of/{version}/index.html"])

    assert "nothing has changed since" in page.text_content()
    assert [f"../../../../claims/{CLAIM}/"] == page.xpath("//h1/a/@href")
    assert ["noindex"] == page.xpath("//meta[@name='robots']/@content")


# Differences


def test_a_difference_names_the_field_and_the_entry_and_puts_the_status_first():
    before = {
        "title": "Claimed an attack",
        "status": "unverified",
        "sources": [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}],
        "notes": ["a", "b"],
    }
    after = {
        "title": "Claimed an attack near Baghdad",
        "status": "contested",
        "sources": [{"id": "s2", "title": "Two", "lang": "ar"}, {"id": "s3", "title": "Three"}],
        "notes": ["b", "c"],
        "formerly": "x",
    }

    found = [(change.field, change.before, change.after) for change in changes(before, after)]

    assert [
        ("status", "unverified", "contested"),
        ("title", "Claimed an attack", "Claimed an attack near Baghdad"),
        ("sources, s1", "id: s1; title: One", None),
        ("sources, s2, lang", None, "ar"),
        ("sources, s3", None, "id: s3; title: Three"),
        ("notes", "a", None),
        ("notes", None, "c"),
    ] == found


def test_like_texts_are_compared_word_by_word_and_unlike_ones_shown_whole():
    (like,) = changes({"why": "an attack on a convoy"}, {"why": "an attack on two convoys"})
    (unlike,) = changes({"why": "one thing"}, {"why": "something else entirely"})

    assert "an attack on" == like.pieces[0][1]
    assert ["kept", "gone", "new"] == [kind for kind, _ in like.pieces]
    assert [("gone", "one thing"), ("new", "something else entirely")] == unlike.pieces


# Notices


def test_a_correction_stands_at_the_top_until_the_next_change(small_files):
    path = "claims/2023/2023-02-02-test-faction.yml"
    corrected = _archive(small_files).claims["2023-02-02-test-faction"].record
    line = "  - {date: 2023-02-06, from: not-authentic, to: unverified, why: x, by: a}\n"
    since = _with(small_files, (path, _text(small_files, path) + line))

    assert "the faction denied it" == notice_of(corrected).why
    assert notice_of(_archive(since).claims["2023-02-02-test-faction"].record) is None


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [("confirmed", "partly-confirmed", True), ("partly-confirmed", "refuted", True), ("unverified", "refuted", False)],
)
def test_a_status_that_grants_less_than_was_established_is_announced(small_files, before, after, shown):
    text = _text(small_files, PATH)
    history = f"  - {{date: 2026-11-23, from: {before}, to: {after}, why: x, by: a, notice: update}}\n"

    assert shown == (notice_of(_archive(_with(small_files, (PATH, text + history))).claims[CLAIM].record) is not None)


# The whole way, with git and the command


def _git(project: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", "-C", str(project), *who, *arguments], check=True, capture_output=True)


#: What a claim said on three days: its status changed twice.
_FIRST = """\
facade: test-faction
title: Claimed a rocket attack on a test range
date: 2023-04-01
quote: "نص تجريبي آخر"
quote_lang: ar
status: unverified
sources:
  - {id: s1, title: A source, publisher: Test Paper, published: 2023-04-02, url: "https://example.org/4"}
history:
  - {date: 2023-04-03, to: unverified, why: record made, by: first-editor}
"""
_FINDING = """\
findings:
  - id: f-authentic
    dimension: authentic
    verdict: contradicted
    statement: The faction said that the text was not its own.
    evidence: [{item: s1, direction: contradicts, kind: decisive}]
    by: first-editor
    reviewed_by: [second-editor]
    date: 2023-04-05
"""
_SECOND = _FIRST.replace("status: unverified\n", f"{_FINDING}status: not-authentic\n") + (
    "  - {date: 2023-04-05, from: unverified, to: not-authentic, why: the faction denied it, by: first-editor}\n"
)
_THIRD = _FIRST + (
    "  - {date: 2023-04-05, from: unverified, to: not-authentic, why: the faction denied it, by: first-editor}\n"
    "  - {date: 2023-04-09, from: not-authentic, to: unverified, why: the denial was forged, by: first-editor, "
    "notice: correction}\n"
    "responses:\n"
    "  - {by: test-ministry, date: 2023-04-08, text: 'We <b>deny</b> it.', source: s1, stake: target, answer: Noted}\n"
    "cited_by:\n"
    "  - {title: A <i>book</i>, publisher: A press, published: 2023-05-01, url: 'https://example.org/book'}\n"
)
TWICE = "2023-04-01-test-faction"


@pytest.fixture(scope="module")
def changed_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in git with a claim whose status changed twice, published after each change."""
    project = copy_project(tmp_path_factory.mktemp("permanence") / "project")
    _git(project, "init")
    for text in (_FIRST, _SECOND, _THIRD):
        (project / "claims" / "2023" / f"{TWICE}.yml").write_text(text, encoding="utf-8")
        if text is not _FIRST:
            checked = run_claims("check", "--base", "main", folder=project)
            assert "[L05]" in checked.stdout
            done = run_claims("record", folder=project, SOURCE_DATE_EPOCH="1795000000")
            assert done.stdout.startswith("earlier versions kept: 1; "), done.stderr
            checked = run_claims("check", "--base", "main", folder=project)
            assert 0 == checked.returncode, checked.stdout
        _git(project, "add", ".")
        _git(project, "commit", "-m", "publish")
    done = run_claims("build", folder=project)
    assert 0 == done.returncode, done.stderr
    return project


def _page(project: Path, address: str) -> html.HtmlElement:
    return html.document_fromstring((project / "site" / address / "index.html").read_text(encoding="utf-8"))


def _versions() -> list[str]:
    archive = [_archive([SourceFile(f"claims/2023/{TWICE}.yml", text.encode())]) for text in (_FIRST, _SECOND, _THIRD)]
    return [one.claims[TWICE].version for one in archive]


def test_a_claim_whose_status_changed_twice_shows_both_earlier_versions_each_at_its_address(changed_twice):
    first, second, third = _versions()
    page = _page(changed_twice, f"claims/{TWICE}")
    shown = page.xpath("//ol[contains(@class, 'fw-versions')]/li")

    assert [f"version-{second}", f"version-{first}"] == [item.get("id") for item in shown]
    assert ["not-authentic", "unverified"] == [item.xpath(".//@data-status")[0] for item in shown]
    for item, name in zip(shown, (second, first), strict=True):
        assert f"../../claims/{TWICE}/as-of/{name}/" == item.xpath("./a/@href")[0]
        assert "status" == item.xpath(".//tbody/tr[1]/th")[0].text
    assert "The denial was forged." in page.find_class("fw-notice")[0].text_content()
    assert third in page.get_element_by_id("history").text_content()


def test_an_earlier_version_is_the_record_as_it_was_and_says_what_has_changed_since(changed_twice):
    first, second, _ = _versions()
    page = _page(changed_twice, f"claims/{TWICE}/as-of/{second}")
    band = page.find_class("fw-asof")[0].text_content()

    assert ["noindex"] == page.xpath("//meta[@name='robots']/@content")
    assert page.findtext(".//title").startswith("Not authentic: claimed a rocket attack")
    assert "not-authentic" == page.get_element_by_id("status").xpath(".//@data-status")[0]
    assert "This is the record as of " in band
    assert "Not authentic → Unverified on 9 April 2023: the denial was forged" in band
    assert "the faction denied it" not in band
    assert "the faction denied it" in _page(changed_twice, f"claims/{TWICE}/as-of/{first}").text_content()
    assert 1 == len(page.xpath("//h1"))
    canonical = f"https://facade-watch.example/claims/{TWICE}/as-of/{second}/"
    assert [canonical] == page.xpath("//link[@rel='canonical']/@href")


def test_a_reply_stands_in_its_own_box_with_its_stake_and_as_typed(changed_twice):
    page = _page(changed_twice, f"claims/{TWICE}")
    box = page.get_element_by_id("responses")

    assert "Reply by Test Ministry, 8 April 2023 · target's side (English)" in " ".join(box.text_content().split())
    assert "We <b>deny</b> it." == box.find_class("fw-quote__words")[0].text_content()
    assert [] == box.xpath(".//b")
    assert ["#source-s1"] == box.xpath(".//figcaption/a/@href")
    assert "Our answer: Noted" in box.text_content()


def test_works_that_cite_the_record_are_listed_and_make_no_version(changed_twice):
    page = _page(changed_twice, f"claims/{TWICE}")
    (work,) = page.get_element_by_id("cited-by").xpath("./following-sibling::ul[1]/li")

    assert ["A <i>book</i>"] == work.xpath("./a/text()")
    assert "A press, 1 May 2023" in work.text_content()


def test_the_corrections_page_lists_what_was_taken_back(changed_twice):
    text = " ".join(_page(changed_twice, "about/corrections").get_element_by_id("main").text_content().split())

    assert "Not authentic → Unverified: The denial was forged." in text
    assert "the faction denied it" not in text.lower()  # the first change took nothing back


def test_a_version_is_kept_once_and_only_of_claims_that_changed(changed_twice):
    folder = changed_twice / "claims" / "versions"
    kept = sorted(path.relative_to(folder) for path in folder.rglob("*.json"))

    assert sorted(Path(TWICE) / f"{name}.json" for name in _versions()[:2]) == kept


def test_the_list_of_hashes_is_that_of_every_file(changed_twice):
    site = changed_twice / "site"
    lines = (site / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    written = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}

    assert written - {"SHA256SUMS"} == {line.split("  ")[1] for line in lines}
    for line in lines:
        digest, _, file = line.partition("  ")
        assert digest == hashlib.sha256((site / file).read_bytes()).hexdigest()


def test_an_address_of_the_last_publication_cannot_be_lost(changed_twice, tmp_path):
    before = tmp_path / "SHA256SUMS"
    before.write_bytes((changed_twice / "site" / "SHA256SUMS").read_bytes())
    project = copy_project(tmp_path / "project")  # without the claim, and nobody compares with a revision

    checked = run_claims("check", "--published", str(before), folder=project)
    built = run_claims("build", "--published", str(before), folder=project)

    assert 1 == checked.returncode
    assert f"claims/{TWICE}/ was published, and nothing answers there any longer [L11]" in checked.stdout
    assert f"claims/{TWICE}/as-of/{_versions()[0]}/ was published" in checked.stdout
    assert 1 == built.returncode
    assert f"claims/{TWICE}/index.html" in built.stderr
    assert not (project / "site").exists()
    again = run_claims("build", "--published", str(before), folder=changed_twice)
    assert 0 == again.returncode, again.stderr


def test_without_git_the_command_says_so(tmp_path):
    done = run_claims("record", folder=copy_project(tmp_path / "project"), GIT_CEILING_DIRECTORIES=str(tmp_path))

    assert 2 == done.returncode
    assert "no revision of this repository" in done.stderr
    assert "Traceback" not in done.stderr
