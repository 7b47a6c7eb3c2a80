"""Geometry of a claim's propagation line: the scale of its specification, as percentages of the width of a page."""

from __future__ import annotations

import dataclasses
import datetime
import math
from collections.abc import Sequence
from typing import Final

from generator.analysis.sentences import spoken_day
from generator.charts.rows import PropagationRow
from generator.charts.specs import SYMLOG_MINUTES, axis_ticks

#: Height of a row (its name and its bar), and of the axis below, in CSS pixels.
ROW_HEIGHT: Final = 38
AXIS_HEIGHT: Final = 30
#: Room left of the first and right of the last bar, and the narrowest bar, in per cent of the width.
_MARGIN: Final = 3.0
_NARROWEST: Final = 0.8
#: Width of a letter of a name on a telephone, in per cent of its width.
_LETTER: Final = 1.95
#: Ticks nearer to each other than this many per cent would write over each other on a telephone.
_TICK_DISTANCE: Final = 15.0


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """A row as drawn: left end and width of the bar and where its name begins in per cent, top in pixels."""

    row: PropagationRow
    x: float
    width: float
    name_x: float
    top: int


@dataclasses.dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis, in per cent, with its words and how they are anchored."""

    x: float
    label: str
    anchor: str


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """Everything that the template prints."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: int


def line_of(rows: Sequence[PropagationRow], clock: bool) -> Line:
    """The drawn line of a claim.

    Args:
        clock: whether the claim's time of day is known: minutes from the claim on a symmetric logarithmic scale;
            otherwise the calendar, in proportion.
    """
    begin = min(row.first for row in rows)

    def ends(row: PropagationRow) -> tuple[float, float]:
        if clock:
            return _symlog(row.from_claim[0]), _symlog(row.from_claim[1])
        return _days(row.first - begin), _days(row.last - begin)

    spans = [ends(row) for row in rows]
    low, high = min(first for first, _ in spans), max(last for _, last in spans)
    scale = (100 - 2 * _MARGIN) / ((high - low) or 1)

    def place(value: float) -> float:
        return round(_MARGIN + (value - low) * scale, 2)

    bars = []
    for position, (row, (first, last)) in enumerate(zip(rows, spans, strict=True)):
        x = place(first)
        width = max(round(place(last) - x, 2), _NARROWEST)
        # A name begins at its bar, or so far left of it that it ends inside a telephone.
        name_x = round(max(0.0, min(x, 100 - _LETTER * len(row.label))), 2)
        bars.append(Bar(row, x, width, name_x, position * ROW_HEIGHT))
    if clock:
        ticks = [(place(_symlog(minutes)), label) for minutes, label in axis_ticks()]
    else:
        ticks = [
            (place(float(day)), spoken_day((begin + datetime.timedelta(days=day)).date())) for day in _round_days(high)
        ]
    return Line(tuple(bars), tuple(_apart(ticks)), len(rows) * ROW_HEIGHT + AXIS_HEIGHT)


def _symlog(minutes: float) -> float:
    return math.copysign(math.log1p(abs(minutes) / SYMLOG_MINUTES), minutes)


def _days(length: datetime.timedelta) -> float:
    return length / datetime.timedelta(days=1)


def _round_days(most: float) -> list[int]:
    step = next(step for step in (1, 2, 7, 14, 30, 90, 365, 3650, 36500) if most / step <= 5)
    return list(range(0, int(most) + 1, step))


def _apart(ticks: Sequence[tuple[float, str]]) -> list[Tick]:
    """The ticks inside the drawing that leave each other room; the claim's own always."""
    inside = [
        Tick(x, label, "start" if x < 12 else "end" if x > 88 else "middle") for x, label in ticks if 0 <= x <= 100
    ]
    kept = [tick for tick in inside if tick.label == "claim"]
    for tick in inside:
        if not any(_collide(tick, other) for other in kept):
            kept.append(tick)
    return sorted(kept, key=lambda tick: tick.x)


def _collide(first: Tick, second: Tick) -> bool:
    """Whether two ticks are too near to each other, or their words would overlap on a telephone."""
    (begin, end), (other_begin, other_end) = _extent(first), _extent(second)
    return abs(first.x - second.x) < _TICK_DISTANCE or (begin < other_end and other_begin < end)


def _extent(tick: Tick) -> tuple[float, float]:
    width = _LETTER * len(tick.label)
    begin = tick.x - {"start": 0.0, "middle": width / 2, "end": width}[tick.anchor]
    return begin, begin + width
