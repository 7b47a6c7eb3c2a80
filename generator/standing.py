"""Whether the site stands already as it would be built, told from the sizes and times of files, as `make` does.

Nothing is remembered of a build during which a file was young enough to change again without its time changing.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import sys
import sysconfig
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from generator import disk
from generator.archive import CLAIM_PATH

#: What a site is made of, below the project folder.
_INPUTS: Final = ("claims", "content", "theme_overrides", "mkdocs.yml", "requirements.txt")
_ENVIRONMENT: Final = re.compile(r"!ENV\s*\[?\s*([A-Z_]+)")
#: Nanoseconds after which a file that changes again has another time.
_YOUNG: Final = 50_000_000


class Standing:
    """What a site was made of, and what it would be made of now.

    Args:
        project: the project folder, before the build begins.
        site: the folder that it builds.
    """

    def __init__(self, project: Path, site: Path) -> None:
        self._file = project / ".cache" / "standing.json"
        self._site = site
        claims, others = _stamps(project)
        self._rest = _digest(_moment(project), others)
        self._inputs = _digest(self._rest, claims)
        old = time.time_ns() - _YOUNG
        self._settled, self._rest_settled = (
            max((stamp[1] for _, stamp in stamps), default=0) < old for stamps in ((*claims, *others), others)
        )

    @property
    def rest(self) -> str | None:
        """A print of all that is no claim; None where any of it is young enough to change again unseen."""
        return self._rest if self._rest_settled else None

    def already(self) -> bool:
        """Whether the site stands as it would be built."""
        try:
            kept = json.loads(disk.read_text(self._file) or "{}")
        except ValueError:
            return False
        return kept == self._now() and bool(kept["sums"])

    def forget(self) -> None:
        """Forget that it stands as it would be built: it is about to be changed."""
        disk.write_if_changed(self._file, b"{}")

    def remember(self) -> None:
        """Remember that the site has been built from these inputs."""
        if self._settled:
            disk.write_if_changed(self._file, json.dumps(self._now(), sort_keys=True).encode())

    def _now(self) -> dict[str, object]:
        sums = disk.stamps(self._site / disk.SUMS)
        return {"inputs": self._inputs, "site": str(self._site), "sums": [[str(path), *stamp] for path, stamp in sums]}


#: The path and the stamp of a file.
_Stamped = tuple[str, disk.Stamp]


def _stamps(project: Path) -> tuple[list[_Stamped], list[_Stamped]]:
    """The files that decide what a site looks like: those of claims, and all others."""
    claims: list[_Stamped] = []
    others: list[_Stamped] = []
    for top in (*(project / name for name in _INPUTS), Path(__file__).parent):
        for path, stamp in disk.stamps(top):
            if CLAIM_PATH.fullmatch(path.removeprefix(f"{project}/")):
                claims.append((path, stamp))
            elif "__pycache__" not in path:
                others.append((path, stamp))
    return claims, others


def _moment(project: Path) -> str:
    """What else decides what a site looks like."""
    settings = disk.read_text(project / "mkdocs.yml") or ""
    environment = {
        name: os.environ.get(name) for name in sorted({*_ENVIRONMENT.findall(settings), "SOURCE_DATE_EPOCH"})
    }
    # A day passes, and a date is no longer in the future; a package is installed; a commit gives the pages its time.
    packages = disk.stamps(Path(sysconfig.get_path("purelib")), below=False)
    moment = (datetime.datetime.now(datetime.UTC).date().isoformat(), disk.last_commit(project), sys.version)
    return repr((environment, moment, [stamp for _, stamp in packages]))


def _digest(before: str, stamps: Iterable[_Stamped]) -> str:
    digest = hashlib.blake2b(before.encode(), digest_size=20)
    for path, stamp in stamps:
        digest.update(f"{path}\0{stamp}\n".encode(errors="surrogateescape"))  # a name may be no UTF-8
    return digest.hexdigest()
