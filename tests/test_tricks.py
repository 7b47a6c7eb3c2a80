"""What the measurement of single optimisations exchanges is there, is put back, and changes nothing that comes out."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from benchmarks import synthetic
from benchmarks.tricks import TRICKS, Material, Trick, material, outcome

README = Path(__file__).parent.parent / "benchmarks" / "README.md"


@pytest.fixture(scope="module")
def given() -> Material:
    """A dozen claims of one facade: drawing the charts of each takes longer than most stages here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synthetic, "FACADES", 1)
        return material(12)


@pytest.fixture(scope="module")
def usual() -> dict[str, object]:
    """What comes of each stage with everything that is done for speed."""
    return {}


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_what_is_measured_is_there_and_stays_as_it_was(trick: Trick):
    for without in trick.without:
        owner, name = without.args[:2]
        before = inspect.getattr_static(owner, name)

        with without():
            assert inspect.getattr_static(owner, name) is not before
        assert inspect.getattr_static(owner, name) is before


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_the_same_comes_out_with_an_optimisation_and_without_it(
    trick: Trick, given: Material, usual: dict[str, object]
):
    if trick.stage.name not in usual:
        usual[trick.stage.name] = outcome(trick, given, without=False)

    assert usual[trick.stage.name] == outcome(trick, given, without=True)


def test_every_optimisation_has_a_line_of_its_own():
    section = README.read_text(encoding="utf-8").partition("\n## The small ones\n")[2].partition("\n## ")[0]
    _, _, *lines = [line.split(" | ") for line in section.splitlines() if line.startswith("| ")]

    assert [(f"| {trick.name}", trick.stage.name) for trick in TRICKS] == [(line[0], line[1]) for line in lines]
