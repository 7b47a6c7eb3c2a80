"""When what was posted: times as intervals, lags as ranges.

A time that a source gives to the minute is an interval of sixty seconds, closed at both ends (00:56 is 00:56:00 to
00:56:59), so the lag between two such times is a range, and "before" is said only when the intervals cannot overlap.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import zoneinfo
from collections.abc import Mapping
from typing import Final

from generator.records.claim import Assertion, Claim, Post
from generator.records.dates import EdtfDate, length_of
from generator.records.vocabulary import PostKind, TimeBasis, TimePrecision

_NO_TIME: Final = datetime.timedelta()
_SECOND: Final = datetime.timedelta(seconds=1)
_NEARLY_A_DAY: Final = datetime.timedelta(hours=23)
#: Later than every time; compared with times in UTC that have dropped their zone.
_NEVER: Final = datetime.datetime(9999, 12, 31)  # noqa: DTZ001
#: Times of claims that name no zone are read in this one; rule T01 asks for the zone as soon as a time is given.
DEFAULT_ZONE: Final = "Asia/Baghdad"


class Certainty(enum.StrEnum):
    """Whether something is so, given intervals instead of instants."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NO = "no"
    UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True, slots=True)
class Interval:
    """The first and the last second that a time can mean, both local and aware of their zone."""

    earliest: datetime.datetime
    latest: datetime.datetime

    @property
    def within_a_day(self) -> bool:
        """Whether the time of day is known at all (better than a whole day)."""
        return self.latest - self.earliest < _NEARLY_A_DAY


@dataclasses.dataclass(frozen=True, slots=True)
class Lag:
    """The least and the most time from one thing to another; negative when it came before."""

    least: datetime.timedelta
    most: datetime.timedelta

    @property
    def follows(self) -> Certainty:
        """Whether the second thing came after the first."""
        if self.least > _NO_TIME:
            return Certainty.CERTAIN
        return Certainty.POSSIBLE if self.most > _NO_TIME else Certainty.NO


def lag(first: Interval, second: Interval) -> Lag:
    """From the first to the second."""
    return Lag(second.earliest - first.latest, second.latest - first.earliest)


@dataclasses.dataclass(frozen=True, slots=True)
class PlacedPost:
    """A post with the interval it falls in (None when its time is not stated) and its lag to the claim.

    `to_claim` is the time from the post to the claim: positive when the post came first.
    """

    post: Post
    interval: Interval | None
    to_claim: Lag | None


@dataclasses.dataclass(frozen=True, slots=True)
class PlacedAssertion:
    """An assertion with the interval it is said to have happened in."""

    assertion: Assertion
    interval: Interval | None

    @property
    def claimants_clock(self) -> bool:
        """Whether only the claimant states the time, so that every lag from it is measured on the claimant's clock."""
        return self.assertion.time_basis in (None, TimeBasis.STATED_BY_CLAIMANT)


@dataclasses.dataclass(frozen=True, slots=True)
class Propagation:
    """The ordered posts around a claim, and the lags between them.

    Attributes:
        claim: when the claim was published.
        events: the assertions, in the order of the file.
        posts: timed posts in order of time, then the others in the order of the file.
        first: the earliest post that is not the claim itself, among posts with a time.
        lead: from `first` to the claim; positive when the messenger was ahead of the claimant.
        second_lag: from `first` to the next post that is not the claim.
        event_to_first: from the (first timed) event to `first`.
        event_to_claim: from the (first timed) event to the claim.
        reported_before_claimed: whether `first` came before the claim.
    """

    claim: Interval
    events: tuple[PlacedAssertion, ...]
    posts: tuple[PlacedPost, ...]
    first: PlacedPost | None = None
    lead: Lag | None = None
    second: PlacedPost | None = None
    second_lag: Lag | None = None
    event_to_first: Lag | None = None
    event_to_claim: Lag | None = None
    claimants_clock: bool = True
    reported_before_claimed: Certainty = Certainty.UNKNOWN


def propagation_of(claim: Claim) -> Propagation:
    """The propagation of a claim, from its own file alone."""
    zone = claim.zone or DEFAULT_ZONE
    placed = _place_posts(claim, zone)
    published = claim_interval(claim, placed)
    posts = tuple(
        PlacedPost(post, interval, lag(interval, published) if interval else None)
        for post, interval in ((post, placed.get(post.id)) for post in claim.propagation)
    )
    ordered = tuple(sorted(posts, key=_in_time))
    events = tuple(PlacedAssertion(assertion, _assertion_interval(assertion, zone)) for assertion in claim.asserts)
    propagation = Propagation(published, events, ordered)
    return _with_lags(propagation, claim)


def _with_lags(propagation: Propagation, claim: Claim) -> Propagation:
    reports = [
        post
        for post in propagation.posts
        if post.interval and post.interval.within_a_day and post.post.kind is not PostKind.CLAIM
    ]
    clock_known = propagation.claim.within_a_day
    event = next((event for event in propagation.events if event.interval and event.interval.within_a_day), None)
    first = reports[0] if reports else None
    second = reports[1] if len(reports) > 1 else None
    lead = first.to_claim if first and clock_known else None
    certainty = Certainty.UNKNOWN
    if first and lead:
        certainty = lead.follows
        # An edited post keeps its first date: its time does not date its words, so nothing is raised from it.
        if first.post.edited and first.post.capture in (None, "none"):
            certainty = Certainty.UNKNOWN
    return dataclasses.replace(
        propagation,
        first=first,
        second=second,
        lead=lead,
        second_lag=between(first, second) if first and second else None,
        event_to_first=lag(event.interval, first.interval)
        if event and event.interval and first and first.interval
        else None,
        event_to_claim=lag(event.interval, propagation.claim) if event and event.interval and clock_known else None,
        claimants_clock=event.claimants_clock if event else True,
        reported_before_claimed=certainty,
    )


