"""On which day a record was made and last changed: read from its history, never from a clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from generator.archive import Archive, Entry
from generator.records.claim import Claim
from generator.records.dates import EdtfDate
from generator.records.event import Event
from generator.records.facade import Facade
from generator.records.organisation import Organisation
from generator.records.report import Report
from generator.records.term import Term


def day_of(date: EdtfDate) -> datetime.date:
    """The one day that stands for a date in lists and feeds: the last it can mean, or the first of an open interval."""
    return date.earliest if date.latest == datetime.date.max else date.latest


def recorded_on(claim: Claim) -> datetime.date:
    """When a claim came into the archive; without a history, the first day on which work on it is dated."""
    dated = [change.date for change in claim.history] or [*_worked_on(claim)] or [claim.date]
    return min(day_of(date) for date in dated)


def changed_on(claim: Claim) -> datetime.date:
    """When what is said of a claim last changed."""
    dated = [change.date for change in claim.history] or [*_worked_on(claim)] or [claim.date]
    if claim.tombstone:
        dated.append(claim.tombstone.date)
    return max(day_of(date) for date in dated)


def _worked_on(claim: Claim) -> Iterable[EdtfDate]:
    yield from (finding.date for finding in claim.findings)
    yield from (search.date for search in claim.searches)


def archive_day(archive: Archive) -> datetime.date:
    """The day of the latest change anywhere in an archive; the first of the year 1 where nothing is dated."""
    days = [changed_on(entry.record) for entry in archive.claims_in_order]
    days += [day_of(change.date) for facade in archive.facades.values() for change in facade.record.history]
    days += [day_of(change.date) for other in archive.organisations.values() for change in other.record.history]
    days += [_report_day(entry.record) for entry in archive.reports.values()]
    return max(days, default=datetime.date.min)


def profile_changed_on(
    entry: Entry[Facade] | Entry[Organisation] | Entry[Term] | Entry[Report] | Entry[Event], whole: datetime.date
) -> datetime.date:
    """When a profile, term, report or event last changed.

    Args:
        whole: the day as of which the archive stands, for records that keep no history of their own.
    """
    match entry.record:
        case Report():
            return _report_day(entry.record)
        case Facade() | Organisation() if entry.record.history:
            return max(day_of(change.date) for change in entry.record.history)
        case _:
            return whole


def _report_day(report: Report) -> datetime.date:
    return day_of(report.updated or report.published)
