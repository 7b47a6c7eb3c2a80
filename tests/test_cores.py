"""Work by two processes: the same result as by one, and one sentence when the other one fails."""

from __future__ import annotations

import os
import signal
import tempfile
from typing import Any, NoReturn

import pytest

from generator import cores

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


def test_a_process_that_is_no_longer_wanted_is_ended() -> None:
    aside = cores.Aside([signal.pause])

    assert aside._copy is not None

    id = aside._copy._id
    aside.stop()

    with pytest.raises(ProcessLookupError):
        os.kill(id, 0)
