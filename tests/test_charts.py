"""Charts: rows without judgment, marks that do not change, bars as wide as what is not known."""

from __future__ import annotations

import datetime
import itertools
import re

from generator.analysis.whole import Analysis
from generator.archive import Archive
from generator.charts import line, rows, specs, svg
from generator.charts.palette import COLOURS, OUTLINES
from generator.records.vocabulary import Group, Status

CLAIM = "2023-01-26-international-resistance"


def _line(archive: Archive, analysis: Analysis, id: str = CLAIM) -> list[rows.PropagationRow]:
    return rows.propagation_rows(archive.claims[id].record, analysis.claims[id].propagation, archive)


def test_every_status_has_an_outline_and_every_group_a_colour():
    assert list(Status) == list(OUTLINES)
    assert list(Group) == list(COLOURS)
    assert len(Status) == len(set(OUTLINES.values()))


def test_the_propagation_line_holds_event_reports_and_claim_in_order_of_time(small, small_analysis):
    found = _line(small, small_analysis)

    assert ["event", "before", "before", "claim"] == [row.role for row in found]
    assert ["a1", "p1", "p2", "p3"] == [row.id for row in found]


def test_minutes_are_counted_from_the_middle_of_the_claims_own_minute(small, small_analysis):
    claim = next(row for row in _line(small, small_analysis) if row.role == "claim")
    first = next(row for row in _line(small, small_analysis) if row.id == "p1")

    assert -claim.from_claim[0] == claim.from_claim[1]
    assert (-8.5, -7.5) == tuple(round(minutes, 1) for minutes in first.from_claim)


def test_a_bar_is_never_narrower_than_can_be_seen_and_never_outside(small, small_analysis):
    for clock in (True, False):
        drawn = line.line_of(_line(small, small_analysis), clock)
        for bar in drawn.bars:
            assert bar.width > 0
            assert 0 <= bar.x
            assert bar.x + bar.width <= 101


def test_the_axis_always_marks_the_claim_and_its_words_leave_each_other_room(small, small_analysis):
    ticks = line.line_of(_line(small, small_analysis), clock=True).ticks

    assert "claim" in [tick.label for tick in ticks]
    places = [tick.x for tick in ticks]
    assert all(second - first >= 15 for first, second in itertools.pairwise(places))


def test_a_claim_without_a_timed_post_has_no_line(small, small_analysis):
    assert [] == _line(small, small_analysis, "2023-02-02-test-faction")


def test_an_approximate_date_is_a_bar_of_its_whole_width(small, small_analysis):
    from generator.records.dates import EdtfDate

    row = rows.ClaimRow(
        "x", Status.UNVERIFIED, EdtfDate("2021-06~").earliest, EdtfDate("2021-06~").latest, "", False, 1, ""
    )

    assert "2021-06-01T00:00:00Z" == row.as_values()["from"]
    assert "2021-06-30T23:59:59Z" == row.as_values()["to"]


def test_periods_are_as_short_as_the_number_of_marks_allows(small, small_analysis):
    listed = [small_analysis.brief(entry.id) for entry in small.listed_claims]
    binned = rows.binned_rows(rows.marks_of(listed, small))

    assert sum(row.claims for row in binned) == len(small.listed_claims)
    assert all((row.last - row.first) < datetime.timedelta(days=31) for row in binned)


def test_a_drawing_is_the_same_every_time_and_names_itself():
    specification = specs.timeline("status", [status.label for status in Status], (2020, 2024))
    row = rows.ClaimRow(
        "x", Status.REFUTED, datetime.date(2021, 6, 1), datetime.date(2021, 6, 1), "1 June 2021", True, 1, "<b>"
    ).as_values()
    first = svg.drawn(specification, [row], "chart", "A <title>", "A text")

    assert first == svg.drawn(specification, [row], "chart", "A <title>", "A text")
    assert '<title id="chart-title">A &lt;title&gt;</title>' in first
    assert 'role="img" aria-labelledby="chart-title" aria-describedby="chart-text"' in first
    assert "var(--fw-contradicted)" in first
    assert not re.search(r"#[0-9A-Fa-f]{6}|http|<script", first)


def test_an_absent_status_leaves_every_other_mark_as_it_was():
    statuses = [status.label for status in Status]
    specification = specs.timeline("status", statuses, (2020, 2024))
    marks = specification["layer"][1]["encoding"]["shape"]["scale"]

    assert statuses == marks["domain"]
    assert list(OUTLINES.values()) == marks["range"]
