"""On which day the archive and its profiles last changed: read from its history, never from a clock."""

from __future__ import annotations

import datetime

from generator.archive import Archive, Entry
from generator.records.dating import day_of
from generator.records.event import Event
from generator.records.facade import Facade
from generator.records.organisation import Organisation
from generator.records.report import Report
from generator.records.term import Term


def archive_day(archive: Archive) -> datetime.date:
    """The day of the latest change anywhere in an archive; the first of the year 1 where nothing is dated."""
    days = [datetime.date.fromisoformat(entry.changed) for entry in archive.claims_in_order]
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
