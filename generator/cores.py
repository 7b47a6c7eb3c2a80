"""Work spread over the processor's cores: jobs that need nothing of each other, done by this process and copies of it.

The copy is made by `fork`, so that it has everything in memory already; what it makes comes back in a file without a
name, job by job, so that nothing is in memory twice. A pipe would be shorter, but holds little: the copy would have to
wait, with all its memory, until somebody reads.
Where there is one core only, or no `fork`, this process does everything. The result is the same in each case.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import gc
import itertools
import os
import pickle
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, NoReturn, TypeVar

from generator.problems import Stopped

T = TypeVar("T")
Job = Callable[[], T]

#: Bytes of a ticket: the number of a job, waiting in a pipe until somebody is free. A pipe holds at least 4,096 bytes.
_TICKET = 2
_MOST_TICKETS = 2_000
#: How many copies do jobs that are spread.
_COPIES = 2
#: From so many steps on a work is spread over the cores; below, a second process costs more than it saves.
_MANY = 40
#: How many jobs are made of the steps at most.
_MOST_JOBS = 400
#: How many times as long a job may be so that it ends where it should.
_LONGEST = 8
#: Stands for the number of a job where the answer is what went wrong.
_FAILED = -1


class WorkFailed(Stopped):
    """The other process was killed, or a job in it raised something unforeseen; the text says what."""


def two_cores() -> bool:
    """Whether a second process helps, and can be had: a copy of a process with threads, such as a server, can stand still."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
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
    """Jobs that a copy of this process does while it goes on; begun at once, or done when asked for."""

    def __init__(self, jobs: Sequence[Job[T]]) -> None:
        self._jobs = jobs
        self._copy = _copy_for(lambda: ((number, job()) for number, job in enumerate(jobs))) if jobs else None

    def results(self) -> list[T]:
        """What the jobs gave, in their order; waits for it.

        Raises:
            WorkFailed: a job raised something unforeseen.
        """
        if self._copy is None:
            return [job() for job in self._jobs]
        try:
            done = dict(self._copy.results())
        finally:
            self._copy.stop()
        return [done[number] for number in range(len(self._jobs))]

    def at_work(self) -> bool:
        """Whether the copy is at work."""
        return self._copy is not None and self._copy.at_work()

    def stop(self) -> None:
        """End the copy, if there is one; nothing when it has ended."""
        if self._copy is not None:
            self._copy.stop()


def one_has_ended(*asides: Aside[Any]) -> None:
    """Wait until one of these copies has ended."""
    if all(aside.at_work() for aside in asides):
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)


def spread(jobs: Sequence[Job[T]]) -> list[T]:
    """What the jobs give, in their order; done by two copies, each taking the next job when it is free.

    This process waits: what many jobs leave behind in memory goes with the copies.

    Raises:
        WorkFailed: a job of a copy raised something unforeseen.
    """
    done = dict(_spread(jobs))
    return [done[number] for number in range(len(jobs))]


def _spread(jobs: Sequence[Job[T]]) -> Iterator[tuple[int, T]]:
    """The same in no order, each with its number, one in memory at a time."""
    if len(jobs) < 2:
        yield from ((number, job()) for number, job in enumerate(jobs))
        return
    copies: list[_Copy[T]] = []
    with _taking_turns(jobs) as work:
        try:
            while len(copies) < _COPIES and (copy := _copy_for(work)):
                copies.append(copy)
            if len(copies) < _COPIES:
                yield from work()
            for copy in copies:
                yield from copy.results()
        finally:
            for copy in copies:
                copy.stop()


#: When a step comes, of which of the works it is, and what is done.
_Step = tuple[str, int, Job[Any]]


@dataclasses.dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """Some work on claims.

    Attributes:
        steps: jobs that need nothing of each other, each with the id of a claim that says when it comes.
        take: is given what one of them gave, as it comes, so that it is not all in memory at once.
        finish: is asked when all of that was taken.
    """

    steps: Sequence[tuple[str, Job[T]]]
    take: Callable[[T], None]
    finish: Callable[[], None]


