"""The only place that touches files: contributed files in, pages out, the lock, and the exchange of a finished build."""

from __future__ import annotations

import bisect
import contextlib
import ctypes
import errno
import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple

from generator.archive import PERMALINKS
from generator.documents import SourceFile
from generator.parts import Content, Parts, in_parts
from generator.problems import Place, Problem, Stopped, shown
from generator.reading import MAXIMUM_BYTES

#: Folders below the project folder that hold contributed files.
CONTRIBUTED = ("claims", "content")
#: Names that belong to no record and that the reader leaves alone (editors and file browsers make them).
_IGNORED = frozenset({".DS_Store", "Thumbs.db", ".gitkeep"})


class CannotRead(Stopped):
    """Git cannot give the files of a revision; the sentence says why."""


class CannotWrite(Stopped):
    """The disk refused; the sentence says what and why. The old site is untouched."""


def project_folder(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds mkdocs.yml and claims/."""
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "claims").is_dir():
            return folder
    return None


def contributed(project: Path) -> Iterator[SourceFile | Problem]:
    """Every contributed file, or a problem where it must not be read: links, pipes, devices, huge files."""
    for folder in CONTRIBUTED:
        top = project / folder
        if os.path.lexists(top):
            yield from _read_below(top, folder)


def read_contributed(project: Path) -> tuple[list[SourceFile], list[Problem]]:
    """The same, all at once: the files, and the problems."""
    files: list[SourceFile] = []
    problems: list[Problem] = []
    for found in contributed(project):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            files.append(found)
    return files, problems


def _read_below(folder: Path, path: str) -> Iterator[SourceFile | Problem]:
    if folder.is_symlink():
        yield Problem(Place(path), "Y05", "links to other files or folders are not allowed")
        return
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name in _IGNORED:
                continue
            here = f"{path}/{entry.name}"
            if not entry.name.isprintable():
                sentence = f"a file name holds characters that cannot be shown: {shown(entry.name)}"
                yield Problem(Place(path), "R04", sentence)
                continue
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                yield from _read_below(Path(entry.path), here)
            elif not stat.S_ISREG(status.st_mode):
                yield Problem(Place(here), "Y05", "links, pipes and devices are not allowed")
            elif status.st_size > MAXIMUM_BYTES and here != PERMALINKS:
                yield Problem(Place(here), "Y04", f"the file is larger than {MAXIMUM_BYTES // 1024} KB")
            else:
                yield _read_one(entry.path, here)


def _read_one(name: str, path: str) -> SourceFile | Problem:
    try:
        with open(name, "rb") as file:
            return SourceFile(path, file.read())
    except OSError as error:
        return Problem(Place(path), "Y05", f"cannot be read: {error.strerror}")


def read_again(project: Path, path: str) -> SourceFile:
    """A file that `contributed` found.

    Raises:
        Stopped: it is not there any longer.
    """
    found = _read_one(str(project / path), path)
    if isinstance(found, Problem):
        raise Stopped(f"{path} {found.sentence}")
    return found


def read_contributed_at(project: Path, revision: str) -> list[SourceFile]:
    """Every contributed file as it stood at a git revision, without those that must not be read.

    Raises:
        CannotRead: there is no git, no repository or no such revision.
    """
    if revision.startswith("-"):
        raise CannotRead(f"no revision of this repository: {shown(revision)}")
    commit = _git(project, revision, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    listed = _git(project, revision, "ls-tree", "-r", "-z", "--long", commit, "--", *CONTRIBUTED)
    paths: list[str] = []
    wanted: list[str] = []
    for line in listed.decode(errors="replace").split("\0")[:-1]:
        facts, _, path = line.partition("\t")
        mode, kind, blob, size = facts.split()
        ordinary = kind == "blob" and mode.startswith("100") and path.isprintable()
        if ordinary and (int(size) <= MAXIMUM_BYTES or path == PERMALINKS) and path.rpartition("/")[2] not in _IGNORED:
            paths.append(path)
            wanted.append(blob)
    content = _git(project, revision, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode())
    return list(_files_in(content, paths))


def _files_in(batch: bytes, paths: Iterable[str]) -> Iterator[SourceFile]:
    """The files in the answer of `git cat-file --batch`: a line with hash, kind and size, the bytes, a line end."""
    begin = 0
    for path in paths:
        end_of_line = batch.index(b"\n", begin)
        end = end_of_line + 1 + int(batch[begin:end_of_line].split()[2])
        yield SourceFile(path, batch[end_of_line + 1 : end])
        begin = end + 1


def _git(project: Path, revision: str, *arguments: str, given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(project), *arguments], input=given, capture_output=True, check=True, timeout=60
        )
    except FileNotFoundError:
        raise CannotRead("git is not installed, so nothing can be compared") from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise CannotRead(f"no revision of this repository: {shown(revision)}") from None
    return done.stdout


def last_commit(project: Path) -> int:
    """Seconds since 1970 of the last commit, so that the same input gives the same bytes; 0 outside a checkout."""
    try:
        return int(_git(project, "HEAD", "log", "-1", "--format=%ct").decode().strip() or 0)
    except (CannotRead, ValueError):
        return 0


#: Size, time of the last change in nanoseconds, and number of a file.
Stamp = tuple[int, int, int]


def stamps(top: Path, below: bool = True) -> list[tuple[str, Stamp]]:
    """The stamps of a file, or of every file below a folder, by path; nothing for what is not there.

    Args:
        below: whether a folder stands for its files; otherwise for itself.
    """
    try:
        if below and top.is_dir():
            return sorted(_stamps_below(str(top)))
        return [(str(top), _stamp(top.lstat()))]
    except OSError:
        return []


def _stamps_below(folder: str) -> Iterator[tuple[str, Stamp]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _stamps_below(entry.path)
            else:
                yield entry.path, _stamp(entry.stat(follow_symlinks=False))


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ino


def read_text(path: Path) -> str | None:
    """The text of a file, or None when there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def read_bytes(path: Path) -> bytes | None:
    """The bytes of a file, or None when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet; raises `FileExistsError` when it does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file unless it holds these bytes already; whether it was written."""
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    beside.replace(path)
    return True


def write_below(project: Path, path: str, text: str) -> bool:
    """Write a file of the project, its folders too, unless it holds this text already; whether it was written."""
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    return write_if_changed(project / path, text.encode())


def write_pages(
    folder: Path, pages: Iterable[tuple[str, Content]], standing: Path | None = None
) -> tuple[dict[str, str], int]:
    """Write pages below a folder that nobody else uses; the SHA-256 of each by its path, and how many were written.

    Args:
        pages: path below the folder, with forward slashes, and what stands there.
        standing: the site as it stands, if any: a file that holds the same bytes there is not written again but gets
            its second name here, and keeps its time.
    """
    made: set[str] = set()
    hashes: dict[str, str] = {}
    count = 0
    top = str(folder)
    try:
        for path, content in pages:
            name, parts = f"{top}/{path}", in_parts(content)
            parent = os.path.dirname(name)
            if parent not in made:
                _make_folder(parent)
                made.add(parent)
            if standing is None or not _linked(f"{standing}/{path}", name, parts):
                _write(name, parts)
                count += 1
            hashes[path] = parts.sha256
    except OSError as error:
        raise CannotWrite(f"cannot write {error.filename or folder}: {error.strerror}") from error
    return hashes, count


def _make_folder(name: str) -> None:
    """Make a folder, and those around it where they are missing."""
    try:
        os.mkdir(name)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(name, exist_ok=True)


def _write(name: str, parts: Parts) -> None:
    try:
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        os.unlink(name)  # not written into: it may be a file of the old site under a second name
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        # One call writes all of a page; a disk that takes less is full, and the next call says so.
        for part in parts:
            view = memoryview(part)
            while view:
                view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)


