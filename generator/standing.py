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
from pathlib import Path
from typing import Final

from generator import disk

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
        self._inputs, newest = _digest(project)
        self._settled = newest < time.time_ns() - _YOUNG

    def already(self) -> bool:
        """Whether the site stands as it would be built."""
        try:
            kept = json.loads(disk.read_text(self._file) or "{}")
        except ValueError:
            return False
        return kept == self._now() and bool(kept["sums"])

    def remember(self) -> None:
        """Remember that the site has been built from these inputs."""
        if self._settled:
            disk.write_if_changed(self._file, json.dumps(self._now(), sort_keys=True).encode())

    def _now(self) -> dict[str, object]:
        sums = disk.stamps(self._site / disk.SUMS)
        return {"inputs": self._inputs, "site": str(self._site), "sums": [[str(path), *stamp] for path, stamp in sums]}


def _digest(project: Path) -> tuple[str, int]:
    """A hash of all that decides what a site looks like, and the time of the youngest file, in nanoseconds."""
    program = Path(__file__).parent
    settings = disk.read_text(project / "mkdocs.yml") or ""
    environment = {
        name: os.environ.get(name) for name in sorted({*_ENVIRONMENT.findall(settings), "SOURCE_DATE_EPOCH"})
    }
    # A day passes, and a date is no longer in the future; a package is installed; a commit gives the pages its time.
    packages = disk.stamps(Path(sysconfig.get_path("purelib")), below=False)
    moment = (datetime.datetime.now(datetime.UTC).date().isoformat(), disk.last_commit(project), sys.version)
    digest = hashlib.blake2b(repr((environment, moment, [stamp for _, stamp in packages])).encode(), digest_size=20)
    newest = 0
    for top in (*(project / name for name in _INPUTS), program):
        for path, stamp in disk.stamps(top):
            if "__pycache__" not in path:
                digest.update(f"{path}\0{stamp}\n".encode())
                newest = max(newest, stamp[1])
    return digest.hexdigest(), newest
