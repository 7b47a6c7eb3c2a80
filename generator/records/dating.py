"""On which day a claim came into the archive and last changed: read from its record, never from a clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from generator.records.claim import Claim
from generator.records.dates import EdtfDate


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