def between(first: PlacedPost, second: PlacedPost) -> Lag | None:
    """The lag between two posts; a stated `within` is finer than their intervals."""
    stated = second.post.within if second.post.after == first.post.id else None
    return stated_lag(first.interval, second.interval, stated)


def stated_lag(first: Interval | None, second: Interval | None, within: str | None) -> Lag | None:
    """The lag between two times.

    Args:
        within: how soon after the first the second is stated to have come.
    """
    if within:
        return Lag(_SECOND, length_of(within))
    if first is None or second is None:
        return None
    return lag(first, second)


def _in_time(placed: PlacedPost) -> tuple[bool, datetime.datetime, datetime.datetime]:
    if placed.interval is None:
        # Python's sort is stable: posts without a time keep the order of the file, after all others.
        return True, _NEVER, _NEVER
    return False, _utc(placed.interval.earliest), _utc(placed.interval.latest)


def without_zone(interval: Interval) -> Interval:
    """An interval in UTC, without its zone: plain values, which can be kept."""
    return Interval(_utc(interval.earliest), _utc(interval.latest))


def _utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC).replace(tzinfo=None)


def claim_interval(claim: Claim, placed: Mapping[str, Interval]) -> Interval:
    """When a claim was published: its time, else the time of its own post, else its date."""
    zone = claim.zone or DEFAULT_ZONE
    if claim.time:
        return clock_interval(claim.date, claim.time, zone)
    own = [placed[post.id] for post in claim.propagation if post.kind is PostKind.CLAIM and post.id in placed]
    if own:
        return min(own, key=lambda interval: _utc(interval.earliest))
    return day_interval(claim.date, zone)


def _assertion_interval(assertion: Assertion, zone: str) -> Interval | None:
    if assertion.date is None:
        return None
    zone = assertion.zone or zone
    if assertion.time and assertion.date.earliest == assertion.date.latest:
        return clock_interval(assertion.date, assertion.time, zone)
    return day_interval(assertion.date, zone)


def clock_interval(date: EdtfDate, time: str, zone: str) -> Interval:
    """A day and a time of day: `01:04` spans sixty seconds, `01:04:30` one."""
    moment = datetime.datetime.combine(date.earliest, datetime.time.fromisoformat(time), zoneinfo.ZoneInfo(zone))
    return Interval(moment, moment if time.count(":") == 2 else moment + 59 * _SECOND)


def day_interval(date: EdtfDate, zone: str) -> Interval:
    """The whole of a day, month, year or interval of days. An open end is closed after a day."""
    latest = date.latest if date.latest != datetime.date.max else date.earliest
    tz = zoneinfo.ZoneInfo(zone)
    return Interval(
        datetime.datetime.combine(date.earliest, datetime.time.min, tz),
        datetime.datetime.combine(latest, datetime.time(23, 59, 59), tz),
    )


_PRECISIONS: Final = {
    TimePrecision.SECOND: datetime.timedelta(),
    TimePrecision.MINUTE: datetime.timedelta(seconds=59),
    TimePrecision.HOUR: datetime.timedelta(minutes=59, seconds=59),
}


def moment_interval(at: str, precision: TimePrecision | None, zone: str) -> Interval:
    """A post's `at`, as wide as its precision says. A part of a day is treated as the whole day."""
    moment = datetime.datetime.fromisoformat(at)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    if precision is None:
        precision = TimePrecision.SECOND if at.count(":") == 2 else TimePrecision.MINUTE
    if precision in (TimePrecision.PART_OF_DAY, TimePrecision.DAY):
        return day_interval(EdtfDate(at[:10]), zone)
    if precision is TimePrecision.HOUR:
        moment = moment.replace(minute=0, second=0)
    return Interval(moment, moment + _PRECISIONS[precision])


def _place_posts(claim: Claim, zone: str) -> dict[str, Interval]:
    """The intervals of all posts whose time is stated, directly or relative to another post."""
    posts = {post.id: post for post in claim.propagation}
    placing = _Placing(posts, zone)
    for id in posts:
        placing.place(id)
    return placing.placed


class _Placing:
    """Places posts in time, those that stand relative to others after these."""

    # No function within a function: one that calls itself is a cycle, and keeps all posts of a claim in memory.

    def __init__(self, posts: Mapping[str, Post], zone: str) -> None:
        self.placed: dict[str, Interval] = {}
        self._posts = posts
        self._zone = zone
        self._open: set[str] = set()

    def place(self, id: str) -> Interval | None:
        """When a post was published; None where nothing says it."""
        if id in self.placed:
            return self.placed[id]
        post = self._posts.get(id)
        if post is None or id in self._open:  # a post that follows itself has no time
            return None
        self._open.add(id)
        interval = _own_interval(post, post.zone or self._zone) or self._relative_interval(post)
        if interval is not None:
            self.placed[id] = interval
        return interval

    def _relative_interval(self, post: Post) -> Interval | None:
        if post.within is None:
            return None
        length = length_of(post.within)
        other = self.place(post.after) if post.after else None
        if other is not None:
            return Interval(other.earliest, other.latest + length)
        other = self.place(post.before) if post.before else None
        if other is not None:
            return Interval(other.earliest - length, other.latest)
        return None


def _own_interval(post: Post, zone: str) -> Interval | None:
    if post.at:
        return moment_interval(post.at, post.precision, zone)
    return day_interval(post.date, zone) if post.date else None
