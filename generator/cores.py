"""Work spread over the processor's cores: jobs that need nothing of each other, done by this process and a copy of it.

The copy is made by `fork`, so that it has everything in memory already; what it makes comes back in a file without a
name. A pipe would be shorter, but holds little: the copy would have to wait, with all its memory, until somebody reads.
Where there is one core only, or no `fork`, this process does everything. The result is the same in each case.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Generic, NoReturn, TypeVar

T = TypeVar("T")
Job = Callable[[], T]

#: Bytes of a ticket: the number of a job, waiting in a pipe until somebody is free. A pipe holds at least 4,096 bytes.
_TICKET = 2
_MOST_TICKETS = 2_000


class WorkFailed(Exception):
    """A job in the other process raised something, or the process was killed; the sentence says what."""


def two_cores() -> bool:
    """Whether a second process helps."""
    if not hasattr(os, "fork"):
        return False
    usable = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return len(usable) > 1


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """No search for unused cycles in here: records and pages hold none, and the search costs a third of a build."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()  # what is there now is not searched later either
            gc.enable()


def leave() -> NoReturn:
    """End this process at once, without taking apart what it holds: that takes a second for each ten thousand claims."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


class Aside(Generic[T]):
    """Jobs that a copy of this process does while this one goes on; begun at once, or done when asked for."""

    def __init__(self, jobs: Sequence[Job[T]]) -> None:
        self._jobs = jobs
        self._copy = _copy_for(lambda: {number: job() for number, job in enumerate(jobs)})

    def results(self) -> list[T]:
        """What the jobs gave, in their order; waits for it. Raises `WorkFailed`."""
        if self._copy is None:
            return [job() for job in self._jobs]
        done = self._copy.result()
        return [done[number] for number in range(len(self._jobs))]

    def stop(self) -> None:
        """End the copy, if there is one; nothing when it has ended."""
        if self._copy is not None:
            self._copy.stop()


def spread(jobs: Sequence[Job[T]]) -> list[T]:
    """What the jobs give, in their order; done by two processes, each taking the next job when it is free.

    Raises:
        WorkFailed: a job of the other process raised something.
    """
    if len(jobs) < 2:
        return [job() for job in jobs]
    assert len(jobs) <= _MOST_TICKETS
    take, put = os.pipe()
    os.write(put, b"".join(number.to_bytes(_TICKET, "big") for number in range(len(jobs))))
    os.close(put)

    def work() -> dict[int, T]:
        done = {}
        while ticket := os.read(take, _TICKET):
            number = int.from_bytes(ticket, "big")
            done[number] = jobs[number]()
        return done

    copy = _copy_for(work)
    try:
        done = work()
        if copy is not None:
            done |= copy.result()
    finally:
        os.close(take)
        if copy is not None:
            copy.stop()
    return [done[number] for number in range(len(jobs))]


def _copy_for(work: Callable[[], dict[int, T]]) -> _Copy[T] | None:
    """A copy of this process that does some work; None where it would not help, or the system gives no process or file."""
    with contextlib.suppress(OSError):
        if two_cores():
            return _Copy(work)
    return None


class _Copy(Generic[T]):
    """A copy of this process that works out one thing."""

    def __init__(self, work: Callable[[], dict[int, T]]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()
        self._answer = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the copy is stopped)
        try:
            self._id = os.fork()
        except OSError:
            self._answer.close()
            raise
        if self._id == 0:
            _answer(work, self._answer)

    def result(self) -> dict[int, T]:
        """What came of it."""
        _, status = os.waitpid(self._id, 0)
        self._id = 0
        self._answer.seek(0)
        said = self._answer.read()
        self.stop()
        if status or not said:
            raise WorkFailed("the second process of the build ended before it said what it made")
        worked, result = pickle.loads(said)  # noqa: S301 (our own copy wrote it)
        if not worked:
            raise WorkFailed(result)
        return result  # type: ignore[no-any-return]  # it is what `work` gave

    def stop(self) -> None:
        """End the copy and forget it."""
        if self._id:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._id, signal.SIGKILL)
            os.waitpid(self._id, 0)
            self._id = 0
        self._answer.close()


def _answer(work: Callable[[], dict[int, T]], answer: IO[bytes]) -> None:
    """Work, write what came of it, and end this process without anything that its parent would do at its end."""
    status = 1
    try:
        try:
            said = pickle.dumps((True, work()), pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # noqa: BLE001 (told to the parent, which raises it)
            said = pickle.dumps((False, f"{error}\n{traceback.format_exc()}"))
        answer.write(said)
        answer.flush()
        status = 0
    finally:
        os._exit(status)
