"""T: are the times what they seem."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Iterator
from typing import Final

from generator.analysis.propagation import DEFAULT_ZONE
from generator.archive import Entry
from generator.checks.rule import Fault, Known, Rule, rule, whole_text
from generator.documents import Path
from generator.problems import Severity, shown
from generator.records.claim import Claim
from generator.records.dates import EdtfDate
from generator.records.vocabulary import TimePrecision


@rule("T01")
def time_without_zone(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A time means nothing without its zone and its basis: 01:04 in Baghdad is the evening before in UTC.

    Give `zone: Asia/Baghdad` (the name, not an offset: the offset changed in 2008) and `time_basis`.
    """
    claim = entry.record
    if claim.time and claim.zone is None:
        yield ("time",), "time without zone; add zone: Asia/Baghdad, or the zone that the source uses"
    if claim.time and claim.time_basis is None:
        yield ("time",), "time without basis; add time_basis: who says so?"
    if claim.zone is None and not claim.time:
        for at, post in enumerate(claim.propagation):
            if post.at and post.zone is None:
                yield ("propagation", at, "at"), "time without zone; add zone: to the claim, or to the post"
    for at, assertion in enumerate(claim.asserts):
        if assertion.time and not (assertion.zone or claim.zone):
            yield ("asserts", at, "time"), "time without zone; add zone: to the claim, or to the assertion"
        if assertion.time and assertion.time_basis is None:
            yield ("asserts", at, "time"), "time without basis; add time_basis: who says so?"


@rule("T02")
def date_in_the_future(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A claim, post, source, search or history entry lies in the future. One day of grace is given for time zones."""
    limit = known.today + datetime.timedelta(days=1)
    latest = limit.isoformat()
    # A date that begins later than that is not before it in the order of letters either: most files have none.
    if not any(found[1] > latest for found in _DATE.finditer(whole_text(entry.document))):
        return
    for path, text in _dated(entry.document.value):
        try:
            earliest = EdtfDate(text[:10] if "T" in text else text).earliest
        except ValueError:
            continue  # not a date: the models have said so
        if earliest > limit and "asserts" not in path:
            yield path, f"date in the future: {shown(text)}"


#: What every date begins with, up to its first day, at the beginning of a text.
_DATE: Final = re.compile(r"\n(\d{4}(?:-\d\d(?:-\d\d)?)?)")


def _dated(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts of all fields that hold a date or a moment."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if isinstance(inner, str):
            if key in ("date", "published", "at", "accessed"):
                yield (*path, key), inner
        else:
            yield from _dated(inner, (*path, key))


@rule("T03", Severity.WARNING)
def claimed_before_it_happened(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """The claim says when the event took place, and that is later than the claim itself.

    It happens: a wrong zone, a date of publication taken from a later report, or a claim made too early. Check the zone
    and the basis; if it is really so, say it in `notes`.
    """
    propagation = known.analysis.claims[entry.id].propagation
    for at, event in enumerate(propagation.events):
        if event.interval and event.interval.earliest > propagation.claim.latest:
            yield ("asserts", at, "date"), "claimed before it happened: check zone and basis"


@rule("T04")
def time_not_local(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A post's time carries `Z`, or another offset than its zone had on that day. Times are local to the zone.

    Wrong: `at: "2023-01-25T22:04Z"`. Right: `at: "2023-01-26T01:04"` with `zone: Asia/Baghdad`.
    """
    for at, post in enumerate(entry.record.propagation):
        if post.at is None:
            continue
        try:
            moment = datetime.datetime.fromisoformat(post.at)
        except ValueError:
            yield ("propagation", at, "at"), f"there is no such day: {shown(post.at)}"
            continue
        zone = zoneinfo.ZoneInfo(post.zone or entry.record.zone or DEFAULT_ZONE)
        local = moment.replace(tzinfo=zone).utcoffset()
        if moment.tzinfo is not None and (post.at.endswith("Z") or moment.utcoffset() != local):
            hours = (local or datetime.timedelta()).total_seconds() / 3600
            yield ("propagation", at, "at"), f"local time, please; {zone.key} is UTC{hours:+g} that day"


@rule("T05", Severity.WARNING)
def edited_without_capture(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """An edited post keeps its first time. Without a capture, the time does not date the words that we see."""
    for at, post in enumerate(entry.record.propagation):
        if post.edited and post.capture in (None, "none"):
            yield ("propagation", at), "the post was edited and there is no capture: its time does not date its text"


@rule("T06")
def precision_finer_than_the_value(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A post claims a finer precision than its time supports: seconds for 00:56, minutes for a day."""
    for at, post in enumerate(entry.record.propagation):
        if (
            post.precision is TimePrecision.SECOND
            and post.at
            and len(post.at.split("T")[1].split("+")[0].rstrip("Z")) < 8
        ):
            yield ("propagation", at, "precision"), f"precision: {shown(post.at)} is not to the second"
        if post.precision not in (None, TimePrecision.DAY, TimePrecision.PART_OF_DAY) and post.date and not post.at:
            yield ("propagation", at, "precision"), "precision: only a day is given"


RULES: tuple[Rule[Claim], ...] = (
    time_without_zone,
    date_in_the_future,
    claimed_before_it_happened,
    time_not_local,
    edited_without_capture,
    precision_finer_than_the_value,
)
