"""Who posts first about a facade's claims, how soon, and how little that says while there are few claims.

Counts are shown as *k of n* with Wilson's 95 % interval (Wilson, Journal of the American Statistical Association 22,
1927); a share is named from ten claims on. A channel that is first for everybody says nothing about one facade, so its
rate for all others stands beside it, with Fisher's exact one-sided test. The word *coordinated* needs the same pair in
five claims or more and a shuffle test below one per cent (evidence model, section 5).
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import functools
import hashlib
import itertools
import math
import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from generator import noting
from generator.analysis.propagation import Interval, Lag, Propagation, lag, stated_lag, without_zone
from generator.archive import Archive, Entry
from generator.extracting import Extracting, Plainly, Taking
from generator.records.claim import Claim
from generator.records.dates import EdtfDate
from generator.records.facade import Facade
from generator.records.vocabulary import FacadeKind, PostKind

#: A share is said as a share from this many claims on; below it is said as k of n only.
SHARE_NEEDS: Final = 10
#: The word *coordinated* needs this many claims in which both posted, and a shuffle test below `CHANCE`.
COORDINATION_NEEDS: Final = 5
CHANCE: Final = 0.01
SHUFFLES: Final = 1_000
#: The 97.5th percentile of the normal distribution, for intervals of 95 %.
_Z: Final = 1.959964


class Tier(enum.Enum):
    """How close two posts of the same text stand: the length that their lag may not exceed, and its name."""

    SYNCHRONOUS = datetime.timedelta(seconds=10), "synchronous (10 seconds or less)"
    WITHIN_A_MINUTE = datetime.timedelta(seconds=60), "within a minute"
    RAPID = datetime.timedelta(minutes=15), "rapid (15 minutes or less)"

    @property
    def length(self) -> datetime.timedelta:
        """The longest lag of the tier."""
        return self.value[0]

    @property
    def label(self) -> str:
        """The tier in words."""
        return self.value[1]


def tier_of(between: Lag) -> Tier | None:
    """The closest tier that the whole range of a lag lies in; None where the times are too coarse for any.

    A lag of *1 s to 1 min 59 s* is rapid, never *within a minute*: its times cannot show that.
    """
    longest = max(abs(between.least), abs(between.most))
    return next((tier for tier in Tier if longest <= tier.length), None)


def wilson(k: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share of k in n, n at least 1; both ends from 0 to 1."""
    share = k / n
    spread = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    middle, whole = share + _Z**2 / (2 * n), 1 + _Z**2 / n
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def fisher_greater(k: int, n: int, other_k: int, other_n: int) -> float:
    """Chance that k or more of n would come out if both rates were the same (Fisher's exact test, one-sided)."""
    firsts, total = k + other_k, n + other_n
    ways = math.comb(total, n)
    return sum(math.comb(firsts, i) * math.comb(total - firsts, n - i) for i in range(k, min(firsts, n) + 1)) / ways


@dataclasses.dataclass(frozen=True, slots=True)
class FirstPoster:
    """How often a watched channel was first about a facade's claims, and about those of all others.

    Attributes:
        n: claims of the facade with two timed posts or more while the channel was watched; k of them with it first.
        other_n, other_k: the same for the claims of all other facades.
        chance: Fisher's p of a rate at least so far above that of the others; None where the others have none.
    """

    channel: str
    k: int
    n: int
    other_k: int
    other_n: int
    interval: tuple[float, float]
    chance: float | None

    @property
    def share(self) -> float | None:
        """The share, where there are claims enough to say one."""
        return self.k / self.n if self.n >= SHARE_NEEDS else None


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """Two watched channels that posted about the same claims.

    Attributes:
        claims: claims in which both posted at a known time; `within_a_minute` of them certainly within sixty seconds.
        chance: share of shuffles in which chance did as well; None under `COORDINATION_NEEDS` claims.
    """

    first: str
    second: str
    claims: int
    within_a_minute: int
    chance: float | None

    @property
    def coordinated(self) -> bool:
        """Whether the word may be used at all."""
        return self.chance is not None and self.chance < CHANCE and self.within_a_minute >= COORDINATION_NEEDS


@dataclasses.dataclass(frozen=True, slots=True)
class Lead:
    """The first known report of one claim, and its lag to the claim.

    Attributes:
        date: of the claim.
        by: who posted it, or `UNNAMED`; `note` names those that have no record.
    """

    claim: str
    date: EdtfDate
    by: str
    note: str | None
    lead: Lag


@dataclasses.dataclass(frozen=True, slots=True)
class Timed:
    """A post of a watched channel whose time of day is known.

    Attributes:
        interval: in UTC, without zone.
        after, within: the post that it followed, and how soon, where that is stated.
    """

    by: str
    id: str
    interval: Interval
    after: str | None
    within: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class Posted:
    """Of the posts about one claim, what is counted for its facades.

    Attributes:
        date: of the claim.
        claimed: when it was published; in UTC, without zone.
        lead: where its own time and its first report are known to better than a day.
        timed: in order of time.
        counts: whether two posts or more have a time of day, so that *first* means something.
    """

    claim: str
    date: EdtfDate
    claimed: Interval
    lead: Lead | None
    timed: tuple[Timed, ...]
    counts: bool


