"""Work by two processes: the same result as by one, and one sentence when the other one fails."""

from __future__ import annotations

import functools
import os
import signal
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

import pytest

from generator import cores
from generator.problems import Stopped

LARGE = 4_000_000


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were two cores everywhere."""
    monkeypatch.setattr(cores, "two_cores", lambda: True)


def test_results_come_in_the_order_of_the_jobs() -> None:
    jobs = [lambda number=number: number * number for number in range(50)]

    assert [number * number for number in range(50)] == cores.spread(jobs) == cores.Aside(jobs).results()


def test_what_a_job_of_the_other_process_raises_is_told() -> None:
    def fails() -> NoReturn:
        raise ValueError("this went wrong")

    with pytest.raises(cores.WorkFailed, match="this went wrong"):
        cores.Aside([fails]).results()


def test_a_process_that_is_killed_is_one_sentence() -> None:
    with pytest.raises(cores.WorkFailed) as failed:
        cores.Aside([lambda: os.kill(os.getpid(), signal.SIGKILL)]).results()

    assert "the second process of the build ended before it said what it made" == str(failed.value)


def test_a_process_with_a_large_answer_ends_before_anybody_asks_for_it() -> None:
    aside = cores.Aside([lambda: b"x" * LARGE])

    assert aside._copy is not None

    # Waits for its end, and leaves that for others to see; with a pipe it would wait for us.
    os.waitid(os.P_PID, aside._copy._id, os.WEXITED | os.WNOWAIT)

    assert [b"x" * LARGE] == aside.results()


@pytest.mark.parametrize(("module", "name"), [(os, "fork"), (tempfile, "TemporaryFile")])
def test_where_the_system_gives_no_process_or_file_this_one_does_everything(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    def refused() -> NoReturn:
        raise OSError("no")

    monkeypatch.setattr(module, name, refused)
    jobs = [lambda number=number: (os.getpid(), number) for number in range(3)]
    expected = [(os.getpid(), number) for number in range(3)]

    assert expected == cores.spread(jobs) == cores.Aside(jobs).results()


def test_what_is_done_aside_is_done_by_one_copy_whether_or_not_anybody_asks(tmp_path: Path) -> None:
    aside = cores.Aside([os.getpid, os.getpid, (tmp_path / "begun").touch])
    while aside.at_work():
        time.sleep(0.01)

    assert (tmp_path / "begun").exists()
    first, second, _ = aside.results()
    assert first == second != os.getpid()


def test_whoever_waits_for_one_of_several_goes_on_when_the_first_has_ended() -> None:
    short, long = cores.Aside([lambda: 1]), cores.Aside([lambda: time.sleep(30)])
    cores.one_has_ended(long, short)

    assert not short.at_work()
    assert long.at_work()
    long.stop()
    cores.one_has_ended(short, long)  # one has ended already: nobody waits
    assert [1] == short.results()


def test_what_looks_into_many_claims_is_done_by_whoever_looked_into_each_of_them() -> None:
    claims = [f"{number:03}" for number in range(120)]

    def process(claim: str) -> tuple[str, int]:
        return claim, os.getpid()

    of_each = [(claim, functools.partial(process, claim)) for claim in claims]
    of_many = [(claim, functools.partial(process, claim)) for claim in claims[2::3]]
    each: list[tuple[str, int]] = []
    many: list[tuple[str, int]] = []
    finished: list[tuple[int, int]] = []

    def finish() -> None:
        finished.append((len(each), len(many)))

    cores.in_one_pass(cores.Work(of_each, each.append, finish), cores.Work(of_many, many.append, finish))

    assert [(120, 40)] * 2 == finished
    assert claims == sorted(claim for claim, _ in each)
    assert os.getpid() not in dict(each).values()
    # Each beside the two before it.
    assert {claim: dict(each)[claim] for claim in claims[2::3]} == dict(many)
    assert dict(each) == {claim: dict(many)[claims[at - at % 3 + 2]] for at, claim in enumerate(claims)}


def test_the_second_process_begins_when_what_is_beside_has_ended(tmp_path: Path) -> None:
    def waits() -> int:
        for _ in range(1_000):  # not for ever: nobody ends it where this test fails
            if (tmp_path / "go").exists():
                break
            time.sleep(0.01)
        return 0

    def work(number: int) -> int:
        if number == 2:
            (tmp_path / "go").touch()
        time.sleep(0.02)
        return os.getpid()

    aside = cores.Aside([waits])
    *done, last = cores.gathered([functools.partial(work, number) for number in range(40)], aside)

    assert 0 == last
    assert {os.getpid()} == {*done[:3]}
    assert 2 == len({*done})


def test_all_jobs_are_done_when_what_they_gave_is_handed_out(tmp_path: Path) -> None:
    own = os.getpid()

    def work(number: int) -> None:
        time.sleep(0.01 if os.getpid() == own else 0.2)
        (tmp_path / f"{number} of {os.getpid() == own}").touch()

    found = cores.gathered([functools.partial(work, number) for number in range(20)])
    done = {path.name for path in tmp_path.iterdir()}

    assert 20 == len(done)
    assert any(name.endswith("False") for name in done)
    assert [None] * 20 == [*found]


def test_what_is_spread_is_done_by_two_copies_and_leaves_nothing_in_this_process() -> None:
    def work() -> int:
        time.sleep(0.02)
        return os.getpid()

    done = cores.spread([work] * 20)

    assert os.getpid() not in done
    assert 2 == len({*done})


def test_what_stops_a_job_of_the_other_process_is_told_as_it_is() -> None:
    def stops() -> NoReturn:
        raise Stopped("no space left")

    with pytest.raises(Stopped, match=r"^no space left$"):
        cores.Aside([stops]).results()


def test_no_room_for_temporary_files_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    # Writes of this process are refused; what its copy writes is no matter here.
    monkeypatch.setattr(cores, "two_cores", lambda: False)
    monkeypatch.setattr(tempfile, "TemporaryFile", functools.partial(open, "/dev/full", "w+b", buffering=0))

    with pytest.raises(Stopped, match=r"^cannot write into the folder for temporary files: No space left on device$"):
        cores.gathered([lambda: 1, lambda: 2])


def test_a_process_with_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the cores as they are
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert not cores.two_cores()
    finally:
        ended.set()
        thread.join()


def test_a_process_that_is_no_longer_wanted_is_ended() -> None:
    aside = cores.Aside([signal.pause])

    assert aside._copy is not None

    id = aside._copy._id
    aside.stop()

    with pytest.raises(ProcessLookupError):
        os.kill(id, 0)
