"""One Altair specification a kind of chart, built once with named data; the rows are filled in for each record.

Altair is imported late: it costs half a second, and checking records needs none of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from generator.charts.palette import COLOURS, INK, LINE, MUTED, OUTLINES
from generator.records.vocabulary import Group, Status

if TYPE_CHECKING:
    import altair as alt

#: The name under which a specification expects its rows.
ROWS: Final = "rows"
#: Widths in CSS pixels: beside a text column, and on a telephone.
WIDE, NARROW = 960, 340
#: Measured by the renderer with a font that it brings along, so that drawings do not depend on the machine.
_FONT: Final = "Liberation Sans"

Specification = dict[str, Any]


def timeline(kind: str, rows: Sequence[str], years: tuple[int, int], width: int = WIDE) -> Specification:
    """Claims in time, one line a facade (`kind` "facade") or a status (`kind` "status").

    Args:
        rows: the lines from top to bottom, by name.
        years: the first and the last year of the axis; up to two of them are divided into months.
        width: whole width in pixels; below `WIDE` the names stand above their lines.
    """
    import altair as alt

    narrow = width < WIDE
    base = alt.Chart(alt.NamedData(ROWS))
    line = alt.Y(
        f"{kind}:N",
        scale=alt.Scale(domain=list(rows)),
        title=None,
        axis=_names_above()
        if narrow
        else alt.Axis(labelLimit=240, ticks=False, domain=False, grid=True, labelPadding=10),
    )
    span = [alt.DateTime(year=year, month=1, date=1, utc=True) for year in (years[0], years[1] + 1)]
    time = alt.Scale(type="utc", domain=span)
    months = years[1] - years[0] < 2
    axis = alt.Axis(
        format="%b %Y" if months else "%Y",
        tickCount={"interval": "month", "step": 6 if narrow else 3} if months else "year",
        title=None,
        grid=True,
        labelAlign="left",
        labelOffset=2,
        orient="top",
    )
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=[group.label for group in Group], range=[COLOURS[group] for group in Group]),
        legend=None,
    )
    tooltip = [
        alt.Tooltip("title:N", title="Claim"),
        alt.Tooltip("when:N", title="Published"),
        alt.Tooltip("facade:N", title="Facade"),
        alt.Tooltip("status:N", title="Status"),
    ]
    bars = (
        base.transform_filter("!datum.exact")
        .mark_rule(strokeWidth=3, opacity=0.55)
        .encode(x=alt.X("from:T", axis=axis), x2="to:T", y=line, color=colour)
    )
    marks = base.mark_point(filled=True, opacity=0.9, strokeWidth=0).encode(
        x=alt.X("middle:T", scale=time, axis=axis),
        y=line,
        color=colour,
        shape=alt.Shape(
            "status:N",
            scale=alt.Scale(domain=[status.label for status in Status], range=[OUTLINES[status] for status in Status]),
            legend=None,
        ),
        # Area grows with the number of claims, from one claim's mark to that of forty or more.
        size=alt.Size("claims:Q", scale=alt.Scale(domain=[1, 40], range=[110, 900], clamp=True), legend=None),
        tooltip=tooltip,
    )
    chart = (bars + marks).properties(width=width - (0 if narrow else 250), height=alt.Step(34 if narrow else 24))
    return _finished(chart, f"Claims in time by {kind}; shape shows the status, colour its group.")


def _names_above() -> alt.Axis:
    """A line's name stands on it instead of beside it: a telephone has no room for a column of names."""
    import altair as alt

    return alt.Axis(
        labelAlign="left",
        labelBaseline="bottom",
        labelOffset=-8,
        labelPadding=0,
        labelLimit=NARROW,
        ticks=False,
        domain=False,
        grid=True,
        minExtent=0,
        maxExtent=0,
    )


def propagation(clock: bool) -> Specification:
    """Who posted what, when: each thing a bar as wide as its time is uncertain.

    Args:
        clock: whether the claim's time of day is known; then the axis is minutes from the claim on a symmetric
            logarithmic scale, the one that the drawn line uses. Otherwise it is the calendar.
    """
    import altair as alt

    colour = alt.Color(
        "role:N",
        scale=alt.Scale(domain=["event", "before", "claim", "post"], range=[MUTED, INK, INK, MUTED]),
        legend=None,
    )
    if clock:
        minutes = alt.Scale(type="symlog", constant=SYMLOG_MINUTES)
        x, x2 = alt.X("least:Q", scale=minutes, title="Minutes from the claim"), "most:Q"
    else:
        x, x2 = alt.X("from:T", title=None), "to:T"
    chart = (
        alt.Chart(alt.NamedData(ROWS))
        .mark_bar(height=10, minBandSize=3)
        .encode(
            x=x,
            x2=x2,
            y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=260, ticks=False, domain=False)),
            color=colour,
            tooltip=[alt.Tooltip("label:N", title="What"), alt.Tooltip("when:N", title="When")],
        )
        .properties(width=WIDE - 220, height=alt.Step(26))
    )
    return _finished(chart, "Posts and reports around a claim; a bar is as wide as its time is uncertain.")


#: Below this many minutes from the claim the scale is nearly linear, above it nearly logarithmic.
SYMLOG_MINUTES: Final = 5


def _finished(chart: Any, description: str) -> Specification:
    configured = (
        chart.configure(font=_FONT, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED,
            titleColor=MUTED,
            gridColor=LINE,
            domainColor=LINE,
            tickColor=LINE,
            labelFontSize=12,
            titleFontSize=12,
            labelFont=_FONT,
            titleFont=_FONT,
        )
        .properties(description=description, autosize={"type": "pad", "contains": "padding"}, padding=4)
    )
    made: Specification = configured.to_dict(validate=False)
    return made


def with_rows(specification: Mapping[str, Any], rows: Sequence[Mapping[str, object]]) -> Specification:
    """A specification that carries its rows, as it is published."""
    return {**specification, "datasets": {ROWS: list(rows)}}


def axis_ticks() -> tuple[tuple[float, str], ...]:
    """Ticks of the minutes axis that the drawn line may use: minutes from the claim, and how they are said."""
    later = (
        (1, "1 min"),
        (5, "5 min"),
        (15, "15 min"),
        (60, "1 h"),
        (240, "4 h"),
        (720, "12 h"),
        (1440, "1 day"),
        (4320, "3 days"),
        (10080, "1 week"),
        (43200, "30 days"),
        (525600, "1 year"),
    )
    before = tuple((-minutes, f"−{said}") for minutes, said in reversed(later))
    return (*before, (0, "claim"), *((minutes, f"+{said}") for minutes, said in later))