def posted_of(entry: Entry[Claim], propagation: Propagation, watched: Collection[str]) -> Posted:
    """What is counted of the posts about a claim.

    Args:
        watched: the channels to look for.
    """
    claim, first = entry.record, propagation.first
    timed = [placed for placed in propagation.posts if placed.interval is not None and placed.interval.within_a_day]
    return Posted(
        entry.id,
        claim.date,
        without_zone(propagation.claim),
        Lead(entry.id, claim.date, first.post.by, first.post.note, propagation.lead)
        if first is not None and propagation.lead is not None
        else None,
        tuple(
            Timed(post.by, post.id, without_zone(placed.interval), post.after, post.within)
            for placed in timed
            if (post := placed.post).by in watched and post.kind is not PostKind.CLAIM and placed.interval is not None
        ),
        len(timed) > 1,
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Posting:
    """What is known of who posts about a facade's claims, and when.

    Attributes:
        watched: ids of the channels whose posts we record; every *first* is first among them.
        leads: one for each claim whose own time and first report are known to better than a day.
        firsts: watched channels that were first at least once, most often first.
        pairs: channels that posted about the same claims.
    """

    watched: tuple[str, ...]
    leads: tuple[Lead, ...]
    firsts: tuple[FirstPoster, ...]
    pairs: tuple[Pair, ...]


def _to_be_watched(archive: Archive) -> tuple[str, ...]:
    """The media facades that are marked as watched."""
    return tuple(
        id
        for id, entry in sorted(archive.facades.items())
        if entry.record.watched and entry.record.kind is FacadeKind.MEDIA_OUTLET
    )


def watched_channels(archive: Archive) -> tuple[str, ...]:
    """The media facades whose posts are recorded: those marked as watched that have posted about a claim."""
    return tuple(id for id in _to_be_watched(archive) if archive.claims_carried_by(id))


#: What is asked of the posts about all claims; all that is asked of single facades follows from it.
POSTED: Final = ("postings.posted",)


class Postings:
    """Who posts about the claims of every facade. What all facades are compared with is counted once.

    Args:
        propagation_of: gives that of a claim by its id.
        extracting: looks into the claims.
    """

    def __init__(
        self, archive: Archive, propagation_of: Callable[[str], Propagation], extracting: Extracting | None = None
    ) -> None:
        self._archive = archive
        self._extracting = extracting or Plainly()
        self._propagation_of = propagation_of
        self._made: dict[str, Posting] = {}

    @functools.cached_property
    def _watched(self) -> tuple[str, ...]:
        with noting.noting():
            return watched_channels(self._archive)

    def takings(self) -> Iterator[Taking[Any]]:
        """What is taken here: the posts about each listed claim, and prints of them."""
        yield self._taking_of_posted
        yield self._taking_of_prints

    def _posted_of(self, entries: Sequence[Entry[Claim]]) -> list[Posted]:
        channels = _to_be_watched(self._archive)
        return [posted_of(entry, self._propagation_of(entry.id), channels) for entry in entries if entry.listed]

    @property
    def _taking_of_posted(self) -> Taking[list[Posted]]:
        return Taking("posted", self._posted_of)

    @property
    def _taking_of_prints(self) -> Taking[dict[str, str]]:
        return Taking(
            "prints of posted",
            lambda entries: {posted.claim: noting.print_of(posted) for posted in self._posted_of(entries)},
        )

    @functools.cached_property
    def _posted(self) -> Mapping[str, Posted]:
        """The posts about every listed claim."""
        with noting.noting():
            groups = self._extracting(self._taking_of_posted, self._archive.groups)
        return {posted.claim: posted for group in groups for posted in group}

    @functools.cached_property
    def _prints(self) -> Mapping[str, str]:
        """A print of the posts about every listed claim."""
        with noting.noting():
            groups = self._extracting(self._taking_of_prints, self._archive.groups)
        return {id: own for group in groups for id, own in group.items()}

    @functools.cached_property
    def _print_of_all(self) -> str:
        return noting.print_of((self._watched, [*self._prints.items()]))

    @property
    def posted(self) -> str:
        """A print of all that is known of posts: where it is the same, so is every answer here."""
        noting.asked(POSTED, lambda: self._print_of_all)
        return self._print_of_all

    @functools.cached_property
    def _counts_of_all(self) -> dict[str, tuple[int, int]]:
        return self._counts(self._posted.values())

    def of(self, facade: str) -> Posting:
        """Who posts about one facade's claims."""
        if facade not in self._made:
            with noting.noting():
                self._made[facade] = self._posting([self._posted[id] for id in self._ids(facade)])
        noting.asked(("postings.of", facade), lambda: self._print(facade))
        return self._made[facade]

    def _ids(self, facade: str) -> list[str]:
        return [entry.id for entry in self._archive.claims_of(facade)]

    def _print(self, facade: str) -> str:
        with noting.noting():
            prints = [self._prints[id] for id in self._ids(facade)]
        return noting.print_of((self._watched, sorted(self._counts_of_all.items()), prints))

    def _posting(self, claims: Sequence[Posted]) -> Posting:
        firsts = []
        for channel, (k, n) in self._counts(claims).items():
            if k:
                other_k, other_n = (
                    whole - own for whole, own in zip(self._counts_of_all[channel], (k, n), strict=True)
                )
                chance = fisher_greater(k, n, other_k, other_n) if other_n else None
                firsts.append(FirstPoster(channel, k, n, other_k, other_n, wilson(k, n), chance))
        return Posting(
            self._watched,
            tuple(posted.lead for posted in claims if posted.lead is not None),
            tuple(sorted(firsts, key=lambda first: (-first.k, first.channel))),
            _pairs(claims, self._watched),
        )

    def _counts(self, claims: Iterable[Posted]) -> dict[str, tuple[int, int]]:
        """For every watched channel: claims in which it was first, and claims that count."""
        counts = {channel: [0, 0] for channel in self._watched}
        for posted in claims:
            if not posted.counts:
                continue
            first = _first_of([timed for timed in posted.timed if timed.by in counts])
            for channel in self._watched:
                if _watched_then(self._archive.facades[channel].record, posted.date):
                    counts[channel][1] += 1
                    counts[channel][0] += channel == first
        return {channel: (k, n) for channel, (k, n) in counts.items()}


def _first_of(posts: Sequence[Timed]) -> str | None:
    """The channel that certainly posted first; nobody where intervals overlap and no order is stated."""
    if not posts:
        return None
    first = posts[0]
    for other in posts[1:]:
        if other.by == first.by or other.after == first.id:
            continue
        if lag(first.interval, other.interval).least <= datetime.timedelta():
            return None
    return first.by


def _watched_then(channel: Facade, date: EdtfDate) -> bool:
    """Whether the channel existed, as far as is known, when a claim of this date was made."""
    first, last = channel.first_seen, channel.last_seen
    return (first is None or first.earliest <= date.latest) and (last is None or last.latest >= date.earliest)


def _pairs(claims: Sequence[Posted], watched: Collection[str]) -> tuple[Pair, ...]:
    posts: dict[str, dict[str, Timed]] = defaultdict(dict)
    for posted in claims:
        for timed in posted.timed:
            if timed.by in watched:
                posts[timed.by].setdefault(posted.claim, timed)
    starts = {posted.claim: posted.claimed.earliest for posted in claims}
    pairs = []
    for first, second in itertools.combinations(sorted(posts), 2):
        both = sorted(posts[first].keys() & posts[second].keys())
        if both:
            close = sum(_close(_lag_between(posts[first][id], posts[second][id])) for id in both)
            chance = _chance(both, _intervals(posts[first]), _intervals(posts[second]), starts, close)
            pairs.append(Pair(first, second, len(both), close, chance))
    return tuple(sorted(pairs, key=lambda pair: (-pair.claims, pair.first, pair.second)))


def _intervals(posts: Mapping[str, Timed]) -> dict[str, Interval]:
    return {id: timed.interval for id, timed in posts.items()}


def _lag_between(first: Timed, second: Timed) -> Lag | None:
    """The lag between two posts of either order; a stated `within` is finer than their intervals."""
    if first.after == second.id:
        return stated_lag(second.interval, first.interval, first.within)
    return stated_lag(first.interval, second.interval, second.within if second.after == first.id else None)


def _close(lag: Lag | None) -> bool:
    """Whether two posts certainly stand within a minute of each other."""
    return lag is not None and max(abs(lag.least), abs(lag.most)) <= Tier.WITHIN_A_MINUTE.length


def _chance(
    claims: Sequence[str],
    first: Mapping[str, Interval],
    second: Mapping[str, Interval],
    starts: Mapping[str, datetime.datetime],
    close: int,
) -> float | None:
    """How often chance brings as many posts within a minute, when the second channel's delays are dealt out anew.

    The delays to the claim stay those of the channel; only which claim each belongs to is shuffled. Seeded by what is
    shuffled, so that the same records give the same figure.
    """
    if len(claims) < COORDINATION_NEEDS:
        return None
    delays = [(second[id].earliest - starts[id], second[id].latest - starts[id]) for id in claims]
    chance = random.Random(hashlib.blake2b("\n".join(claims).encode(), digest_size=8).digest())  # noqa: S311
    as_well = 0
    for _ in range(SHUFFLES):
        chance.shuffle(delays)
        found = sum(
            _close(lag(first[id], Interval(starts[id] + least, starts[id] + most)))
            for id, (least, most) in zip(claims, delays, strict=True)
        )
        as_well += found >= close
    return as_well / SHUFFLES
