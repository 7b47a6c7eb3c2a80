"""A build that remembers earlier ones gives the same site, byte for byte, as one that remembers nothing."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator import checks, cores, disk, intake, making
from generator.analysis import whole
from generator.analysis.whole import analyse
from generator.archive import Archive, id_of, read_archive
from generator.documents import SourceFile
from generator.pieces import takings
from generator.problems import Problem, Stopped
from generator.settings import Settings
from tests.conftest import PROJECT, SMALL, copy_project, run_claims

TODAY = datetime.date(2026, 11, 25)
CLAIMS = "claims/2023"
CLAIM = f"{CLAIMS}/2023-01-26-international-resistance.yml"
UNLISTED = f"{CLAIMS}/2023-02-02-test-faction.yml"
TEST = f"{CLAIMS}/2023-02-01-test-faction.yml"
SHORT = f"{CLAIMS}/2023-01-19-international-resistance.yml"


def _names_taken(project: Path) -> set[str]:
    """What was taken from groups of claims, as the cache says."""
    made = (path.name.partition("-taken-group-")[2] for path in (project / ".cache" / "made").iterdir())
    return {name.rpartition("-")[0] for name in made if name}


def _replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(project: Path) -> None:
        text = (project / path).read_text(encoding="utf-8")

        assert old in text, f"{path} does not hold {old!r}"

        (project / path).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def _added(project: Path) -> None:
    text = (project / SHORT).read_text(encoding="utf-8").replace("2023-01-19", "2023-01-20")
    (project / CLAIMS / "2023-01-20-international-resistance.yml").write_text(text, encoding="utf-8")


def _renamed(project: Path) -> None:
    old = project / SHORT
    text = old.read_text(encoding="utf-8") + "formerly: 2023-01-19-international-resistance\n"
    old.with_name("2023-01-19-international-resistance-road.yml").write_text(text, encoding="utf-8")
    old.unlink()


def _withdrawn(project: Path) -> None:
    path = project / UNLISTED
    stone = "tombstone: {reason: duplicate, date: 2023-05-01, why: recorded twice, by: first-editor}\n"
    path.write_text(path.read_text(encoding="utf-8") + stone, encoding="utf-8")


def _with_words_of_another(project: Path) -> None:
    words = (project / TEST).read_text(encoding="utf-8").partition("text: |-\n")[2].partition("\n")[0].strip()
    path = project / UNLISTED
    text = re.sub('^quote: ".*"$', f'quote: "{words}"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def _deleted(project: Path) -> None:
    (project / CLAIMS / "2023-01-20-international-resistance.yml").unlink(missing_ok=True)


#: One edit of each kind; each leaves an archive without faults, in any order and company.
EDITS: dict[str, Callable[[Path], None]] = {
    "add a claim": _added,
    "change the words of a claim": _replace(CLAIM, "Thanks to Allah Almighty", "Thanks to Allah the Almighty"),
    "change a title": _replace(CLAIM, "near Yusufiyah, Baghdad", "in Yusufiyah, Baghdad"),
    "change a time": _replace(CLAIM, 'at: "2023-01-26T00:56"', 'at: "2023-01-26T00:57"'),
    "change the day of a claim": _replace(SHORT, "date: 2023-01-19", "date: 2023-01"),
    "change a claim of an event": _replace(TEST, 'date: 2023-02-01\n    time: "20:00"', "date: 2023-01-31"),
    "change the facades of a claim": _replace(UNLISTED, "facade: [test-faction, test-outlet]", "facade: test-faction"),
    "list a claim": _replace(UNLISTED, "visibility: unlisted\n", ""),
    "give a claim the words of another": _with_words_of_another,
    "change a finding": _replace(CLAIM, "One night of timing cannot", "Two nights of timing cannot"),
    "change a facade": _replace("content/facades/test-faction.md", "kind: claim-brand", "kind: umbrella-brand"),
    "change an alias": _replace("content/facades/international-resistance.md", "Fanction", "Front"),
    "change a term": _replace(
        "content/glossary/claim-brand.md", "A facade whose product is claims.", "A name for claims."
    ),
    "change a page": _replace("content/about/privacy.md", "Nothing is counted.", "Nothing at all is counted."),
    "change the theme": _replace("theme_overrides/partials/footer.html", "</footer>", "<!-- end --></footer>"),
    "change a setting": _replace("mkdocs.yml", "site_name: Facade Watch", "site_name: Facade Watched"),
    "rename a claim": _renamed,
    "delete what was added": _deleted,
    "withdraw a claim": _withdrawn,
}


@pytest.fixture(scope="session")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been built, with all that the build remembers."""
    project = copy_project(tmp_path_factory.mktemp("remembered") / "project")
    done = run_claims("build", folder=project)

    assert 0 == done.returncode, done.stderr

    return project


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@settings(derandomize=True, max_examples=3, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@example(["add a claim", "change a finding", "change a term", "rename a claim"])
@example(["change an alias", "change a page", "change the theme", "change a setting", "withdraw a claim"])
@example(["change a claim of an event", "give a claim the words of another", "list a claim", "change a title"])
@example(["change the day of a claim", "add a claim", "change the facades of a claim", "delete what was added"])
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=5, unique=True))
def test_an_incremental_build_equals_a_clean_one(remembered: Path, names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        warm, cold = Path(folder) / "warm", Path(folder) / "cold"
        shutil.copytree(remembered, warm, symlinks=True)
        _built(warm)
        for name in names:
            try:
                EDITS[name](warm)
            except FileNotFoundError:  # it was renamed by the edit before
                continue
            done = _built(warm)

            assert "Nothing has changed" not in done or name == "delete what was added", name
        shutil.copytree(warm, cold, ignore=lambda _, files: {"site", ".cache"} & set(files))
        _built(cold)

        assert _tree(cold / "site") == _tree(warm / "site")


def _built(project: Path) -> str:
    done = run_claims("build", folder=project)

    assert 0 == done.returncode, done.stderr

    return done.stderr


#: What MkDocs says at the end of a build; a site that is only amended is not handed to it.
WHOLE = "Documentation built"
#: The edits after which MkDocs has nothing new to do.
OF_CLAIMS = ("change a title", "change a time", "change a finding", "change the words of a claim", "withdraw a claim")


@pytest.mark.parametrize("name", OF_CLAIMS)
def test_a_site_of_which_only_claims_changed_is_amended(remembered: Path, tmp_path: Path, name: str) -> None:
    project, cold = tmp_path / "project", tmp_path / "cold"
    shutil.copytree(remembered, project)
    _built(project)
    EDITS[name](project)
    said = _built(project)
    shutil.copytree(project, cold, ignore=lambda _, files: {"site", ".cache"} & set(files))

    assert WHOLE not in said
    assert WHOLE in _built(cold)
    assert _tree(cold / "site") == _tree(project / "site")
    assert "Nothing has changed since the site was built.\n" == _built(project)


def test_amending_that_was_killed_is_finished_by_the_next_build(remembered: Path, tmp_path: Path) -> None:
    project, cold = tmp_path / "project", tmp_path / "cold"
    shutil.copytree(remembered, project)
    _built(project)
    EDITS["change a finding"](project)
    killed = tmp_path / "killed"
    killed.mkdir()
    # Ends the process without a word when the third file of the changes has been put in its place.
    (killed / "sitecustomize.py").write_text(
        "import os\nfrom generator import disk\nput, at = os.replace, []\n"
        "def replace(old, new):\n"
        "    put(old, new)\n"
        "    at.extend([new] if '.changes/' in str(old) else [])\n"
        "    len(at) < 3 or os._exit(9)\n"
        "os.replace = replace\n",
        encoding="utf-8",
    )
    done = run_claims("build", folder=project, PYTHONPATH=f"{killed}:{PROJECT}")
    half = _tree(project / "site")
    shutil.copytree(project, cold, ignore=lambda _, files: {"site", ".cache"} & set(files))
    _built(cold)

    assert 9 == done.returncode
    assert (project / "site.changes").is_dir()
    assert _tree(cold / "site") != half
    _built(project)
    assert _tree(cold / "site") == _tree(project / "site")
    assert not (project / "site.changes").exists()


def _with_a_name_that_is_no_text(project: Path) -> None:
    Path(os.fsdecode(os.fsencode(project / "content") + b"/\xff.png")).write_bytes(b"no picture")


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (_replace(CLAIM, "verdict: not-established", "verdict: never-heard"), f"{CLAIM}:"),
        (_with_a_name_that_is_no_text, "content:1:1: a file name holds characters that cannot be shown"),
    ],
)
def test_a_fault_stops_amending_and_leaves_the_site(
    remembered: Path, tmp_path: Path, edit: Callable[[Path], None], told: str
) -> None:
    project = tmp_path / "project"
    shutil.copytree(remembered, project)
    _built(project)
    before = _tree(project / "site")
    edit(project)
    done = run_claims("build", folder=project)

    assert 1 == done.returncode
    assert "nothing was built" in done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert before == _tree(project / "site")


