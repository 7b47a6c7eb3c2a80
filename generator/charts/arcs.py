"""Geometry of drawings that are rows with something beside them: provenance arcs, and attributions on a scale of words.

Heights and gutters are pixels and the rest is per cent or free, so that words keep their size on a telephone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final

from generator.records.vocabulary import Confidence, Likelihood

#: Height of a row, width of the gutter in which arcs are drawn, in CSS pixels.
ROW: Final = 42
GUTTER: Final = 84
_ARC_LEAST, _ARC_STEP = 16, 11


@dataclasses.dataclass(frozen=True, slots=True)
class Stop:
    """A row of a provenance drawing: what stands there, in two lines, and whether it counts."""

    id: str
    label: str
    note: str
    kept: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Arcs:
    """Everything that the template of a provenance drawing prints.

    Attributes:
        stops: the rows, each with its middle.
        links: the path of all lines in the gutter from a copy to what it comes from; of those only suspected, apart.
        arrows: the path of all arrows.
    """

    stops: tuple[tuple[Stop, int], ...]
    links: str
    suspected: str
    arrows: str
    height: int

    @property
    def kept(self) -> tuple[int, ...]:
        """The middles of the rows that count."""
        return tuple(middle for stop, middle in self.stops if stop.kept)

    @property
    def others(self) -> tuple[int, ...]:
        """The middles of the rows that do not."""
        return tuple(middle for stop, middle in self.stops if not stop.kept)


def arcs_of(stops: Sequence[Stop], edges: Sequence[tuple[str, str, bool]]) -> Arcs:
    """Rows in the given order, with an arc for every edge.

    Args:
        edges: id of the copy, id of what it comes from, whether the link is only suspected.
    """
    middle = {stop.id: position * ROW + ROW // 2 for position, stop in enumerate(stops)}
    links: dict[bool, list[str]] = {False: [], True: []}
    arrows = []
    for copy, original, suspected in edges:
        if copy not in middle or original not in middle or copy == original:
            continue
        start, end = middle[copy], middle[original]
        reach = min(GUTTER - 4, _ARC_LEAST + _ARC_STEP * abs(end - start) // ROW)
        x = GUTTER - reach
        links[suspected].append(f"M{GUTTER},{start + 4}C{x},{start + 4},{x},{end - 4},{GUTTER - 3},{end - 4}")
        # The arrow stands at the original: that is where the reader is led back to.
        arrows.append(f"M{GUTTER},{end - 4}l-8,-4l0,8Z")
    placed = tuple((stop, middle[stop.id]) for stop in stops)
    certain, suspected_only = ("".join(links[suspected]) for suspected in (False, True))
    return Arcs(placed, certain, suspected_only, "".join(dict.fromkeys(arrows)), len(stops) * ROW)


@dataclasses.dataclass(frozen=True, slots=True)
class Held:
    """An attribution as drawn: three lines of words, and a bar in the band of its likelihood, per cent."""

    label: str
    note: str
    holders: str
    x: float
    width: float
    top: int
    confidence: Confidence


_BANDS: Final = len(Likelihood)
#: Height of a row of the attribution drawing, and of its axis.
HELD_ROW: Final = 72
HELD_AXIS: Final = 28


def held_of(rows: Sequence[tuple[str, str, str, Likelihood, Confidence]]) -> tuple[Held, ...]:
    """Attributions on the yardstick of likelihood: bands of equal width, because the words stand for ranges.

    Args:
        rows: label, note, holders, likelihood and confidence, in the order of the page.
    """
    order = list(Likelihood)
    width = round(100 / _BANDS, 3)
    return tuple(
        Held(label, note, holders, round(order.index(likelihood) * width, 2), width, position * HELD_ROW, confidence)
        for position, (label, note, holders, likelihood, confidence) in enumerate(rows)
    )


def held_ticks() -> tuple[tuple[float, str, str], ...]:
    """The ends and the middle of the yardstick: place in per cent, word, how it is anchored."""
    return (
        (0.0, Likelihood.REMOTE_CHANCE.label, "start"),
        (50.0, Likelihood.REALISTIC_POSSIBILITY.label, "middle"),
        (100.0, Likelihood.ALMOST_CERTAIN.label, "end"),
    )
