"""From contributed files to the archive, at speed: what a file said before is remembered, the rest is read on two cores.

Files are remembered in packs of a few, by the hash of their paths and contents and of the program that read them. A
pack in which anything changed is read anew, whole; reading is the same function in every case. Of a claim only the
outline is unpacked; the rest when somebody looks into it.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from generator import checks, cores, disk
from generator.account import Account, Done, account_of
from generator.analysis.whole import SMALL, WIDER, Analysis
from generator.archive import (
    CLAIM_PATH,
    OUTLINES,
    PERMALINKS,
    Archive,
    Entry,
    Outline,
    Read,
    Stored,
    archive_of,
    id_of,
    read_entry,
)
from generator.checks.rule import Known
from generator.documents import Document, SourceFile
from generator.noting import Question, noting
from generator.packing import packed, unpacked
from generator.problems import Problem, Stopped
from generator.records.claim import Claim

#: What the names of remembered packs begin with, and how many files make one.
_PREFIX: Final = "records-"
_PACK: Final = 16
#: Of how many packs of a large archive it is in memory what they say. Work is done in the order of time, so that those
#: are asked for that stand near each other; more of them would only be more memory.
_MOST_UNPACKED: Final = 16
#: How many jobs reading makes at most.
_MOST_JOBS: Final = 400
#: Under what the last check is remembered.
_CHECKED: Final = "checked"


@dataclasses.dataclass(frozen=True, slots=True)
class Intake:
    """The contributed files, read.

    Attributes:
        problems: what is wrong with single files.
        claims: a print of every claim's file, by id.
        rest: a print of all other contributed files.
        prints: a print of every file, by path.
    """

    archive: Archive
    problems: list[Problem]
    claims: Mapping[str, str]
    rest: str
    prints: Mapping[str, str]

    def holds(self, file: SourceFile) -> bool:
        """Whether this is one of the contributed files, with these bytes."""
        return self.prints.get(file.path) == _print(file)


def taken_in(
    contributed: Iterable[SourceFile | Problem], kept: disk.Kept, again: Callable[[str], SourceFile] | None = None
) -> Intake:
    """The archive in these files, and everything that is wrong with single files.

    Args:
        contributed: each file, or what is wrong with it (`disk.contributed`).
        kept: what earlier runs remembered.
        again: gives the file at a path anew, so that no more than a few are in memory; without it all are.

    Raises:
        Stopped: a file was changed after it was read.
    """
    problems: list[Problem] = []
    prints: dict[str, str] = {}
    files: dict[str, SourceFile] = {}
    for found in contributed:
        if isinstance(found, Problem):
            problems.append(found)
        else:
            prints[found.path] = _print(found)
            if again is None:
                files[found.path] = found
    file_at = functools.partial(_unchanged, prints, again) if again else files.__getitem__
    recent: deque[_Pack] = deque(maxlen=_MOST_UNPACKED if len(prints) > SMALL else None)
    packs = [_Pack(paths, prints, kept, recent, file_at) for paths in _packs(prints)]
    missing = [pack for pack in packs if not pack.known()]
    size = max(1, -(-len(missing) // _MOST_JOBS))
    jobs = [functools.partial(_read_all, missing[at : at + size]) for at in range(0, len(missing), size)]
    heads = [head for some in cores.spread(jobs) for head in some]
    for pack, head in zip(missing, heads, strict=True):
        pack.know(head)
    read = {path: own for pack in packs for path, own in pack.entries()}
    kept.forget_unused(_PREFIX)
    permalinks = file_at(PERMALINKS).content if PERMALINKS in prints else b""
    archive, more = archive_of(prints, read.__getitem__, permalinks)
    claims: dict[str, str] = {}
    rest = hashlib.blake2b(digest_size=20)
    for path, own in prints.items():
        if CLAIM_PATH.match(path):
            claims[id_of(path)] = claims.get(id_of(path), "") + own
        else:
            rest.update(own.encode())
    return Intake(archive, problems + more, claims, rest.hexdigest(), prints)


def _print(file: SourceFile) -> str:
    return hashlib.blake2b(f"{file.path}\0".encode() + file.content, digest_size=16).hexdigest()


def _unchanged(prints: Mapping[str, str], again: Callable[[str], SourceFile], path: str) -> SourceFile:
    file = again(path)
    if _print(file) != prints[path]:
        raise Stopped(f"{path} was changed while it was read; begin again")
    return file


def _packs(paths: Iterable[str]) -> Iterator[list[str]]:
    """The paths of files in packs that stay the same when a file elsewhere is added.

    What stands together in time stands together in memory, so that two processes that share the work seldom touch, and
    thereby copy, the same pages of it.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        claim = CLAIM_PATH.match(path)
        groups[claim["month"] if claim else path.rpartition("/")[0]].append(path)
    for group in groups.values():
        yield from (group[at : at + _PACK] for at in range(0, len(group), _PACK))


#: What is known of a file at once: its path, and either all that reading it gave, or of a whole claim the outline, the
#: id, the version, and what is wrong with it all the same.
_Head = tuple[str, Read | tuple[Outline, str, str, list[Problem]]]