def test_everything_that_a_build_takes_from_all_claims_is_taken_in_one_go(remembered: Path, tmp_path: Path) -> None:
    settings = Settings("Facade Watch", "https://facade-watch.example/", "https://github.com/facade-watch/facade-watch")
    _, site, _ = making.checked(remembered, settings, disk.Kept(tmp_path))
    known = {taking.name for taking in takings(site)}
    taken = _names_taken(remembered)

    # What an embed chooses stands in prose, so it is not known before that is read.
    assert known == {name for name in taken if not name.startswith("chosen-")}


def test_another_template_is_noticed(remembered: Path, tmp_path: Path) -> None:
    project, program = tmp_path / "project", tmp_path / "program"
    shutil.copytree(remembered, project)
    shutil.copytree(PROJECT / "generator", program / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    _replace("generator/templates/claim.html.j2", "What is established", "What has been established")(program)
    done = run_claims("build", folder=project, PYTHONPATH=str(program))

    assert 0 == done.returncode, done.stderr
    pages = _tree(project / "site" / "claims")
    assert b"What has been established" in pages["2023-01-26-international-resistance/index.html"]


def test_where_nothing_changed_nothing_is_written(remembered: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(remembered, project)
    first = run_claims("build", folder=project)
    before = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*")}
    again = run_claims("build", folder=project)

    assert "Documentation built" in first.stderr, "a copy of a site is not the one that was built"
    assert "Nothing has changed since the site was built.\n" == again.stderr
    assert before == {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*")}


def test_only_files_that_change_are_written(remembered: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(remembered, project)
    _built(project)
    site = project / "site"
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in site.rglob("*") if path.is_file()}
    EDITS["change a finding"](project)
    done = run_claims("build", folder=project)
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in site.rglob("*") if path.is_file()}
    written = {path for path in after if before.get(path) != after[path]}

    assert {path for path in after if before.get(path, (None, 0))[0] != after[path][0]} == written
    assert site / "claims" / "2023-01-26-international-resistance" / "index.html" in written
    assert site / "claims" / "2023-01-19-international-resistance" / "index.html" not in written
    assert f"{len(written - {site / disk.SUMS})} of {len(after) - 1} files written" in done.stderr


def test_another_address_of_the_site_is_a_change(remembered: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(remembered, project)
    run_claims("build", folder=project)
    done = run_claims("build", folder=project, SITE_URL="https://elsewhere.example/")

    assert "Documentation built" in done.stderr
    assert "https://elsewhere.example/" in (project / "site" / "sitemap.xml").read_text(encoding="utf-8")


@settings(derandomize=True, max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_remembered_of_files_is_what_they_say(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    kept = disk.Kept(tmp_path_factory.mktemp("kept"))
    files, _ = disk.read_contributed(SMALL)
    for _ in range(3):
        changed = data.draw(st.sets(st.integers(0, len(files) - 1), max_size=4))
        files = [_changed(file) if at in changed else file for at, file in enumerate(files)]
        archive, problems = _archive(files, kept)
        expected, said = read_archive(files)

        assert said == problems
        assert list(expected.claims) == list(archive.claims)
        for id, entry in expected.claims.items():
            assert entry.record == archive.claims[id].record
            assert entry.document.value == archive.claims[id].document.value
            assert dict(entry.document.places) == dict(archive.claims[id].document.places)


@settings(derandomize=True, max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_remembered_of_a_check_is_what_the_rules_find(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    kept = disk.Kept(tmp_path_factory.mktemp("kept"))
    all_files, _ = disk.read_contributed(SMALL)
    claims = [at for at, file in enumerate(all_files) if file.path.startswith("claims/20")]
    for _ in range(4):
        files = list(all_files)
        # Added, gone, broken or changed: what other records say of a claim is right or wrong with it.
        for at in data.draw(st.sets(st.sampled_from(claims), max_size=2)):
            files[at] = data.draw(st.sampled_from((_changed, _with_another_date, _without_a_source)))(files[at])
        for at in sorted(data.draw(st.sets(st.integers(0, len(files) - 1), max_size=2)), reverse=True):
            del files[at]
        taken = intake.taken_in(files, kept)
        archive, _ = read_archive(files)

        assert checks.check(archive, analyse(archive, ""), TODAY) == (
            intake.Asking(taken, analyse(taken.archive, ""), TODAY, kept).now()
        )


def _with_another_date(file: SourceFile) -> SourceFile:
    return SourceFile(file.path, file.content.replace(b"\ndate: 2023-01-", b"\ndate: 2023-02-", 1))


def _without_a_source(file: SourceFile) -> SourceFile:
    return SourceFile(file.path, file.content.replace(b"\n  - id: ", b"\n  - id: not-", 1))


def test_a_check_looks_again_at_what_changed_and_at_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = checks._asked
    monkeypatch.setattr(cores, "two_cores", lambda: False)
    monkeypatch.setattr(checks, "_asked", lambda entry, known: asked.append(entry.id) or ask(entry, known))
    files, _ = disk.read_contributed(SMALL)

    def check(files: list[SourceFile]) -> list[str]:
        asked.clear()
        taken = intake.taken_in(files, disk.Kept(tmp_path))
        intake.Asking(taken, analyse(taken.archive, ""), TODAY, disk.Kept(tmp_path)).now()
        return sorted(asked)

    everything = check(files)
    at = next(at for at, file in enumerate(files) if file.path == SHORT)
    changed = [*files[:at], SourceFile(SHORT, b"# changed\n" + files[at].content), *files[at + 1 :]]
    some = check(changed)

    assert len(everything) > len(files) - 5
    assert "2023-01-19-international-resistance" in some
    assert len(some) < len(everything) / 2
    assert [] == check(changed)


def test_what_claims_say_is_forgotten_and_comes_back_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_MOST_UNPACKED", 1)
    monkeypatch.setattr(whole, "_MOST_REMEMBERED", 1)
    for module in (intake, whole):
        monkeypatch.setattr(module, "SMALL", 0)
    kept = disk.Kept(tmp_path)
    files, _ = disk.read_contributed(SMALL)
    intake.taken_in(files, kept)
    # As long as nothing is looked into, nothing is unpacked; read by another run, so that all of it comes from memory.
    archive = intake.taken_in(files, kept).archive
    analysis = analyse(archive, "")
    expected, _ = read_archive(files)
    analysed = analyse(expected, "")
    packs = {id(entry._shelf): entry._shelf for entry in archive.claims_in_order}

    assert len(packs) > 1
    assert [None] * len(packs) == [pack._said for pack in packs.values()]

    for _ in range(2):
        for entry in (*archive.claims_in_order, *reversed(archive.claims_in_order)):
            assert expected.claims[entry.id].record == entry.record
            assert expected.claims[entry.id].document.value == entry.document.value
            assert analysed.claims[entry.id].sentence == analysis.claims[entry.id].sentence

    assert 1 == sum(pack._said is not None for pack in packs.values())
    assert 1 == len(analysis.claims._found)

    for path in (tmp_path / ".cache" / "made").iterdir():
        path.unlink()

    assert [expected.claims[id].record for id in archive.claims] == [entry.record for entry in archive.claims.values()]


def test_a_file_that_is_changed_while_it_is_read_is_one_sentence(tmp_path: Path) -> None:
    files, _ = disk.read_contributed(SMALL)
    expected, _ = read_archive(files)
    found = {file.path: file for file in files}
    taken = intake.taken_in(files, disk.Kept(tmp_path), found.__getitem__)
    shutil.rmtree(tmp_path / ".cache")  # so that what the claim says is read again
    claim = id_of(SHORT)

    assert expected.claims[claim].record == taken.archive.claims[claim].record

    found[SHORT] = _changed(found[SHORT])
    with pytest.raises(Stopped, match=f"^{SHORT} was changed while it was read; begin again$"):
        _ = taken.archive.claims[claim].document


def _archive(files: list[SourceFile], kept: disk.Kept) -> tuple[Archive, list[Problem]]:
    taken = intake.taken_in(files, kept)
    return taken.archive, taken.problems


def _changed(file: SourceFile) -> SourceFile:
    """A file with another comment, a line lower, or with a fault."""
    content = b"# changed\n" + file.content if file.path.endswith(".yml") else file.content + b"\nMore.\n"
    return SourceFile(file.path, content if len(content) % 3 else content + b"\xff")


def test_a_poisoned_memory_is_not_run(tmp_path: Path) -> None:
    import hashlib
    import pickle

    class Poison:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "poisoned",))

    files, _ = disk.read_contributed(SMALL)
    kept = disk.Kept(tmp_path)
    intake.taken_in(files, kept)
    for path in (tmp_path / ".cache" / "made").iterdir():
        blob = pickle.dumps({"x": Poison()})
        path.write_bytes(hashlib.sha256(blob).hexdigest().encode() + b"\n" + blob)

    archive, problems = _archive(files, disk.Kept(tmp_path))

    assert [] == problems
    assert 4 == len(archive.claims)
    assert not (tmp_path / "poisoned").exists()