def in_one_pass(*works: Work[Any]) -> None:
    """Do several works as `spread` does, each step beside those of the others that look into the same claims.

    The last work is the one whose steps look into most of them. So what is worked out of a claim, or unpacked, is there
    for all of them. Where there is little to do, this process does it.

    Raises:
        WorkFailed: as there.
    """
    steps = [(at, number, job) for number, work in enumerate(works) for at, job in work.steps]
    steps.sort(key=lambda step: step[:2])
    size = max(1, -(-len(steps) // _MOST_JOBS)) if len(steps) >= _MANY else len(steps)
    jobs = [functools.partial(_all_done, some) for some in _cut(steps, size, len(works) - 1)]
    for _, done in _spread(jobs):
        for number, result in done:
            works[number].take(result)
    for work in works:
        work.finish()


def _cut(steps: Sequence[_Step], size: int, last: int) -> Iterator[Sequence[_Step]]:
    """Steps in parts of this size or more: where possible, each ends with a step of the last work, which looks into many.

    So that step finds there what was unpacked for the steps before it.
    """
    begin = 0
    for end, (_, number, _) in enumerate(steps, 1):
        if end - begin >= size and (number == last or end - begin >= _LONGEST * size):
            yield steps[begin:end]
            begin = end
    if begin < len(steps):
        yield steps[begin:]


def _all_done(steps: Sequence[_Step]) -> list[tuple[int, Any]]:
    return [(number, job()) for _, number, job in steps]


def gathered(jobs: Sequence[Job[T]], beside: Aside[T] | None = None) -> Iterator[T]:
    """The same in no order, to be gone through one at a time, so that what they give is not in memory at once.

    All jobs are done when this returns.

    Args:
        beside: a copy that may still be at work; what its jobs give comes last. The second process begins when that has
            ended: a third one would have no core, and the memory of all of them would add up.
    """
    numbered = _numbered(jobs, beside)
    first = [*itertools.islice(numbered, 1)]  # comes when all of them are done
    aside = beside.results() if beside is not None else []
    return itertools.chain((result for _, result in itertools.chain(first, numbered)), aside)


def _numbered(jobs: Sequence[Job[T]], beside: Aside[T] | None = None) -> Iterator[tuple[int, T]]:
    if len(jobs) < 2:
        yield from ((number, job()) for number, job in enumerate(jobs))
        return
    copy: _Copy[T] | None = None
    alone = True
    own = _results()
    with _taking_turns(jobs) as work:
        try:
            steps = work()
            while True:
                if alone and not (beside and beside.at_work()):
                    copy, alone = _copy_for(work), False
                step = next(steps, None)
                if step is None:
                    break
                own.append(step)
            if copy is not None:
                copy.wait()
            yield from own
            if copy is not None:
                yield from copy.results()
        finally:
            own.clear()
            if copy is not None:
                copy.stop()


@contextlib.contextmanager
def _taking_turns(jobs: Sequence[Job[T]]) -> Iterator[_Work[T]]:
    """Does these jobs, in several processes at the same time: each takes the next when it is free."""
    assert len(jobs) <= _MOST_TICKETS
    take, put = os.pipe()
    os.write(put, b"".join(number.to_bytes(_TICKET, "big") for number in range(len(jobs))))
    os.close(put)

    def work() -> Iterator[tuple[int, T]]:
        while ticket := os.read(take, _TICKET):
            number = int.from_bytes(ticket, "big")
            yield number, jobs[number]()

    try:
        yield work
    finally:
        os.close(take)


class _Results:
    """What came of jobs, in a file without a name; used as a list."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it is cleared)

    def append(self, step: Any) -> None:
        """Put something at the end.

        Raises:
            Stopped: there is no room for it.
        """
        try:
            self._file.write(pickle.dumps(step, pickle.HIGHEST_PROTOCOL))
            self._file.flush()
        except OSError as error:
            raise Stopped(f"cannot write into the folder for temporary files: {error.strerror}") from error

    def __iter__(self) -> Iterator[Any]:
        self._file.seek(0)
        while True:
            try:
                step = pickle.load(self._file)  # noqa: S301 (we or our own copy wrote it)
            except EOFError:
                return
            yield step

    def clear(self) -> None:
        """Forget all of it."""
        with contextlib.suppress(OSError):  # what there was no room for is tried once more
            self._file.close()


def _results() -> _Results | list[Any]:
    """Where results are kept: in a file, or in memory where the system gives none."""
    try:
        return _Results()
    except OSError:
        return []


#: Does some jobs: of each the number and what it gave.
_Work = Callable[[], Iterator[tuple[int, T]]]


def _copy_for(work: _Work[T]) -> _Copy[T] | None:
    """A copy of this process that does some work; None where it would not help, or the system gives no process or file."""
    with contextlib.suppress(OSError):
        if two_cores():
            return _Copy(work)
    return None


class _Copy(Generic[T]):
    """A copy of this process that does some work."""

    def __init__(self, work: _Work[T]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()
        self._answer = _Results()
        try:
            self._id = os.fork()
        except OSError:
            self._answer.clear()
            raise
        if self._id == 0:
            _answer(work, self._answer)

    def at_work(self) -> bool:
        """Whether it has not ended yet."""
        return self._id > 0 and os.waitid(os.P_PID, self._id, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None

    def wait(self) -> None:
        """Wait until it has ended."""
        os.waitid(os.P_PID, self._id, os.WEXITED | os.WNOWAIT)

    def results(self) -> Iterator[tuple[int, T]]:
        """What came of it."""
        _, status = os.waitpid(self._id, 0)
        self._id = 0
        if not status:  # otherwise the answer may be cut off
            for step in self._answer:
                if step is None:
                    return
                number, result = step
                if number == _FAILED:
                    raise result if isinstance(result, Stopped) else WorkFailed(result)
                yield number, result
        raise WorkFailed("the second process of the build ended before it said what it made")

    def stop(self) -> None:
        """End the copy and forget it."""
        if self._id:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._id, signal.SIGKILL)
            os.waitpid(self._id, 0)
            self._id = 0
        self._answer.clear()


def _answer(work: _Work[Any], answer: _Results) -> None:
    """Work, write what comes of it, and end this process without anything that its parent would do at its end."""
    status = 1
    try:
        try:
            for step in work():
                answer.append(step)
            answer.append(None)
        except Stopped as stopped:
            answer.append((_FAILED, stopped))
        except Exception as error:  # noqa: BLE001 (told to the parent, which raises it)
            answer.append((_FAILED, f"{error}\n{traceback.format_exc()}"))
        status = 0
    finally:
        os._exit(status)
