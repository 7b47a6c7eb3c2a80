"""The disk: what may be read, and a site that is exchanged whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import disk
from generator.parts import Parts, Size
from tests.conftest import PROJECT, copy_project, run_claims, run_python


def test_links_pipes_and_unreadable_files_are_problems_and_not_read(tmp_path: Path) -> None:
    claims = tmp_path / "claims"
    claims.mkdir()
    (claims / "link.yml").symlink_to("/etc/passwd")
    (claims / "folder").symlink_to("/etc")
    os.mkfifo(claims / "pipe.yml")
    (claims / "good.yml").write_text("a: b\n")

    files, problems = disk.read_contributed(tmp_path)

    assert ["claims/good.yml"] == [file.path for file in files]
    assert {"Y05"} == {problem.rule for problem in problems}
    assert ["claims/folder", "claims/link.yml", "claims/pipe.yml"] == [problem.place.path for problem in problems]


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    claims = tmp_path / "claims"
    claims.mkdir()
    with open(claims / "huge.yml", "wb") as file:
        file.truncate(4 << 30)

    files, problems = disk.read_contributed(tmp_path)

    assert [] == files
    assert ["Y04"] == [problem.rule for problem in problems]


def test_a_finished_build_takes_the_place_of_the_old_site_in_one_step(tmp_path: Path) -> None:
    site, new = tmp_path / "site", tmp_path / "site.new-1"
    for folder, text in ((site, "old"), (new, "new")):
        folder.mkdir()
        (folder / "index.html").write_text(text)

    disk.exchange(new, site)

    assert "new" == (site / "index.html").read_text()
    assert not new.exists()


def test_without_the_kernels_exchange_two_renames_do_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_exchanged", lambda first, second: False)

    test_a_finished_build_takes_the_place_of_the_old_site_in_one_step(tmp_path)


def test_a_site_that_was_moved_aside_by_a_killed_build_comes_back(tmp_path: Path) -> None:
    (tmp_path / "site.old").mkdir()
    (tmp_path / "site.old" / "index.html").write_text("old")
    (tmp_path / "site.new-99").mkdir()

    with disk.only_build(tmp_path, tmp_path / "site"):
        assert "old" == (tmp_path / "site" / "index.html").read_text()
        assert not (tmp_path / "site.new-99").exists()


def test_a_build_that_is_killed_leaves_the_old_site_byte_for_byte(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    assert 0 == run_claims("build", folder=project).returncode
    before = _tree(project / "site")
    for moment in (0.2, 0.5, 0.8):
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", "build"],
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()

        assert before == _tree(project / "site")

    assert 0 == run_claims("build", folder=project).returncode
    assert before == _tree(project / "site")
    assert [] == list(project.glob("site.*"))


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_made_is_used_again_and_damage_is_noticed(tmp_path: Path) -> None:
    made = []

    def make() -> str:
        made.append(1)
        return "value"

    assert "value" == disk.Kept(tmp_path)("key", make)
    assert "value" == disk.Kept(tmp_path)("key", make)
    assert 1 == len(made)

    (kept,) = (tmp_path / ".cache" / "made").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])

    assert "value" == disk.Kept(tmp_path)("key", make)
    assert 2 == len(made)


def test_what_a_build_did_not_use_is_forgotten(tmp_path: Path) -> None:
    disk.Kept(tmp_path)("old", lambda: "old")
    kept = disk.Kept(tmp_path)
    kept("new", lambda: "new")
    kept.forget_unused()

    (left,) = (tmp_path / ".cache" / "made").iterdir()
    assert left.name.endswith("-new")


def test_a_disk_that_refuses_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(disk.CannotWrite, match="cannot write"):
        disk.write_pages(tmp_path / "file", [("index.html", b"x")])


def test_what_stands_already_keeps_its_file_and_nothing_is_written_into_it(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    disk.write_pages(old, [("same.html", b"same"), ("other.html", b"old"), ("longer.html", b"same and more")])
    hashes, count = disk.write_pages(
        new, [("same.html", b"same"), ("other.html", b"new"), ("longer.html", b"same"), ("more.html", b"more")], old
    )

    assert 3 == count
    assert {"same.html", "other.html", "longer.html", "more.html"} == set(hashes)
    assert (old / "same.html").samefile(new / "same.html")
    assert b"old" == (old / "other.html").read_bytes()
    assert b"new" == (new / "other.html").read_bytes()

    disk.write_pages(new, [("same.html", b"changed")])

    assert b"same" == (old / "same.html").read_bytes()


def test_a_file_in_parts_is_written_hashed_and_compared_as_one(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    disk.write_pages(old, [("same.json", b"[1,2]"), ("other.json", b"[1,3]")])
    parts = Parts(lambda: (b"[1", b"", b",2]"))
    hashes, count = disk.write_pages(new, [("same.json", parts), ("other.json", parts)], old)

    assert 1 == count
    assert (old / "same.json").samefile(new / "same.json")
    assert b"[1,2]" == (new / "other.json").read_bytes()
    assert {hashlib.sha256(b"[1,2]").hexdigest()} == set(hashes.values())


def test_parts_are_made_once_for_writing_and_for_their_size(tmp_path: Path) -> None:
    made: list[int] = []

    def parts() -> Iterator[bytes]:
        made.append(1)
        yield from (b"[1", b",2]")

    content = Parts(parts)
    hashes, _ = disk.write_pages(tmp_path, [("a.json", content)])

    assert Size(5, hashes["a.json"]) == content.size
    assert [1] == made


def test_a_link_in_the_old_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "elsewhere").write_bytes(b"same")
    (tmp_path / "old" / "page.html").symlink_to(tmp_path / "elsewhere")
    _, count = disk.write_pages(tmp_path / "new", [("page.html", b"same")], tmp_path / "old")

    assert 1 == count
    assert not (tmp_path / "new" / "page.html").is_symlink()


def test_every_file_of_a_build_is_listed_with_its_hash(tmp_path: Path) -> None:
    hashes, _ = disk.write_pages(tmp_path, [("a/b.txt", b"one"), ("a.txt", b"two")])
    (tmp_path / "theirs.txt").write_bytes(b"three")
    written = disk.as_written(hashes)
    others = disk.not_written(set(disk.files_below(tmp_path)), written)
    listed = disk.write_sums(tmp_path, written, others)
    lines = (tmp_path / disk.SUMS).read_text().splitlines()

    assert {"theirs.txt"} == others
    assert 3 == listed.files
    assert ["a.txt", "a/b.txt", "theirs.txt"] == [line.partition("  ")[2] for line in lines]
    assert [hashlib.sha256(text).hexdigest() for text in (b"two", b"one", b"three")] == [line[:64] for line in lines]


def test_a_file_whose_name_is_no_utf_8_is_refused_in_one_sentence() -> None:
    with pytest.raises(disk.CannotWrite, match=r"^the name of a file of the site is no UTF-8: ‘a/.\.png’$"):
        disk.not_written({"a.png", os.fsdecode(b"a/\xff.png")}, [])


def test_what_was_written_is_found_by_its_path() -> None:
    written = sorted(disk.as_written({"b": "0001", "b/c": "02", "b.txt": "03"}))

    assert ["03", "02", "0001", "", ""] == [disk.hash_in(written, path) for path in ("b.txt", "b/c", "b", "a", "c")]


def test_the_list_of_hashes_is_amended_in_its_order() -> None:
    before = "".join(f"{at:064}  {path}\n" for at, path in enumerate(("a", "b/c", "ü", "ي"))).encode()
    after = disk.amended_sums(before, disk.as_written({"b/c": f"{9:064}", "b/d": f"{8:064}", "z": f"{7:064}"}), ["ü"])

    assert [f"{at:064}  {path}" for at, path in ((0, "a"), (9, "b/c"), (8, "b/d"), (7, "z"), (3, "ي"))] == (
        after.decode().splitlines()
    )
    assert f"{8:064}" == disk.listed_in(after, "b/d")
    with pytest.raises(ValueError, match="not found"):
        disk.listed_in(after, "d")


def test_a_file_that_somebody_deletes_during_a_build_is_missed(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "small")
    program = """
import pathlib
from generator import cores
from generator.__main__ import main
gathered = cores.gathered
def deleting(*given):
    found = gathered(*given)
    for page in [*pathlib.Path().glob("site.new-*/claims/2023-01-2*/index.html")][:1]:
        page.unlink()
    return found
cores.gathered = deleting
main(["build"])
"""
    done = run_python("-c", program, folder=project)

    assert 1 == done.returncode
    assert re.search(
        r"ERROR +-  \d+ files stand in site\.new-\d+ where the build made \d+: something else", done.stderr
    )
    assert "Traceback" not in done.stderr
    assert not [*project.glob("site*")]


def test_a_folder_that_is_deleted_while_its_files_are_counted_ends_the_count_and_not_the_build(tmp_path: Path) -> None:
    for path in ("a/1", "b/2", "c/3"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).touch()
    found = disk.files_below(tmp_path)
    first = next(found)
    for folder in {"a", "b", "c"} - {first[0]}:
        shutil.rmtree(tmp_path / folder)

    assert [] == [*found]
    assert [] == [*disk.files_below(tmp_path / "gone")]
