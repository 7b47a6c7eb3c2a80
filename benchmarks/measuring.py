"""Running a command and measuring it: wall, processor, and peak memory of it and all that it starts."""

from __future__ import annotations

import dataclasses
import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

#: Seconds between two looks at the memory at least, and how many times as long as a look takes: a look at a gigabyte
#: takes a hundredth of a second, on a core that what is measured needs, and which it waits for.
_LOOK = 0.1
_REST = 50


@dataclasses.dataclass(frozen=True, slots=True)
class Measured:
    """What one run took: seconds, processor seconds, mebibytes (shared pages counted once), exit status, output."""

    wall: float
    cpu: float
    memory: float
    status: int
    output: str


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Measured:
    """Run a command to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watch = _Memory(process.pid)
    watch.start()
    output, _ = process.communicate()
    wall = time.perf_counter() - began
    watch.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, cpu, watch.peak, process.returncode, output)


class _Memory(threading.Thread):
    """Looks at the proportional memory of a process and its children; 0 where the system does not tell (not Linux)."""

    def __init__(self, id: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._id = id
        self._ended = threading.Event()

    def run(self) -> None:
        rest = _LOOK
        while not self._ended.wait(rest):
            began = time.perf_counter()
            self.peak = max(self.peak, sum(map(_proportional, _family(self._id))) / 1024)
            rest = max(_LOOK, _REST * (time.perf_counter() - began))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(id: int) -> list[int]:
    try:
        children = Path(f"/proc/{id}/task/{id}/children").read_text(encoding="ascii").split()
    except OSError:
        return [id]
    return [id, *(member for child in children for member in _family(int(child)))]


def _proportional(id: int) -> float:
    """Kibibytes of a process, each page divided by the number of processes that share it."""
    try:
        for line in Path(f"/proc/{id}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    except OSError:
        pass
    return 0.0
