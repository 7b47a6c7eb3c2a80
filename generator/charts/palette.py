"""Shape is the status, colour its group: the marks of the evidence model as outlines that any renderer can fill.

Every mark is one filled outline, so that a chart needs no stroke and a mark looks the same in Vega and in a template.
Colours are those of the evidence model, section 2.3 (light scheme); on pages the style sheet's variables take their place.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from generator.records.vocabulary import Group, Status

#: Colour of each group in the light scheme.
COLOURS: Final[Mapping[Group, str]] = {
    Group.UNDETERMINED: "#595959",
    Group.CONFLICTING: "#8E4585",
    Group.ESTABLISHED: "#0072B2",
    Group.CONTRADICTED: "#B84A00",
}
INK: Final = "#1F1D1A"
MUTED: Final = "#5F5A52"
LINE: Final = "#D8D2C6"
PAPER: Final = "#FAF8F3"

#: What stands in place of each colour where the page's style sheet decides.
VARIABLES: Final[Mapping[str, str]] = {
    **{colour: f"var(--fw-{group.value})" for group, colour in COLOURS.items()},
    INK: "var(--fw-ink)",
    MUTED: "var(--fw-muted)",
    LINE: "var(--fw-line)",
    PAPER: "var(--fw-paper)",
}

_WALL: Final = 0.36


def _circle(radius: float, clockwise: bool = True) -> str:
    sweep = int(clockwise)
    return (
        f"M{radius:g},0A{radius:g},{radius:g},0,1,{sweep},{-radius:g},0A{radius:g},{radius:g},0,1,{sweep},{radius:g},0Z"
    )


def _polygon(*corners: tuple[float, float]) -> str:
    return "M" + "L".join(f"{x:.3g},{y:.3g}" for x, y in corners) + "Z"


def _dashes(count: int) -> Iterator[str]:
    inner = 1 - _WALL
    for number in range(count):
        begin = 2 * math.pi * number / count
        end = begin + 2 * math.pi / count * 0.6
        (a, b), (c, d) = ((math.cos(angle), math.sin(angle)) for angle in (begin, end))
        yield (
            f"M{a:.3g},{b:.3g}A1,1,0,0,1,{c:.3g},{d:.3g}L{c * inner:.3g},{d * inner:.3g}"
            f"A{inner:.3g},{inner:.3g},0,0,0,{a * inner:.3g},{b * inner:.3g}Z"
        )


_RING = _circle(1) + _circle(1 - _WALL, clockwise=False)
_SIDE = 0.9
_HOLE = _SIDE - _WALL
_SQUARE = _polygon((-_SIDE, -_SIDE), (_SIDE, -_SIDE), (_SIDE, _SIDE), (-_SIDE, _SIDE))
_ARM = 0.28

#: The outline of each status, in a square from -1 to 1, to be filled by the non-zero rule.
OUTLINES: Final[Mapping[Status, str]] = {
    Status.UNVERIFIED: _RING,
    Status.UNCORROBORATED: "".join(_dashes(6)),
    Status.CONTESTED: _polygon((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0))
    + _polygon((0, -0.6), (-0.6, 0), (0, 0.6), (0.6, 0)),
    Status.PARTLY_CONFIRMED: _RING + "M0,1A1,1,0,0,1,0,-1Z",
    Status.CONFIRMED: _circle(1),
    Status.MISDESCRIBED: _SQUARE
    + _polygon((-_HOLE, -_HOLE), (-_HOLE, _HOLE), (_HOLE, _HOLE), (_HOLE, -_HOLE))
    + _polygon((-_HOLE, -_HOLE), (_HOLE, -_HOLE), (-_HOLE, _HOLE)),
    Status.REFUTED: _SQUARE,
    Status.NOT_AUTHENTIC: _polygon(
        (-1, -1 + _ARM),
        (-1 + _ARM, -1),
        (0, -_ARM),
        (1 - _ARM, -1),
        (1, -1 + _ARM),
        (_ARM, 0),
        (1, 1 - _ARM),
        (1 - _ARM, 1),
        (0, _ARM),
        (-1 + _ARM, 1),
        (-1, 1 - _ARM),
        (-_ARM, 0),
    ),
}
