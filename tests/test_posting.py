"""Who posts first: counts with their denominators, no percentage too early, and no word that chance would earn too."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from generator.analysis.posting import COORDINATION_NEEDS, Postings, Tier, fisher_greater, tier_of, wilson
from generator.analysis.propagation import Lag, propagation_of
from generator.archive import Archive, Entry
from generator.documents import Document
from generator.pages.posting import pair_sentence
from generator.records.claim import Claim
from generator.records.facade import Facade


def _entry(id: str, record: Any) -> Entry[Any]:
    return Entry(id, record, Document(f"{id}.yml", {}, {}))


def _facade(id: str, kind: str = "media-outlet", **fields: Any) -> Entry[Facade]:
    return _entry(id, Facade.model_validate({"name": {"en": id.upper()}, "kind": kind, **fields}))


def _claim(day: int, facade: str, *posts: tuple[str, str, str]) -> Entry[Claim]:
    """A claim at noon of a day in January 2023, and posts by channel, time and kind."""
    named = [
        {"id": f"p{number}", "by": by, "at": f"2023-01-{day:02}T{at}", "kind": kind, "precision": "second"}
        for number, (by, at, kind) in enumerate(posts, 1)
    ]
    record = Claim.model_validate(
        {
            "facade": facade,
            "date": f"2023-01-{day:02}",
            "time": "12:00:00",
            "zone": "Asia/Baghdad",
            "time_basis": "platform",
            "status": "unverified",
            "propagation": named,
        }
    )
    return _entry(f"2023-01-{day:02}-{facade}", record)


def _postings(*claims: Entry[Claim], **facades: Entry[Facade]) -> Postings:
    names = {"f": _facade("f", "claim-brand"), "g": _facade("g", "claim-brand"), "x": _facade("x"), "y": _facade("y")}
    archive = Archive(claims={entry.id: entry for entry in claims}, facades={**names, **facades})
    return Postings(archive, lambda id: propagation_of(archive.claims[id].record))


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(1, 1, 0.21, 1), (3, 3, 0.44, 1), (4, 4, 0.51, 1), (7, 10, 0.40, 0.89), (10, 10, 0.72, 1), (27, 30, 0.74, 0.97)],
)
def test_the_interval_is_wilsons(k: int, n: int, low: float, high: float) -> None:
    assert (low, high) == tuple(round(end, 2) for end in wilson(k, n))


def test_a_rate_far_above_that_of_others_says_something_and_a_common_one_does_not() -> None:
    assert 0.0008 == round(fisher_greater(6, 8, 5, 40), 4)
    assert 0.08 == round(fisher_greater(6, 8, 16, 40), 2)


def test_a_tier_is_refused_when_the_times_are_coarser_than_it() -> None:
    seconds = lambda least, most: Lag(datetime.timedelta(seconds=least), datetime.timedelta(seconds=most))  # noqa: E731

    assert Tier.SYNCHRONOUS is tier_of(seconds(1, 10))
    assert Tier.WITHIN_A_MINUTE is tier_of(seconds(1, 60))
    assert Tier.RAPID is tier_of(seconds(1, 119))
    assert Tier.RAPID is tier_of(seconds(-59, 119))
    assert tier_of(seconds(1, 901)) is None


def test_the_article_is_one_of_one_and_its_pair_one_of_one(small: Archive, small_analysis: Any) -> None:
    propagations = {id: own.propagation for id, own in small_analysis.claims.items()}
    posting = Postings(small, propagations.__getitem__).of("international-resistance")

    assert [("jihad-brothers-team", 1, 1)] == [(first.channel, first.k, first.n) for first in posting.firsts]
    assert posting.firsts[0].share is None
    pair = posting.pairs[0]
    assert ("jihad-brothers-team", "unit-10000", 1, 1) == (pair.first, pair.second, pair.claims, pair.within_a_minute)
    assert not pair.coordinated
    assert "too few to say more" in pair_sentence(pair, small)


def test_a_tie_has_no_first() -> None:
    claim = _claim(1, "f", ("x", "11:50:00", "report"), ("y", "11:50:00", "report"))

    assert () == _postings(claim).of("f").firsts


def test_a_claim_with_one_timed_post_does_not_count() -> None:
    assert () == _postings(_claim(1, "f", ("x", "11:50:00", "report"))).of("f").firsts


def test_a_channel_counts_only_while_it_existed() -> None:
    claims = [_claim(day, "f", ("x", "11:50:00", "report"), ("y", "11:51:00", "report")) for day in (1, 2, 3)]
    posting = _postings(*claims, x=_facade("x", first_seen="2023-01-02")).of("f")

    assert (2, 2) == (posting.firsts[0].k, posting.firsts[0].n)


def test_a_channel_that_is_first_for_everybody_has_its_rate_for_others_beside_it() -> None:
    mine = [_claim(day, "f", ("x", "11:50:00", "report"), ("y", "11:51:00", "report")) for day in range(1, 5)]
    others = [_claim(day, "g", ("x", "11:50:00", "report"), ("y", "11:51:00", "report")) for day in range(10, 16)]
    first = _postings(*mine, *others).of("f").firsts[0]

    assert (4, 4, 6, 6) == (first.k, first.n, first.other_k, first.other_n)
    assert 1 == first.chance


def test_a_share_is_said_from_ten_claims_on() -> None:
    def share(count: int) -> float | None:
        claims = [
            _claim(day, "f", ("x", "11:50:00", "report"), ("y", "11:51:00", "report")) for day in range(1, count + 1)
        ]
        return _postings(*claims).of("f").firsts[0].share

    assert share(9) is None
    assert 1 == share(10)


def test_the_same_pair_with_steady_delays_may_be_chance_and_with_changing_ones_is_called_coordinated() -> None:
    def pair(*delays: int) -> Any:
        claims = [
            _claim(day, "f", ("x", f"11:{delay:02}:00", "report"), ("y", f"11:{delay:02}:05", "report"))
            for day, delay in enumerate(delays, 1)
        ]
        return _postings(*claims).of("f").pairs[0]

    steady, changing, few = pair(*[50] * 8), pair(*range(10, 58, 6)), pair(*range(10, 34, 6))

    assert (8, 8) == (steady.claims, steady.within_a_minute)
    assert 1 == steady.chance
    assert not steady.coordinated
    assert changing.chance < 0.01
    assert changing.coordinated
    assert few.claims < COORDINATION_NEEDS
    assert few.chance is None


def test_the_figure_of_chance_is_the_same_every_time() -> None:
    claims = [
        _claim(day, "f", ("x", f"11:{day:02}:00", "report"), ("y", f"11:{day:02}:30", "report")) for day in range(1, 8)
    ]

    assert _postings(*claims).of("f").pairs == _postings(*claims).of("f").pairs