def _linked(old: str, new: str, parts: Parts) -> bool:
    """Whether a file of the old site that holds these bytes has got a second name; not everywhere can files have two."""
    try:
        descriptor = os.open(old, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            if any(os.read(descriptor, len(part)) != part for part in parts) or os.read(descriptor, 1):
                return False
        finally:
            os.close(descriptor)
        os.link(old, new, follow_symlinks=False)
    except OSError:
        return False
    return True


#: The file at the top of the site that lists every other with its hash, as `sha256sum` writes it.
SUMS = "SHA256SUMS"


#: A file that was written: the UTF-8 of its path, `_AND`, and its SHA-256. There are as many as files, and one run of
#: bytes for each takes less than half the memory of a table; UTF-8 sorts as its characters do.
WrittenFile = bytes
_AND: Final = b"\0"


def as_written(hashes: Mapping[str, str]) -> list[WrittenFile]:
    """Files with their hashes, by path, as one run of bytes each."""
    return [_AND.join((path.encode(), bytes.fromhex(own))) for path, own in hashes.items()]


def not_written(paths: set[str], written: Iterable[WrittenFile]) -> set[str]:
    """Those of the paths that are not of files that were written.

    Raises:
        CannotWrite: one of them is no UTF-8, and cannot be published: nobody could ask for it.
    """
    try:
        left = {path.encode(): path for path in paths}
    except UnicodeEncodeError as error:
        raise CannotWrite(f"the name of a file of the site is no UTF-8: {shown(error.object)}") from error
    for each in written:
        left.pop(each.partition(_AND)[0], None)
    return set(left.values())


def hash_in(written: Sequence[WrittenFile], path: str) -> str:
    """The hash of a file among those that were written, which are in order; empty where it is not among them."""
    sought = path.encode()
    at = bisect.bisect_left(written, sought + _AND)
    found, _, own = written[at].partition(_AND) if at < len(written) else (b"", b"", b"")
    return own.hex() if found == sought else ""


def files_below(folder: Path) -> Iterator[str]:
    """The path of every file below a folder, as seen from there."""
    waiting = [""]
    while waiting:
        within = waiting.pop()
        # What somebody has deleted meanwhile holds no files; who counts them says that something changed the folder.
        with contextlib.suppress(OSError), os.scandir(f"{folder}/{within}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{within}{entry.name}/")
                else:
                    yield within + entry.name


class Sums(NamedTuple):
    """What came of listing the hashes of a site.

    Attributes:
        files: how many files there are.
        changed: how many of those that the build had not written itself were not the same before.
        sha256: of the list.
    """

    files: int
    changed: int
    sha256: str


def write_sums(
    folder: Path, written: Sequence[WrittenFile], others: Iterable[str], standing: Path | None = None
) -> Sums:
    """Write the hash of every file below a finished build into it.

    Args:
        written: the files that this build wrote itself.
        others: the paths of all others, which are looked at here.
        standing: the site as it stands, if any: what is the same there is kept, as in `write_pages`.
    """
    files = sorted([*written, *map(str.encode, others)])  # what is in memory already: there are as many as files
    changed = 0
    digest = hashlib.sha256()
    try:
        with open(folder / SUMS, "wb") as sums:
            for file in files:
                encoded, _, own = file.partition(_AND)
                if not own:
                    path = encoded.decode()
                    parts = in_parts((folder / path).read_bytes())
                    own = bytes.fromhex(parts.sha256)
                    name, beside = f"{folder}/{path}", f"{folder}/{path}.part"
                    if standing is not None and _linked(f"{standing}/{path}", beside, parts):
                        os.replace(beside, name)
                    else:
                        changed += 1
                line = _line(encoded, own)
                digest.update(line)
                sums.write(line)
    except OSError as error:
        raise CannotWrite(f"cannot write {error.filename or folder}: {error.strerror}") from error
    return Sums(len(files), changed, digest.hexdigest())


#: Bytes before a path in a line of the list: a SHA-256 in hexadecimal digits, and two spaces.
_BEFORE_PATH: Final = 66


def _line(path: bytes, own: bytes) -> bytes:
    return b"%b  %b\n" % (own.hex().encode(), path)


def amended_sums(sums: bytes, written: Iterable[WrittenFile], gone: Iterable[str]) -> bytes:
    """The list of hashes of a site with the files that were written anew and without those that are gone."""
    new = {path.encode(): b"" for path in gone}
    new |= {path: _line(path, own) for path, _, own in (each.partition(_AND) for each in written)}
    parts: list[bytes | memoryview] = []
    at = 0
    for path in sorted(new):  # UTF-8 is in the order of its characters
        begin, end = _line_of(sums, path)
        parts += [memoryview(sums)[at:begin], new[path]]
        at = end
    return b"".join([*parts, memoryview(sums)[at:]])


def _line_of(sums: bytes, path: bytes) -> tuple[int, int]:
    """Where the line of a file stands in the list of hashes; where it would stand, twice, if it is not there."""
    first, last = 0, len(sums)
    while first < last:
        begin = sums.rfind(b"\n", 0, (first + last) // 2) + 1
        end = sums.index(b"\n", begin) + 1
        there = sums[begin + _BEFORE_PATH : end - 1]
        if there == path:
            return begin, end
        first, last = (end, last) if there < path else (first, begin)
    return first, first


def listed_in(sums: bytes, path: str) -> str:
    """The hash of a file in the list of hashes; a `ValueError` where it is not there."""
    begin, end = _line_of(sums, path.encode())
    if begin == end:
        raise ValueError(f"not found in the list of hashes: {path}")
    return sums[begin:end].partition(b" ")[0].decode()


def bytes_of(path: Path) -> int | None:
    """How many bytes a file has; None where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return None


#: In a folder of changes, the list of files that go.
_GONE: Final = ".gone"


def amend(site: Path, changes: Path, gone: Iterable[str], sums: bytes) -> None:
    """Put files in the place of those of a site, and delete others, so that all of it is done or none.

    Once the folder of changes has its last name, they are as good as made: a build that is killed from then on is
    finished by the next (`only_build`).

    Args:
        changes: a folder beside the site with the files, which is used up.
        sums: the list of hashes of the amended site.
    """
    try:
        changes.mkdir(exist_ok=True)
        (changes / _GONE).write_text("".join(f"{path}\n" for path in gone), encoding="utf-8")
        (changes / SUMS).write_bytes(sums)
        changes.rename(_changes_of(site))
        _carry_out(site)
    except OSError as error:
        raise CannotWrite(f"cannot amend {error.filename or site}: {error.strerror}") from error


def _changes_of(site: Path) -> Path:
    return site.with_name(f"{site.name}.changes")


def _carry_out(site: Path) -> None:
    """Make the changes that are due; what has been done already is not there to be done again."""
    changes = _changes_of(site)
    files = sorted(f"{within}/{name}" for within, _, names in os.walk(changes) for name in names)
    for file in files:
        path = file.removeprefix(f"{changes}/")
        if path not in (_GONE, SUMS):
            os.makedirs(os.path.dirname(f"{site}/{path}"), exist_ok=True)
            os.replace(file, f"{site}/{path}")
    for path in (changes / _GONE).read_text(encoding="utf-8").splitlines():
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{site}/{path}")
        with contextlib.suppress(OSError):  # the folder holds something else
            os.removedirs(os.path.dirname(f"{site}/{path}"))
    os.replace(changes / SUMS, site / SUMS)
    shutil.rmtree(changes)


def committed_on(project: Path, revision: str, path: str) -> str:
    """The day on which a file was last changed before a revision, as git tells it."""
    return _git(project, revision, "log", "-1", "--format=%cs", revision, "--", path).decode().strip()


#: Bytes of a SHA-256 in hexadecimal digits, with the end of its line.
_DIGEST: Final = 65


class _Hashed:
    """A file that is written to and hashed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def write(self, part: bytes) -> int:
        """Write a part."""
        self._digest.update(part)
        return self._file.write(part)

    def sha256(self) -> str:
        """The SHA-256 of all that was written, in hexadecimal digits."""
        return self._digest.hexdigest()


class Kept:
    """What one build made and the next may use again, by key, below `.cache/`; deleted at any time without loss.

    Every file begins with the hash of the rest: what was cut off or changed is made anew. The names carry a
    fingerprint of all that makes it (program, templates, lock), so another program never finds it.

    Attributes:
        used: the names of the files that this process asked for.
    """

    def __init__(self, project: Path) -> None:
        self._folder = project / ".cache" / "made"
        self._fingerprint = _fingerprint(project)
        self.used: set[str] = set()

    def __call__(self, key: str, make: Callable[[], str]) -> str:
        """What was made under this key before, or what is made now."""
        found = self.found(key)
        if found is not None:
            return found.decode()
        made = make()
        self.keep(key, made.encode())
        return made

    def found(self, key: str) -> bytes | None:
        """What was kept under this key before, if it is whole."""
        name = self._name(key)
        self.used.add(name)
        with contextlib.suppress(OSError, ValueError), open(f"{self._folder}/{name}", "rb", buffering=0) as file:
            digest, content = file.read(_DIGEST), file.read()
            if digest.decode("ascii") == f"{hashlib.sha256(content).hexdigest()}\n":
                return content
        return None

    def holds(self, key: str) -> bool:
        """Whether something is kept under this key; only `found` looks whether it is whole."""
        self.needed(key)
        return os.path.exists(f"{self._folder}/{self._name(key)}")  # asked thousands of times

    def needed(self, key: str) -> None:
        """Say that what is kept under this key may be asked for later."""
        self.used.add(self._name(key))

    def keep(self, key: str, content: bytes) -> None:
        """Keep what was made; a cache that cannot be written is no cache, and no fault."""
        self.keep_written(key, lambda file: file.write(content))

    def keep_written(self, key: str, write: Callable[[_Hashed], object]) -> None:
        """The same for what is large.

        Args:
            write: writes it, part by part.
        """
        self.needed(key)
        with contextlib.suppress(OSError):
            name = f"{self._folder}/{self._name(key)}"
            beside = f"{name}.{os.getpid()}"  # another process may make the same
            _make_folder(str(self._folder))
            with open(beside, "wb") as file:
                file.write(b" " * _DIGEST)
                hashed = _Hashed(file)
                write(hashed)
                file.seek(0)
                file.write(f"{hashed.sha256()}\n".encode())
            os.replace(beside, name)

    def _name(self, key: str) -> str:
        return f"{self._fingerprint}-{key}"

    def forget_unused(self, prefix: str = "") -> None:
        """Delete what nobody asked for of all whose key begins so."""
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name not in self.used and entry.name.partition("-")[2].startswith(prefix):
                    os.unlink(entry.path)


def _fingerprint(project: Path) -> str:
    """A hash of the program, its templates and the lock."""
    digest = hashlib.sha256()
    program = Path(__file__).parent
    for path in (*sorted(program.rglob("*.py")), *sorted(program.rglob("*.j2")), project / "requirements.txt"):
        with contextlib.suppress(OSError):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def building_folder(site: Path) -> Path:
    """The folder beside the site that this process builds into."""
    return site.with_name(f"{site.name}.new-{os.getpid()}")


@contextlib.contextmanager
def only_build(project: Path, site: Path) -> Iterator[None]:
    """Hold the build lock; a second build waits. Clears away what killed builds left."""
    cache = project / ".cache"
    try:
        cache.mkdir(exist_ok=True)
        lock = open(cache / "build.lock", "w")  # noqa: SIM115 (held for the whole build, closed below)
    except OSError as error:
        raise CannotWrite(f"cannot write {cache}: {error.strerror}") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _recover(site)
        try:
            yield
        finally:
            shutil.rmtree(building_folder(site), ignore_errors=True)


def _recover(site: Path) -> None:
    """Undo what a build that was killed left behind: half-built folders, and a site moved aside but not replaced."""
    old = site.with_name(f"{site.name}.old")
    if old.exists() and not site.exists():
        old.rename(site)
    changes = _changes_of(site)
    if changes.exists():
        if (changes / SUMS).exists() and site.exists():
            _carry_out(site)
        shutil.rmtree(changes, ignore_errors=True)
    for left in (*site.parent.glob(f"{site.name}.new-*"), old):
        if left.exists():
            shutil.rmtree(left, ignore_errors=True)


def exchange(new: Path, site: Path, bin: Path | None = None) -> None:
    """Put the finished build in the site's place in one step, then delete the old one.

    Where the kernel can exchange two names at once, no moment exists without a site. Elsewhere two renames do it, and
    the next build recovers if this one is killed between them.

    Args:
        bin: a folder of ours in which the old site is deleted after this process has ended: that takes longer than
            anything else that is done to files. Without it, and on another disk, it is deleted now.
    """
    if not new.is_dir():
        raise CannotWrite(f"the build left no folder {new.name}")
    try:
        if not site.exists():
            new.rename(site)
            return
        if not _exchanged(new, site):
            old = site.with_name(f"{site.name}.old")
            site.rename(old)
            new.rename(site)
            new = old
    except OSError as error:
        raise CannotWrite(f"cannot put the new site in place: {error.strerror}") from error
    if bin is not None:
        with contextlib.suppress(OSError):
            bin.mkdir(parents=True, exist_ok=True)
            new = new.rename(bin / str(os.getpid()))
            _delete_later(bin)
            return
    shutil.rmtree(new, ignore_errors=True)


def _delete_later(folder: Path) -> None:
    """Delete a folder without waiting for it; what is left when that is ended early goes with the next one."""
    if os.fork() == 0:
        with contextlib.suppress(BaseException):
            os.setsid()
            nowhere = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(nowhere, standard)
            os.closerange(3, 4_096)  # the lock of the build above all
            if os.fork() == 0:
                shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)
    os.wait()


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def _exchanged(first: Path, second: Path) -> bool:
    """Whether the kernel exchanged the two names (Linux, renameat2)."""
    libc = ctypes.CDLL(None, use_errno=True)
    renameat2 = getattr(libc, "renameat2", None)
    if renameat2 is None:
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(code, os.strerror(code), str(second))
