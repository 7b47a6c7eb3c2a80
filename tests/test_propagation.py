"""Times are intervals, lags are ranges, and nothing is certain that could be otherwise."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from generator.analysis.propagation import Certainty, Propagation, propagation_of
from generator.analysis.sentences import spoken_lag
from generator.archive import Archive
from generator.records.claim import Claim


def _claim(**fields: Any) -> Claim:
    return Claim.model_validate({"facade": "f", "date": "2023-01-26", "status": "unverified", **fields})


def _posts(*posts: dict[str, str], **fields: Any) -> Propagation:
    named = [{"id": f"p{number}", "by": "unnamed", "kind": "report", **post} for number, post in enumerate(posts, 1)]
    return propagation_of(_claim(zone="Asia/Baghdad", propagation=named, **fields))


def test_the_lead_of_the_messenger_in_the_article_is_7_01_to_8_59(small: Archive) -> None:
    propagation = propagation_of(small.claims["2023-01-26-international-resistance"].record)

    assert propagation.lead
    assert "7 min 1 s to 8 min 59 s" == spoken_lag(propagation.lead)
    assert Certainty.CERTAIN is propagation.reported_before_claimed
    assert propagation.event_to_first
    assert "5 min 1 s to 6 min 59 s" == spoken_lag(propagation.event_to_first)
    assert propagation.event_to_claim
    assert "13 min 1 s to 14 min 59 s" == spoken_lag(propagation.event_to_claim)
    assert propagation.claimants_clock
    assert propagation.second_lag
    assert "1 s to 1 min" == spoken_lag(propagation.second_lag)


def test_the_claim_stays_on_its_local_day(small: Archive) -> None:
    propagation = propagation_of(small.claims["2023-01-26-international-resistance"].record)

    assert "2023-01-26T01:04:00+03:00" == propagation.claim.earliest.isoformat()
    assert datetime.date(2023, 1, 25) == propagation.claim.earliest.astimezone(datetime.UTC).date()


def test_the_offset_of_baghdad_is_that_of_the_day() -> None:
    propagation = _posts(time="12:00", date="2007-07-01", time_basis="inferred")

    assert datetime.timedelta(hours=4) == propagation.claim.earliest.utcoffset()


def test_two_times_in_the_same_minute_leave_the_order_open() -> None:
    propagation = _posts({"at": "2023-01-26T01:04"}, time="01:04", time_basis="inferred")

    assert Certainty.POSSIBLE is propagation.reported_before_claimed


def test_a_report_to_the_second_before_a_claim_to_the_minute_can_be_certain() -> None:
    propagation = _posts({"at": "2023-01-26T01:03:59"}, time="01:04", time_basis="inferred")

    assert Certainty.CERTAIN is propagation.reported_before_claimed


def test_an_edited_post_without_capture_raises_nothing() -> None:
    propagation = _posts({"at": "2023-01-26T00:10", "edited": "true"}, time="01:04", time_basis="inferred")

    assert Certainty.UNKNOWN is propagation.reported_before_claimed


def test_a_report_of_a_day_only_has_no_lead() -> None:
    propagation = _posts({"date": "2023-01-25"}, time="01:04", time_basis="inferred")

    assert propagation.lead is None
    assert Certainty.UNKNOWN is propagation.reported_before_claimed


def test_posts_without_a_time_stand_last_in_the_order_of_the_file() -> None:
    propagation = _posts({}, {"at": "2023-01-26T02:00"}, {}, {"at": "2023-01-26T01:00"})

    assert ["p4", "p2", "p1", "p3"] == [placed.post.id for placed in propagation.posts]


def test_posts_that_follow_each_other_in_a_circle_have_no_time() -> None:
    propagation = _posts({"after": "p2", "within": "60s"}, {"after": "p1", "within": "60s"})

    assert [None, None] == [placed.interval for placed in propagation.posts]


def test_the_claims_own_post_gives_its_time_where_the_claim_has_none() -> None:
    propagation = _posts({"at": "2023-01-26T01:04", "kind": "claim"}, {"at": "2023-01-26T00:56"})

    assert propagation.lead
    assert "7 min 1 s to 8 min 59 s" == spoken_lag(propagation.lead)


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("minute", "00:56:00", "00:56:59"),
        ("hour", "00:00:00", "00:59:59"),
        ("part-of-day", "00:00:00", "23:59:59"),
        ("day", "00:00:00", "23:59:59"),
    ],
)
def test_an_interval_is_as_wide_as_the_precision(precision: str, first: str, last: str) -> None:
    interval = _posts({"at": "2023-01-26T00:56", "precision": precision}).posts[0].interval

    assert interval
    assert (first, last) == (f"{interval.earliest:%H:%M:%S}", f"{interval.latest:%H:%M:%S}")
