"""From contributed files to the archive, at speed: what a file said before is remembered, the rest is read on two cores.

Files are remembered in groups, by the hash of their paths and contents and of the program that read them. A group in
which anything changed is read anew, whole; reading is the same function in every case.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import io
import pickle
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from generator import checks, cores, disk
from generator.analysis.whole import Analysis
from generator.archive import Archive, Read, read_archive, read_entry
from generator.documents import SourceFile
from generator.problems import Problem

#: The month in the path of a claim.
_MONTH: Final = re.compile(r"(claims/\d{4}/\d{4}-\d{2}).*")
#: What the names of remembered groups begin with.
_PREFIX: Final = "records-"
#: From so many records on, checking is spread over the cores; below, a second process costs more than it saves.
_MANY: Final = 400
_PARTS: Final = 16


def archive_of(files: Sequence[SourceFile], kept: disk.Kept) -> tuple[Archive, list[Problem]]:
    """The archive in these files, and everything that is wrong with single files.

    Args:
        kept: what earlier runs remembered.
    """
    groups = _groups(files)
    found: dict[str, Read] = {}
    missing: list[tuple[str, list[SourceFile]]] = []
    for key, group in groups.items():
        known = _restored(kept.found(key) or b"")
        if known is None:
            missing.append((key, group))
        else:
            found |= known
    for blob in cores.spread([functools.partial(_read, key, group, kept) for key, group in missing]):
        found |= _restored(blob) or {}
    kept.forget_unused(_PREFIX)
    return read_archive(files, lambda file: found.get(file.path) or read_entry(file))


def _groups(files: Iterable[SourceFile]) -> Mapping[str, list[SourceFile]]:
    """The files in groups that stay the same when a file is added, by a hash of all that is in them.

    A group is a folder, or a month of claims: what stands together in time stands together in memory, so that two
    processes that share the work seldom touch, and thereby copy, the same pages of it.
    """
    groups: defaultdict[str, list[SourceFile]] = defaultdict(list)
    for file in files:
        groups[_MONTH.sub(r"\1", file.path) if _MONTH.match(file.path) else file.path.rpartition("/")[0]].append(file)
    named = {}
    for group in groups.values():
        digest = hashlib.blake2b(digest_size=20)
        for file in group:
            digest.update(f"{file.path}\0{len(file.content)}\0".encode())
            digest.update(file.content)
        named[_PREFIX + digest.hexdigest()] = group
    return named


def _read(key: str, group: Iterable[SourceFile], kept: disk.Kept) -> bytes:
    blob = pickle.dumps({file.path: read_entry(file) for file in group}, pickle.HIGHEST_PROTOCOL)
    kept.keep(key, blob)
    return blob


_CLASSES: Final = ("generator.records.", "generator.archive", "generator.documents", "generator.problems")
_PLAIN: Final = frozenset({("builtins", "set"), ("builtins", "frozenset"), ("datetime", "date")})


class _Records(pickle.Unpickler):
    """Restores values of our own frozen classes and nothing else: whatever a cache may hold, nothing in it is called."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of records, or a refusal."""
        if (module, name) in _PLAIN or module.startswith(_CLASSES):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record")


def _restored(blob: bytes) -> dict[str, Read] | None:
    """What `_read` made, or None where this is something else."""
    try:
        return _Records(io.BytesIO(blob)).load()  # type: ignore[no-any-return]
    except (pickle.UnpicklingError, EOFError):
        return None


def faults_in(
    archive: Archive,
    analysis: Analysis,
    today: datetime.date,
    base: Archive | None = None,
    author: str | None = None,
) -> list[Problem]:
    """What the rules find in the records (`checks.check`), asked on two cores where there are many records."""
    parts = _PARTS if len(archive.claims) >= _MANY else 1
    ask = functools.partial(checks.check, archive, analysis, today, base, author)
    found = cores.spread([functools.partial(ask, (part, parts)) for part in range(parts)])
    return sorted(problem for part in found for problem in part)
