"""What the measurement of single optimisations exchanges is there, and is put back."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from benchmarks.tricks import TRICKS, Trick

README = Path(__file__).parent.parent / "benchmarks" / "README.md"


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_what_is_measured_is_there_and_stays_as_it_was(trick: Trick):
    for without in trick.without:
        owner, name = without.args[:2]
        before = inspect.getattr_static(owner, name)

        with without():
            assert inspect.getattr_static(owner, name) is not before
        assert inspect.getattr_static(owner, name) is before


def test_every_optimisation_has_a_line_of_its_own():
    lines = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    names = [trick.name for trick in TRICKS]

    assert len(names) == len(set(names))
    assert [] == [name for name in names if not any(line.startswith(f"| {name} |") for line in lines)]