class _Pack:
    """Some files that are remembered together: their heads at once, what claims say when somebody looks into one.

    How they were typed is as large as what they say and seldom asked for, so it is remembered apart from that.

    Args:
        prints: of all files, by path.
        recent: the packs of which it is in memory what they say, longest first.
        file_at: gives the file at a path.
    """

    __slots__ = ("_file_at", "_heads", "_kept", "_key", "_paths", "_recent", "_said")

    def __init__(
        self,
        paths: list[str],
        prints: Mapping[str, str],
        kept: disk.Kept,
        recent: deque[_Pack],
        file_at: Callable[[str], SourceFile],
    ) -> None:
        self._paths = paths
        self._file_at = file_at
        self._key = hashlib.blake2b("".join(prints[path] for path in paths).encode(), digest_size=20).hexdigest()
        self._kept = kept
        self._heads: list[_Head] | None = None
        self._said: dict[str, Claim] | None = None
        self._recent = recent

    def known(self) -> bool:
        """Whether the heads are remembered."""
        self._heads = unpacked(self._kept.found(f"{_PREFIX}{self._key}"))
        self._kept.needed(f"{_PREFIX}said-{self._key}")
        self._kept.needed(f"{_PREFIX}typed-{self._key}")
        return self._heads is not None

    def know(self, heads: bytes) -> None:
        """Take the heads that `read` gave, maybe in another process."""
        self._heads = unpacked(heads)

    def read(self) -> bytes:
        """Read the files, and remember what they say; the heads, packed."""
        heads: list[_Head] = []
        said: dict[str, Claim] = {}
        typed: dict[str, Document] = {}
        for path in self._paths:
            read = read_entry(self._file_at(path))
            entry, shelf, problems = read
            if entry is not None and shelf == "claims" and entry.whole:
                heads.append((path, (entry.outline, entry.id, entry.version, problems)))
                said[path] = entry.record
                typed[path] = entry.document
            else:
                heads.append((path, read))
        head = packed(heads)
        self._kept.keep(f"{_PREFIX}said-{self._key}", packed(said))
        self._kept.keep(f"{_PREFIX}typed-{self._key}", packed(typed))
        self._kept.keep(f"{_PREFIX}{self._key}", head)
        return head

    def entries(self) -> Iterator[tuple[str, Read]]:
        """What was read of each file, by path."""
        assert self._heads is not None
        for path, head in self._heads:
            if isinstance(head[0], Outline):
                outline, id, version, problems = head
                yield path, (Stored(id, path, outline, version, self), "claims", problems)
            else:
                yield path, head

    def said(self, path: str) -> Claim:
        """What a claim's file says."""
        if self._said is None:
            self._said = unpacked(self._kept.found(f"{_PREFIX}said-{self._key}"))
            if self._said is None:  # forgotten in the meantime
                self._said = {path: entry.record for path, entry in self._again()}
            if len(self._recent) == self._recent.maxlen:
                self._recent[0]._said = None
            self._recent.append(self)
        return self._said[path]

    def typed(self, path: str) -> Document:
        """How a claim's file was typed."""
        return _typed(self)[path]

    def all_typed(self) -> dict[str, Document]:
        """How the claims' files were typed, by path."""
        typed: dict[str, Document] | None = unpacked(self._kept.found(f"{_PREFIX}typed-{self._key}"))
        return {path: entry.document for path, entry in self._again()} if typed is None else typed

    def _again(self) -> Iterator[tuple[str, Entry[Claim]]]:
        for path in self._paths:
            if (entry := read_entry(self._file_at(path))[0]) is not None:
                yield path, entry


@functools.lru_cache(maxsize=16)
def _typed(pack: _Pack) -> dict[str, Document]:
    """How the files of a pack were typed. Kept for the packs asked last: for all of them it would be half the memory."""
    return pack.all_typed()


def _read_all(packs: Iterable[_Pack]) -> list[bytes]:
    return [pack.read() for pack in packs]


class Asking:
    """The rules are asked about the records (`checks.check`).

    What they found before is remembered for the records of which nothing that they looked at has changed.

    Args:
        base: the records before the change that is checked; where there are any, nothing is remembered.
        author: who proposes the change; the same.

    Attributes:
        problems: what they found, once `work` is done.
    """

    def __init__(
        self,
        intake: Intake,
        analysis: Analysis,
        today: datetime.date,
        kept: disk.Kept,
        base: Archive | None = None,
        author: str | None = None,
    ) -> None:
        known = Known(intake.archive, analysis, today, base, author)
        parts = checks.parts_of(known)
        self._intake = intake
        self._kept = kept if base is None and author is None else None
        self._rest = f"{intake.rest} {today}"
        self._before: Account[list[Problem]] = (self._kept and unpacked(self._kept.found(_CHECKED))) or Account()
        standing = self._before.standing(self._rest, intake.claims, known, WIDER)
        self._standing = {name: part for name, part in standing.items() if name in parts}
        # The names of parts begin with the id of a claim, where they ask about claims.
        self._steps = [(name, functools.partial(_ask, name, parts[name])) for name in parts if name not in standing]
        self._done: Done[list[Problem]] = Done()
        self.problems: list[Problem] = []

    @property
    def work(self) -> cores.Work[Done[list[Problem]]]:
        """Asks them about all others."""
        # Made when somebody asks: kept, each of the two would hold the other, and neither would ever be let go.
        return cores.Work(self._steps, self._done.join, self._finish)

    def now(self) -> list[Problem]:
        """What they find, asked on two cores where there are many records."""
        cores.in_one_pass(self.work)
        return self.problems

    def _finish(self) -> None:
        done = self._done
        if self._kept is not None and (done.parts or len(self._standing) < len(self._before.parts)):
            wide: dict[Question, str] = {OUTLINES: self._intake.archive.outlines}
            after = account_of(self._rest, self._intake.claims, self._standing, self._before.answers, done, wide)
            self._kept.keep(_CHECKED, packed(after))
        parts = (*self._standing.values(), *done.parts.values())
        self.problems = sorted(problem for part in parts for problem in part.result)


def _ask(name: str, ask: checks.Part) -> Done[list[Problem]]:
    done: Done[list[Problem]] = Done()
    with noting() as notes:
        problems = ask()
    done.add(name, problems, notes)
    return done
